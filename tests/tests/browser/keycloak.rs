//! Signing in with a real Keycloak, whose realm is `tests/keycloak/realm.json`.
//!
//! It is one server for all tests, so each test has people of its own there.

use super::{EMAIL, PASSWORD, make_category, sign_in};
use crate::support::{browser::Browser, server::Server};

/// How a person proves there who they are.
async fn at_keycloak(browser: &Browser, name: &str) {
    browser.fill("username", name).await;
    browser.fill("password", &format!("password of {name}")).await;
    browser.click_css("#kc-login").await;
}

/// From the sign-in page to Keycloak's, and back as somebody.
async fn sign_in_as(browser: &Browser, server: &Server, name: &str) {
    browser.goto(&format!("{}/sign-in", server.url)).await;
    browser.click("Sign in with Keycloak").await;
    at_keycloak(browser, name).await;
}

async fn sign_out(browser: &Browser) {
    browser.run("document.querySelector('form[action=\"/sign-out\"]').submit()").await.unwrap();
    browser.sees("You are signed out").await;
}

/// A Kagi with an account of its own, whose set-up is done.
async fn with_local(email: &str) -> (Server, Browser) {
    let (server, browser) = (Server::with_keycloak(), Browser::open(1440).await);
    browser.goto(&server.set_up).await;
    browser.fill("email", email).await;
    browser.fill("password", PASSWORD).await;
    browser.click("Make my vault").await;
    browser.sees("Kagi is yours").await;
    (server, browser)
}

#[tokio::test]
#[ignore = "needs Keycloak and Chromium: KAGI_TEST_KEYCLOAK, which tests/run sets"]
async fn people_sign_in_and_out_and_stay_apart() {
    let (server, ada) = (Server::with_keycloak(), Browser::open(1440).await);
    sign_in_as(&ada, &server, "ada").await;
    ada.sees("Overview").await;
    make_category(&ada, &server, "Only Ada's", "ONLY_ADAS").await;

    sign_out(&ada).await;
    ada.goto(&format!("{}/sign-in", server.url)).await;
    ada.click("Sign in with Keycloak").await;
    ada.sees("Overview").await;
    ada.goto(&format!("{}/keys", server.url)).await;
    ada.sees("Only Ada's").await;

    sign_out(&ada).await;
    ada.click("Sign out of Keycloak").await;
    ada.click_css("#kc-logout").await;
    ada.sees("Sign in").await;
    sign_in_as(&ada, &server, "bob").await;
    ada.sees("Overview").await;
    ada.goto(&format!("{}/keys", server.url)).await;
    ada.sees("Your vault is empty").await;
    ada.no_longer_sees("Only Ada's").await;
    ada.close().await;
}

#[tokio::test]
#[ignore = "needs Keycloak and Chromium: KAGI_TEST_KEYCLOAK, which tests/run sets"]
async fn whoever_is_disabled_there_or_here_stays_out() {
    let (server, browser) = (Server::with_keycloak(), Browser::open(1440).await);
    sign_in_as(&browser, &server, "grace").await;
    browser.sees("Account is disabled").await;

    browser.goto(&format!("{}/sign-in", server.url)).await;
    sign_in_as(&browser, &server, "carol").await;
    browser.sees("Overview").await;
    server.command(&["user", "disable", "carol@team.example"]);
    browser.goto(&format!("{}/keys", server.url)).await;
    browser.click("Sign in with Keycloak").await;
    browser.sees("Your account here is disabled").await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Keycloak and Chromium: KAGI_TEST_KEYCLOAK, which tests/run sets"]
async fn an_account_with_the_same_address_is_not_taken_over() {
    let (server, local) = with_local("dave@team.example").await;
    local.close().await;
    let browser = Browser::open(1440).await;
    sign_in_as(&browser, &server, "dave").await;
    browser.sees("There is already an account with your e-mail address").await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.goto(&format!("{}/keys", server.url)).await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.close().await;

    let unverified = Browser::open(1440).await;
    sign_in_as(&unverified, &server, "frank").await;
    unverified.sees("no verified e-mail address").await;
    unverified.close().await;
}

#[tokio::test]
#[ignore = "needs Keycloak and Chromium: KAGI_TEST_KEYCLOAK, which tests/run sets"]
async fn keycloak_is_linked_from_the_settings() {
    let (server, browser) = with_local(EMAIL).await;
    make_category(&browser, &server, "From before", "FROM_BEFORE").await;
    browser.goto(&format!("{}/settings/keycloak", server.url)).await;
    browser.click("Link Keycloak").await;
    browser.click("Continue to Keycloak").await;
    at_keycloak(&browser, "erin").await;
    browser.sees("Keycloak is linked").await;

    sign_out(&browser).await;
    browser.goto(&format!("{}/sign-in?next=/keys", server.url)).await;
    browser.click("Sign in with Keycloak").await;
    browser.sees("From before").await;

    browser.goto(&format!("{}/settings/keycloak", server.url)).await;
    browser.click("Unlink Keycloak").await;
    browser.sees("Keycloak is unlinked").await;
    sign_in_again(&browser, &server).await;
    browser.close().await;
}

async fn sign_in_again(browser: &Browser, server: &Server) {
    browser.run("document.querySelector('form[action=\"/sign-out\"]').submit()").await.unwrap();
    browser.sees("Sign in").await;
    sign_in(browser, server, PASSWORD).await;
    browser.sees("Overview").await;
    browser.goto(&format!("{}/keys", server.url)).await;
    browser.sees("From before").await;
}
