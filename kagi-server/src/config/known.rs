//! Which names are Kagi's, and which are probably mistyped.

/// Every name that begins with `KAGI_` and means something.
pub(super) const KNOWN: [&str; 14] = [
    "KAGI_ENCRYPTION_KEY",
    "KAGI_ENCRYPTION_KEY_FILE",
    "KAGI_EXTRA_DECRYPTION_KEYS",
    "KAGI_EXTRA_DECRYPTION_KEYS_FILE",
    "KAGI_INSECURE_HTTP",
    "KAGI_LISTEN",
    "KAGI_LOG",
    "KAGI_PUBLIC_URL",
    "KAGI_SESSION_IDLE",
    "KAGI_SESSION_MAX",
    "KAGI_SIGN_UP",
    "KAGI_SSO_DOMAINS",
    "KAGI_SSO_SIGN_UP",
    "KAGI_TRUSTED_PROXIES",
];

/// Whether the name means something.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// The known name that somebody probably meant: one at most two edits away.
pub(super) fn meant_by(name: &str) -> Option<&'static str> {
    KNOWN
        .into_iter()
        .map(|known| (edits(name, known), known))
        .filter(|(edits, _)| *edits <= 2)
        .min()
        .map(|(_, known)| known)
}

/// Levenshtein's distance: characters added, taken away or replaced.
fn edits(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (line, a) in one.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(other.chars()) {
            let replaced = diagonal + usize::from(a != b);
            diagonal = *cell;
            left = replaced.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (one, other, count) in
            [("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("abc", "abc", 0), ("abdc", "abcd", 2)]
        {
            assert_eq!(edits(one, other), count, "{one} {other}");
            assert_eq!(edits(other, one), count, "{other} {one}");
        }
    }

    #[test]
    fn two_edits_are_a_slip_and_three_are_another_name() {
        assert_eq!(meant_by("KAGI_LISTNE"), Some("KAGI_LISTEN"));
        assert_eq!(meant_by("KAGI_SIGNUP"), Some("KAGI_SIGN_UP"));
        assert_eq!(meant_by("KAGI_SERVICE_HOST"), None);
        assert_eq!(meant_by("KAGI_PORT"), None);
    }
}
