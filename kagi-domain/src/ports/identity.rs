//! Passwords.

use async_trait::async_trait;

use crate::{model::user::PasswordHash, secret::SecretText};

/// Why a password was neither hashed nor checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HasherError {
    /// The queue is full; try again in a moment.
    #[error("too many passwords are being checked at once")]
    Busy,
    /// The hasher broke.
    #[error("the password could not be checked")]
    Broken,
}

/// Hashes and checks passwords.
///
/// An implementor owes:
/// - argon2id with at least OWASP's floor (19 MiB, two passes, one lane), in PHC string format;
/// - memory and processors are bounded whatever the number of calls: beyond the queue it is `Busy`;
/// - `verify` without a hash takes as long as with one, and is `false`.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// Hashes a password with a fresh salt.
    ///
    /// # Errors
    ///
    /// [`HasherError`].
    async fn hash(&self, password: SecretText) -> Result<PasswordHash, HasherError>;

    /// Checks a password against a hash; against a decoy when there is none.
    ///
    /// # Errors
    ///
    /// [`HasherError`].
    async fn verify(&self, password: SecretText, hash: Option<PasswordHash>) -> Result<bool, HasherError>;
}
