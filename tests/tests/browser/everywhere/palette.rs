//! Going anywhere by typing.

use serde_json::json;

use super::{Browser, Vault};
use crate::support::keyboard::{DOWN, ENTER, ESCAPE, UP};

async fn opened(browser: &Browser) {
    browser.control('k').await;
    browser.find("#palette[open] [role='option']").await;
}

/// What is chosen, as the field says it; and that it is seen.
async fn chosen(browser: &Browser) -> String {
    let script = "
        const field = document.querySelector('#palette input');
        const option = document.getElementById(field.getAttribute('aria-activedescendant'));
        const all = document.querySelectorAll('#palette [aria-selected=\"true\"]');
        const { top, bottom } = option.getBoundingClientRect(), frame = option.closest('.found').getBoundingClientRect();
        const seen = top >= frame.top - 1 && bottom <= frame.bottom + 1;
        return all.length === 1 && all[0] === option && seen && document.activeElement === field ? option.querySelector('.title').textContent : null";
    let chosen = browser.run(script).await.unwrap();
    chosen.as_str().expect("one option is chosen, and seen, and the field has the focus").to_owned()
}

async fn said(browser: &Browser) -> serde_json::Value {
    browser.run("return document.querySelector('#palette [role=\"status\"]').textContent").await.unwrap()
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_palette_goes_anywhere_and_gives_the_focus_back() {
    let vault = Vault::furnished().await;
    let browser = vault.open().await;
    browser.tab_to("Settings").await;
    opened(&browser).await;
    assert_eq!(chosen(&browser).await, "Overview");
    browser.key(DOWN).await;
    assert_eq!(chosen(&browser).await, "Keys");
    browser.key(UP).await;
    browser.key(UP).await;
    assert_ne!(chosen(&browser).await, "Overview", "up from the first is the last");
    browser.key(DOWN).await;
    assert_eq!(chosen(&browser).await, "Overview");
    browser.key(ESCAPE).await;
    assert_eq!(browser.focused().await, "Settings", "the focus is back where it was");
    opened(&browser).await;
    browser.control('k').await;
    assert_eq!(browser.focused().await, "Settings", "the same keys close it");

    // Typed at once and sent at once: it goes where the whole text leads.
    opened(&browser).await;
    browser.types(&format!("openai{ENTER}")).await;
    browser.sees("The team's account.").await;
    assert_eq!(browser.path().await, format!("/keys/{}", vault.category));
    opened(&browser).await;
    browser.types(&format!("of the shop{ENTER}")).await;
    browser.find("li.entry:target").await;
    opened(&browser).await;
    browser.types("blog").await;
    browser.find("#spots [aria-label='Projects'] a").await;
    browser.click_css("#spots [aria-label='Projects'] a").await;
    browser.sees("Project Blog").await;
    opened(&browser).await;
    browser.types(&format!("settings export{ENTER}")).await;
    browser.sees("It is no backup").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_palette_says_what_it_found_and_never_a_value() {
    let vault = Vault::furnished().await;
    let browser = vault.open().await;
    opened(&browser).await;
    assert_eq!(said(&browser).await, "8 places to go");
    browser.types("example-second").await;
    browser.sees("Nothing is called “example-second”.").await;
    assert_eq!(said(&browser).await, "Nothing is called “example-second”.");
    browser.key(ENTER).await;
    assert!(browser.find("#palette").await.is_displayed().await.unwrap(), "there is nowhere to go");
    assert!(
        browser.run("return document.querySelector('#spots').children.length").await.unwrap() == json!(0)
    );
    browser.key(ESCAPE).await;
    assert!(!browser.holds("example-first").await);

    // A session that ended meanwhile is said, and the page stays.
    vault.person.end_others().await;
    browser.control('k').await;
    browser.sees("Your session has ended").await;
    browser.key(ESCAPE).await;
    assert_eq!(browser.path().await, "/");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn without_script_a_page_does_the_same() {
    let vault = Vault::furnished().await;
    let browser = Browser::without_script().await;
    crate::browser::sign_in(&browser, &vault.server, crate::browser::PASSWORD).await;
    browser.click_css("a.find").await;
    browser.sees("places to go").await;
    browser.fill("search", "github").await;
    browser.click("Search").await;
    browser.click_css(&format!("a.spot[href='/2fa/{}']", vault.set)).await;
    browser.sees("3 of 3 left").await;
    browser.close().await;
}
