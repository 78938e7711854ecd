//! Sealing, and digests of tokens.

use std::fmt;

use crate::{
    seal::{KeyId, SealContext, Sealed},
    secret::{SecretBytes, SecretText},
};

/// Why a cell was not sealed or opened. Says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CipherError {
    /// The text is not `base64(iv):base64(tag):base64(ciphertext)` in its one canonical form.
    #[error("the sealed text is malformed")]
    Malformed,
    /// No key of the keyring has the cell's key id.
    #[error("the sealed text is under a key that is not configured")]
    UnknownKey,
    /// The cell was changed, moved, or sealed under another key.
    #[error("the sealed text does not belong here")]
    Rejected,
    /// The cipher refused to seal: no randomness, or a plaintext beyond its limit.
    #[error("the value could not be sealed")]
    Unsealable,
}

/// Seals and opens cells.
///
/// An implementor owes:
/// - two seals of one plaintext under one context give different cells;
/// - a cell opens under exactly the context under which it was sealed;
/// - exactly one key is tried: the one that the cell names;
/// - a cell of another form is [`CipherError::Malformed`], whatever its key id says;
/// - no call panics, whatever the cell's text.
pub trait Cipher: Send + Sync {
    /// Seals a plaintext under the active key.
    ///
    /// # Errors
    ///
    /// [`CipherError::Unsealable`].
    fn seal(&self, context: &SealContext, plaintext: &SecretBytes) -> Result<Sealed, CipherError>;

    /// Opens a cell under the key that it names.
    ///
    /// # Errors
    ///
    /// [`CipherError::Malformed`], [`CipherError::UnknownKey`] or [`CipherError::Rejected`].
    fn open(&self, context: &SealContext, sealed: &Sealed) -> Result<SecretBytes, CipherError>;

    /// The key under which new cells are sealed.
    fn active_key(&self) -> &KeyId;

    /// Whether cells under this key can be opened.
    fn knows_key(&self, key: &KeyId) -> bool;
}

/// SHA-256 of a token or of another lookup key: what storage keeps instead of the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// Takes a digest that a digester made or a database stored.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest's bytes, for storage.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for TokenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenDigest(••••)")
    }
}

/// Digests tokens, and derives the one secret that is shown before anybody exists.
pub trait Digester: Send + Sync {
    /// SHA-256 (FIPS 180-4) of the text. Tokens have 256 bits of entropy, so no salt is needed.
    fn digest(&self, text: &SecretText) -> TokenDigest;

    /// Whether two digests are the same, in constant time.
    fn same(&self, one: &TokenDigest, other: &TokenDigest) -> bool;

    /// The set-up token: 43 characters of base64url, derived from the active master key, so that
    /// replicas print the same one and nothing of it is stored.
    fn set_up_token(&self) -> SecretText;
}
