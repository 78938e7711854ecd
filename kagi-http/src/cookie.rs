//! The session's cookie.

use kagi_domain::secret::SecretText;
use poem::{
    Request,
    http::{HeaderValue, header},
};

use crate::site::{PublicUrl, Site};

/// The cookie's name. `__Host-` makes browsers insist on https, the whole path and this host only.
pub(crate) const fn name(url: &PublicUrl) -> &'static str {
    if url.is_https() { "__Host-kagi_session" } else { "kagi_session" }
}

/// The session token that a request carries. Two cookies of the name are none: one of them was planted.
pub(crate) fn session_token(site: &Site, request: &Request) -> Option<SecretText> {
    let headers = request.headers().get_all(header::COOKIE).iter();
    let pairs = headers.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let mut tokens = pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .filter_map(|(key, value)| (key == name(&site.public_url)).then_some(value));
    match (tokens.next(), tokens.next()) {
        (Some(token), None) => Some(SecretText::new(token.to_owned())),
        _ => None,
    }
}

/// The `Set-Cookie` that starts a session in a browser.
pub(crate) fn start(site: &Site, token: &SecretText) -> HeaderValue {
    // EXPOSE: the browser keeps the token.
    set(site, token.expose(), "")
}

/// The `Set-Cookie` that ends it.
pub(crate) fn end(site: &Site) -> HeaderValue {
    set(site, "", "; Max-Age=0")
}

fn set(site: &Site, value: &str, age: &str) -> HeaderValue {
    let secure = if site.public_url.is_https() { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", name(&site.public_url));
    let mut header = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    header.set_sensitive(true);
    header
}
