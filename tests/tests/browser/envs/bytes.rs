//! What goes through the browser comes back to the byte.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::{control, furnished, to_the_end};
use crate::support::{browser::Browser, server::Server};

/// A quarter of a mebibyte of lines with these ends.
fn whole(mark: &str, ends: &[&str]) -> String {
    let mut text = mark.to_owned();
    for number in 0.. {
        let line = format!("NAME_{number}=\"värde {number}\"{}", ends[number * 7 % 11 % ends.len()]);
        if text.len() + line.len() > 256 * 1024 - 20 {
            break;
        }
        text += &line;
    }
    text += "FILL=";
    let left = 256 * 1024 - text.len();
    text + &"x".repeat(left)
}

/// Saves these very bytes by the API.
async fn store(browser: &Browser, project: &str, text: &str) {
    let body = serde_json::json!({"fileType": "env", "content": text}).to_string();
    let script = format!(
        "return fetch('/api{project}/files', {{ method: 'POST', headers: {{ 'content-type': 'application/json' }}, body: {} }})
            .then((answer) => answer.ok)",
        Value::from(body)
    );
    assert_eq!(browser.run(&script).await.unwrap(), true);
}

/// The stored bytes, as a download has them.
async fn stored(browser: &Browser, file: &str) -> String {
    let script = format!(
        "return fetch('{file}/download', {{ method: 'POST', body: new URLSearchParams() }})
            .then((answer) => answer.blob())
            .then((blob) => new Promise((done) => {{
                const reader = new FileReader();
                reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
                reader.readAsDataURL(blob);
            }}))"
    );
    let coded = browser.run(&script).await.unwrap();
    String::from_utf8(STANDARD.decode(coded.as_str().unwrap()).unwrap()).unwrap()
}

async fn keeps_every_byte(browser: &Browser) {
    let server = Server::quickstart();
    let file = furnished(&server, browser).await;
    let project = file.strip_prefix(&server.url).unwrap().strip_suffix("/files/env").unwrap();
    for (mark, ends) in [
        ("", &["\n"][..]),
        ("", &["\r\n"]),
        ("", &["\r"]),
        ("\u{feff}", &["\n"]),
        ("\u{feff}\n", &["\r\n", "\n", "\r", "\n\n", "\r\n\r\n"]),
    ] {
        let text = whole(mark, ends);
        assert_eq!(text.len(), 256 * 1024);
        store(browser, project, &text).await;
        browser.goto(&file).await;
        browser.click("Reveal to edit").await;
        browser.find(".editor.live").await;
        to_the_end(browser).await;
        browser.keys("\u{E003}y").await;
        browser.keys(&control("s")).await;
        browser.sees("The file was encrypted and saved.").await;
        let mut meant = text.clone();
        meant.pop();
        meant.push('y');
        assert!(stored(browser, &file).await == meant, "{ends:?}");
    }
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_character_that_is_changed_in_the_editor_changes_no_other_byte() {
    let browser = Browser::open(1440).await;
    keeps_every_byte(&browser).await;
    browser.close().await;
}
