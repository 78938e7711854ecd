//! What people type is text on every page, whatever it looks like (BAR.md A5).

mod files;

use kagi_tests::markup::payloads;
use serde_json::{Value, json};

use super::{Browser, Vault, vault::id};
use crate::{
    browser::EMAIL,
    support::{database::Database, person::Person, server::Server, whole},
};

/// What no page of Kagi has, and each payload would bring or set off.
const SIGNS: &str = "
    const foreign = 'iframe, object, embed, base, math, template, style, img, [style], [srcdoc], [autofocus][onfocus], [http-equiv]';
    const found = [...document.querySelectorAll(foreign)].map((node) => node.outerHTML.slice(0, 80));
    for (const node of document.querySelectorAll('*')) {
        const names = node.getAttributeNames();
        if (names.some((name) => name.startsWith('on'))) found.push(node.outerHTML.slice(0, 80));
        if (node.matches('script:not([src])')) found.push(node.outerHTML.slice(0, 80));
        for (const name of ['href', 'src', 'action', 'data', 'formaction']) {
            const value = node.getAttribute(name);
            if (value !== null && !/^[/#](?!\\/)/.test(value)) found.push(`${name}=${value}`);
        }
    }
    if (window.ran) found.push('a script ran');";

/// Everything that a person can read or hear on the page.
const SHOWN: &str = "
    const fields = [...document.querySelectorAll('input, textarea, option')].map((field) => field.value);
    const titles = [...document.querySelectorAll('[title]')].map((node) => node.title);
    const shown = [document.body.textContent, document.title, ...fields, ...titles].join('\\n');";

/// Whether any of these payloads is not text on the page that is open, and which of them it shows.
async fn shown(browser: &Browser, payloads: &[String]) -> Vec<String> {
    let list = serde_json::to_string(payloads).unwrap();
    let script = format!("{SIGNS} {SHOWN} return [found, {list}.filter((text) => shown.includes(text))]");
    let told = browser.run(&script).await.expect("no dialog is open");
    assert_eq!(told[0], json!([]), "{}", browser.path().await);
    serde_json::from_value(told[1].clone()).unwrap()
}

/// A browser that notes when a page asks for a dialog.
async fn watchful(browser: &Browser) {
    let note = "window.alert = () => { window.ran = true }";
    browser.tell("Page.addScriptToEvaluateOnNewDocument", json!({ "source": note })).await;
}

/// Keeps a text in every field that takes one; gives the ids of what holds it.
async fn keep(person: &Person, text: &str, number: usize) -> [String; 5] {
    let category = json!({"name": text, "description": text, "keyType": "simple", "envVarName": format!("TOKEN_{number}")});
    let category = id(&person.make("/categories", &category).await);
    let entry = json!({"categoryId": category, "projectName": text, "value": text, "description": text, "notes": text});
    let entry = id(&person.make("/entries", &entry).await);
    let set = id(&person.make("/2fa", &json!({"service": text, "label": text, "tokens": [text, "b"]})).await);
    let key = json!({"name": text, "scopes": ["entries:read"], "projects": [text]});
    let key = id(&person.make("/access-keys", &key).await);
    let env = id(&person.make("/envs", &json!({"name": text, "description": text})).await);
    let file = json!({"fileType": "env", "content": files::file_of(text)});
    person.make(&format!("/envs/{env}/files"), &file).await;
    [category, entry, set, key, env]
}

/// Goes through a list to its last page; gives the payloads that it shows.
async fn leafed(browser: &Browser, url: &str, payloads: &[String]) -> Vec<String> {
    browser.goto(url).await;
    let mut all = shown(browser, payloads).await;
    while let Ok(Value::String(next)) =
        browser.run("return document.querySelector('.pager [rel=\"next\"]').href").await
    {
        browser.goto(&next).await;
        all.extend(shown(browser, payloads).await);
    }
    all
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn over_a_hundred_payloads_are_text_in_every_list() {
    let database = Database::sqlite();
    let (server, browser) = (Server::open(&database), Browser::open(1440).await);
    let person = Person::set_up(&server, EMAIL).await;
    let payloads = payloads();
    assert!(payloads.len() >= 100);
    for (number, text) in payloads.iter().enumerate() {
        keep(&person, text, number).await;
    }
    watchful(&browser).await;
    browser.enter_session(&server.url, &person).await;
    for list in ["/keys", "/2fa", "/envs", "/settings/access-keys", "/settings/activity"] {
        let all = leafed(&browser, &format!("{}{list}", server.url), &payloads).await;
        let missing = payloads.iter().find(|text| !all.contains(text));
        assert!(list == "/settings/activity" || missing.is_none(), "{list} does not show {missing:?}");
    }
    browser.goto(&format!("{}/keys/new?search=a", server.url)).await;
    shown(&browser, &payloads).await;
    browser.close().await;
}

/// The pages of one thing each, and what can be opened on them.
fn pages(ids: &[String; 5], text: &str) -> Vec<(String, &'static str)> {
    let [category, entry, set, key, env] = ids;
    let query = reqwest::Url::parse_with_params("http://a/", [("name", text), ("search", text)]).unwrap();
    let query = query.query().unwrap();
    let open = [
        (format!("/keys/{category}"), "[data-reveal] button"),
        (format!("/keys/{category}"), "a[data-ask]"),
        (format!("/entries/{entry}/history"), "[data-reveal] button"),
        (format!("/entries/{entry}/history"), "[data-disclose] button"),
        (format!("/2fa/{set}"), ".supply [data-reveal-code] button"),
        (format!("/2fa/{set}"), "a[data-ask]"),
        ("/settings/access-keys".to_owned(), "a[data-ask]"),
    ];
    let plain = [
        "/".to_owned(),
        format!("/palette?{query}"),
        format!("/projects?{query}"),
        format!("/keys?{query}"),
        format!("/keys?search=zz{text}"),
        format!("/2fa?{query}"),
        format!("/keys/{category}/edit"),
        format!("/keys/{category}/delete"),
        format!("/keys/{category}/entries/new"),
        format!("/entries/{entry}/edit"),
        format!("/entries/{entry}/delete"),
        format!("/entries/{entry}/versions/1/purge"),
        format!("/2fa/{set}/edit"),
        format!("/2fa/{set}/delete"),
        format!("/settings/access-keys/{key}/revoke"),
        format!("/envs?{query}"),
        format!("/envs/{env}"),
        "/settings/profile".to_owned(),
        "/settings/activity".to_owned(),
    ];
    let plain = plain.into_iter().map(|path| (path, ""));
    plain.chain(open).collect()
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn payloads_are_text_on_every_page_of_a_thing() {
    let every = if whole() { 1 } else { 10 };
    for (number, text) in payloads().iter().enumerate().step_by(every) {
        let database = Database::sqlite();
        let (server, browser) = (Server::open(&database), Browser::open(1440).await);
        let person = Person::set_up(&server, EMAIL).await;
        let ids = keep(&person, text, number).await;
        person.save("/account", &json!({"name": text})).await;
        person.save(&format!("/entries/{}", ids[1]), &json!({"value": format!("{text} and more")})).await;
        watchful(&browser).await;
        browser.enter_session(&server.url, &person).await;
        for (path, click) in pages(&ids, text) {
            browser.goto(&format!("{}{path}", server.url)).await;
            if !click.is_empty() {
                browser.click_css(click).await;
                browser.find("pre.value, #ask[open], .diff, #code-shown, .half").await;
            }
            let told = shown(&browser, std::slice::from_ref(text)).await;
            assert_eq!(told.len(), 1, "{path} {click} does not show {text}");
        }
        browser.goto(&server.url).await;
        browser.control('k').await;
        browser.find("#palette[open]").await;
        let field = browser.find("#palette input").await;
        field.send_keys(text).await.unwrap();
        browser.find("#spots [aria-label='Projects'] a").await;
        assert_eq!(shown(&browser, std::slice::from_ref(text)).await.len(), 1);
        browser.close().await;
    }
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_signs_are_seen_where_a_text_is_not_escaped() {
    let vault = Vault::furnished().await;
    let browser = vault.open().await;
    watchful(&browser).await;
    let own = payloads();
    assert_eq!(shown(&browser, &own).await, Vec::<String>::new());
    for text in own.iter().filter(|text| !text.contains("&lt;")) {
        let script = format!(
            "const text = {};
            const parsed = new DOMParser().parseFromString(`<main><p title=\"${{text}}\">${{text}}</p></main>`, 'text/html');
            return ((document, window) => {{ {SIGNS} return found }})(parsed, {{}})",
            serde_json::to_string(text).unwrap()
        );
        assert_ne!(browser.run(&script).await.unwrap(), json!([]), "{text}");
    }
    browser.goto("data:text/html,<script>alert(1)</script>").await;
    assert_eq!(browser.run("return window.ran").await.unwrap(), true, "a dialog would be noted");
    browser.close().await;
}
