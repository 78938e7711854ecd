//! Every page, with what can be open on it, in the light and in the dark, under the rules: axe-core's of WCAG 2.2, level A and AA; no
//! scrolling sideways; no request to another host; no more bytes than agreed.

use serde_json::Value;

use super::{Browser, Vault, rules::Rules, sights};
use crate::{
    browser::{PASSWORD, set_up, sign_in},
    support::server::Server,
};

async fn everywhere(width: u32) {
    let (vault, fresh) = (Vault::furnished().await, Server::quickstart());
    let (browser, rules) = (Browser::open(1440).await, Rules::new());
    browser.look_at(width).await;
    let own = vault.server.url.as_str();
    let mut wrong = rules.broken_by(&browser, own, &sights::of_a_guest()).await;
    sign_in(&browser, &vault.server, PASSWORD).await;
    browser.find(".account").await;
    let told = browser.run("return innerWidth").await.unwrap();
    assert_eq!(told, Value::from(width), "the screen is as wide as it was told");
    wrong.extend(rules.broken_by(&browser, own, &sights::of_a_member(&vault)).await);
    browser.requests().await;
    let set_up_path = fresh.set_up.trim_start_matches(&fresh.url).to_owned();
    wrong.extend(rules.broken_by(&browser, &fresh.url, &sights::of_a_new_server(&set_up_path)).await);
    set_up(&browser, &fresh).await;
    wrong.extend(rules.broken_by(&browser, &fresh.url, &sights::of_an_empty_vault()).await);
    browser.close().await;
    assert!(wrong.is_empty(), "{width}:\n{}", wrong.join("\n"));
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_keeps_the_rules_on_a_wide_screen() {
    everywhere(1440).await;
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_keeps_the_rules_on_a_phone() {
    everywhere(390).await;
}
