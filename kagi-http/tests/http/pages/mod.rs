//! The web pages, without a browser.

mod catalogue;
mod danger;
mod ended;
mod envs;
mod flows;
mod forms;
mod history;
mod hostile;
mod html;
mod import;
mod keycloak;
mod overview;
mod palette;
mod recovery;
mod reference;
mod searches;
mod settings;
mod stale;
mod weight;

use crate::{
    World,
    call::{Call, Reply},
};

/// A form as browsers send it.
pub(crate) fn form(path: impl Into<String>, fields: &[(&str, &str)]) -> Call {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    Call::post(path).header("content-type", "application/x-www-form-urlencoded").body(pairs.join("&"))
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

/// The value that a cookie is set to; panics when it is not set.
fn cookie(reply: &Reply, name: &str) -> String {
    let set = reply.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let pair = set.filter_map(|set| set.split(';').next()?.split_once('=')).find(|(own, _)| *own == name);
    pair.unwrap_or_else(|| panic!("{name} is not set")).1.to_owned()
}

impl World {
    async fn look(&self, token: &str, path: &str) -> Reply {
        self.send_as(token, Call::get(path)).await
    }

    async fn page(&self, token: &str, path: &str) -> String {
        self.look(token, path).await.ok(200).text
    }
}

#[track_caller]
fn leads_to(reply: &Reply, path: &str) {
    assert_eq!((reply.status.as_u16(), reply.header("location")), (303, path), "{}", reply.text);
}
