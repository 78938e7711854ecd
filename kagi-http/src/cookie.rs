//! The session's cookie, and the one that a browser keeps while its person is at Keycloak.

use std::time::Duration;

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

/// The other cookie's name.
const fn keepsake_name(url: &PublicUrl) -> &'static str {
    if url.is_https() { "__Host-kagi_sso" } else { "kagi_sso" }
}

/// The session token that a request carries.
pub(crate) fn session_token(site: &Site, request: &Request) -> Option<SecretText> {
    only(request, name(&site.public_url))
}

/// What a browser kept while its person was at Keycloak.
pub(crate) fn keepsake(site: &Site, request: &Request) -> Option<SecretText> {
    only(request, keepsake_name(&site.public_url))
}

/// A cookie's value. Two cookies of the name are none: one of them was planted.
fn only(request: &Request, name: &str) -> Option<SecretText> {
    let headers = request.headers().get_all(header::COOKIE).iter();
    let pairs = headers.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let mut tokens = pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .filter_map(|(key, value)| (key == name).then_some(value));
    match (tokens.next(), tokens.next()) {
        (Some(token), None) => Some(SecretText::new(token.to_owned())),
        _ => None,
    }
}

/// The `Set-Cookie` that starts a session in a browser.
pub(crate) fn start(site: &Site, token: &SecretText) -> HeaderValue {
    // EXPOSE: the browser keeps the token.
    set(site, name(&site.public_url), token.expose(), "")
}

/// The `Set-Cookie` that ends it.
pub(crate) fn end(site: &Site) -> HeaderValue {
    set(site, name(&site.public_url), "", "; Max-Age=0")
}

/// The `Set-Cookie` of what a browser keeps for a while. `SameSite=Lax` lets it come along when Keycloak sends
/// the browser back.
pub(crate) fn keep(site: &Site, keepsake: &SecretText, lasts: Duration) -> HeaderValue {
    // EXPOSE: the browser keeps it.
    let (value, age) = (keepsake.expose(), format!("; Max-Age={}", lasts.as_secs()));
    set(site, keepsake_name(&site.public_url), value, &age)
}

/// The `Set-Cookie` that forgets it.
pub(crate) fn forget_keepsake(site: &Site) -> HeaderValue {
    set(site, keepsake_name(&site.public_url), "", "; Max-Age=0")
}

fn set(site: &Site, name: &str, value: &str, age: &str) -> HeaderValue {
    let secure = if site.public_url.is_https() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    let mut header = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    header.set_sensitive(true);
    header
}
