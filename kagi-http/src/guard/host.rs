//! Which host a request asks for: a page of another name that resolves to this server (DNS
//! rebinding) gets nothing.

use poem::{
    Request,
    http::{header::HOST, uri::Authority},
};

use crate::{
    problem::Problem,
    site::{Site, is_loopback_host},
};

/// Probes may come by any name.
const EXEMPT: [&str; 2] = ["/livez", "/readyz"];

/// Refuses every host but the public URL's and loopback.
pub(super) fn check(site: &Site, request: &Request) -> Result<(), Problem> {
    if EXEMPT.contains(&request.uri().path()) || is_ours(site, request).unwrap_or(false) {
        return Ok(());
    }
    Err(Problem::misdirected())
}

fn is_ours(site: &Site, request: &Request) -> Option<bool> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (only, None) = (hosts.next()?, hosts.next()) else { return None };
    let authority: Authority = only.to_str().ok()?.parse().ok()?;
    // A request line with a whole URL has to name the same host.
    let agrees = request.uri().authority().is_none_or(|target| *target == authority);
    let url = &site.public_url;
    let usual = if url.is_https() { 443 } else { 80 };
    let host = authority.host();
    let named = host.eq_ignore_ascii_case(url.host()) && authority.port_u16().unwrap_or(usual) == url.port();
    let plain = !authority.as_str().contains('@');
    Some(plain && agrees && (named || is_loopback_host(host)))
}
