//! What stands in a stored file is text wherever the file is opened: in the editor, which draws it line by line, and
//! in every page that shows two texts side by side.

use serde_json::json;

use super::{keep, shown, watchful};
use crate::{
    browser::{EMAIL, everywhere::Browser},
    support::{database::Database, person::Person, server::Server, whole},
};
use kagi_tests::markup::payloads;

/// What the editor's script sets on what it draws is its own, and nothing else is.
const OWN_STYLES: &str = "
    const own = ['transform', 'top', '--digits'];
    for (const node of document.querySelectorAll('.margin [style], .view [style]')) {
        if ([...node.style].every((name) => own.includes(name))) node.removeAttribute('style');
    }";

/// A file with this text as a line that is none, as a comment, and as values of each kind.
pub(super) fn file_of(text: &str) -> String {
    format!("# note\n{text}\n# {text}\nTOKEN={text}\nwhat is this\nQUOTED='{text}'\nOPEN=\"{text}\n")
}

/// A browser at one project.
struct At<'a> {
    browser: &'a Browser,
    project: String,
    text: &'a String,
}

impl At<'_> {
    async fn goto(&self, rest: &str) {
        self.browser.goto(&format!("{}{rest}", self.project)).await;
    }

    /// The text is on the page, and only a text.
    async fn is_text(&self, at: &str) {
        self.browser.run(OWN_STYLES).await.unwrap();
        let told = shown(self.browser, std::slice::from_ref(self.text)).await;
        assert_eq!(told.len(), 1, "{at} does not show {}", self.text);
    }

    /// In the editor: coloured and numbered, remarked upon as it is typed, and beside another's text.
    async fn is_text_in_the_editor(&self, person: &Person, files: &str) {
        let (browser, text) = (self.browser, self.text);
        self.goto("/files/env").await;
        browser.click_css("form[action$='/open'] button").await;
        browser.find(".editor.live").await;
        browser.find("#remarks li").await;
        self.is_text("the editor").await;
        let drawn = browser.run("return document.querySelector('.sheet-lines').textContent").await.unwrap();
        assert!(drawn.as_str().unwrap().contains(text), "it is drawn as it is");
        browser.run("kagi.editor.replace('no line\\n' + kagi.editor.text())").await.unwrap();
        browser.find("#remarks li[data-line='1']").await;
        self.is_text("the editor with new remarks").await;
        person
            .replace(files, &json!({"fileType": "env", "content": format!("{}THEIRS=1\n", file_of(text))}))
            .await;
        browser.run("document.querySelector('.editor-bar button.primary').click()").await.unwrap();
        browser.find("#conflict").await;
        browser.find(".editor.live").await;
        self.is_text("the conflict").await;
    }

    /// In the history, in the comparison of files, on the way into the vault, and where a download is refused.
    async fn is_text_beside_another(&self) {
        let browser = self.browser;
        for (page, compare) in [("/files/env/history", "#compare button"), ("/compare", "form.choose button")]
        {
            self.goto(page).await;
            browser.click_css(compare).await;
            browser.find(".compared h2").await;
            self.is_text(page).await;
            browser.click_css("#compared form button").await;
            browser.find("#compared .half pre").await;
            self.is_text(page).await;
        }
        self.goto("/files/env/history").await;
        browser.click_css("li form[action$='/versions/1/reveal'] button").await;
        browser.find("#compared pre.whole").await;
        self.is_text("a version").await;
        for (action, found) in [("import", ".planned-lines"), ("download", ".left-out")] {
            self.goto("/files/env").await;
            let submit = format!(
                "const form = document.querySelector('form[action$=\"/{action}\"]');
                form.append(Object.assign(document.createElement('input'), {{ type: 'hidden', name: 'target', value: 'docker-run' }}));
                HTMLFormElement.prototype.submit.call(form)"
            );
            browser.run(&submit).await.unwrap();
            browser.find(found).await;
            browser.run(OWN_STYLES).await.unwrap();
            // No value is shown on these.
            shown(browser, std::slice::from_ref(self.text)).await;
        }
    }

    /// On the pages that name the project and what is asked about it.
    async fn is_text_as_a_name(&self, url: &str) {
        for rest in ["", "/edit", "/delete", "/files/env/delete", "/files/env/versions/1/purge"] {
            self.goto(rest).await;
            self.is_text(rest).await;
        }
        for rest in ["", "/files/env"] {
            self.goto(rest).await;
            self.browser.run("document.querySelector('a.gone[data-ask]').click()").await.unwrap();
            self.browser.find("#ask[open]").await;
            self.is_text("the question").await;
        }
        self.browser.goto(&format!("{url}/envs/new")).await;
        self.is_text("the suggestions").await;
    }
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn payloads_are_text_in_files_and_around_them() {
    let every = if whole() { 1 } else { 10 };
    let database = Database::sqlite();
    let (server, browser) = (Server::open(&database), Browser::open(1440).await);
    let person = Person::set_up(&server, EMAIL).await;
    watchful(&browser).await;
    browser.enter_session(&server.url, &person).await;
    for (number, text) in payloads().iter().enumerate().step_by(every) {
        let [.., env] = keep(&person, text, number).await;
        let files = format!("/envs/{env}/files");
        person
            .replace(&files, &json!({"fileType": "env", "content": format!("{}MORE=1\n", file_of(text))}))
            .await;
        let other = json!({"fileType": "env.production", "content": format!("TOKEN={text} and more\n")});
        person.make(&files, &other).await;
        let at = At { browser: &browser, project: format!("{}/envs/{env}", server.url), text };
        at.is_text_as_a_name(&server.url).await;
        at.is_text_in_the_editor(&person, &files).await;
        at.is_text_beside_another().await;
    }
    browser.close().await;
}
