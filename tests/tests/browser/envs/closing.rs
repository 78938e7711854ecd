//! Leaving the editor: nothing is dropped silently, and nothing stays behind.

use super::{SECRET, bring, furnished, open, to_the_end};
use crate::support::{browser::Browser, server::Server};

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn leaving_takes_every_piece_of_the_text_out_of_the_page() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    bring(&browser, &file, 0, &format!("# {SECRET}-note\nKEY={SECRET}\n")).await;
    open(&browser, &file).await;
    assert!(browser.holds(SECRET).await);
    browser.run("dispatchEvent(new PageTransitionEvent('pagehide'))").await.unwrap();
    assert!(!browser.holds(SECRET).await, "neither in the field nor in what is drawn");
    open(&browser, &file).await;
    browser.click("Close").await;
    browser.sees("Reveal to edit").await;
    assert!(!browser.holds(SECRET).await);
    browser.back().await;
    browser.run("return document.readyState").await.unwrap();
    assert!(!browser.text().await.contains(SECRET), "Back brings nothing back");
    browser.goto(&server.url).await;
    let kept = "const all = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
        return indexedDB.databases().then((bases) => JSON.stringify([all, bases, history.state]))";
    assert!(!browser.run(kept).await.unwrap().as_str().unwrap().contains("canary"), "and no storage has it");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn unsaved_text_is_not_left_without_a_question() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    bring(&browser, &file, 0, "A=1\n").await;
    open(&browser, &file).await;
    let asks = "const event = new Event('beforeunload', { cancelable: true });
        dispatchEvent(event);
        return event.defaultPrevented";
    assert_eq!(browser.run(asks).await.unwrap(), false, "nothing was typed");
    to_the_end(&browser).await;
    browser.keys("B").await;
    assert_eq!(browser.run(asks).await.unwrap(), true);
    browser.keys("\u{E003}").await;
    assert_eq!(browser.run(asks).await.unwrap(), false, "it is as it was");
    browser.keys("C").await;
    browser.click("Save").await;
    browser.sees("It is version 2.").await;
    assert_eq!(browser.run(asks).await.unwrap(), false, "it is saved");
    browser.close().await;
}
