//! The main flows without script.

use super::Browser;
use crate::{
    browser::{EMAIL, PASSWORD, make_entry, sign_in},
    support::{database::Database, person::Person, server::Server},
};

const FIRST: &str = "canary-first";
const SECOND: &str = "canary-second";

/// A key from the catalogue: made, shown, changed, compared, brought back, deleted.
async fn keys(browser: &Browser, server: &Server) {
    browser.click("Add your first key").await;
    browser.fill("search", "openai").await;
    browser.click("Search").await;
    browser.no_longer_sees("GITHUB_TOKEN").await;
    browser.click_css(".service[href$='=openai']").await;
    browser.click("Make category").await;
    browser.sees("The category is there.").await;
    make_entry(browser, "Blog", FIRST).await;
    let category = format!("{}{}", server.url, browser.path().await);
    browser.click_css("form[action$='/reveal'] button").await;
    browser.sees(FIRST).await;
    browser.click("Hide and go back").await;
    browser.click_css("li.entry .more summary").await;
    browser.click_css("li.entry a[href$='/edit']").await;
    browser.fill("value", SECOND).await;
    browser.click("Save entry").await;
    browser.sees("saved with its new value").await;
    browser.click_css("li.entry .about a[href$='/history']").await;
    browser.click("Compare the two marked").await;
    browser.sees(FIRST).await;
    browser.sees(SECOND).await;
    browser.click("Hide").await;
    browser.click("Restore version 1").await;
    browser.sees("Version 3 current").await;
    browser.goto(&category).await;
    browser.click_css("li.entry .more summary").await;
    browser.click("Delete…").await;
    browser.sees("Delete the entry of Blog").await;
    browser.click("Delete entry").await;
    browser.sees("The entry was deleted.").await;
    assert!(!browser.holds("canary").await);
}

async fn codes(browser: &Browser, server: &Server) {
    browser.goto(&format!("{}/2fa/new", server.url)).await;
    browser.fill("service", "").await;
    browser.fill("tokens", "canary-aa canary-bb").await;
    browser.click("Save recovery set").await;
    browser.sees("Service").await;
    assert_eq!(browser.value("tokens").await, "canary-aa canary-bb", "what was typed is kept");
    browser.fill("service", "GitHub").await;
    browser.click("Save recovery set").await;
    browser.sees("2 of 2 left").await;
    browser.click("Reveal the next code").await;
    browser.sees("canary-aa").await;
    browser.click_css("#opened form[action$='/unuse'] button").await;
    browser.sees("The code counts as unused again.").await;
}

async fn import(browser: &Browser, server: &Server) {
    browser.goto(&format!("{}/import", server.url)).await;
    browser.fill("content", "# mine\nSTRIPE_SECRET_KEY=canary-one\nOWN=canary-two\n").await;
    browser.fill("projectName", "Blog").await;
    browser.click("Preview").await;
    browser.sees("2 to import, 1 comment").await;
    browser.click("Change the file").await;
    assert!(browser.value("content").await.contains("OWN=canary-two"), "what was typed is kept");
    browser.click("Preview").await;
    browser.click_css("[name='choices'][value='3:new:OWN']").await;
    browser.click("Import the ticked lines").await;
    browser.sees("1 entry was encrypted and saved in Blog").await;
    assert!(!browser.holds("canary").await);
}

async fn settings(browser: &Browser, server: &Server) {
    browser.goto(&format!("{}/settings/access-keys/new", server.url)).await;
    browser.fill("name", "CI of Blog").await;
    browser.click_css("[name='scopes'][value='entries:read']").await;
    browser.click("Make access key").await;
    browser.sees("it cannot be shown again").await;
    browser.click("Done").await;
    browser.click_css("a[href$='/revoke']").await;
    browser.click_css("main form button.danger").await;
    browser.sees("The access key was revoked.").await;
    browser.goto(&format!("{}/settings/activity", server.url)).await;
    browser.find("#f-action option[value='access_key.create']").await.click().await.unwrap();
    browser.click("Filter").await;
    browser.sees("1 event").await;
    browser.goto(&format!("{}/settings/profile", server.url)).await;
    browser.fill("name", "Ada").await;
    browser.click("Save profile").await;
    browser.sees("Your profile was saved.").await;
    browser.click_css(".account summary").await;
    browser.click("Sign out").await;
    browser.sees("You are signed out.").await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_main_flows_need_no_script() {
    let database = Database::sqlite();
    let (server, browser) = (Server::open(&database), Browser::without_script().await);
    Person::set_up(&server, EMAIL).await;
    sign_in(&browser, &server, PASSWORD).await;
    browser.sees("Your vault is empty").await;
    keys(&browser, &server).await;
    codes(&browser, &server).await;
    import(&browser, &server).await;
    settings(&browser, &server).await;
    browser.close().await;
}
