//! "AI generate" in the editor, from plain words to a saved file, with a model and without one.

use kagi_tests::model_server::{ModelServer, Reply};
use serde_json::{Value, json};

use super::{control, open, text, to_the_end};
use crate::{
    browser::{EMAIL, PASSWORD, sign_in},
    support::{browser::Browser, database::Database, keyboard::ENTER, person::Person, server::Server},
};

const FILE: &str = "export OPENAI_API_KEY=old # mine\nKEPT=1\n";

struct Place {
    server: Server,
    _database: Database,
    /// The address of the file.
    file: String,
}

impl Place {
    /// Ada has two keys and a file of the project Blog; Eve has one of a project of this name, too.
    async fn new(model: Option<&ModelServer>) -> Self {
        let database = Database::sqlite();
        let address = model.map(|model| model.url("/v1"));
        let settings = address.iter().map(|url| ("OPENAI_BASE_URL", url.as_str()));
        let settings: Vec<_> = settings.chain([("OPENAI_MODEL", "test-model")]).collect();
        let server = Server::open_with(&database, &settings);
        let ada = Person::set_up(&server, EMAIL).await;
        for (name, value) in [("OPENAI_API_KEY", "canary-openai"), ("STRIPE_SECRET_KEY", "canary-stripe")] {
            let category = ada.category(name).await;
            ada.entry(&category, "Blog", "production", value).await;
        }
        let eve = Person::register(&server.url, "eve@example.com").await;
        let hers = eve.category("EVES_TOKEN").await;
        eve.entry(&hers, "Blog", "production", "canary-eve").await;
        let env = ada.make("/envs", &json!({"name": "Blog"})).await["id"].as_str().unwrap().to_owned();
        ada.make(&format!("/envs/{env}/files"), &json!({"fileType": "env", "content": FILE})).await;
        let file = format!("{}/envs/{env}/files/env", server.url);
        Self { server, _database: database, file }
    }

    /// The panel of the opened file.
    async fn panel(&self, browser: &Browser) {
        sign_in(browser, &self.server, PASSWORD).await;
        browser.sees("Overview").await;
        browser.goto(&self.file).await;
        browser.click("AI generate").await;
        browser.find("#ai[open] #f-prompt").await;
    }
}

/// A model that selects both keys, one that it invents, and a secret.
fn plan() -> Reply {
    let keys =
        ["e1", "e2", "e7"].map(|id| json!({"entryId": id, "envVarName": "", "reason": "asked for\nEVIL=1"}));
    let secret = json!({"envVarName": "SESSION_SECRET", "format": "hex", "bytes": 32, "reason": "fresh"});
    Reply::content(
        &json!({"selectedKeys": keys, "secretsToGenerate": [secret], "environment": null}).to_string(),
    )
}

