//! What Keycloak calls its realms.

use kagi_domain::model::identity::Issuer;
use url::Url;

/// The address or the realm cannot be a Keycloak's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRealm {
    /// Not the address of a server.
    #[error(
        "Give Keycloak's address, such as https://id.example.com, without a realm, a query or a user's name."
    )]
    Url,
    /// Plain http to another machine.
    #[error(
        "Keycloak's address must be https: codes and tokens go there. Plain http is for this machine alone."
    )]
    Insecure,
    /// Not the name of a realm.
    #[error(
        "Give the realm's name as Keycloak's address bar shows it: letters, digits, dots, hyphens and underscores."
    )]
    Realm,
}

/// The issuer of a realm: `{url}/realms/{realm}`. A server below a path (`https://example.com/auth`) is fine.
///
/// # Errors
///
/// [`InvalidRealm`].
pub fn issuer(url: &str, realm: &str) -> Result<Issuer, InvalidRealm> {
    let url = url.trim().trim_end_matches('/');
    let parsed = Url::parse(url).map_err(|_| InvalidRealm::Url)?;
    let bare = parsed.query().is_none() && parsed.fragment().is_none() && parsed.username().is_empty();
    if !bare || parsed.password().is_some() || parsed.host_str().is_none() || url.contains("/realms/") {
        return Err(InvalidRealm::Url);
    }
    match parsed.scheme() {
        "https" => {}
        "http" if is_loopback(&parsed) => {}
        "http" => return Err(InvalidRealm::Insecure),
        _ => return Err(InvalidRealm::Url),
    }
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    if realm.is_empty() || realm == "." || realm == ".." || !realm.bytes().all(allowed) {
        return Err(InvalidRealm::Realm);
    }
    format!("{url}/realms/{realm}").parse().map_err(|_| InvalidRealm::Url)
}

/// Whether an address is of this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_realm_has_one_issuer() {
        for (url, realm, expected) in [
            ("https://id.example.com", "team", "https://id.example.com/realms/team"),
            ("https://id.example.com/", "team", "https://id.example.com/realms/team"),
            (" https://example.com/auth/ ", "A-b_c.d", "https://example.com/auth/realms/A-b_c.d"),
            ("http://127.0.0.1:8080", "x", "http://127.0.0.1:8080/realms/x"),
            ("http://[::1]:8080", "x", "http://[::1]:8080/realms/x"),
            ("http://localhost:8080", "x", "http://localhost:8080/realms/x"),
        ] {
            assert_eq!(issuer(url, realm).map(|issuer| issuer.to_string()), Ok(expected.to_owned()));
        }
    }

    #[test]
    fn what_is_no_realm_is_told_apart() {
        for url in
            ["", "id.example.com", "ftp://x", "https://x?q", "https://x#f", "https://u@x", "https://u:p@x"]
        {
            assert_eq!(issuer(url, "team"), Err(InvalidRealm::Url), "{url}");
        }
        assert_eq!(issuer("https://x/realms/team", "team"), Err(InvalidRealm::Url));
        for url in ["http://id.example.com", "http://10.0.0.1", "http://localhost.example.com"] {
            assert_eq!(issuer(url, "team"), Err(InvalidRealm::Insecure), "{url}");
        }
        for realm in ["", ".", "..", "a/b", "a b", "a?b", "a#b", "a%2fb", "ä"] {
            assert_eq!(issuer("https://x", realm), Err(InvalidRealm::Realm), "{realm}");
        }
    }
}
