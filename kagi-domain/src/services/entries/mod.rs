//! Entries: list, make, change, delete, and reveal their values.

pub mod import;
mod render;
mod reveal;
mod save;
mod value;
mod versions;

use std::time::Duration;

use crate::{
    Kagi,
    access::{Actor, Denied, Owner, Scope},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    fields::Invalid,
    ids::{CategoryId, EntryId},
    model::{
        Revision,
        entry::{Entry, EntryFilter, EntryListing, EntryPatch, Environment, NewEntry},
    },
    paging::{Order, Page, PageRequest},
    ports::{StorageError, Unique},
    services::{
        categories::search_key,
        retry::{Contended, retried},
    },
    text::ProjectName,
};

pub use crate::model::version::VERSIONS_KEPT;
pub use render::{RENDERED_AT_ONCE, RenderRequest};
pub use reveal::RevealedEntry;
use save::patched;
use value::checked_value;

/// How far ahead an expiry counts as near.
pub const EXPIRING_WITHIN: Duration = Duration::from_hours(30 * 24);

/// The service over entries.
#[derive(Debug, Clone, Copy)]
pub struct Entries<'a>(pub(crate) &'a Kagi);

/// Why a call on entries failed.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Not there, somebody else's, or beyond the key's projects.
    #[error("There is no such entry.")]
    NotFound,
    /// The entry's category is not there, or somebody else's.
    #[error("There is no such category.")]
    CategoryNotFound,
    /// The entry has no version with this number, or no longer.
    #[error("This entry has no such version.")]
    VersionNotFound,
    /// The current version cannot be purged.
    #[error("This is the current version, which cannot be deleted. Save another value first.")]
    CurrentVersion,
    /// The place is taken.
    #[error("This category already has an entry for this project and environment.")]
    Exists,
    /// The change began with another revision than the current one; nothing was changed.
    #[error(
        "It was changed in the meantime, and nothing was overwritten: look at what is stored now, then save again to replace it."
    )]
    Stale,
    /// A line of an import would become something else by now than was confirmed; nothing was made.
    #[error("Line {0} would become something else by now than you confirmed. Look at the preview again.")]
    Changed(u32),
    /// The stored value did not open. It is unchanged; a backup may hold it.
    #[error(
        "The stored value failed its integrity check and was not shown. An earlier version may still open; or save the value anew."
    )]
    Integrity,
    /// The value could not be sealed; nothing was stored.
    #[error("The value could not be encrypted; nothing was saved.")]
    Unsealable,
    /// Storage failed.
    #[error(transparent)]
    Storage(StorageError),
}

impl From<StorageError> for EntryError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Duplicate(Unique::EntryPlace) => Self::Exists,
            other => Self::Storage(other),
        }
    }
}

impl Contended for EntryError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Storage(StorageError::Conflict))
    }
}

/// What a person looks for.
#[derive(Debug, Clone, Default)]
pub struct EntryQuery {
    /// Of this category.
    pub category: Option<CategoryId>,
    /// Of this project.
    pub project: Option<ProjectName>,
    /// Of this environment.
    pub environment: Option<Environment>,
    /// Only expired ones and those that expire within [`EXPIRING_WITHIN`].
    pub expiring: bool,
    /// A text as typed.
    pub search: Option<String>,
}

