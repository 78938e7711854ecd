//! What Chromium can be told beyond `WebDriver`: its own protocol, which the driver passes on.

use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use super::browser::Browser;

/// How a page is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Light {
    /// `light` or `dark`.
    pub(crate) scheme: &'static str,
    /// The screen's width; a narrow one is touched.
    pub(crate) width: u32,
}

/// Both schemes, on a phone and on a wide screen.
pub(crate) const LIGHTS: [Light; 4] = [
    Light { scheme: "light", width: 1440 },
    Light { scheme: "dark", width: 1440 },
    Light { scheme: "light", width: 390 },
    Light { scheme: "dark", width: 390 },
];

#[derive(Debug)]
struct Command(Value);

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as std::str::FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}

impl Browser {
    /// Tells the browser something in its own protocol.
    pub(crate) async fn tell(&self, command: &str, params: Value) -> Value {
        let command = Command(json!({ "cmd": command, "params": params }));
        self.client.issue_cmd(command).await.unwrap()
    }

    /// Looks at all pages from now on in this way, without waiting for anything that moves.
    pub(crate) async fn look_in(&self, light: Light) {
        let phone = light.width < 600;
        let screen = json!({ "width": light.width, "height": 900, "deviceScaleFactor": 1, "mobile": phone });
        self.tell("Emulation.setDeviceMetricsOverride", screen).await;
        self.tell("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone })).await;
        let features = json!([
            { "name": "prefers-color-scheme", "value": light.scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.tell("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }
}
