//! From an empty vault to the first key, by a well-known service; and finding things while typing.

use super::{make_category, make_entry, set_up};
use crate::support::{browser::Browser, server::Server};

const VALUE: &str = "canary-7b41e0d9";

async fn focus(browser: &Browser, selector: &str) -> bool {
    let script = format!("return document.activeElement.matches({selector:?})");
    browser.run(&script).await.unwrap() == serde_json::json!(true)
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn an_empty_vault_leads_to_the_first_key_with_and_without_script() {
    for script in [true, false] {
        let browser = if script { Browser::open(1440).await } else { Browser::without_script().await };
        let server = Server::quickstart();
        set_up(&browser, &server).await;
        assert_eq!(browser.path().await, "/");
        browser.sees("Your vault is empty").await;
        browser.click("Add your first key").await;
        browser.click_css(".service[href$='=openai']").await;
        browser.sees("Filled in for OpenAI").await;
        assert_eq!(browser.value("name").await, "OpenAI");
        assert_eq!(browser.value("envVarName").await, "OPENAI_API_KEY");
        browser.click("Make category").await;
        browser.sees("No value is kept here yet").await;
        make_entry(&browser, "Blog", VALUE).await;
        browser.goto(&server.url).await;
        browser.sees("Recently added").await;
        browser.no_longer_sees("Your vault is empty").await;
        assert!(!browser.holds(VALUE).await);
        browser.click_css("a.item").await;
        browser.sees("OPENAI_API_KEY").await;
        browser.close().await;
    }
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_service_is_found_while_typing_and_picked_with_the_keyboard() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    browser.goto(&format!("{}/keys/new", server.url)).await;
    browser.fill("search", "claude").await;
    browser.no_longer_sees("GITHUB_TOKEN").await;
    browser.sees("ANTHROPIC_API_KEY").await;
    assert!(focus(&browser, "#search").await, "typing goes on");
    browser.keys("\u{e004}\u{e007}").await;
    browser.sees("Filled in for Anthropic").await;
    assert!(focus(&browser, ".picked").await, "the form comes next");
    browser.fill("name", "Claude").await;
    browser.keys("\u{e007}").await;
    browser.sees("No value is kept here yet").await;
    browser.sees("Claude").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_grid_is_searched_while_typing() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    make_category(&browser, &server, "Payments", "STRIPE_SECRET_KEY").await;
    make_category(&browser, &server, "Mail", "RESEND_API_KEY").await;
    browser.goto(&format!("{}/keys", server.url)).await;
    browser.sees("2 categories").await;
    browser.fill("search", "stripe").await;
    browser.no_longer_sees("RESEND_API_KEY").await;
    browser.sees("1 category").await;
    assert!(focus(&browser, "#search").await && browser.value("search").await == "stripe");
    browser.fill("search", "no such").await;
    browser.sees("No category matches “no such”").await;
    browser.click("Show all").await;
    browser.sees("2 categories").await;
    browser.close().await;
}
