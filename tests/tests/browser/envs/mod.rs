//! Working on env files in the browser.

mod bytes;
mod closing;
mod editor;
mod pages;
mod saving;
mod speed;

use serde_json::Value;

use super::set_up;
use crate::support::{browser::Browser, server::Server};

const SECRET: &str = "canary-5be1c0de";
const ENTER: &str = "\u{E007}";
const TAB: &str = "\u{E004}";
const ESCAPE: &str = "\u{E00C}";
const F8: &str = "\u{E038}";
const CONTROL: &str = "\u{E009}";
const NEEDS_A_KEY_UP: &str = "\u{E000}";

/// Presses a key while Control is held.
fn control(key: &str) -> String {
    format!("{CONTROL}{key}{NEEDS_A_KEY_UP}")
}

/// The first account with a project; ends at its `.env`, which is not there yet, and gives its address.
async fn furnished(server: &Server, browser: &Browser) -> String {
    set_up(browser, server).await;
    browser.goto(&format!("{}/envs/new", server.url)).await;
    browser.fill("name", "Blog").await;
    browser.click("Make project").await;
    browser.sees("There is no .env yet").await;
    format!("{}{}/files/env", server.url, browser.path().await)
}

/// Saves a text from this page as a form does, without the editor; gives the answer's status.
async fn bring(browser: &Browser, file: &str, base: u32, text: &str) {
    let script = format!(
        "const body = new URLSearchParams({{ baseVersion: {base}, content: {} }});
         return fetch('{file}/save', {{ method: 'POST', body }}).then((answer) => answer.status)",
        Value::from(text)
    );
    assert_eq!(browser.run(&script).await.unwrap(), 200, "it follows to the file's page");
}

/// Opens the file at this address in the editor.
async fn open(browser: &Browser, file: &str) {
    browser.goto(file).await;
    browser.click("Reveal to edit").await;
    browser.find(".editor.live").await;
}

async fn text(browser: &Browser) -> String {
    browser.value("content").await
}

/// Puts the caret at the end of the text.
async fn to_the_end(browser: &Browser) {
    let script = "const field = document.getElementById('f-content');
        field.focus();
        field.setSelectionRange(field.value.length, field.value.length);
        field.scrollTop = field.scrollHeight";
    browser.run(script).await.unwrap();
}
