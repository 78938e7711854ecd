//! Look-ups and counts before or beyond a person. Every method asks for the [`System`] proof.

use async_trait::async_trait;

use crate::{
    access::System,
    ids::{AccessKeyId, SessionId},
    model::{
        access_key::AccessKey,
        user::{Account, Session, User},
    },
    ports::{StorageError, TokenDigest},
    seal::{KeyId, Sealed},
    text::Email,
    time::Timestamp,
};

/// An access key with the person whose it is.
#[derive(Debug, Clone)]
pub struct KeyHolder {
    /// The key.
    pub access_key: AccessKey,
    /// Its owner.
    pub user: User,
}

/// A session with the person whose it is.
#[derive(Debug, Clone)]
pub struct SessionHolder {
    /// The session.
    pub session: Session,
    /// Its person.
    pub user: User,
}

/// A credential was used at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// An access key.
    AccessKey(AccessKeyId, Timestamp),
    /// A session.
    Session(SessionId, Timestamp),
}

/// Finds who a credential belongs to. Reads committed rows: a credential that was removed is not
/// found from the next call on.
#[async_trait]
pub trait Directory: Send + Sync {
    /// The access key with this digest, expired or not, and its owner, disabled or not.
    async fn access_key(
        &self,
        proof: &System,
        digest: &TokenDigest,
    ) -> Result<Option<KeyHolder>, StorageError>;

    /// The session with this digest, expired or not, and its person, disabled or not.
    async fn session(
        &self,
        proof: &System,
        digest: &TokenDigest,
    ) -> Result<Option<SessionHolder>, StorageError>;

    /// The person with this address.
    async fn account(&self, proof: &System, email: &Email) -> Result<Option<Account>, StorageError>;
}

/// What sign-in attempts are counted by: a digest of an address or of a client, never the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket(pub TokenDigest);

/// Counts sign-in attempts, in transactions of its own, shared by replicas, kept across restarts.
///
/// An implementor owes: of `n` parallel strikes at one bucket, the counts returned are 1 to `n`.
#[async_trait]
pub trait Throttle: Send + Sync {
    /// Adds a strike at `now` and returns how many there are later than `since`, this one included.
    /// Strikes at or before `since` are forgotten for good, whatever a later call asks for.
    async fn strike(
        &self,
        proof: &System,
        bucket: &Bucket,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<u32, StorageError>;

    /// Takes one strike made at `at` back; without one it changes nothing.
    async fn pardon(&self, proof: &System, bucket: &Bucket, at: Timestamp) -> Result<(), StorageError>;

    /// Forgets all strikes of a bucket.
    async fn clear(&self, proof: &System, bucket: &Bucket) -> Result<(), StorageError>;
}

/// Facts of the installation as a whole.
///
/// An implementor owes: of parallel `keep_key_check` calls on an empty database, all return the
/// same cell.
#[async_trait]
pub trait Installation: Send + Sync {
    /// The key-check cell, if there is one.
    async fn key_check(&self, proof: &System) -> Result<Option<Sealed>, StorageError>;

    /// Keeps a key-check cell unless there is one, and returns the one that is kept.
    async fn keep_key_check(&self, proof: &System, cell: &Sealed) -> Result<Sealed, StorageError>;

    /// How many value cells there are under each key.
    async fn cells_by_key(&self, proof: &System) -> Result<Vec<(KeyId, u64)>, StorageError>;

    /// Whether the first account was made.
    async fn is_set_up(&self, proof: &System) -> Result<bool, StorageError>;
}
