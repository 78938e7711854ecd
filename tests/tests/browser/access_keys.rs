//! A key for a script: shown once, used, revoked.

use reqwest::StatusCode;

use super::{make_category, make_entry, set_up};
use crate::support::{browser::Browser, person::plain_http, server::Server};

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_key_is_shown_once_and_works_until_it_is_revoked() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    make_category(&browser, &server, "OpenAI API", "OPENAI_API_KEY").await;
    make_entry(&browser, "Blog", "canary-value").await;
    browser.goto(&format!("{}/settings/access-keys/new", server.url)).await;
    browser.fill("name", "CI of Blog").await;
    browser.click_css("[name='scopes'][value='entries:read']").await;
    browser.click_css("[name='scopes'][value='entries:reveal']").await;
    browser.click_css("main button.primary").await;
    browser.sees("kagi_").await;
    let page = browser.text().await;
    let key = page.split_whitespace().find(|word| word.starts_with("kagi_")).unwrap().to_owned();
    assert_eq!(key.len(), 48);

    let client = plain_http().build().unwrap();
    let get = async |path: &str| {
        client.get(format!("{}{path}", server.url)).bearer_auth(&key).send().await.unwrap()
    };
    let list: serde_json::Value = get("/api/entries").await.json().await.unwrap();
    let id = list["data"][0]["id"].as_str().unwrap();
    let reveal = client
        .post(format!("{}/api/entries/{id}/reveal", server.url))
        .bearer_auth(&key)
        .send()
        .await
        .unwrap();
    assert_eq!(reveal.headers()["cache-control"], "no-store");
    let revealed: serde_json::Value = reveal.json().await.unwrap();
    assert_eq!(revealed["data"]["value"], "canary-value");
    assert_eq!(get("/api/categories").await.status(), StatusCode::FORBIDDEN);

    browser.goto(&format!("{}/settings/access-keys", server.url)).await;
    browser.sees(&key[..13]).await;
    assert!(!browser.holds(&key).await, "it is shown once");
    browser.click_css("a[href$='/revoke']").await;
    browser.click_css("#ask form button, main form[action$='/revoke'] button").await;
    browser.no_longer_sees(&key[..13]).await;
    assert_eq!(get("/api/entries").await.status(), StatusCode::UNAUTHORIZED);
    browser.close().await;
}
