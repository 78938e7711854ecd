//! Fresh bearer tokens: 256 random bits as 43 characters of base64url (RFC 4648, section 5).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use crate::{ports::Entropy, secret::SecretText};

/// What every access key starts with, so that scanners and people recognise one.
pub(super) const ACCESS_KEY_PREFIX: &str = "kagi_";

const LENGTH: usize = 43;

pub(super) fn session_token(entropy: &dyn Entropy) -> SecretText {
    token(entropy, "")
}

pub(super) fn access_key_token(entropy: &dyn Entropy) -> SecretText {
    token(entropy, ACCESS_KEY_PREFIX)
}

fn token(entropy: &dyn Entropy, prefix: &str) -> SecretText {
    let mut random = Zeroizing::new([0; 32]);
    entropy.fill(&mut *random);
    let mut text = String::with_capacity(prefix.len() + LENGTH);
    text.push_str(prefix);
    URL_SAFE_NO_PAD.encode_string(*random, &mut text);
    SecretText::new(text)
}

/// Whether a text can be an access key at all; spares the database look-ups of nonsense.
pub(super) fn looks_like_access_key(token: &SecretText) -> bool {
    // EXPOSE: only the form is looked at.
    token.expose().strip_prefix(ACCESS_KEY_PREFIX).is_some_and(is_token)
}

/// Whether a text can be a session token at all.
pub(super) fn looks_like_session(token: &SecretText) -> bool {
    // EXPOSE: only the form is looked at.
    is_token(token.expose())
}

fn is_token(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}
