//! The keys that a program has.

use kagi_domain::{seal::KeyId, secret::SecretText};

use crate::{KeyError, MasterKey};

/// The active master key, under which new cells are sealed, and the ones that only open.
#[derive(Debug)]
pub struct Keyring {
    active: MasterKey,
    extra: Vec<MasterKey>,
}

impl Keyring {
    /// Takes the active key and the decrypt-only ones. A key that is there twice counts once.
    #[must_use]
    pub fn new(active: MasterKey, extra: Vec<MasterKey>) -> Self {
        Self { active, extra }
    }

    /// A keyring of one key, read from 64 hexadecimal characters.
    ///
    /// # Errors
    ///
    /// [`KeyError`], as of [`MasterKey::parse`].
    pub fn from_hex(hex: &SecretText) -> Result<Self, KeyError> {
        MasterKey::parse(hex).map(|active| Self::new(active, Vec::new()))
    }

    /// The key under which new cells are sealed.
    #[must_use]
    pub const fn active(&self) -> &MasterKey {
        &self.active
    }

    /// The one key of this name.
    #[must_use]
    pub fn find(&self, id: &KeyId) -> Option<&MasterKey> {
        std::iter::once(&self.active).chain(&self.extra).find(|key| key.id() == id)
    }
}
