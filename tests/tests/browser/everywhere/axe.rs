//! No page breaks a rule of WCAG 2.2, level A or AA, that a program can check.

use serde_json::Value;

use super::{Browser, LIGHTS, Light, Sight, Vault, sights};
use crate::{browser::set_up, support::server::Server};

const CHECK: &str = "
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`));";

fn rules() -> String {
    let path = std::env::var("KAGI_TEST_AXE").expect("KAGI_TEST_AXE names the script of axe-core");
    std::fs::read_to_string(path).unwrap()
}

async fn violations(browser: &Browser, rules: &str) -> Vec<String> {
    browser.run(rules).await.unwrap();
    let check = format!("return (async () => {{ {CHECK} }})()");
    let found = browser.run(&check).await.unwrap();
    found.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

/// What is wrong with these pages, with the page before each.
async fn look(browser: &Browser, server: &str, sights: &[Sight]) -> Vec<String> {
    let (rules, mut wrong) = (rules(), Vec::new());
    for sight in sights {
        sight.show(browser, server).await;
        let found = violations(browser, &rules).await;
        wrong.extend(found.into_iter().map(|what| format!("{} ({})", what, sight.path)));
    }
    wrong
}

async fn everywhere(light: Light) {
    let (vault, fresh) = (Vault::furnished().await, Server::quickstart());
    let browser = Browser::open(1440).await;
    browser.look_in(light).await;
    let mut wrong = look(&browser, &vault.server.url, &sights::of_a_guest()).await;
    crate::browser::sign_in(&browser, &vault.server, crate::browser::PASSWORD).await;
    browser.find(".account").await;
    let width = browser.run("return innerWidth").await.unwrap();
    assert_eq!(width, Value::from(light.width), "the screen is as wide as it was told");
    wrong.extend(look(&browser, &vault.server.url, &sights::of_a_member(&vault)).await);
    let set_up_path = fresh.set_up.trim_start_matches(&fresh.url).to_owned();
    wrong.extend(look(&browser, &fresh.url, &sights::of_a_new_server(&set_up_path)).await);
    set_up(&browser, &fresh).await;
    wrong.extend(look(&browser, &fresh.url, &sights::of_an_empty_vault()).await);
    browser.close().await;
    assert!(wrong.is_empty(), "{light:?}:\n{}", wrong.join("\n"));
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_obeys_axe_in_the_light() {
    everywhere(LIGHTS[0]).await;
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_obeys_axe_in_the_dark() {
    everywhere(LIGHTS[1]).await;
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_obeys_axe_on_a_phone() {
    everywhere(LIGHTS[2]).await;
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn every_page_obeys_axe_on_a_phone_in_the_dark() {
    everywhere(LIGHTS[3]).await;
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn the_check_sees_what_it_looks_for() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    browser.goto(&format!("{}/setup", server.url)).await;
    let rules = rules();
    assert!(violations(&browser, &rules).await.is_empty());
    browser.run("document.querySelector('label').remove()").await.unwrap();
    browser.run("document.querySelector('h1').style.color = '#ccc'").await.unwrap();
    let found = violations(&browser, &rules).await;
    assert!(found.iter().any(|what| what.starts_with("label")), "{found:?}");
    assert!(found.iter().any(|what| what.starts_with("color-contrast")), "{found:?}");
    browser.close().await;
}
