//! A value over time: copied, shown, compared, brought back and deleted for good.

use super::{make_category, make_entry, set_up};
use crate::support::{browser::Browser, server::Server};

const OLD: &str = "canary-71-old";
const NEW: &str = "canary-93-new";
const PASTE: &str = "\u{E009}v";

/// An entry that had two values; ends on its category's page and gives the address of its history.
async fn furnished(server: &Server, browser: &Browser) -> String {
    set_up(browser, server).await;
    make_category(browser, server, "OpenAI API", "OPENAI_API_KEY").await;
    make_entry(browser, "Blog", OLD).await;
    browser.click_css("li.entry .more summary").await;
    browser.click_css("li.entry a[href$='/edit']").await;
    browser.fill("value", NEW).await;
    browser.click("Save entry").await;
    browser.sees("version 2").await;
    let link = browser.find("li.entry a[href$='/history']").await;
    format!("{}{}", server.url, link.attr("href").await.unwrap().unwrap())
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_value_is_copied_without_being_shown() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    furnished(&server, &browser).await;
    browser.click_css("li.entry [data-copy]").await;
    browser.sees("Copied OPENAI_API_KEY.").await;
    assert!(!browser.holds(NEW).await, "the page never holds it");
    browser.click_css("main a.primary").await;
    browser.find("[name='notes']").await.send_keys(PASTE).await.unwrap();
    assert_eq!(browser.value("notes").await, NEW);
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn versions_are_shown_and_compared_and_nothing_stays() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let history = furnished(&server, &browser).await;
    browser.goto(&history).await;
    assert!(!browser.holds("canary").await);
    browser.click("Reveal version 1").await;
    browser.sees(OLD).await;
    assert!(!browser.holds(NEW).await, "only the one that was asked for");
    browser.click("Hide version 1").await;
    browser.no_longer_sees(OLD).await;
    assert!(!browser.holds("canary").await);

    browser.click("Compare the two marked").await;
    browser.sees(OLD).await;
    browser.sees(NEW).await;
    let marked = "return [...document.querySelectorAll('#compared mark')].map((mark) => mark.textContent)";
    assert_eq!(browser.run(marked).await.unwrap(), serde_json::json!(["71-old", "93-new"]));
    browser.click("Hide").await;
    browser.no_longer_sees(OLD).await;
    assert!(!browser.holds("canary").await, "hiding takes both out of the page");
    assert_eq!(browser.focused().await, "Compare the two marked");

    browser.click("Compare the two marked").await;
    browser.sees(OLD).await;
    browser.run("dispatchEvent(new PageTransitionEvent('pagehide'))").await.unwrap();
    assert!(!browser.holds("canary").await, "leaving takes both out of the page");

    browser.click_css("[name='one'][value='2']").await;
    browser.click("Compare the two marked").await;
    browser.sees("Choose two different versions.").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_comparison_hides_itself_after_half_a_minute() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let history = furnished(&server, &browser).await;
    browser.goto(&history).await;
    browser.click("Compare the two marked").await;
    browser.sees(OLD).await;
    browser.hides_itself("canary").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_version_is_restored_undone_and_deleted() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let history = furnished(&server, &browser).await;
    browser.goto(&history).await;
    browser.click("Restore version 1").await;
    browser.sees("The earlier value is the current one again").await;
    browser.sees("Version 3 current").await;
    browser.click("Undo").await;
    browser.sees("Version 4 current").await;
    browser.click("Reveal version 4").await;
    browser.sees(NEW).await;

    browser.click_css("#v-1 .more summary").await;
    browser.click("Delete for good…").await;
    browser.sees("Delete version 1 for good?").await;
    browser.click("Cancel").await;
    browser.no_longer_sees("Delete version 1 for good?").await;
    assert_eq!(browser.focused().await, "More for version 1", "the focus is back where it was");
    browser.click_css("#v-1 .more summary").await;
    browser.click("Delete for good…").await;
    browser.click("Delete version").await;
    browser.sees("The version was deleted for good.").await;
    assert!(!browser.text().await.contains("Version 1\n"));
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_menu_closes_by_escape_and_by_a_click_elsewhere() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    furnished(&server, &browser).await;
    let open = "return document.querySelectorAll('details[open]').length";
    let summary = browser.find("li.entry .more summary").await;
    summary.send_keys("\u{E007}").await.unwrap();
    assert_eq!(browser.run(open).await.unwrap(), 1);
    browser.find("li.entry .menu a[href$='/history']").await.send_keys("\u{E00C}").await.unwrap();
    assert_eq!(browser.run(open).await.unwrap(), 0);
    assert_eq!(browser.focused().await, "More for Blog, production");
    browser.click_css("li.entry .more summary").await;
    browser.click_css("h1").await;
    assert_eq!(browser.run(open).await.unwrap(), 0);
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_history_works_without_script() {
    let (server, browser) = (Server::quickstart(), Browser::without_script().await);
    let history = furnished(&server, &browser).await;
    browser.goto(&history).await;
    browser.click("Reveal version 1").await;
    browser.sees(OLD).await;
    browser.click("Hide and go back").await;
    browser.click("Compare the two marked").await;
    browser.sees(OLD).await;
    browser.sees(NEW).await;
    browser.click("Hide").await;
    browser.sees("Versions 2").await;
    assert!(!browser.holds("canary").await);
    browser.click("Restore version 1").await;
    browser.sees("Version 3 current").await;
    browser.click_css("#v-2 .more summary").await;
    browser.click("Delete for good…").await;
    browser.click("Delete version").await;
    browser.sees("Versions 2").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_phone_shows_the_history_without_scrolling_sideways() {
    let (server, browser) = (Server::quickstart(), Browser::open(390).await);
    let history = furnished(&server, &browser).await;
    browser.goto(&history).await;
    browser.click("Compare the two marked").await;
    browser.sees(OLD).await;
    browser.click_css("#v-1 .more summary").await;
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(browser.run(wide).await.unwrap(), 0);
    let menu = "const box = document.querySelector('#v-1 .menu').getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth";
    assert_eq!(browser.run(menu).await.unwrap(), true, "the menu is within the screen");
    browser.close().await;
}
