//! Where this installation is reached, and by whom.

use std::{fmt, net::IpAddr, str::FromStr};

use ipnet::IpNet;
use tokio_util::task::TaskTracker;

/// What the server knows about itself.
#[derive(Debug, Clone)]
pub struct Site {
    /// What people type.
    pub public_url: PublicUrl,
    /// Whether plain http is accepted beyond loopback.
    pub insecure_http: bool,
    /// Whose forwarding headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether the server listens on loopback only.
    pub listens_on_loopback: bool,
    /// The program's version.
    pub version: String,
    /// Changes that are under way. They outlive a client that hangs up, so a graceful stop closes
    /// this and waits for it.
    pub tasks: TaskTracker,
}

/// The address that people type: `http` or `https`, a host, and a port; no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    host: String,
    port: u16,
}

/// The text is not an address that Kagi can be reached at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Give an address such as https://kagi.example.com or http://127.0.0.1:3000, without a path.")]
pub struct InvalidPublicUrl;

impl PublicUrl {
    /// Whether it is https.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        self.https
    }

    /// The host in lower case; an IPv6 address stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, written or implied.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Whether the host is `localhost` or a loopback address.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback_host(&self.host)
    }
}

/// Whether a host, as URLs and `Host` headers spell it, is `localhost` or a loopback address.
pub(crate) fn is_loopback_host(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl FromStr for PublicUrl {
    type Err = InvalidPublicUrl;

    fn from_str(text: &str) -> Result<Self, InvalidPublicUrl> {
        let uri: http::Uri = text.trim().parse().map_err(|_| InvalidPublicUrl)?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(InvalidPublicUrl),
        };
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'));
        let authority = authority.ok_or(InvalidPublicUrl)?;
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() || authority.host().is_empty() {
            return Err(InvalidPublicUrl);
        }
        // A port that is not a number is refused, not ignored.
        if authority.port_u16().is_none() && authority.as_str().len() != authority.host().len() {
            return Err(InvalidPublicUrl);
        }
        let port = authority.port_u16().unwrap_or(if https { 443 } else { 80 });
        Ok(Self { https, host: authority.host().to_ascii_lowercase(), port })
    }
}

impl fmt::Display for PublicUrl {
    /// The origin as browsers spell it: no default port, no trailing slash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, usual) = if self.https { ("https", 443) } else { ("http", 80) };
        write!(f, "{scheme}://{}", self.host)?;
        if self.port == usual { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written_as_origins() {
        for (text, origin) in [
            ("https://Kagi.Example", "https://kagi.example"),
            ("https://kagi.example:443/", "https://kagi.example"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://localhost", "http://localhost"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().to_string(), origin);
        }
        for wrong in [
            "",
            "kagi.example",
            "ftp://x",
            "https://x/path",
            "https://x?q",
            "https://u@x",
            "http://x:99999",
            "http://:80",
        ] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn loopback_is_known_by_its_spellings() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]"] {
            assert!(is_loopback_host(host), "{host}");
        }
        for host in ["localhost.example", "10.0.0.1", "[::2]", "", "127.0.0.1.example"] {
            assert!(!is_loopback_host(host), "{host}");
        }
    }
}
