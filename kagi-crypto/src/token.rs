//! Digests of tokens, and the set-up token.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kagi_domain::{
    ports::{Digester, TokenDigest},
    secret::SecretText,
};
use ring::digest;
use subtle::ConstantTimeEq;

use crate::{Keyring, key::Derived};

/// SHA-256 for tokens of 256 random bits, and the set-up token derived from the active master key.
pub struct Sha256Digester {
    set_up_secret: Box<Derived>,
}

impl Sha256Digester {
    /// Keeps what the set-up token is made of; not the keys.
    #[must_use]
    pub fn new(keyring: &Keyring) -> Self {
        Self { set_up_secret: Box::new(keyring.active().set_up_secret().clone()) }
    }
}

impl Digester for Sha256Digester {
    fn digest(&self, text: &SecretText) -> TokenDigest {
        // EXPOSE: only the digest leaves.
        let digest = digest::digest(&digest::SHA256, text.expose().as_bytes());
        let mut bytes = [0; 32];
        for (byte, of_digest) in bytes.iter_mut().zip(digest.as_ref()) {
            *byte = *of_digest;
        }
        TokenDigest::from_bytes(bytes)
    }

    fn same(&self, one: &TokenDigest, other: &TokenDigest) -> bool {
        one.as_bytes().ct_eq(other.as_bytes()).into()
    }

    fn set_up_token(&self) -> SecretText {
        // EXPOSE: this is the token, and wiped with its text.
        SecretText::new(URL_SAFE_NO_PAD.encode(self.set_up_secret.expose()))
    }
}

impl fmt::Debug for Sha256Digester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sha256Digester")
    }
}
