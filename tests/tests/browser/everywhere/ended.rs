//! A session that ends elsewhere takes nothing along.

use super::{Browser, Vault};
use crate::browser::{PASSWORD, sign_in};

const VALUE: &str = "canary line one\nline two";

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn without_script_the_form_comes_back_and_is_sent_again() {
    let vault = Vault::furnished().await;
    let browser = Browser::without_script().await;
    sign_in(&browser, &vault.server, PASSWORD).await;
    browser.sees("Overview").await;
    browser.goto(&format!("{}/keys/{}/entries/new", vault.server.url, vault.category)).await;
    browser.fill("projectName", "Ended").await;
    browser.fill("value", VALUE).await;
    vault.person.end_others().await;
    browser.click("Save entry").await;
    browser.sees("Your session has ended").await;
    assert_eq!(browser.value("value").await, VALUE);
    let page = browser.new_tab().await;
    sign_in(&browser, &vault.server, PASSWORD).await;
    browser.sees("Overview").await;
    browser.switch_to(page).await;
    browser.click("Send it again").await;
    browser.sees("The entry was encrypted and saved.").await;
    browser.sees("Ended").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn what_a_page_asks_for_in_place_says_so_and_leaves_the_page() {
    let (vault, browser) = (Vault::furnished().await, Browser::open(1440).await);
    let category = format!("/keys/{}", vault.category);
    for (path, click) in [
        (category.as_str(), "[data-reveal] button"),
        (&category, "a[data-ask]"),
        (&format!("/entries/{}/history", vault.entry), "[data-disclose] button"),
        (&format!("/2fa/{}", vault.set), ".supply [data-reveal-code] button"),
    ] {
        sign_in(&browser, &vault.server, PASSWORD).await;
        browser.sees("Overview").await;
        browser.goto(&format!("{}{path}", vault.server.url)).await;
        browser.find(click).await;
        vault.person.end_others().await;
        browser.click_css(click).await;
        browser.find("#ended[open]").await;
        assert_eq!(browser.path().await, path, "{click}");
        browser.click("Back to the page").await;
        let at = format!("return document.activeElement.matches({click:?})");
        assert_eq!(browser.run(&at).await.unwrap(), true, "the focus is back at {click}");
    }
    browser.close().await;
}
