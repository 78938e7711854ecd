//! Every page, with what can be open on it, under the rules: axe-core's of WCAG 2.2, level A and AA; no
//! scrolling sideways; no request to another host; no more bytes than agreed.

use serde_json::Value;

use super::{Browser, LIGHTS, Light, Vault, rules::Rules, sights};
use crate::{
    browser::{PASSWORD, set_up, sign_in},
    support::server::Server,
};

async fn everywhere(light: Light) {
    let (vault, fresh) = (Vault::furnished().await, Server::quickstart());
    let (browser, rules) = (Browser::open(1440).await, Rules::new());
    browser.look_in(light).await;
    let own = vault.server.url.as_str();
    let mut wrong = rules.broken_by(&browser, own, &sights::of_a_guest()).await;
    sign_in(&browser, &vault.server, PASSWORD).await;
    browser.find(".account").await;
    let width = browser.run("return innerWidth").await.unwrap();
    assert_eq!(width, Value::from(light.width), "the screen is as wide as it was told");
    wrong.extend(rules.broken_by(&browser, own, &sights::of_a_member(&vault)).await);
    browser.requests().await;
    let set_up_path = fresh.set_up.trim_start_matches(&fresh.url).to_owned();
    wrong.extend(rules.broken_by(&browser, &fresh.url, &sights::of_a_new_server(&set_up_path)).await);
    set_up(&browser, &fresh).await;
    wrong.extend(rules.broken_by(&browser, &fresh.url, &sights::of_an_empty_vault()).await);
    browser.close().await;
    assert!(wrong.is_empty(), "{light:?}:\n{}", wrong.join("\n"));
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_keeps_the_rules_in_the_light() {
    everywhere(LIGHTS[0]).await;
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_keeps_the_rules_in_the_dark() {
    everywhere(LIGHTS[1]).await;
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_keeps_the_rules_on_a_phone() {
    everywhere(LIGHTS[2]).await;
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_keeps_the_rules_on_a_phone_in_the_dark() {
    everywhere(LIGHTS[3]).await;
}
