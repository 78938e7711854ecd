//! How long a key takes to be seen.

use super::{bring, furnished, open};
use crate::support::{browser::Browser, server::Server};

/// A figure: run with `--ignored --nocapture measure`. From the key going down to the next picture, in the middle of a file
/// of 256 KiB.
#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs: a measurement"]
async fn measure_typing_in_256_kib() {
    let (server, browser) = (Server::quickstart(), Browser::open(1440).await);
    let file = furnished(&server, &browser).await;
    let lines: Vec<String> =
        (0..).map(|n| format!("NAME_OF_KEY_{n}=\"value {n} of $SOMETHING\" # note\n")).take(5_800).collect();
    let mut text = lines.concat();
    text.truncate(256 * 1024 - 200);
    bring(&browser, &file, 0, &text).await;
    open(&browser, &file).await;
    let begin = "kagi.editor.goTo(3000);
        const field = document.getElementById('f-content');
        field.setSelectionRange(field.selectionEnd, field.selectionEnd);
        window.times = [];
        field.addEventListener('keydown', () => {
            const start = performance.now();
            requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => times.push(performance.now() - start);
                port2.postMessage(0);
            });
        }, true)";
    browser.run(begin).await.unwrap();
    for key in "abcdefghij".repeat(12).chars() {
        browser.keys(&key.to_string()).await;
    }
    let times = browser.run("return times.sort((one, other) => one - other)").await.unwrap();
    let times: Vec<f64> = times.as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).collect();
    let (half, most) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    println!("typing in {} bytes: {} keys, p50 {half:.1} ms, p95 {most:.1} ms", text.len(), times.len());
    browser.close().await;
}
