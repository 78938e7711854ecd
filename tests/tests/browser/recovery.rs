//! Recovery codes: pasted, shown one at a time, hidden again, and a mistaken use taken back.

use super::set_up;
use crate::support::{browser::Browser, server::Server};

const FIRST: &str = "canary-aa11";
const SECOND: &str = "canary-bb22";

/// Pastes three codes of a service and ends on their page.
async fn paste(browser: &Browser, server: &Server) {
    browser.goto(&format!("{}/2fa/new", server.url)).await;
    browser.fill("service", "GitHub").await;
    browser.fill("tokens", &format!("{FIRST}\n{SECOND},  canary-cc33\n")).await;
    browser.click("Save recovery set").await;
    browser.sees("3 of 3 left").await;
}

const NEXT: &str = ".supply [data-reveal-code] button";

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn pasted_codes_are_counted_while_they_are_typed() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    browser.goto(&format!("{}/2fa/new", server.url)).await;
    browser.fill("service", "Mail").await;
    browser.fill("tokens", "1234 5678\n8765,4321").await;
    browser.sees("4 codes").await;
    browser.click_css("[name='wholeLines']").await;
    browser.sees("2 codes").await;
    browser.click("Save recovery set").await;
    browser.sees("2 of 2 left").await;
    browser.click_css(NEXT).await;
    browser.sees("1234 5678").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_code_is_shown_in_place_and_gone_after_leaving() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    paste(&browser, &server).await;
    assert!(!browser.holds("canary").await, "the page after saving holds no code");
    browser.click_css(NEXT).await;
    browser.sees(FIRST).await;
    browser.sees("2 remain").await;
    browser.sees("2 of 3 left").await;
    assert!(browser.path().await.starts_with("/2fa/") && !browser.path().await.ends_with("/reveal"));
    let focused = browser.run("return document.activeElement.id").await.unwrap();
    assert_eq!(focused, "code-shown", "the focus is where the code is");
    browser.click_css(NEXT).await;
    browser.sees(SECOND).await;
    assert!(!browser.holds(FIRST).await, "one at a time");
    browser.click_css(".code [data-reveal-code] button").await;
    browser.sees(FIRST).await;
    browser.sees("1 of 3 left").await;
    browser.run("dispatchEvent(new PageTransitionEvent('pagehide'))").await.unwrap();
    assert!(!browser.holds("canary").await, "leaving takes it out of the page");

    // A mistaken use is taken back, and the code is the next one again.
    browser.click_css(NEXT).await;
    browser.sees("none remain").await;
    browser.click_css("#opened form[action$='/unuse'] button").await;
    browser.sees("The code counts as unused again.").await;
    browser.sees("1 of 3 left").await;
    browser.click_css(".code form[action$='/codes/0/unuse'] button").await;
    browser.sees("2 of 3 left").await;
    browser.click_css(NEXT).await;
    browser.sees(FIRST).await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_shown_code_hides_itself_after_half_a_minute() {
    let (server, browser) = (Server::quickstart(), Browser::open(390).await);
    set_up(&browser, &server).await;
    paste(&browser, &server).await;
    browser.click_css(NEXT).await;
    browser.sees(FIRST).await;
    browser.hides_itself(FIRST).await;
    browser.sees("The code is hidden again").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn codes_work_without_script() {
    let (server, browser) = (Server::quickstart(), Browser::without_script().await);
    set_up(&browser, &server).await;
    paste(&browser, &server).await;
    browser.click_css(NEXT).await;
    browser.sees(FIRST).await;
    browser.click_css("#opened form[action$='/unuse'] button").await;
    browser.sees("3 of 3 left").await;
    assert!(!browser.holds(FIRST).await);
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn an_ended_session_uses_no_code_up() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    paste(&browser, &server).await;
    let ended = "return fetch('/api/auth/sign-out', { method: 'POST' }).then((answer) => answer.status)";
    assert_eq!(browser.run(ended).await.unwrap(), 200);
    browser.click_css(NEXT).await;
    browser.sees("Your session has ended").await;
    super::sign_in(&browser, &server, super::PASSWORD).await;
    browser.goto(&format!("{}/2fa", server.url)).await;
    browser.sees("3 of 3 left").await;
    browser.close().await;
}
