//! Units of work: changes that happen together with their audit events, or not at all.

use std::collections::BTreeSet;

use async_trait::async_trait;

use crate::{
    access::{Owner, System},
    audit::AuditRecord,
    ids::{AccessKeyId, CategoryId, EntryId, SessionId, UserId},
    model::{
        Revision,
        access_key::AccessKey,
        category::Category,
        entry::Entry,
        user::{Account, PasswordHash, Session, User},
        version::NewVersion,
    },
    ports::{
        EnvFileRepository, EnvProjectRepository, RecoverySetRepository, StorageError, TokenDigest,
        VersionHistory,
    },
    text::{Email, EnvVarName, Title},
    time::Timestamp,
};

/// One transaction. Dropping it rolls back; [`commit`](UnitOfWork::commit) is the only way to keep
/// its changes, and takes the record that goes with them.
#[async_trait]
pub trait UnitOfWork: Send {
    /// Categories.
    fn categories(&mut self) -> &mut dyn CategoryRepository;
    /// Entries and the versions of their values.
    fn entries(&mut self) -> &mut dyn EntryRepository;
    /// Recovery sets and their codes.
    fn recovery_sets(&mut self) -> &mut dyn RecoverySetRepository;
    /// Env projects.
    fn env_projects(&mut self) -> &mut dyn EnvProjectRepository;
    /// Env files and the versions of their contents.
    fn env_files(&mut self) -> &mut dyn EnvFileRepository;
    /// Access keys.
    fn access_keys(&mut self) -> &mut dyn AccessKeyRepository;
    /// People.
    fn users(&mut self) -> &mut dyn UserRepository;
    /// Sign-ins.
    fn sessions(&mut self) -> &mut dyn SessionRepository;

    /// Writes the record and makes everything durable.
    async fn commit(self: Box<Self>, record: AuditRecord) -> Result<(), StorageError>;
}

/// What the entries of a category hold it to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryUsage {
    /// How many entries there are, those beyond the owner's projects included.
    pub entries: u64,
    /// How many of them are beyond the owner's projects.
    pub out_of_reach: u64,
    /// The fields that their current values fill.
    pub filled: BTreeSet<EnvVarName>,
}

/// Changes categories.
///
/// An implementor owes:
/// - only the owner's rows: one that is not there and one of somebody else answer alike, which is
///   `Conflict` for `update` and `hold`;
/// - `update` and `hold` of one row exclude each other until their units end, so that what is read
///   after them stays true until the commit.
#[async_trait]
pub trait CategoryRepository: Send {
    /// The category, if it is the owner's.
    async fn find(&mut self, owner: &Owner, id: CategoryId) -> Result<Option<Category>, StorageError>;

    /// Adds a category. [`Unique::CategoryName`](crate::ports::Unique::CategoryName) when the folded name is taken.
    async fn insert(&mut self, owner: &Owner, category: &Category) -> Result<(), StorageError>;

    /// Replaces all but id and creation time if the row is at revision `seen`, else `Conflict`.
    async fn update(
        &mut self,
        owner: &Owner,
        category: &Category,
        seen: Revision,
    ) -> Result<(), StorageError>;

    /// Locks the row if it is at revision `seen`, else `Conflict`. Changes nothing.
    async fn hold(&mut self, owner: &Owner, id: CategoryId, seen: Revision) -> Result<(), StorageError>;

    /// What its entries hold it to. Call it after `update` or `hold`.
    async fn usage(&mut self, owner: &Owner, id: CategoryId) -> Result<CategoryUsage, StorageError>;

    /// Removes a category with its entries and their versions; `false` when it is not there.
    async fn remove(&mut self, owner: &Owner, id: CategoryId) -> Result<bool, StorageError>;
}

/// Changes entries and the versions of their values.
///
/// An implementor owes:
/// - only the owner's rows, and only of projects within the owner's limit: one that is not there and
///   one beyond reach answer alike, which is `Conflict` for `update`;
/// - whatever would put an entry into a category that is not the owner's, or into a project beyond
///   the owner's limit, is an error and leaves nothing behind.
#[async_trait]
pub trait EntryRepository: VersionHistory<EntryId> {
    /// The entry, if it is within reach.
    async fn find(&mut self, owner: &Owner, id: EntryId) -> Result<Option<Entry>, StorageError>;

    /// Adds an entry with its first version. [`Unique::EntryPlace`](crate::ports::Unique::EntryPlace)
    /// when category, folded project and environment are taken.
    async fn insert(&mut self, owner: &Owner, entry: &Entry, first: &NewVersion) -> Result<(), StorageError>;

