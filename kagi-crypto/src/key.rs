//! Master keys: reading them strictly, naming them, deriving from them.

use std::fmt;

use kagi_domain::{ports::Entropy, seal::KeyId, secret::SecretText};
use ring::hkdf;
use zeroize::Zeroizing;

use crate::{SystemEntropy, guessable::is_guessable};

/// Why a text is not a master key. Each text is the rest of a sentence that begins with the name of
/// the setting, and shows nothing of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing is there.
    #[error("is empty. It must be 64 hexadecimal characters; `kagi-server keygen` makes them.")]
    Empty,
    /// A space, a tab or a line break.
    #[error(
        "has a space or a line break in or around it. It must be 64 hexadecimal characters and nothing else."
    )]
    Whitespace,
    /// Less than 64 characters.
    #[error("is too short. It must be exactly 64 hexadecimal characters; `kagi-server keygen` makes them.")]
    TooShort,
    /// More than 64 characters.
    #[error("is too long. It must be exactly 64 hexadecimal characters; `kagi-server keygen` makes them.")]
    TooLong,
    /// A character beside 0-9, a-f and A-F.
    #[error(
        "has a character that is not hexadecimal. It must be 64 of 0-9 and a-f; `kagi-server keygen` makes them."
    )]
    NotHex,
    /// A placeholder, a pattern, or a key that stands in a book.
    #[error(
        "is a placeholder or a pattern that anybody could guess. Make a random key with `kagi-server keygen`."
    )]
    Guessable,
    /// The library refused to derive from it; never seen.
    #[error("could not be used by the cryptographic library.")]
    Unusable,
}

/// A master key: 32 random bytes from which everything else is derived. It is wiped when dropped,
/// and stays at one address until then.
pub struct MasterKey {
    bytes: Box<Zeroizing<[u8; Self::BYTES]>>,
    id: KeyId,
    set_up_secret: Box<Derived>,
}

/// What HKDF gives: 32 bytes, wiped when dropped. A type of its own, so that a master key cannot
/// stand where a derived key belongs.
#[derive(Clone)]
pub(crate) struct Derived(Zeroizing<[u8; Self::BYTES]>);

impl Derived {
    const BYTES: usize = 32;

    /// The bytes, for the one use that they were derived for.
    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_ref()
    }

    #[cfg(test)]
    pub(crate) fn of_test(bytes: [u8; Self::BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl MasterKey {
    const BYTES: usize = 32;

    /// Reads exactly 64 hexadecimal characters of either case. A file's last line break is the
    /// caller's to take off.
    ///
    /// # Errors
    ///
    /// [`KeyError`]: another length, another character, or a key that anybody could guess.
    pub fn parse(hex: &SecretText) -> Result<Self, KeyError> {
        // EXPOSE: parsed into bytes that are wiped.
        let hex = hex.expose();
        if hex.is_empty() {
            return Err(KeyError::Empty);
        }
        if hex.contains(char::is_whitespace) {
            return Err(KeyError::Whitespace);
        }
        match hex.chars().count() {
            ..64 => return Err(KeyError::TooShort),
            64 => {}
            65.. => return Err(KeyError::TooLong),
        }
        let bytes = from_hex(hex).ok_or(KeyError::NotHex)?;
        if is_guessable(&bytes) {
            return Err(KeyError::Guessable);
        }
        Self::from_bytes(bytes)
    }

    /// A fresh key as 64 lower-case hexadecimal characters, for an operator to keep.
    #[must_use]
    pub fn generate_hex() -> SecretText {
        let mut bytes = Zeroizing::new([0; Self::BYTES]);
        SystemEntropy.fill(bytes.as_mut());
        SecretText::new(to_hex(bytes.as_ref()))
    }

    /// The key's public name, which tells nothing of the key: eight bytes of an HKDF output.
    #[must_use]
    pub const fn id(&self) -> &KeyId {
        &self.id
    }

    pub(crate) fn set_up_secret(&self) -> &Derived {
        &self.set_up_secret
    }

    /// Derives 32 bytes for the use that `parts` spell; each part stands behind its length, so
    /// that no two lists of parts are the same info.
    pub(crate) fn derive(&self, parts: &[&[u8]]) -> Option<Derived> {
        derive(&self.bytes, parts)
    }

    fn from_bytes(bytes: Box<Zeroizing<[u8; Self::BYTES]>>) -> Result<Self, KeyError> {
        let id = derive(&bytes, &[b"kagi/key-id/v1"]).ok_or(KeyError::Unusable)?;
        let set_up_secret = derive(&bytes, &[b"kagi/set-up-token/v1"]).ok_or(KeyError::Unusable)?;
        // EXPOSE: the first bytes of a derived block of its own are the key's public name.
        let id = KeyId::from_stored(to_hex(id.expose().split_at(8).0));
        Ok(Self { bytes, id, set_up_secret: Box::new(set_up_secret) })
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.id)
    }
}

/// The salt is a constant: the key is random already, and replicas must derive the same.
fn derive(master: &[u8; MasterKey::BYTES], parts: &[&[u8]]) -> Option<Derived> {
    let mut info = Vec::with_capacity(96);
    for part in parts {
        info.extend_from_slice(&u32::try_from(part.len()).ok()?.to_be_bytes());
        info.extend_from_slice(part);
    }
    hkdf_sha256(b"kagi/hkdf/v1", master, &info)
}

/// RFC 5869 with SHA-256. `None` cannot happen for 32 bytes, but the library's type allows it.
pub(crate) fn hkdf_sha256(salt: &[u8], secret: &[u8], info: &[u8]) -> Option<Derived> {
    let mut derived = Zeroizing::new([0; Derived::BYTES]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(secret)
        .expand(&[info], hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(derived.as_mut()))
        .ok()?;
    Some(Derived(derived))
}

fn from_hex(hex: &str) -> Option<Box<Zeroizing<[u8; MasterKey::BYTES]>>> {
    let mut bytes = Box::new(Zeroizing::new([0; MasterKey::BYTES]));
    let mut digits = hex.chars();
    for byte in bytes.iter_mut() {
        let (high, low) = (digits.next()?.to_digit(16)?, digits.next()?.to_digit(16)?);
        *byte = u8::try_from(high << 4 | low).ok()?;
    }
    Some(bytes)
}

fn to_hex(bytes: &[u8]) -> String {
    // Reserved exactly, so that no half-written copy of a key is left behind by growing.
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    hex
}
