//! Chromium, driven over `WebDriver`.

use std::{process::Command, time::Duration};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, error::CmdError, wd::WindowHandle};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::process::Process;

/// How long a page may take to come to what a test waits for.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Browser {
    pub(super) client: Client,
    _driver: Process,
    _profile: TempDir,
}

impl Browser {
    /// A fresh profile in a window of this width.
    pub(crate) async fn open(width: u32) -> Self {
        Self::with(width, true).await
    }

    /// The same without scripts.
    pub(crate) async fn without_script() -> Self {
        Self::with(1280, false).await
    }

    async fn with(width: u32, script: bool) -> Self {
        let driver =
            std::env::var("KAGI_TEST_CHROMEDRIVER").expect("KAGI_TEST_CHROMEDRIVER names the driver");
        let chromium = std::env::var("KAGI_TEST_CHROMIUM").expect("KAGI_TEST_CHROMIUM names the browser");
        let process = Process::start(Command::new(driver).arg("--port=0"));
        let port = process.word_behind("started successfully on port ");
        let profile = tempfile::tempdir().unwrap();
        let options = json!({
            "binary": chromium,
            "args": arguments(width, &profile),
            "prefs": { "profile.managed_default_content_settings.javascript": if script { 1 } else { 2 } },
        });
        let mut wanted = serde_json::Map::new();
        wanted.insert("goog:chromeOptions".to_owned(), options);
        wanted.insert("goog:loggingPrefs".to_owned(), json!({ "performance": "ALL" }));
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the browser starts");
        Self { client, _driver: process, _profile: profile }
    }

    pub(crate) async fn close(self) {
        self.client.clone().close().await.unwrap();
    }

    pub(crate) async fn goto(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    pub(crate) async fn back(&self) {
        self.client.back().await.unwrap();
    }

    /// Opens a tab and goes there; returns the one that was open.
    pub(crate) async fn new_tab(&self) -> WindowHandle {
        let before = self.client.window().await.unwrap();
        let opened = self.client.new_window(true).await.unwrap();
        self.client.switch_to_window(opened.handle).await.unwrap();
        before
    }

    pub(crate) async fn switch_to(&self, tab: WindowHandle) {
        self.client.switch_to_window(tab).await.unwrap();
    }

    pub(crate) async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// Waits for an element.
    pub(crate) async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        let Ok(element) = found else { panic!("no {css} on the page:\n{}", self.text().await) };
        element
    }

    /// Replaces what a field holds.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("[name='{name}']")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub(crate) async fn value(&self, name: &str) -> String {
        let field = self.find(&format!("[name='{name}']")).await;
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Clicks the visible button or link of this accessible name.
    pub(crate) async fn click(&self, name: &str) {
        let wanted = format!(
            "//*[self::button or self::a or self::summary][normalize-space(.)='{name}' or @aria-label='{name}']"
        );
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            for element in self.client.find_all(Locator::XPath(&wanted)).await.unwrap() {
                if element.is_displayed().await.unwrap_or(false) && self.press(element).await.is_ok() {
                    return;
                }
            }
            let late = tokio::time::Instant::now() > deadline;
            assert!(!late, "nothing to click called {name:?} on the page:\n{}", self.text().await);
        }
    }

    /// Types where the focus is; `\u{e004}` is the tab key and `\u{e007}` is return.
    pub(crate) async fn keys(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    pub(crate) async fn click_css(&self, css: &str) {
        let element = self.find(css).await;
        self.press(element).await.unwrap();
    }

    /// Clicks where a person would: on a phone the sections lie over the lower edge of the page, so what
    /// is behind them is scrolled up first.
    async fn press(&self, element: Element) -> Result<(), CmdError> {
        let centre = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.client.execute(centre, vec![serde_json::to_value(&element)?]).await?;
        element.click().await
    }

    /// What a person can read.
    pub(crate) async fn text(&self) -> String {
        let text = self.run("return document.body.innerText").await.unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Everything that the page holds, fields' contents and attributes too.
    pub(crate) async fn holds(&self, text: &str) -> bool {
        let script = "const [text] = arguments;
            const fields = [...document.querySelectorAll('input, textarea')].map(field => field.value);
            return document.documentElement.outerHTML.includes(text) || fields.some(value => value.includes(text));";
        self.client.execute(script, vec![json!(text)]).await.unwrap() == json!(true)
    }

    /// Waits until a person can read this.
    pub(crate) async fn sees(&self, text: &str) {
        self.until(text, |page| page.contains(text)).await;
    }

    /// Waits until a person can no longer read this.
    pub(crate) async fn no_longer_sees(&self, text: &str) {
        self.until(&format!("no {text}"), |page| !page.contains(text)).await;
    }

    /// Waits until what was shown hides itself: after half a minute, which is long enough to read it.
    pub(crate) async fn hides_itself(&self, text: &str) {
        let began = tokio::time::Instant::now();
        while self.holds(text).await {
            assert!(began.elapsed() < Duration::from_secs(40), "{text:?} is still there");
            tokio::task::yield_now().await;
        }
        assert!(began.elapsed() > Duration::from_secs(25), "{text:?} was there long enough to read");
    }

    async fn until(&self, wanted: &str, is_so: impl Fn(&str) -> bool) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let page = self.text().await;
            if is_so(&page) {
                return;
            }
            assert!(tokio::time::Instant::now() < deadline, "waited for {wanted:?} on the page:\n{page}");
        }
    }

    pub(crate) async fn run(&self, script: &str) -> Result<Value, CmdError> {
        self.client.execute(script, vec![]).await
    }
}

fn arguments(width: u32, profile: &TempDir) -> Vec<String> {
    let fixed = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ];
    let own = [format!("--window-size={width},900"), format!("--user-data-dir={}", profile.path().display())];
    fixed.iter().map(|&flag| flag.to_owned()).chain(own).collect()
}
