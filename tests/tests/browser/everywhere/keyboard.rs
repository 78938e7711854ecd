//! What people do, with the keyboard alone.

use super::Browser;
use crate::{
    browser::{EMAIL, PASSWORD},
    support::{
        database::Database,
        keyboard::{ENTER, ESCAPE, TAB},
        person::Person,
        server::Server,
    },
};

const FIRST: &str = "canary-first";
const SECOND: &str = "canary-second";

/// Signs in.
pub(super) async fn signed_in(browser: &Browser, server: &Server) {
    browser.goto(&format!("{}/sign-in", server.url)).await;
    browser.write("E-mail", EMAIL).await;
    browser.write("Password", PASSWORD).await;
    browser.key(ENTER).await;
    browser.sees("Overview").await;
}

/// Goes somewhere by the palette.
pub(super) async fn go(browser: &Browser, text: &str) {
    browser.control('k').await;
    browser.find("#palette[open]").await;
    browser.types(text).await;
    browser.key(ENTER).await;
}

/// Makes a category of a well-known service, and its first entry.
async fn make_a_key(browser: &Browser) {
    browser.enter("Add your first key").await;
    browser.find(".picker").await;
    browser.write("Search services", "openai").await;
    browser.no_longer_sees("GITHUB_TOKEN").await;
    browser.enter("OpenAI").await;
    browser.sees("Filled in for OpenAI").await;
    browser.enter("Make category").await;
    browser.sees("No value is kept here yet").await;
    browser.enter("Add the first entry").await;
    browser.find("[name='projectName']").await;
    browser.write("Project", "Blog").await;
    browser.write("Value of OPENAI_API_KEY", FIRST).await;
    browser.enter("Save entry").await;
    browser.sees("The entry was encrypted and saved.").await;
}

async fn reveal_and_copy(browser: &Browser) {
    assert!(browser.focused().await.starts_with("The entry was encrypted"), "the focus is at what was said");
    browser.enter("Reveal").await;
    browser.sees(FIRST).await;
    assert_eq!(browser.focused().await, "Hide Blog, production", "the focus stays where it was");
    browser.key(ENTER).await;
    browser.no_longer_sees(FIRST).await;
    assert_eq!(browser.focused().await, "Reveal Blog, production");
    browser.enter("Copy OPENAI_API_KEY of").await;
    browser.sees("Copied OPENAI_API_KEY.").await;
    assert!(browser.focused().await.starts_with("Copy OPENAI_API_KEY of"));
}

/// A new value; both compared; the first one brought back.
async fn change_and_restore(browser: &Browser) {
    browser.enter("More for Blog").await;
    browser.enter("Edit").await;
    browser.find("[name='projectName']").await;
    browser.write("Value of OPENAI_API_KEY", SECOND).await;
    browser.enter("Save entry").await;
    browser.sees("saved with its new value").await;
    browser.enter("version 2").await;
    browser.find("#history").await;
    browser.enter("Compare the two marked").await;
    browser.sees(SECOND).await;
    browser.sees(FIRST).await;
    browser.enter("Hide").await;
    browser.no_longer_sees(SECOND).await;
    assert_eq!(browser.focused().await, "Compare the two marked");
    browser.enter("Restore version 1").await;
    browser.sees("Version 3 current").await;
}

async fn delete(browser: &Browser) {
    go(browser, "openai").await;
    browser.sees("Entries 1").await;
    browser.enter("More for Blog").await;
    browser.enter("Delete…").await;
    browser.sees("Delete the entry of Blog").await;
    assert_eq!(browser.focused().await, "Cancel", "what keeps everything as it is comes first");
    browser.key(ESCAPE).await;
    browser.no_longer_sees("Delete the entry of Blog").await;
    assert_eq!(browser.focused().await, "More for Blog, production", "the focus is back where it was");
    browser.key(ENTER).await;
    browser.enter("Delete…").await;
    browser.sees("Delete the entry of Blog").await;
    browser.enter("Delete entry").await;
    browser.sees("The entry was deleted.").await;
    assert_eq!(browser.focused().await, "The entry was deleted.");
}

async fn keep_codes(browser: &Browser) {
    go(browser, "new recovery").await;
    browser.find("[name='tokens']").await;
    browser.write("Service", "GitHub").await;
    browser.write("Codes", "canary-aa canary-bb").await;
    browser.sees("2 codes").await;
    browser.enter("Save recovery set").await;
    browser.sees("2 of 2 left").await;
    browser.enter("Reveal the next code").await;
    browser.sees("canary-aa").await;
    assert_eq!(browser.focused().await, "Code 1 of GitHub", "the focus is where the code is");
    browser.enter("I did not use it").await;
    browser.sees("The code counts as unused again.").await;
    browser.sees("2 of 2 left").await;
}

async fn make_an_access_key(browser: &Browser) {
    go(browser, "new access").await;
    browser.find("[name='scopes']").await;
    browser.write("Name", "CI of Blog").await;
    browser.tab_to("see entries").await;
    browser.key(' ').await;
    browser.enter("Make access key").await;
    browser.sees("it cannot be shown again").await;
    browser.enter("Done").await;
    browser.sees("CI of Blog").await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_keyboard_is_all_that_it_takes() {
    let database = Database::sqlite();
    let (server, browser) = (Server::open(&database), Browser::open(1440).await);
    Person::set_up(&server, EMAIL).await;
    signed_in(&browser, &server).await;
    make_a_key(&browser).await;
    reveal_and_copy(&browser).await;
    change_and_restore(&browser).await;
    delete(&browser).await;
    keep_codes(&browser).await;
    make_an_access_key(&browser).await;
    browser.enter(EMAIL).await;
    browser.enter("Sign out").await;
    browser.sees("You are signed out.").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_first_stop_of_every_page_leads_past_the_sections() {
    let vault = super::Vault::furnished().await;
    let browser = vault.open().await;
    for path in ["/", "/keys", "/2fa", "/settings/profile", "/palette", "/nowhere", "/api/docs"] {
        browser.goto(&format!("{}{path}", vault.server.url)).await;
        browser.key(TAB).await;
        assert_eq!(browser.focused().await, "Skip to the content", "{path}");
        browser.key(ENTER).await;
        let main = browser.run("return document.activeElement.id").await.unwrap();
        assert_eq!(main, "main", "{path}");
    }
    browser.close().await;
}
