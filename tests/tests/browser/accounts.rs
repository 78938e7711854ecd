//! Set-up and sign-in.

use super::{EMAIL, PASSWORD, set_up, sign_in};
use crate::support::{browser::Browser, server::Server};

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_set_up_link_works_once() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    browser.goto(&server.url).await;
    browser.sees("link").await;
    browser.goto(&server.set_up).await;
    browser.fill("email", EMAIL).await;
    browser.fill("password", "too short").await;
    browser.click("Make my vault").await;
    browser.sees("at least 12 characters").await;
    assert_eq!(browser.value("email").await, EMAIL, "what was typed stays");
    set_up(&browser, &server).await;
    browser.goto(&server.set_up).await;
    browser.sees("this link does nothing any more").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn wrong_passwords_are_told_and_then_slowed_down() {
    let (server, owner) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&owner, &server).await;
    owner.close().await;
    let browser = Browser::open(1440).await;
    browser.goto(&format!("{}/keys", server.url)).await;
    assert_eq!(browser.path().await, "/sign-in");
    for _ in 0..4 {
        sign_in(&browser, &server, "not the password").await;
        browser.sees("E-mail or password is wrong").await;
        assert_eq!(browser.value("email").await, EMAIL);
    }
    sign_in(&browser, &server, "not the password").await;
    browser.sees("Too many attempts").await;
    sign_in(&browser, &server, PASSWORD).await;
    browser.sees("Too many attempts").await;
    browser.close().await;
}