/// The version of the file, as its closed page says it.
async fn version(browser: &Browser, file: &str) -> Value {
    let script = format!(
        "return fetch('{file}').then((page) => page.text()).then((text) => /data-file-version=\"(\\d+)\"/.exec(text)[1])"
    );
    browser.run(&script).await.unwrap()
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn plain_words_become_a_saved_file() {
    let model = ModelServer::new([plan()]).await;
    let (place, browser) = (Place::new(Some(&model)).await, Browser::open(1440).await);
    place.panel(&browser).await;
    to_the_end(&browser).await;
    browser.keys("TYPED=1\n").await;
    browser.fill("prompt", "all of it").await;
    browser.click("See what the model sees").await;
    browser.sees("would tell test-model").await;
    browser.sees("STRIPE_SECRET_KEY").await;
    assert!(model.seen().is_empty(), "nothing was sent yet");
    browser.click("Generate").await;
    browser.sees("3 variables for .env").await;
    browser.sees("no such key among those on offer").await;
    for foreign in ["canary", "EVES_TOKEN"] {
        assert!(!browser.holds(foreign).await, "{foreign} is not in the page");
        assert!(model.seen().iter().all(|seen| !seen.text().contains(foreign)), "{foreign} was not sent");
    }
    browser.click_css("#ai input[value='k1']").await;
    browser.click("Merge into the file").await;
    browser.sees("Merged into the editor, not saved yet").await;
    let merged = text(&browser).await;
    let kept = "# mine\nexport OPENAI_API_KEY=canary-openai\nKEPT=1\nTYPED=1\n\n# Made for this file";
    assert!(merged.starts_with(kept) && merged.contains("\nSESSION_SECRET="), "{merged}");
    for absent in ["STRIPE_SECRET_KEY=", "canary-stripe", "canary-eve", "\nEVIL=1"] {
        assert!(!merged.contains(absent), "{absent} in {merged}");
        assert!(absent.starts_with('\n') || !browser.holds(absent).await, "{absent}");
    }
    assert_eq!(version(&browser, &place.file).await, "1", "nothing is saved");
    browser.click("Take it back").await;
    browser.sees("The text from before is back").await;
    assert_eq!(text(&browser).await, format!("{FILE}TYPED=1\n"));
    browser.click("Do it again").await;
    browser.sees("In the editor again, not saved yet").await;
    assert_eq!(text(&browser).await, merged);
    browser.click("Save").await;
    browser.sees("It is version 2.").await;
    to_the_end(&browser).await;
    browser.keys(&control("z")).await;
    assert_eq!(text(&browser).await, format!("{FILE}TYPED=1\n"), "undo takes it back as well");
    browser.keys(&control("z")).await;
    assert_eq!(text(&browser).await, merged, "and the step before that");
    open(&browser, &place.file).await;
    assert_eq!(text(&browser).await, merged);
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_keyboard_is_enough_and_no_model_is_needed() {
    let (place, browser) = (Place::new(None).await, Browser::open(1440).await);
    place.panel(&browser).await;
    let focus = "return document.activeElement.id || document.activeElement.value";
    assert_eq!(browser.run(focus).await.unwrap(), "f-prompt", "the panel opens ready to type");
    browser.sees("Nothing leaves this server").await;
    browser.click("Everything for this project").await;
    assert_eq!(browser.value("prompt").await, "Everything for this project");
    browser.control(ENTER).await;
    browser.sees("2 variables for .env").await;
    browser.sees("chosen by the built-in matcher").await;
    assert_eq!(browser.run(focus).await.unwrap(), "selection-title");
    browser.tab_to("OPENAI_API_KEY").await;
    browser.types(" ").await;
    browser.key(ENTER).await;
    browser.enter("Replace the file").await;
    browser.sees("In the editor instead, not saved yet").await;
    assert_eq!(browser.run(focus).await.unwrap(), "taken-title");
    let replaced = text(&browser).await;
    assert!(
        replaced.contains("\nSTRIPE_SECRET_KEY=canary-stripe\n") && !replaced.contains("OPENAI"),
        "{replaced}"
    );
    assert!(!browser.holds("canary-openai").await && !browser.holds("canary-eve").await);
    assert_eq!(version(&browser, &place.file).await, "1", "nothing is saved");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_model_that_is_slow_or_fails_costs_nothing() {
    let model = ModelServer::new([Reply::Silence, Reply::status("401 Unauthorized")]).await;
    let (place, browser) = (Place::new(Some(&model)).await, Browser::open(1440).await);
    place.panel(&browser).await;
    browser.fill("prompt", "the Stripe key").await;
    browser.click("Generate").await;
    browser.sees("Asking test-model at the configured server").await;
    browser.click("Cancel").await;
    browser.sees("Cancelled. Nothing was changed.").await;
    browser.no_longer_sees("Asking test-model").await;
    browser.click("Generate").await;
    browser.sees("does not accept the key that this Kagi is set up with").await;
    assert_eq!(
        (browser.value("prompt").await.as_str(), text(&browser).await.as_str()),
        ("the Stripe key", FILE)
    );
    browser.click("Use the built-in matcher").await;
    browser.sees("chosen by the built-in matcher").await;
    browser.sees("1 variable for .env").await;
    browser.fill("prompt", "put sk-proj-canaryCanary0123456789abcdefABCDEF in it").await;
    let asked = model.seen().len();
    browser.click("Generate again").await;
    browser.sees("This looks like it holds a key or a password. Nothing was sent.").await;
    assert_eq!((asked, model.seen().len()), (2, 0));
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn it_works_without_script() {
    let model = ModelServer::new([plan()]).await;
    let (place, browser) = (Place::new(Some(&model)).await, Browser::without_script().await);
    place.panel(&browser).await;
    browser.fill("content", "MINE=1\n").await;
    browser.click("A session secret and a random JWT key").await;
    assert_eq!(browser.value("prompt").await, "A session secret and a random JWT key");
    browser.click("See what the model sees").await;
    browser.sees("would tell test-model").await;
    browser.click("Generate").await;
    browser.sees("3 variables for .env").await;
    browser.click_css("#ai input[value='k1']").await;
    browser.click("Merge into the file").await;
    browser.sees("Merged into the editor, not saved yet").await;
    let merged = text(&browser).await;
    assert!(
        merged.starts_with("MINE=1\n\n") && merged.contains("\nOPENAI_API_KEY=canary-openai\n"),
        "{merged}"
    );
    assert!(!browser.holds("canary-stripe").await);
    browser.click("Take it back").await;
    assert_eq!(text(&browser).await, "MINE=1\n");
    browser.click("Do it again").await;
    browser.sees("In the editor again, not saved yet").await;
    browser.click("Save").await;
    browser.sees("version 2").await;
    browser.click("Reveal to edit").await;
    assert_eq!(text(&browser).await, merged);
    browser.close().await;
}
