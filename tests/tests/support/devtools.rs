//! What Chromium can be told beyond `WebDriver`: its own protocol, which the driver passes on.

use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use super::{browser::Browser, person::Person};

/// What the driver passes on under a path of its session.
#[derive(Debug)]
struct Command(&'static str, Value);

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as std::str::FromStr>::Err> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.1.to_string()))
    }
}

impl Browser {
    /// Tells the browser something in its own protocol.
    pub(crate) async fn tell(&self, command: &str, params: Value) -> Value {
        let command = Command("goog/cdp/execute", json!({ "cmd": command, "params": params }));
        self.client.issue_cmd(command).await.unwrap()
    }

    /// Takes over a person's session, so that nobody types a password.
    pub(crate) async fn enter_session(&self, server: &str, person: &Person) {
        let (name, value) = person.cookie.split_once('=').unwrap();
        let cookie = json!({ "url": server, "name": name, "value": value, "httpOnly": true });
        self.tell("Network.setCookie", cookie).await;
    }

    /// The addresses that were asked for since the last time, whether they answered or not.
    pub(crate) async fn requests(&self) -> Vec<String> {
        let log = self.client.issue_cmd(Command("se/log", json!({ "type": "performance" }))).await.unwrap();
        let events = log.as_array().unwrap().iter().map(|line| line["message"].as_str().unwrap());
        let events = events.map(|event| serde_json::from_str::<Value>(event).unwrap()["message"].take());
        let sent = events.filter(|event| event["method"] == "Network.requestWillBeSent");
        sent.map(|event| event["params"]["request"]["url"].as_str().unwrap().to_owned()).collect()
    }

    /// Looks at all pages from now on on a screen of this width; a narrow one is touched.
    pub(crate) async fn look_at(&self, width: u32) {
        let phone = width < 600;
        let screen = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": phone });
        self.tell("Emulation.setDeviceMetricsOverride", screen).await;
        self.tell("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone })).await;
    }

    /// Looks at all pages from now on in the `light` or in the `dark`, without waiting for what moves.
    pub(crate) async fn look_in(&self, scheme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.tell("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }
}
