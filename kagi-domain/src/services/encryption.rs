//! How a vault is sealed, for its owner to read.

use crate::{
    Kagi,
    access::{Actor, Denied},
    model::encryption::Encryption,
    ports::StorageError,
};

/// The service over facts of the encryption.
#[derive(Debug, Clone, Copy)]
pub struct Encryptions<'a>(pub(crate) &'a Kagi);

/// Why the facts were not told.
#[derive(Debug, thiserror::Error)]
pub enum EncryptionError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Encryptions<'_> {
    /// The active key's id, and the actor's own cells by key and purpose. Opens no cell and leaves no
    /// event. Needs a session.
    ///
    /// # Errors
    ///
    /// [`EncryptionError`].
    pub async fn get(&self, actor: &Actor) -> Result<Encryption, EncryptionError> {
        let owner = self.0.authorize_session(actor).await?;
        let cells = self.0.ports.storage.catalog().cells(&owner).await?;
        Ok(Encryption { active_key: self.0.ports.cipher.active_key().clone(), cells })
    }
}
