//! Saving from the editor: in place, after an ended session, and when somebody else did so in between.

use super::{SECRET, bring, control, furnished, open, text, to_the_end};
use crate::support::{browser::Browser, server::Server};

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_file_is_written_saved_by_the_keyboard_and_undone() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    browser.find(".editor.live").await;
    to_the_end(&browser).await;
    browser.keys(&format!("KEY={SECRET}\nMORE=1")).await;
    browser.keys(&control("s")).await;
    browser.sees("It is version 1.").await;
    assert_eq!(text(&browser).await, format!("KEY={SECRET}\nMORE=1"), "the page stays");
    browser.keys("23").await;
    browser.keys(&control("s")).await;
    browser.sees("It is version 2.").await;
    browser.keys(&control("z")).await;
    assert!(
        text(&browser).await.len() < format!("KEY={SECRET}\nMORE=123").len(),
        "undo goes back behind a save"
    );
    browser.keys(&control("s")).await;
    browser.sees("It is version 3.").await;
    browser.goto(&file).await;
    browser.sees("version 3").await;
    assert!(!browser.holds(SECRET).await, "a closed file is not in its page");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn two_tabs_that_edit_one_file_end_in_the_conflict_page() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    bring(&browser, &file, 0, "A=1\nB=1\n").await;
    open(&browser, &file).await;
    let first = browser.new_tab().await;
    open(&browser, &file).await;
    to_the_end(&browser).await;
    browser.keys("THEIRS=1\n").await;
    browser.click("Save").await;
    browser.sees("It is version 2.").await;
    browser.switch_to(first).await;
    to_the_end(&browser).await;
    browser.keys("MINE=1\n").await;
    browser.click("Save").await;
    browser.sees(".env was changed in the meantime").await;
    browser.sees("only in version 2").await;
    browser.sees("only in your text").await;
    assert_eq!(text(&browser).await, "A=1\nB=1\nMINE=1\n", "nothing that was typed is lost");
    assert!(browser.holds("THEIRS=1").await, "and theirs is there");
    to_the_end(&browser).await;
    browser.keys("THEIRS=1\n").await;
    browser.click("Save").await;
    browser.sees("It is version 3.").await;
    open(&browser, &file).await;
    assert_eq!(text(&browser).await, "A=1\nB=1\nMINE=1\nTHEIRS=1\n");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn the_conflict_page_works_without_script() {
    let (server, browser) = (Server::quickstart(), Browser::without_script().await);
    let file = furnished(&server, &browser).await;
    browser.fill("content", "A=1\n").await;
    browser.click("Save").await;
    browser.click("Reveal to edit").await;
    let first = browser.new_tab().await;
    browser.goto(&file).await;
    browser.click("Reveal to edit").await;
    browser.fill("content", "A=theirs\n").await;
    browser.click("Save").await;
    browser.sees("version 2").await;
    browser.switch_to(first).await;
    browser.fill("content", "A=mine\n").await;
    browser.click("Save").await;
    browser.sees(".env was changed in the meantime").await;
    assert!(browser.holds("A=theirs").await);
    assert_eq!(text(&browser).await, "A=mine\n");
    browser.click("Save").await;
    browser.sees("version 3").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn an_ended_session_is_begun_again_over_the_text_and_the_save_goes_through() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    bring(&browser, &file, 0, "A=1\n").await;
    open(&browser, &file).await;
    to_the_end(&browser).await;
    browser.keys(SECRET).await;
    let ended = "return fetch('/api/auth/sign-out', { method: 'POST' }).then((answer) => answer.status)";
    assert_eq!(browser.run(ended).await.unwrap(), 200);
    browser.click("Save").await;
    browser.sees("Your session has ended").await;
    browser.keys("not the password\u{E007}").await;
    browser.sees("This is not your password.").await;
    assert_eq!(text(&browser).await, format!("A=1\n{SECRET}"));
    browser.keys(&format!("{}{}", control("a"), super::super::PASSWORD)).await;
    browser.click("Sign in and save").await;
    browser.sees("It is version 2.").await;
    assert!(!browser.holds(super::super::PASSWORD).await, "the password is not kept in the page");
    open(&browser, &file).await;
    assert_eq!(text(&browser).await, format!("A=1\n{SECRET}"));
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_refused_text_stays_in_the_editor() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    furnished(&server, &browser).await;
    let long = "kagi.editor.replace('A=' + 'x'.repeat(256 * 1024))";
    browser.run(long).await.unwrap();
    browser.click("Save").await;
    browser.sees("A file holds at most 256 KiB.").await;
    assert_eq!(text(&browser).await.len(), 256 * 1024 + 2);
    browser.close().await;
}