impl Entries<'_> {
    /// A page of entries, newest first. Needs [`Scope::EntriesRead`].
    ///
    /// # Errors
    ///
    /// [`EntryError`]; `Invalid` for a cursor of another list.
    pub async fn list(
        &self,
        actor: &Actor,
        query: EntryQuery,
        page: &PageRequest,
    ) -> Result<Page<EntryListing>, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesRead).await?;
        page.ordered_by(Order::Id)?;
        let soon = self.0.ports.clock.now().plus(EXPIRING_WITHIN);
        let filter = EntryFilter {
            category: query.category,
            project: query.project,
            environment: query.environment,
            expires_before: query.expiring.then_some(soon),
            search: search_key(query.search.as_deref())?,
        };
        Ok(self.0.ports.storage.catalog().entries(&owner, &filter, page).await?)
    }

    /// One entry. Needs [`Scope::EntriesRead`].
    ///
    /// # Errors
    ///
    /// [`EntryError`].
    pub async fn get(&self, actor: &Actor, id: EntryId) -> Result<EntryListing, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesRead).await?;
        self.0.ports.storage.catalog().entry(&owner, id).await?.ok_or(EntryError::NotFound)
    }

    /// The projects that entries name, sorted. Needs [`Scope::EntriesRead`].
    ///
    /// # Errors
    ///
    /// [`EntryError`].
    pub async fn project_names(&self, actor: &Actor) -> Result<Vec<ProjectName>, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesRead).await?;
        Ok(self.0.ports.storage.catalog().project_names(&owner).await?)
    }

    /// Makes an entry. Needs [`Scope::EntriesWrite`].
    ///
    /// # Errors
    ///
    /// [`EntryError`].
    pub async fn create(&self, actor: &Actor, new: NewEntry) -> Result<EntryListing, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesWrite).await?;
        self.within_reach(actor, &owner, &new.project).await?;
        retried(|| self.try_create(&owner, &new)).await
    }

    async fn try_create(&self, owner: &Owner, new: &NewEntry) -> Result<EntryListing, EntryError> {
        let now = self.0.ports.clock.now();
        let mut unit = self.0.ports.storage.begin().await?;
        let category =
            unit.categories().find(owner, new.category).await?.ok_or(EntryError::CategoryNotFound)?;
        let entry = Entry {
            id: EntryId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            category: category.id,
            project: new.project.clone(),
            environment: new.environment,
            description: new.description.clone(),
            notes: new.notes.clone(),
            expires_at: new.expires_at,
            filled: checked_value(&category.shape, &new.value)?,
            version: 1,
            revision: Revision::FIRST,
            created_at: now,
            updated_at: now,
        };
        let first = self.version(owner, &category, &entry, &new.value)?;
        // Held so that a field which this value fills cannot be removed at the same moment.
        unit.categories().hold(owner, category.id, category.revision).await?;
        unit.entries().insert(owner, &entry, &first).await?;
        unit.commit(self.record(owner, Action::EntryCreate, entry.id)).await?;
        Ok(EntryListing { category: (&category).into(), entry })
    }

    /// Changes what the patch names; the value only when it is given. Needs [`Scope::EntriesWrite`].
    ///
    /// # Errors
    ///
    /// [`EntryError`]; nothing is changed then.
    pub async fn update(
        &self,
        actor: &Actor,
        id: EntryId,
        patch: EntryPatch,
    ) -> Result<EntryListing, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesWrite).await?;
        if let Some(project) = &patch.project {
            self.within_reach(actor, &owner, project).await?;
        }
        retried(|| self.try_update(&owner, id, &patch)).await
    }

    async fn try_update(
        &self,
        owner: &Owner,
        id: EntryId,
        patch: &EntryPatch,
    ) -> Result<EntryListing, EntryError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let before = unit.entries().find(owner, id).await?.ok_or(EntryError::NotFound)?;
        if !before.revision.fits(patch.seen) {
            return Err(EntryError::Stale);
        }
        let category = unit.categories().find(owner, before.category).await?.ok_or(EntryError::NotFound)?;
        let mut entry = patched(&before, patch);
        self.save(&mut *unit, owner, &category, &mut entry, patch.value.as_ref()).await?;
        unit.commit(self.record(owner, Action::EntryUpdate, id)).await?;
        Ok(EntryListing { category: (&category).into(), entry })
    }

    /// Deletes an entry with all versions of its value. Needs [`Scope::EntriesWrite`].
    ///
    /// # Errors
    ///
    /// [`EntryError`].
    pub async fn delete(&self, actor: &Actor, id: EntryId) -> Result<(), EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesWrite).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.entries().remove(&owner, id).await? {
            return Err(EntryError::NotFound);
        }
        Ok(unit.commit(self.record(&owner, Action::EntryDelete, id)).await?)
    }

    /// A key that is limited to projects can neither make nor move an entry beyond them.
    async fn within_reach(
        &self,
        actor: &Actor,
        owner: &Owner,
        project: &ProjectName,
    ) -> Result<(), EntryError> {
        if owner.projects().allows(project) {
            return Ok(());
        }
        self.0.settle(actor, Err(Denied::Project(Scope::EntriesWrite))).await?;
        Ok(())
    }

    fn record(self, owner: &Owner, action: Action, id: EntryId) -> AuditRecord {
        AuditRecord::new(self.0.event(owner, action, AuditResult::Ok, Target::new(TargetKind::Entry, id)))
    }
}
