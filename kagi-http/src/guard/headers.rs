//! The headers of every answer, errors included.

use kagi_domain::ids::RequestId;
use poem::{
    Response,
    http::{HeaderValue, header},
};

use crate::site::Site;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                   connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const ALWAYS: [(&str, &str); 4] = [
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// No other site learns where a person came from. Under `no-referrer` browsers write `Origin: null`
/// on forms of their own site too; over plain http beyond loopback, where they send no
/// `Sec-Fetch-Site`, `Origin` is all that tells such a form from another site's.
const fn referrer_policy(site: &Site) -> &'static str {
    if site.public_url.is_https() || !site.insecure_http { "no-referrer" } else { "same-origin" }
}

/// Sets them, over whatever a handler set; only `Cache-Control` is the handler's to choose.
pub(super) fn set(site: &Site, request_id: RequestId, response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static(referrer_policy(site)));
    if site.public_url.is_https() {
        // Not for sub-domains: they may be other people's.
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(&request_id.to_string()) {
        headers.insert("x-request-id", id);
    }
}
