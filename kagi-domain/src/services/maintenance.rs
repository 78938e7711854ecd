//! What must be right before anybody is served.

use crate::{
    Kagi,
    access::System,
    ports::{CipherError, StorageError},
    seal::SealContext,
    secret::SecretBytes,
};

/// What the key-check cell holds. Known on purpose: opening it proves the key.
const KNOWN_TEXT: &[u8] = b"kagi key check v1";

/// The service over the installation.
#[derive(Debug, Clone, Copy)]
pub struct Maintenance<'a>(pub(crate) &'a Kagi);

/// Why the keyring does not fit the database. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyCheckError {
    /// The database was made with another key.
    #[error(
        "The master key is not the one this database was made with. Give the right key; nothing was changed."
    )]
    WrongKey,
    /// There are sealed cells but nothing to check the key by.
    #[error(
        "The database holds {0} sealed values but no key check; it was damaged or tampered with. Restore a backup."
    )]
    CheckMissing(u64),
    /// Some cells are under keys that are not configured.
    #[error(
        "{0} sealed values are under a key that is not configured. Add it to KAGI_EXTRA_DECRYPTION_KEYS."
    )]
    CellsUnderUnknownKeys(u64),
    /// The check could not be sealed.
    #[error("The key check could not be made: the system gave no randomness.")]
    Unsealable,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Maintenance<'_> {
    /// Compares the keyring with the database; on an empty one it leaves the key check, which
    /// replicas that start together share.
    ///
    /// # Errors
    ///
    /// [`KeyCheckError`].
    pub async fn check_keys(&self) -> Result<(), KeyCheckError> {
        let (ports, proof) = (&self.0.ports, System::assume());
        let installation = ports.storage.installation();
        let cells = installation.cells_by_key(&proof).await?;
        let check = if let Some(check) = installation.key_check(&proof).await? {
            check
        } else {
            let sealed: u64 = cells.iter().map(|(_, count)| count).sum();
            if sealed > 0 {
                return Err(KeyCheckError::CheckMissing(sealed));
            }
            let known = SecretBytes::new(KNOWN_TEXT.to_vec());
            let fresh = ports.cipher.seal(&SealContext::key_check(), &known);
            installation.keep_key_check(&proof, &fresh.map_err(|_| KeyCheckError::Unsealable)?).await?
        };
        let opened = ports.cipher.open(&SealContext::key_check(), &check).map_err(|error| match error {
            CipherError::UnknownKey
            | CipherError::Rejected
            | CipherError::Malformed
            | CipherError::Unsealable => KeyCheckError::WrongKey,
        })?;
        // EXPOSE: the known text is compared.
        if opened.expose() != KNOWN_TEXT {
            return Err(KeyCheckError::WrongKey);
        }
        let unknown: u64 =
            cells.iter().filter(|(key, _)| !ports.cipher.knows_key(key)).map(|(_, count)| count).sum();
        if unknown > 0 { Err(KeyCheckError::CellsUnderUnknownKeys(unknown)) } else { Ok(()) }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    ///
    /// [`StorageError::Unavailable`].
    pub async fn ping(&self) -> Result<(), StorageError> {
        self.0.ports.storage.ping().await
    }
}
