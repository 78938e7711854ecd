//! What a ciphertext is bound to. The cipher itself is a port ([`Cipher`](crate::ports::Cipher)).

use std::fmt;

use uuid::Uuid;

use crate::{
    ids::{CategoryId, EntryId, EnvFileId, EnvProjectId, RecoveryCodeId, RecoverySetId, UserId},
    model::{category::KeyType, env_project::FileType},
};

/// Names a master key without telling anything of it: 16 lower-case hex digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(String);

impl KeyId {
    /// Takes an id that a keyring made or a database stored.
    #[must_use]
    pub fn from_stored(id: String) -> Self {
        Self(id)
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A sealed cell: the key that opens it and its text `base64(iv):base64(tag):base64(ciphertext)`.
///
/// It comes from a [`Cipher`](crate::ports::Cipher) or from storage, and only a cipher reads it.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The master key under which it was sealed.
    pub key_id: KeyId,
    /// The cell's text.
    pub cell: String,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed(under {})", self.key_id)
    }
}

/// What a subkey may be used for; one HKDF label each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// An entry's value.
    EntryValue,
    /// A recovery code.
    RecoveryCode,
    /// An env file's content.
    EnvFile,
    /// The known text by which a keyring is checked at the start.
    KeyCheck,
}

impl Purpose {
    /// The label in HKDF's info and in the AAD. Never changes once released.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::EntryValue => "entry-value",
            Self::RecoveryCode => "recovery-code",
            Self::EnvFile => "env-file",
            Self::KeyCheck => "key-check",
        }
    }
}

/// The immutable facts to which a cell is bound as additional authenticated data. A cell that is
/// moved to another owner, category, set, project, entry, code, file, version or kind does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealContext {
    purpose: Purpose,
    owner: Uuid,
    parent: Uuid,
    record: Uuid,
    version: u32,
    kind: &'static str,
}

impl SealContext {
    /// The context of one version of an entry's value.
    #[must_use]
    pub fn entry_value(
        owner: UserId,
        category: CategoryId,
        entry: EntryId,
        version: u32,
        kind: KeyType,
    ) -> Self {
        Self {
            purpose: Purpose::EntryValue,
            owner: owner.as_uuid(),
            parent: category.as_uuid(),
            record: entry.as_uuid(),
            version,
            kind: kind.as_str(),
        }
    }

    /// The context of a recovery code. A code never changes, and its id belongs to it alone: there
    /// is no second version, and no other code's cell fits.
    #[must_use]
    pub fn recovery_code(owner: UserId, set: RecoverySetId, code: RecoveryCodeId) -> Self {
        Self {
            purpose: Purpose::RecoveryCode,
            owner: owner.as_uuid(),
            parent: set.as_uuid(),
            record: code.as_uuid(),
            version: 1,
            kind: "code",
        }
    }

    /// The context of one version of an env file's content.
    #[must_use]
    pub fn env_file(
        owner: UserId,
        project: EnvProjectId,
        file: EnvFileId,
        version: u32,
        kind: FileType,
    ) -> Self {
        Self {
            purpose: Purpose::EnvFile,
            owner: owner.as_uuid(),
            parent: project.as_uuid(),
            record: file.as_uuid(),
            version,
            kind: kind.as_str(),
        }
    }

    /// The context of the installation's key check, which belongs to nobody.
    #[must_use]
    pub fn key_check() -> Self {
        let nil = Uuid::nil();
        Self { purpose: Purpose::KeyCheck, owner: nil, parent: nil, record: nil, version: 1, kind: "check" }
    }

    /// The purpose, which picks the subkey together with the owner.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The owner, which picks the subkey together with the purpose.
    #[must_use]
    pub const fn owner(&self) -> Uuid {
        self.owner
    }

    /// The additional authenticated data: each part behind its length as a big-endian `u32`, in the
    /// order format tag, key id, purpose, owner, parent, record, version, kind.
    #[must_use]
    pub fn aad(&self, key: &KeyId) -> Vec<u8> {
        let parts: [&[u8]; 8] = [
            b"kagi/aad/v1",
            key.as_str().as_bytes(),
            self.purpose.label().as_bytes(),
            self.owner.as_bytes(),
            self.parent.as_bytes(),
            self.record.as_bytes(),
            &self.version.to_be_bytes(),
            self.kind.as_bytes(),
        ];
        let mut aad = Vec::with_capacity(192);
        for part in parts {
            aad.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            aad.extend_from_slice(part);
        }
        aad
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_changes_the_aad() {
        let id = |n: u128| Uuid::from_u128(n);
        let base = SealContext::entry_value(
            UserId::from_uuid(id(1)),
            CategoryId::from_uuid(id(2)),
            EntryId::from_uuid(id(3)),
            1,
            KeyType::Simple,
        );
        let key = KeyId::from_stored("k".to_owned());
        let changed = [
            SealContext { owner: id(9), ..base.clone() },
            SealContext { parent: id(9), ..base.clone() },
            SealContext { record: id(9), ..base.clone() },
            SealContext { version: 2, ..base.clone() },
            SealContext { kind: "group", ..base.clone() },
            SealContext { purpose: Purpose::KeyCheck, ..base.clone() },
        ];
        for context in &changed {
            assert_ne!(context.aad(&key), base.aad(&key));
        }
        assert_ne!(base.aad(&KeyId::from_stored("l".to_owned())), base.aad(&key));
    }
}
