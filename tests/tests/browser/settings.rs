//! Settings: a new password, what happened, and an empty vault.

use std::time::Duration;

use super::{EMAIL, PASSWORD, make_category, make_entry, set_up, sign_in};
use crate::support::{browser::Browser, server::Server};

const NEW: &str = "another horse battery";

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_new_password_ends_the_other_browser() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    let other = Browser::open(390).await;
    sign_in(&other, &server, PASSWORD).await;
    other.sees("Your vault is empty").await;
    browser.goto(&format!("{}/settings/sessions", server.url)).await;
    browser.sees("this one").await;
    browser.sees("on Linux").await;
    browser.goto(&format!("{}/settings/password", server.url)).await;
    browser.fill("currentPassword", "not the right one").await;
    browser.fill("newPassword", NEW).await;
    browser.click("Change password").await;
    browser.sees("This is not your password").await;
    browser.fill("currentPassword", PASSWORD).await;
    browser.fill("newPassword", NEW).await;
    browser.click("Change password").await;
    browser.sees("Your password was changed").await;
    other.goto(&format!("{}/settings/password", server.url)).await;
    other.sees("Your session has ended").await;
    sign_in(&other, &server, NEW).await;
    other.sees("Your vault is empty").await;
    browser.goto(&format!("{}/settings/sessions", server.url)).await;
    browser.click("End all others").await;
    browser.sees("All your other sessions have ended").await;
    other.goto(&format!("{}/keys", server.url)).await;
    other.sees("Your session has ended").await;
    other.close().await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn activity_is_filtered_while_one_chooses() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    make_category(&browser, &server, "OpenAI API", "OPENAI_API_KEY").await;
    make_entry(&browser, "Blog", "canary-value").await;
    browser.click_css("[data-reveal] button").await;
    browser.sees("canary-value").await;
    browser.goto(&format!("{}/settings/activity", server.url)).await;
    browser.sees("request").await;
    let count = "return document.querySelectorAll('.event').length";
    assert_eq!(browser.run(count).await.unwrap(), 4);
    // By keyboard, as the driver's click on an option is none of a person's.
    browser.find("#f-action").await.send_keys("Value revealed").await.unwrap();
    let began = tokio::time::Instant::now();
    while browser.run(count).await.unwrap() != 1 {
        assert!(began.elapsed() < Duration::from_secs(10), "the list is still whole");
        tokio::task::yield_now().await;
    }
    let shown = browser.run("return document.querySelector('.event strong').textContent").await.unwrap();
    assert_eq!(shown, "Value revealed");
    let address = browser.run("return location.search").await.unwrap();
    assert!(address.as_str().unwrap().contains("action=entry.reveal"), "the filter is in the address");
    assert!(!browser.holds("canary-value").await);
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_vault_is_emptied_by_whoever_knows_its_address() {
    let (server, browser) = (Server::quickstart(), Browser::open(390).await);
    set_up(&browser, &server).await;
    make_category(&browser, &server, "OpenAI API", "OPENAI_API_KEY").await;
    make_entry(&browser, "Blog", "canary-value").await;
    browser.goto(&format!("{}/settings/delete", server.url)).await;
    browser.click("Delete all vault data…").await;
    browser.sees("1 category, 1 entry, 0 recovery sets, 0 env projects with 0 files will be deleted").await;
    browser.fill("confirmation", "eve@example.com").await;
    browser.click("Delete all vault data").await;
    browser.sees("Type ada@example.com to confirm.").await;
    assert_eq!(browser.value("confirmation").await, "eve@example.com");
    browser.fill("confirmation", EMAIL).await;
    browser.click("Delete all vault data").await;
    browser.sees("Your vault is empty.").await;
    browser.goto(&format!("{}/keys", server.url)).await;
    browser.sees("Add your first key").await;
    browser.goto(&format!("{}/settings/delete/account", server.url)).await;
    browser.fill("confirmation", EMAIL).await;
    browser.click("Delete account").await;
    browser.sees("Your account and everything in it was deleted").await;
    sign_in(&browser, &server, PASSWORD).await;
    browser.sees("E-mail or password is wrong").await;
    browser.close().await;
}