    /// Replaces all but id, category and creation time if the row is at revision `seen`, else
    /// `Conflict`. [`Unique::EntryPlace`](crate::ports::Unique::EntryPlace) as for `insert`.
    async fn update(&mut self, owner: &Owner, entry: &Entry, seen: Revision) -> Result<(), StorageError>;

    /// Removes an entry with its versions; `false` when it is not within reach.
    async fn remove(&mut self, owner: &Owner, id: EntryId) -> Result<bool, StorageError>;
}

/// Changes access keys.
#[async_trait]
pub trait AccessKeyRepository: Send {
    /// Adds a key.
    async fn insert(
        &mut self,
        owner: &Owner,
        key: &AccessKey,
        digest: &TokenDigest,
    ) -> Result<(), StorageError>;

    /// Removes a key; `false` when it is not the owner's.
    async fn remove(&mut self, owner: &Owner, id: AccessKeyId) -> Result<bool, StorageError>;
}

/// Changes people.
///
/// An implementor owes:
/// - of parallel units that claim the set-up, one commits with `true`;
/// - whatever is inserted for a person who is not there is `Conflict`, so that nothing outlives its
///   person, not even a unit beside `remove`;
/// - what a unit beside `wipe` or `remove` puts into a category or an env project that goes, goes with it
///   or is `Conflict`; both wait for a unit that holds the category.
#[async_trait]
pub trait UserRepository: Send {
    /// The person with this address, held: nobody else changes them until the unit ends.
    async fn find(&mut self, proof: &System, email: &Email) -> Result<Option<Account>, StorageError>;

    /// Adds a person. [`Unique::Email`](crate::ports::Unique::Email) when the address is taken.
    async fn insert(
        &mut self,
        proof: &System,
        user: &User,
        password: Option<&PasswordHash>,
    ) -> Result<(), StorageError>;

    /// Notes that the first account is made; `false` when it was noted before.
    async fn claim_set_up(&mut self, proof: &System, at: Timestamp) -> Result<bool, StorageError>;

    /// Replaces the hash. `Conflict` when the person is not there.
    async fn set_password(
        &mut self,
        proof: &System,
        id: UserId,
        password: &PasswordHash,
    ) -> Result<(), StorageError>;

    /// Bars a person from signing in and their keys from working. `Conflict` when they are not there.
    async fn disable(&mut self, proof: &System, id: UserId, at: Timestamp) -> Result<(), StorageError>;

    /// Replaces what the owner is called. `Conflict` when they are not there.
    async fn rename(&mut self, owner: &Owner, name: Option<&Title>) -> Result<(), StorageError>;

    /// Empties the owner's vault: everything that holds a secret, or names one. The person, their
    /// sessions and their access keys stay. As many statements whatever the size.
    async fn wipe(&mut self, owner: &Owner) -> Result<(), StorageError>;

    /// Removes the owner with everything that is theirs, sessions and access keys included; the
    /// trail and the mark of the set-up stay. `false` when they are not there. As many statements
    /// whatever the size.
    async fn remove(&mut self, owner: &Owner) -> Result<bool, StorageError>;
}

/// Changes sign-ins.
#[async_trait]
pub trait SessionRepository: Send {
    /// Adds a session.
    async fn insert(
        &mut self,
        proof: &System,
        session: &Session,
        digest: &TokenDigest,
    ) -> Result<(), StorageError>;

    /// Gives a session a new token and a new time of authentication; `false` when it is gone. The
    /// old token is no longer found.
    async fn renew(
        &mut self,
        proof: &System,
        id: SessionId,
        digest: &TokenDigest,
        at: Timestamp,
    ) -> Result<bool, StorageError>;

    /// Removes a session; `false` when it is gone.
    async fn remove(&mut self, proof: &System, id: SessionId) -> Result<bool, StorageError>;

    /// Removes a session of the owner's; `false` when there is none of this id.
    async fn end(&mut self, owner: &Owner, id: SessionId) -> Result<bool, StorageError>;

    /// Removes all of the owner's sessions but this one.
    async fn end_others(&mut self, owner: &Owner, keep: SessionId) -> Result<(), StorageError>;

    /// Removes all of a person's sessions.
    async fn remove_all(&mut self, proof: &System, user: UserId) -> Result<(), StorageError>;

    /// Removes sessions that began before `began` or were last seen before `seen`.
    async fn remove_stale(
        &mut self,
        proof: &System,
        began: Timestamp,
        seen: Timestamp,
    ) -> Result<(), StorageError>;
}
