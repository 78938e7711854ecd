//! Lists and details. No type here can carry a ciphertext.

use async_trait::async_trait;

use crate::{
    access::Owner,
    audit::{AuditEvent, AuditFilter},
    ids::{CategoryId, EntryId, EnvFileId, EnvProjectId, RecoverySetId},
    model::{
        access_key::AccessKey,
        category::{CategoryFilter, CategoryListing},
        encryption::CellCount,
        entry::{Entry, EntryFilter, EntryListing},
        env_project::{EnvFilePlace, EnvProjectListing},
        identity::{Identity, Issuer},
        overview::Totals,
        recovery_set::RecoverySet,
        user::{Profile, Session, User},
        version::VersionListing,
    },
    paging::{Page, PageLimit, PageRequest},
    ports::StorageError,
    text::ProjectName,
    time::Timestamp,
};

/// Reads metadata.
///
/// An implementor owes:
/// - only the owner's rows, and of entries and env projects only those of projects within the owner's
///   limit;
/// - a search text is literal: `%`, `_` and `\` mean themselves;
/// - categories in the order of their folded names (by code point), entries newest id first, env projects,
///   recovery sets, access keys and sessions newest id first, project names by folded name;
/// - a damaged row of categories, entries, recovery sets or env projects is left out of their pages and
///   counted there, and left out of what expires or runs low; to whatever else needs it, and in all other
///   lists, it is `Corrupt`: who may come in, the trail and an export are whole or not shown;
/// - paging through a list gives each row that was there all along exactly once;
/// - each call is a fixed number of statements, whatever the number of rows.
#[async_trait]
pub trait Catalog: Send + Sync {
    /// A page of categories. The cursor is [`Cursor::Key`](crate::paging::Cursor::Key).
    async fn categories(
        &self,
        owner: &Owner,
        filter: &CategoryFilter,
        page: &PageRequest,
    ) -> Result<Page<CategoryListing>, StorageError>;

    /// One category.
    async fn category(&self, owner: &Owner, id: CategoryId) -> Result<Option<CategoryListing>, StorageError>;

    /// A page of entries. The cursor is [`Cursor::Id`](crate::paging::Cursor::Id).
    async fn entries(
        &self,
        owner: &Owner,
        filter: &EntryFilter,
        page: &PageRequest,
    ) -> Result<Page<EntryListing>, StorageError>;

    /// One entry.
    async fn entry(&self, owner: &Owner, id: EntryId) -> Result<Option<EntryListing>, StorageError>;

    /// A page of the versions of an entry's value, highest number first; `None` when the entry is
    /// not within reach. The cursor is [`Cursor::Number`](crate::paging::Cursor::Number).
    async fn versions(
        &self,
        owner: &Owner,
        id: EntryId,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError>;

    /// The projects that entries name, each folded name once.
    async fn project_names(&self, owner: &Owner) -> Result<Vec<ProjectName>, StorageError>;

    /// A page of env projects with their files. The cursor is
    /// [`Cursor::Id`](crate::paging::Cursor::Id). `search` is a folded text that must occur in the name
    /// or the description.
    async fn env_projects(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<EnvProjectListing>, StorageError>;

    /// One env project with its files.
    async fn env_project(
        &self,
        owner: &Owner,
        id: EnvProjectId,
    ) -> Result<Option<EnvProjectListing>, StorageError>;

    /// The env project that has this file, with its files.
    async fn env_project_with(
        &self,
        owner: &Owner,
        file: EnvFileId,
    ) -> Result<Option<EnvProjectListing>, StorageError>;

    /// A page of the versions of a file's content, highest number first; `None` when the file is not
    /// within reach, or not of this project. The cursor is
    /// [`Cursor::Number`](crate::paging::Cursor::Number).
    async fn env_file_versions(
        &self,
        owner: &Owner,
        place: EnvFilePlace,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError>;

    /// A page of recovery sets. The cursor is [`Cursor::Id`](crate::paging::Cursor::Id). `search` is
    /// a folded text that must occur in the service or the label. Each set is as it was at one
    /// moment: its codes are those of its row.
    async fn recovery_sets(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<RecoverySet>, StorageError>;

    /// Recovery sets of which at most `left` codes are unused, the fewest first, equal ones by id. Each
    /// is as it was at one moment.
    async fn low_recovery_sets(
        &self,
        owner: &Owner,
        left: u8,
        limit: PageLimit,
    ) -> Result<Vec<RecoverySet>, StorageError>;

    /// One recovery set.
    async fn recovery_set(
        &self,
        owner: &Owner,
        id: RecoverySetId,
    ) -> Result<Option<RecoverySet>, StorageError>;

    /// A page of access keys. The cursor is [`Cursor::Id`](crate::paging::Cursor::Id). `search` is
    /// a folded text that must occur in the key's name; nothing else of a key is searched.
    async fn access_keys(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<AccessKey>, StorageError>;

    /// The owner as a person.
    async fn user(&self, owner: &Owner) -> Result<Option<User>, StorageError>;

    /// The owner as they see themselves.
    async fn profile(&self, owner: &Owner) -> Result<Option<Profile>, StorageError>;

    /// The owner's identity of an issuer.
    async fn identity(&self, owner: &Owner, issuer: &Issuer) -> Result<Option<Identity>, StorageError>;

    /// A page of the owner's sessions that began after `began` and were last seen after `seen`. The
    /// cursor is [`Cursor::Id`](crate::paging::Cursor::Id).
    async fn sessions(
        &self,
        owner: &Owner,
        began: Timestamp,
        seen: Timestamp,
        page: &PageRequest,
    ) -> Result<Page<Session>, StorageError>;

    /// How much there is: all categories and recovery sets, and the entries, env projects and files within
    /// reach.
    async fn totals(&self, owner: &Owner) -> Result<Totals, StorageError>;

    /// How many sealed cells there are, by key and purpose, in that order: all versions of the entries
    /// and files within reach, and all recovery codes. What there is none of is left out.
    async fn cells(&self, owner: &Owner) -> Result<Vec<CellCount>, StorageError>;

    /// Entries that expire no later than `until`, the earliest expiry first, equal ones by id.
    async fn expiring(
        &self,
        owner: &Owner,
        until: Timestamp,
        limit: PageLimit,
    ) -> Result<Vec<EntryListing>, StorageError>;

    /// A page of all categories, oldest id first. The cursor is [`Cursor::Id`](crate::paging::Cursor::Id).
    async fn categories_by_id(
        &self,
        owner: &Owner,
        page: &PageRequest,
    ) -> Result<Page<CategoryListing>, StorageError>;

    /// Entries by their categories' ids, then by their own, from the first after `after`. Fewer than
    /// `limit` are the last.
    async fn entries_by_category(
        &self,
        owner: &Owner,
        after: Option<(CategoryId, EntryId)>,
        limit: PageLimit,
    ) -> Result<Vec<Entry>, StorageError>;

    /// A page of the owner's own events, newest id first, whatever the owner's projects. The cursor is
    /// [`Cursor::Id`](crate::paging::Cursor::Id). An event counts by its `created_at`; `since` is
    /// within, `until` is not. With `until`, an event may be left out whose id runs ahead of its time
    /// by more than [`AuditFilter::CLOCK_MARGIN`]. Leaves no event.
    async fn audit_events(
        &self,
        owner: &Owner,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEvent>, StorageError>;
}
