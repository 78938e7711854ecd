//! The pages round the editor.

use serde_json::json;

use super::{SECRET, bring, furnished};
use crate::support::{browser::Browser, server::Server};

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_closed_file_is_copied_without_being_shown() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    bring(&browser, &file, 0, &format!("KEY={SECRET}\n")).await;
    browser.goto(&file).await;
    browser.click("Copy .env without showing it").await;
    browser.sees("Copied .env.").await;
    assert!(!browser.holds(SECRET).await, "the page never holds it");
    browser.goto(&file.replace("files/env", "files/env.local")).await;
    browser.find("#f-content").await.send_keys(&super::control("v")).await.unwrap();
    assert_eq!(super::text(&browser).await, format!("KEY={SECRET}\n"));
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn versions_and_files_are_compared_and_values_shown_on_request() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    bring(&browser, &file, 0, &format!("KEY={SECRET}-old\nSAME=1\n")).await;
    bring(&browser, &file, 1, &format!("KEY={SECRET}-new\nSAME=1\n")).await;
    let production = file.replace("files/env", "files/env.production");
    bring(&browser, &production, 0, "SAME=1\nMORE=1\n").await;
    browser.goto(&format!("{file}/history")).await;
    browser.click("Compare the two marked").await;
    browser.sees("changed").await;
    assert!(!browser.holds(SECRET).await, "values are masked");
    browser.click("Show values").await;
    browser.sees(&format!("{SECRET}-old")).await;
    browser.sees(&format!("{SECRET}-new")).await;
    browser.click("Hide").await;
    browser.no_longer_sees(SECRET).await;
    assert!(!browser.holds(SECRET).await, "hiding takes it out of the page");
    browser.click("Reveal version 1").await;
    browser.sees(&format!("{SECRET}-old")).await;
    browser.click("Restore version 1").await;
    browser.sees("Version 3 current").await;
    browser.goto(&file.replace("/files/env", "/compare")).await;
    browser.click("Compare").await;
    browser.sees("only in .env.production").await;
    browser.sees("only in .env").await;
    assert!(!browser.holds(SECRET).await);
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn everything_works_without_script() {
    let (server, browser) = (Server::quickstart(), Browser::without_script().await);
    let file = furnished(&server, &browser).await;
    browser.fill("content", &format!("KEY={SECRET}\n")).await;
    browser.click("Save").await;
    browser.sees("The file was encrypted and saved.").await;
    assert!(!browser.holds(SECRET).await);
    browser.click("Reveal to edit").await;
    assert_eq!(super::text(&browser).await, format!("KEY={SECRET}\n"));
    browser.click("Insert a generated secret").await;
    browser.fill("secretName", "session secret").await;
    browser.click("Insert").await;
    assert!(super::text(&browser).await.starts_with(&format!("KEY={SECRET}\nSESSION_SECRET=")));
    browser.click("Save").await;
    browser.sees("version 2").await;
    browser.goto(&format!("{file}/history")).await;
    browser.click("Compare the two marked").await;
    browser.sees("SESSION_SECRET").await;
    browser.click("Show values").await;
    browser.click("Hide").await;
    browser.click("Reveal version 1").await;
    browser.sees(SECRET).await;
    browser.click("Hide").await;
    browser.click("Restore version 1").await;
    browser.sees("Version 3 current").await;
    browser.goto(&format!("{file}/delete")).await;
    browser.click("Delete file").await;
    browser.sees("The file was deleted.").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_phone_shows_env_files_without_scrolling_sideways() {
    let (server, browser) = (Server::quickstart(), Browser::open(390).await);
    let file = furnished(&server, &browser).await;
    let long = "x".repeat(300);
    bring(&browser, &file, 0, &format!("{}={long}\n", long.to_uppercase())).await;
    bring(&browser, &file, 1, "A=1\n").await;
    let project = file.strip_suffix("/files/env").unwrap().to_owned();
    bring(&browser, &format!("{project}/files/env.local"), 0, "B=1\n").await;
    let wide =
        "return Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)";
    for path in ["/envs", "/envs/new"].map(|path| format!("{}{path}", server.url)).into_iter().chain([
        file.clone(),
        format!("{project}/files/env.production"),
        format!("{project}/compare"),
        format!("{file}/history"),
    ]) {
        browser.goto(&path).await;
        assert_eq!(browser.run(wide).await.unwrap(), 0, "{path}");
    }
    browser.click("Compare the two marked").await;
    browser.click("Show values").await;
    browser.sees(&long).await;
    assert_eq!(browser.run(wide).await.unwrap(), 0, "long names and values");
    super::open(&browser, &file).await;
    assert_eq!(browser.run(wide).await.unwrap(), 0, "the editor");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn no_page_of_env_files_asks_another_host() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    bring(&browser, &file, 0, "A=$B\n").await;
    for act in ["", "/history"] {
        browser.goto(&format!("{file}{act}")).await;
        same_host(&browser).await;
    }
    super::open(&browser, &file).await;
    super::to_the_end(&browser).await;
    browser.keys("A=2").await;
    browser.sees("remarks").await;
    same_host(&browser).await;
    browser.close().await;
}

async fn same_host(browser: &Browser) {
    let hosts = "return [...new Set(performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin === location.origin))]";
    assert_eq!(browser.run(hosts).await.unwrap(), json!([true]));
}
