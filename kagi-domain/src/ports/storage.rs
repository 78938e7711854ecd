//! The database as the domain sees it.

use async_trait::async_trait;

use crate::{
    access::Owner,
    audit::AuditRecord,
    ids::{CategoryId, EntryId, RecoverySetId, UserId},
    model::{category::Shape, env_project::EnvFilePlace},
    ports::{
        Catalog, CodeAnswer, CodePick, Directory, EnvFileDisclosure, Installation, Throttle, UnitOfWork,
        directory::Use,
    },
    seal::Sealed,
    time::Timestamp,
};

/// Which rule of uniqueness a write broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    /// A category's name (folded) within its owner.
    CategoryName,
    /// Category, project (folded) and environment of an entry.
    EntryPlace,
    /// An env project's name (folded) within its owner.
    EnvProjectName,
    /// An env file's type within its project.
    EnvFileType,
    /// A person's e-mail address.
    Email,
    /// An identity, or a person's one identity of an issuer.
    Identity,
}

/// Why storage did not do it. No variant holds a value, a statement or an address; adapters log
/// the cause, without values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The row is not at the revision that the change saw; nothing was written.
    #[error("somebody changed it in between")]
    Conflict,
    /// The write would break a rule of uniqueness; nothing was written.
    #[error("it exists already")]
    Duplicate(Unique),
    /// The database cannot be reached, is too slow, or is full.
    #[error("the database is not available")]
    Unavailable,
    /// A stored row breaks a rule of the domain.
    #[error("a stored row is damaged")]
    Corrupt,
    /// Anything else.
    #[error("the database refused")]
    Internal,
}

/// An entry's sealed value, handed out for one reveal, with the facts that bind it.
#[derive(Debug)]
pub struct EntryDisclosure {
    /// The entry's id.
    pub id: EntryId,
    /// The owner as the row says.
    pub owner: UserId,
    /// The category as the row says.
    pub category: CategoryId,
    /// The category's variables.
    pub shape: Shape,
    /// The version's number.
    pub version: u32,
    /// The version's cell.
    pub sealed: Sealed,
    /// Whether the entry calls this version its current one although it has a newer: nothing in Kagi leaves
    /// an entry so. Never where a version was asked for by its number.
    pub superseded: bool,
}

/// A database.
///
/// An implementor owes:
/// - what `commit` acknowledged survives a crash of the process;
/// - a unit that is dropped, or whose future is dropped at any point, leaves nothing behind, and
///   the connection it used comes back clean;
/// - `disclose_entry`, `disclose_entries`, `disclose_version` and `disclose_env_file` hand out a cell only after its record is
///   durable; for an entry or a file that is not the owner's, or beyond the owner's projects, for a file
///   under another project than its own, and for a version that is not there, they are `None` and nothing
///   is recorded;
/// - they tell of a current version when the entry or the file has a newer one;
/// - `disclose_code` hands out a cell only after its code is marked as used and its record is written,
///   in one transaction that is durable; on any other answer nothing is marked or recorded;
/// - of parallel `disclose_code` calls for the first unused code of a set, each code goes to one, the
///   lowest first, and the others hear that there is none;
/// - a code that is disclosed again keeps the time of its first use;
/// - `note_use` never waits and never fails; what it notes shows up within seconds;
/// - no error, log line or metric holds a value, a ciphertext, a digest or a statement's parameters.
#[async_trait]
pub trait Storage: Send + Sync {
    /// Opens a unit of work. While it is open, read through the unit, never through the catalogue.
    ///
    /// # Errors
    ///
    /// [`StorageError::Unavailable`].
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StorageError>;

    /// Hands out an entry's current cell once `record` is durable. Events of concurrent calls may
    /// be committed together.
    ///
    /// # Errors
    ///
    /// [`StorageError`]; then nothing is handed out.
    async fn disclose_entry(
        &self,
        owner: &Owner,
        id: EntryId,
        record: AuditRecord,
    ) -> Result<Option<EntryDisclosure>, StorageError>;

    /// Hands out the current cells of several entries, in the order in which they are named, once
    /// `record` is durable; `None`, and nothing is recorded, when any of them is not within reach.
    ///
    /// # Errors
    ///
    /// [`StorageError`]; then nothing is handed out.
    async fn disclose_entries(
        &self,
        owner: &Owner,
        ids: &[EntryId],
        record: AuditRecord,
    ) -> Result<Option<Vec<EntryDisclosure>>, StorageError>;

    /// As [`disclose_entry`](Self::disclose_entry), for the version with this number, the current one
    /// or an older one.
    ///
    /// # Errors
    ///
    /// [`StorageError`]; then nothing is handed out.
    async fn disclose_version(
        &self,
        owner: &Owner,
        id: EntryId,
        number: u32,
        record: AuditRecord,
    ) -> Result<Option<EntryDisclosure>, StorageError>;

    /// Hands out the cell of a file's version with this number, of the current one when there is no
    /// number, once `record` is durable.
    ///
    /// # Errors
    ///
    /// [`StorageError`]; then nothing is handed out.
    async fn disclose_env_file(
        &self,
        owner: &Owner,
        place: EnvFilePlace,
        number: Option<u32>,
        record: AuditRecord,
    ) -> Result<Option<EnvFileDisclosure>, StorageError>;

    /// Marks a code of a set as used at `at`, unless it is already, and hands out its cell once that
    /// and `record` are durable.
    ///
    /// # Errors
    ///
    /// [`StorageError`]; then nothing is handed out. The code may be marked all the same when the
    /// answer to the commit was lost; the record stands then too.
    async fn disclose_code(
        &self,
        owner: &Owner,
        set: RecoverySetId,
        pick: CodePick,
        at: Timestamp,
        record: AuditRecord,
    ) -> Result<CodeAnswer, StorageError>;

    /// Writes events that go with no change: failures and refusals. Durable when it returns.
    ///
    /// # Errors
    ///
    /// [`StorageError`].
    async fn record(&self, record: AuditRecord) -> Result<(), StorageError>;

    /// Notes that a credential was used.
    fn note_use(&self, seen: Use);

    /// Whether the database answers.
    ///
    /// # Errors
    ///
    /// [`StorageError::Unavailable`].
    async fn ping(&self) -> Result<(), StorageError>;

    /// Lists and details.
    fn catalog(&self) -> &dyn Catalog;

    /// Look-ups before a person is known.
    fn directory(&self) -> &dyn Directory;

    /// Counts of sign-in attempts.
    fn throttle(&self) -> &dyn Throttle;

    /// Facts of the installation as a whole.
    fn installation(&self) -> &dyn Installation;
}
