//! Keeping a key, showing it, and leaving nothing behind.

use super::{make_category, make_entry, set_up, sign_in};
use crate::support::{browser::Browser, server::Server};

const VALUE: &str = "canary-2f9d17c4";

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_key_is_kept_shown_hidden_and_gone_after_leaving() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    make_category(&browser, &server, "OpenAI API", "OPENAI_API_KEY").await;
    make_entry(&browser, "Blog", VALUE).await;
    assert!(!browser.holds(VALUE).await, "the page after saving holds no value");

    browser.click_css("[data-reveal] button").await;
    browser.sees(VALUE).await;
    browser.click_css("[data-reveal] button").await;
    browser.no_longer_sees(VALUE).await;
    assert!(!browser.holds(VALUE).await, "hiding takes it out of the page");

    browser.click_css("[data-reveal] button").await;
    browser.sees(VALUE).await;
    browser.run("dispatchEvent(new PageTransitionEvent('pagehide'))").await.unwrap();
    assert!(!browser.holds(VALUE).await, "leaving takes it out of the page");

    browser.click_css("[data-reveal] button").await;
    browser.sees(VALUE).await;
    let category = browser.path().await;
    browser.click_css("details.account summary").await;
    browser.click("Sign out").await;
    browser.find("[name='password']").await;
    browser.back().await;
    browser.find("[name='password']").await;
    assert!(!browser.holds(VALUE).await, "Back brings nothing back");
    browser.goto(&format!("{}{category}", server.url)).await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_shown_value_hides_itself_after_half_a_minute() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    make_category(&browser, &server, "OpenAI API", "OPENAI_API_KEY").await;
    make_entry(&browser, "Blog", VALUE).await;
    browser.click_css("[data-reveal] button").await;
    browser.sees(VALUE).await;
    browser.hides_itself(VALUE).await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_group_is_kept_and_each_field_shown() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    browser.goto(&format!("{}/keys/new", server.url)).await;
    browser.fill("name", "AWS").await;
    browser.click_css("[name='keyType'][value='group']").await;
    browser.fill("fieldDefinitions", "AWS_ACCESS_KEY_ID\nAWS_SECRET_ACCESS_KEY").await;
    browser.click("Make category").await;
    browser.sees("No value is kept here yet").await;
    browser.click_css("main a.primary").await;
    browser.fill("projectName", "Blog").await;
    browser.fill("value.AWS_ACCESS_KEY_ID", "canary-id").await;
    browser.fill("value.AWS_SECRET_ACCESS_KEY", "canary-secret").await;
    browser.click("Save entry").await;
    browser.click_css("[data-reveal] button").await;
    browser.sees("canary-id").await;
    browser.sees("canary-secret").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn everything_works_without_script() {
    let (server, browser) = (Server::quickstart(), Browser::without_script().await);
    set_up(&browser, &server).await;
    make_category(&browser, &server, "OpenAI API", "OPENAI_API_KEY").await;
    let category = browser.path().await;
    make_entry(&browser, "Blog", VALUE).await;
    assert!(!browser.holds(VALUE).await);
    browser.click_css("form[action$='/reveal'] button").await;
    browser.sees(VALUE).await;
    browser.goto(&format!("{}{category}/delete", server.url)).await;
    browser.sees("1 entry").await;
    browser.click_css("main form button").await;
    browser.sees("Your vault is empty").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_refused_form_keeps_what_was_typed() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    make_category(&browser, &server, "OpenAI API", "OPENAI_API_KEY").await;
    make_entry(&browser, "Blog", "first").await;
    browser.click_css("main a.primary").await;
    browser.fill("projectName", "BLOG").await;
    browser.fill("value", VALUE).await;
    browser.fill("notes", "rotate in May").await;
    browser.click("Save entry").await;
    browser.sees("already has an entry").await;
    assert_eq!(browser.value("value").await, VALUE);
    assert_eq!(browser.value("notes").await, "rotate in May");
    browser.fill("projectName", "Shop").await;
    browser.click("Save entry").await;
    browser.sees("Shop").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn an_ended_session_takes_no_typed_text_along() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    make_category(&browser, &server, "OpenAI API", "OPENAI_API_KEY").await;
    browser.click_css("main a.primary").await;
    browser.fill("projectName", "Blog").await;
    browser.fill("value", VALUE).await;
    let ended = "return fetch('/api/auth/sign-out', { method: 'POST' }).then((answer) => answer.status)";
    assert_eq!(browser.run(ended).await.unwrap(), 200);
    browser.click("Save entry").await;
    browser.sees("Your session has ended").await;
    assert_eq!(browser.value("value").await, VALUE);
    let page = browser.new_tab().await;
    sign_in(&browser, &server, super::PASSWORD).await;
    browser.sees("New category").await;
    browser.switch_to(page).await;
    browser.click("Back to the page").await;
    browser.click("Save entry").await;
    browser.sees("sealed").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_phone_shows_every_page_without_scrolling_sideways() {
    let (server, browser) = (Server::quickstart(), Browser::open(390).await);
    set_up(&browser, &server).await;
    let name = "A category with a name that is quite a bit longer than a phone is wide";
    make_category(&browser, &server, name, "A_VARIABLE_WITH_A_NAME_LONGER_THAN_ANY_PHONE_IS_WIDE_AT_ALL")
        .await;
    make_entry(&browser, "a-project-without-any-blank-in-its-name-that-could-break", VALUE).await;
    let category = browser.path().await;
    let path = |path: &str| path.to_owned();
    let settings = [
        "profile",
        "password",
        "sessions",
        "access-keys",
        "access-keys/new",
        "encryption",
        "activity",
        "export",
        "delete",
        "delete/account",
    ];
    let settings = settings.iter().map(|page| format!("/settings/{page}"));
    let others =
        ["/", "/keys", "/keys/new", "/keys/new?service=aws", &category, "/2fa", "/2fa/new", "/nowhere"]
            .map(path);
    for path in settings.chain(others) {
        browser.goto(&format!("{}{path}", server.url)).await;
        let wide = "const wide = document.documentElement.clientWidth;
            const beyond = [...document.querySelectorAll('body *')]
                .filter((node) => node.getBoundingClientRect().right > wide + 1);
            return document.documentElement.scrollWidth > wide ? beyond.map((node) => node.outerHTML.slice(0, 80)) : []";
        assert_eq!(browser.run(wide).await.unwrap(), serde_json::json!([]), "{path}");
    }
    browser.goto(&format!("{}{category}", server.url)).await;
    browser.click_css("li.entry .more summary").await;
    for action in ["/edit", "/delete"] {
        let link = browser.find(&format!("li.entry a[href$='{action}']")).await;
        assert!(link.is_displayed().await.unwrap(), "{action} is within reach on a phone");
    }
    browser.close().await;
}
