//! The editor itself: what it draws, and what the keyboard does in it.

use serde_json::json;

use super::{ENTER, ESCAPE, F8, TAB, bring, control, furnished, open, text, to_the_end};
use crate::support::{browser::Browser, server::Server};

/// Lines that are each painted in a way of their own.
const LINES: &str = "# note\nexport A='x' # why\nB=\"one\n# two\nthree\"\nC=${A}$B\nnot a line\nD: e\n\n  F = g # h\n\
    G='it'\\''s'\nH=`x`\nI=\"open\nJ='\\'\n";

async fn focus(browser: &Browser) -> String {
    let script = "return document.activeElement.id || document.activeElement.textContent.trim()";
    browser.run(script).await.unwrap().as_str().unwrap().to_owned()
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn what_is_drawn_is_what_is_typed() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    bring(&browser, &file, 0, LINES).await;
    open(&browser, &file).await;
    let drawn = "const rows = [...document.querySelectorAll('.sheet-lines > div')];
        rows.sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top));
        return rows.map((row) => row.textContent).join('\\n')";
    assert_eq!(browser.run(drawn).await.unwrap(), LINES);
    let kinds =
        "return [...document.querySelectorAll('.sheet-lines .t-comment')].map((node) => node.textContent)";
    let comments = browser.run(kinds).await.unwrap();
    assert_eq!(
        comments,
        json!(["# note", "export ", " # why", "  ", "# h"]),
        "a line of a value is no comment"
    );
    let numbers =
        "return [...document.querySelectorAll('.gutter-lines > div')].map((node) => node.textContent).length";
    assert_eq!(browser.run(numbers).await.unwrap(), LINES.split('\n').count());
    to_the_end(&browser).await;
    browser.keys("K=1\nL=2").await;
    assert_eq!(browser.run(drawn).await.unwrap(), format!("{LINES}K=1\nL=2"));
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn only_what_is_in_sight_is_drawn_and_long_lines_are_left_to_the_browser() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    bring(&browser, &file, 0, &"A=1\n".repeat(20_000)).await;
    open(&browser, &file).await;
    let rows = "return document.querySelectorAll('.sheet-lines > div').length";
    assert!(browser.run(rows).await.unwrap().as_u64().unwrap() < 100);
    let line = "kagi.editor.goTo(15000); const row = [...document.querySelectorAll('.gutter-lines > div')]
        .find((node) => node.textContent === '15000');
        const field = document.getElementById('f-content');
        const [one, other] = [row.getBoundingClientRect(), field.getBoundingClientRect()];
        return one.top >= other.top && one.bottom <= other.bottom";
    assert_eq!(browser.run(line).await.unwrap(), true, "the line is in sight beside its number");
    let long = "kagi.editor.insert('x'.repeat(5000)); return getComputedStyle(document.getElementById('f-content')).color";
    assert_ne!(browser.run(long).await.unwrap(), "rgba(0, 0, 0, 0)", "the field shows its text itself");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn tab_leaves_the_editor_until_it_is_told_to_type() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    furnished(&server, &browser).await;
    browser.find(".editor.live").await;
    to_the_end(&browser).await;
    browser.keys(TAB).await;
    assert_ne!(focus(&browser).await, "f-content", "Tab goes on");
    assert_eq!(text(&browser).await, "");
    to_the_end(&browser).await;
    browser.keys(&control("m")).await;
    browser.keys(TAB).await;
    assert_eq!((focus(&browser).await.as_str(), text(&browser).await.as_str()), ("f-content", "\t"));
    browser.keys(&format!("\u{E008}{TAB}\u{E000}")).await;
    assert_ne!(focus(&browser).await, "f-content", "Shift+Tab always goes back");
    to_the_end(&browser).await;
    browser.keys(ESCAPE).await;
    browser.keys(TAB).await;
    assert_ne!(focus(&browser).await, "f-content", "Escape gives Tab back");
    assert_eq!(text(&browser).await, "\t");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn remarks_follow_the_typing_and_lead_to_their_lines() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    furnished(&server, &browser).await;
    browser.find(".editor.live").await;
    browser.sees("No remarks").await;
    to_the_end(&browser).await;
    browser.keys("A=1\nB=2\nA=3\nnot a line").await;
    browser.sees("2 remarks").await;
    browser.find(".gutter-lines > .bad").await;
    let marked = "return [...document.querySelectorAll('.gutter-lines > .bad')].map((node) => node.textContent).sort()";
    assert_eq!(browser.run(marked).await.unwrap(), json!(["3", "4"]));
    let chosen = "const field = document.getElementById('f-content');
        return field.value.slice(field.selectionStart, field.selectionEnd)";
    browser.find("#remarks li[data-line='3'] a").await.send_keys(ENTER).await.unwrap();
    assert_eq!(
        (browser.run(chosen).await.unwrap(), focus(&browser).await),
        (json!("A=3"), "f-content".to_owned())
    );
    browser.keys(F8).await;
    assert_eq!(browser.run(chosen).await.unwrap(), "not a line");
    browser.keys(F8).await;
    assert_eq!(browser.run(chosen).await.unwrap(), "A=3", "behind the last comes the first");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_generated_secret_is_inserted_once_and_taken_back() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    furnished(&server, &browser).await;
    browser.find(".editor.live").await;
    to_the_end(&browser).await;
    browser.keys("A=1\nB=2").await;
    browser.click("Insert a generated secret").await;
    browser.fill("secretName", "session secret").await;
    browser.keys(ENTER).await;
    browser.sees("Added SESSION_SECRET. It is not saved yet.").await;
    let typed = text(&browser).await;
    let secret = typed.strip_prefix("A=1\nB=2\nSESSION_SECRET=").unwrap();
    assert_eq!(secret.len(), 43, "32 bytes");
    browser.keys(&control("z")).await;
    assert_eq!(text(&browser).await, "A=1\nB=2", "undo takes it back");
    browser.keys(&control("y")).await;
    assert_eq!(text(&browser).await, typed);
    browser.fill("secretName", "sessionSecret").await;
    browser.click("Insert").await;
    browser.sees("SESSION_SECRET is on line 3 already.").await;
    assert_eq!(text(&browser).await, typed);
    browser.close().await;
}
