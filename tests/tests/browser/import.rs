//! A `.env` file that is chosen, dropped or pasted, previewed, and imported.

use serde_json::Value;

use super::set_up;
use crate::support::{browser::Browser, server::Server};

const SECRET: &str = "canary-0f1e2d3c";

/// The form, with a project named and this text in its field.
async fn paste(browser: &Browser, server: &Server, text: &str) {
    browser.goto(&format!("{}/import", server.url)).await;
    browser.fill("projectName", "Blog").await;
    let put = format!(
        "const field = document.getElementById('f-content');
         field.value = {};
         field.dispatchEvent(new Event('input', {{ bubbles: true }}))",
        Value::from(text)
    );
    browser.run(&put).await.unwrap();
}

/// Chooses a file of these bytes (a script's expression), or drops it onto the field.
async fn give(browser: &Browser, bytes: &str, dropped: bool) {
    let how = if dropped {
        "document.getElementById('f-content').dispatchEvent(new DragEvent('drop', { dataTransfer: held, bubbles: true, cancelable: true }))"
    } else {
        "const input = document.getElementById('f-file');
         input.files = held.files;
         input.dispatchEvent(new Event('change'))"
    };
    let script =
        format!("const held = new DataTransfer(); held.items.add(new File([{bytes}], 'my.env')); {how}");
    browser.run(&script).await.unwrap();
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_chosen_file_is_previewed_and_its_ticked_lines_are_imported() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    browser.click("Import a .env file").await;
    browser.fill("projectName", "Blog").await;
    let bytes = format!(
        "new TextEncoder().encode('\\ufeff# mine\\r\\nOPENAI_API_KEY={SECRET}\\r\\nOTHER={SECRET}-2\\r\\n')"
    );
    give(&browser, &bytes, false).await;
    browser.sees("my.env is in the field.").await;
    let typed = browser.value("content").await;
    assert_eq!(typed, format!("# mine\nOPENAI_API_KEY={SECRET}\nOTHER={SECRET}-2\n"), "without the mark");
    browser.click("Preview").await;
    browser.sees("3 lines, blank ones aside: 2 to import, 1 comment.").await;
    assert!(!browser.text().await.contains("canary"), "values are not on the screen");
    browser.click_css("[name=choices][value='3:new:OTHER']").await;
    browser.click("Import the ticked lines").await;
    browser.sees("1 entry was encrypted and saved in Blog").await;
    browser.sees("with 1 new category").await;
    assert!(!browser.holds("canary").await, "the text is gone with the preview");
    browser.click_css("main .ledger a").await;
    browser.click_css("[data-reveal] button").await;
    browser.sees(SECRET).await;
    browser.goto(&format!("{}/keys", server.url)).await;
    browser.no_longer_sees("OTHER").await;
    browser.click("Import a .env file").await;
    browser.sees("Or choose the file").await;
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_file_that_cannot_be_one_is_told_and_leaves_the_field_alone() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    paste(&browser, &server, "KEPT=1\n").await;
    for (bytes, said) in [
        ("new Uint8Array([65, 61, 0xff, 10])", "my.env is no UTF-8 text."),
        ("'A=\\0'", "my.env has a NUL character in it"),
        ("'x'.repeat(256 * 1024 + 1)", "my.env is larger than 256 KiB"),
    ] {
        give(&browser, bytes, true).await;
        browser.sees(said).await;
        assert_eq!(browser.value("content").await, "KEPT=1\n", "{said}");
    }
    give(&browser, "'A=' + 'ä'.repeat(131071)", true).await;
    browser.sees("my.env is in the field.").await;
    let valid = "return document.getElementById('f-content').validationMessage";
    assert_eq!(browser.run(valid).await.unwrap(), "", "256 KiB are fine");
    paste(&browser, &server, &format!("A={}", "ä".repeat(131_072))).await;
    let told = browser.run(valid).await.unwrap();
    assert!(told.as_str().unwrap().starts_with("This is more than 256 KiB"), "{told}");
    browser.click("Preview").await;
    assert_eq!(browser.path().await, "/import", "it is not sent");
    browser.close().await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn what_was_typed_outlives_a_change_elsewhere_and_the_session() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    set_up(&browser, &server).await;
    let text = format!("FRESH={SECRET}\n");
    paste(&browser, &server, &text).await;
    browser.click("Preview").await;
    browser.sees("1 line, blank ones aside: 1 to import.").await;
    let made = "const body = JSON.stringify({ name: 'Fresh', keyType: 'simple', envVarName: 'FRESH' });
        const headers = { 'content-type': 'application/json' };
        return fetch('/api/categories', { method: 'POST', headers, body }).then((answer) => answer.status)";
    assert_eq!(browser.run(made).await.unwrap(), 201);
    browser.click("Import the ticked lines").await;
    browser.sees("Line 1 would become something else by now").await;
    browser.sees("This is not what you saw before.").await;
    browser.click("Change the file").await;
    browser.sees("Or choose the file").await;
    assert_eq!(browser.value("content").await, text);
    browser.click("Preview").await;
    browser.sees("of your category “Fresh”").await;
    let ended = "return fetch('/api/auth/sign-out', { method: 'POST' }).then((answer) => answer.status)";
    assert_eq!(browser.run(ended).await.unwrap(), 200);
    browser.click("Import the ticked lines").await;
    browser.find("#ended[open]").await;
    assert!(browser.value("content").await.contains(SECRET), "the page still has it");
    browser.close().await;
}
