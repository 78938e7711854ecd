//! The client's address. Forwarding headers count only where a trusted proxy wrote them.

use std::net::{IpAddr, SocketAddr};

use poem::Request;

use crate::site::Site;

/// Whoever connects to this server, whatever the headers say.
pub(crate) fn peer(request: &Request) -> Option<IpAddr> {
    Some(request.remote_addr().as_socket_addr()?.ip().to_canonical())
}

/// The right-most address that is not a trusted proxy's: everything to its left is hearsay.
pub(super) fn client_ip(site: &Site, request: &Request) -> Option<IpAddr> {
    let mut client = peer(request)?;
    let hops = hops(request);
    for hop in hops.iter().rev() {
        if !is_trusted(site, client) {
            return Some(client);
        }
        // A hop that is no address ends what can be known: the proxy that reported it stands in.
        let Some(ip) = hop else { return Some(client) };
        client = *ip;
    }
    Some(client)
}

/// Whether an address is a trusted proxy's.
pub(crate) fn is_trusted(site: &Site, ip: IpAddr) -> bool {
    site.trusted_proxies.iter().any(|net| net.contains(&ip))
}

/// Whether a proxy says that it passes the request on for somebody, whoever they are.
pub(crate) fn is_passed_on(request: &Request) -> bool {
    let says =
        |name: &str| matches!(name, "forwarded" | "via" | "x-real-ip") || name.starts_with("x-forwarded-");
    request.headers().keys().any(|name| says(name.as_str()))
}

/// The hops from the client to this server: of `X-Forwarded-For`, else of `Forwarded` (RFC 7239).
fn hops(request: &Request) -> Vec<Option<IpAddr>> {
    let listed = |name: &str| -> Vec<String> {
        let values = request.headers().get_all(name).iter();
        values
            .flat_map(|value| value.to_str().unwrap_or("?").split(',').map(|hop| hop.trim().to_owned()))
            .collect()
    };
    let plain = listed("x-forwarded-for");
    if !plain.is_empty() {
        return plain.iter().map(|hop| address(hop)).collect();
    }
    listed("forwarded").iter().map(|hop| forwarded_for(hop)).collect()
}

fn forwarded_for(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, node) = pairs.into_iter().find(|(key, _)| key.eq_ignore_ascii_case("for"))?;
    address(node.trim_matches('"'))
}

/// An address with or without a port, IPv6 with or without brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let ip = bare.parse::<IpAddr>().ok();
    ip.or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip())).map(|ip| ip.to_canonical())
}
