//! Where to go after signing in: a path of this site, or the front page.

/// The path when it stays on this site, else `/`.
///
/// Browsers read `//host`, `/\host` and anything with a control character in front as other hosts.
pub(crate) fn local(next: &str) -> &str {
    let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\' || !c.is_ascii();
    let stays = next.starts_with('/') && !next.starts_with("//") && !next.contains(odd);
    let useful = stays && !next.starts_with("/sign-") && next.len() <= 1024;
    if useful { next } else { "/" }
}

/// The sign-in page that leads back to a path.
pub(crate) fn sign_in(next: &str) -> String {
    match local(next) {
        "/" => "/sign-in".to_owned(),
        next => format!("/sign-in?next={}", escape(next)),
    }
}

/// Percent-encodes a text as a query's value.
pub(crate) fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for path in ["/keys", "/keys?search=a%20b", "/settings/access-keys#new"] {
            assert_eq!(local(path), path);
        }
        for elsewhere in [
            "",
            "keys",
            "//evil.example",
            "/\\evil.example",
            "\\/evil",
            "https://evil.example",
            "https:",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n/evil",
            " //evil",
            "/a\r\nSet-Cookie: x",
            "/sign-in",
            "/sign-out",
            "/ä",
        ] {
            assert_eq!(local(elsewhere), "/", "{elsewhere:?}");
        }
        assert_eq!(sign_in("/keys?search=a&b"), "/sign-in?next=/keys%3Fsearch%3Da%26b");
    }
}
