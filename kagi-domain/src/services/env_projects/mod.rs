//! Env projects: list, make, change, delete; their files, and the history of their contents.

mod edit;
mod files;
mod reveal;
mod versions;

use crate::{
    Kagi,
    access::{Actor, Denied, Owner, Scope},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    fields::Invalid,
    ids::{EnvFileId, EnvProjectId},
    model::{
        Revision,
        env_project::{EnvProject, EnvProjectListing, EnvProjectPatch, NewEnvProject},
    },
    paging::{Order, Page, PageRequest},
    ports::{StorageError, Unique},
    services::{
        categories::search_key,
        retry::{Contended, retried},
    },
    text::ProjectName,
};

pub use edit::{EditBase, EnvFileEdit};
pub use files::{DIAGNOSTICS_TOLD, SavedEnvFile, diagnosed};
pub use reveal::RevealedEnvFile;

/// The service over env projects and their files. An access key that is limited to projects reaches the
/// env projects of those names.
#[derive(Debug, Clone, Copy)]
pub struct EnvProjects<'a>(pub(crate) &'a Kagi);

/// Why a call on env projects or files failed.
#[derive(Debug, thiserror::Error)]
pub enum EnvProjectError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Not there, somebody else's, or beyond the key's projects.
    #[error("There is no such env project.")]
    NotFound,
    /// The file is not there, or not in this project, or the project is not within reach.
    #[error("There is no such file in this project.")]
    FileNotFound,
    /// The file has no version with this number, or no longer.
    #[error("This file has no such version.")]
    VersionNotFound,
    /// The current version cannot be purged.
    #[error("This is the current version, which cannot be deleted. Save another content first.")]
    CurrentVersion,
    /// The name is taken.
    #[error("You already have an env project with this name.")]
    Exists,
    /// The change began with another revision than the current one; nothing was changed.
    #[error(
        "It was changed in the meantime, and nothing was overwritten: look at what is stored now, then save again to replace it."
    )]
    Stale,
    /// The content is based on another version than the current one; nothing was saved.
    #[error(
        "The file was saved by somebody else in between. Nothing was overwritten: compare, and save again."
    )]
    VersionConflict,
    /// The stored content did not open. It is unchanged; a backup may hold it.
    #[error("The stored file failed its integrity check and was not shown.")]
    Integrity,
    /// The content could not be sealed; nothing was stored.
    #[error("The file could not be encrypted; nothing was saved.")]
    Unsealable,
    /// Storage failed.
    #[error(transparent)]
    Storage(StorageError),
}

impl From<StorageError> for EnvProjectError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Duplicate(Unique::EnvProjectName) => Self::Exists,
            other => Self::Storage(other),
        }
    }
}

impl Contended for EnvProjectError {
    /// Somebody else's file of the same type is a change in between as well: the next try finds it.
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Storage(StorageError::Conflict | StorageError::Duplicate(Unique::EnvFileType)))
    }
}

impl EnvProjects<'_> {
    /// A page of projects with their files, newest first. Needs [`Scope::EnvsRead`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; `Invalid` for a cursor of another list.
    pub async fn list(
        &self,
        actor: &Actor,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<EnvProjectListing>, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsRead).await?;
        page.ordered_by(Order::Id)?;
        let search = search_key(search)?;
        Ok(self.0.ports.storage.catalog().env_projects(&owner, search.as_deref(), page).await?)
    }

    /// One project with its files. Needs [`Scope::EnvsRead`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`].
    pub async fn get(&self, actor: &Actor, id: EnvProjectId) -> Result<EnvProjectListing, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsRead).await?;
        self.0.ports.storage.catalog().env_project(&owner, id).await?.ok_or(EnvProjectError::NotFound)
    }

    /// The project that has a file, with all of its files. Needs [`Scope::EnvsRead`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; `FileNotFound` when there is no such file.
    pub async fn with_file(
        &self,
        actor: &Actor,
        file: EnvFileId,
    ) -> Result<EnvProjectListing, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsRead).await?;
        let found = self.0.ports.storage.catalog().env_project_with(&owner, file).await?;
        found.ok_or(EnvProjectError::FileNotFound)
    }

    /// Makes a project without files. Needs [`Scope::EnvsWrite`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`].
    pub async fn create(
        &self,
        actor: &Actor,
        new: NewEnvProject,
    ) -> Result<EnvProjectListing, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsWrite).await?;
        self.within_reach(actor, &owner, &new.name).await?;
        let now = self.0.ports.clock.now();
        let project = EnvProject {
            id: EnvProjectId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            name: new.name,
            description: new.description,
            revision: Revision::FIRST,
            created_at: now,
            updated_at: now,
        };
        let mut unit = self.0.ports.storage.begin().await?;
        unit.env_projects().insert(&owner, &project).await?;
        unit.commit(self.record(&owner, Action::EnvProjectCreate, project.id)).await?;
        Ok(EnvProjectListing { project, files: Vec::new() })
    }

    /// Changes what the patch names; files stay as they are. Needs [`Scope::EnvsWrite`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; nothing is changed then.
    pub async fn update(
        &self,
        actor: &Actor,
        id: EnvProjectId,
        patch: EnvProjectPatch,
    ) -> Result<EnvProjectListing, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsWrite).await?;
        if let Some(name) = &patch.name {
            self.within_reach(actor, &owner, name).await?;
        }
        let project = retried(|| self.try_update(&owner, id, patch.clone())).await?;
        let files = self.0.ports.storage.catalog().env_project(&owner, id).await?;
        // It may be gone again by now; then so are its files.
        Ok(EnvProjectListing { project, files: files.map_or_else(Vec::new, |listing| listing.files) })
    }

    async fn try_update(
        &self,
        owner: &Owner,
        id: EnvProjectId,
        patch: EnvProjectPatch,
    ) -> Result<EnvProject, EnvProjectError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let before = unit.env_projects().find(owner, id).await?.ok_or(EnvProjectError::NotFound)?;
        if !before.revision.fits(patch.seen) {
            return Err(EnvProjectError::Stale);
        }
        let project = EnvProject {
            name: patch.name.unwrap_or(before.name),
            description: patch.description.apply(before.description),
            revision: before.revision.next(),
            updated_at: self.0.ports.clock.now(),
            ..before
        };
        unit.env_projects().update(owner, &project, before.revision).await?;
        unit.commit(self.record(owner, Action::EnvProjectUpdate, id)).await?;
        Ok(project)
    }

    /// Deletes a project with its files and all their versions. Needs [`Scope::EnvsWrite`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`].
    pub async fn delete(&self, actor: &Actor, id: EnvProjectId) -> Result<(), EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsWrite).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.env_projects().remove(&owner, id).await? {
            return Err(EnvProjectError::NotFound);
        }
        Ok(unit.commit(self.record(&owner, Action::EnvProjectDelete, id)).await?)
    }

    /// A key that is limited to projects can neither make one beyond them nor rename one out of them.
    async fn within_reach(
        &self,
        actor: &Actor,
        owner: &Owner,
        name: &ProjectName,
    ) -> Result<(), EnvProjectError> {
        if owner.projects().allows(name) {
            return Ok(());
        }
        self.0.settle(actor, Err(Denied::Project(Scope::EnvsWrite))).await?;
        Ok(())
    }

    fn record(self, owner: &Owner, action: Action, id: EnvProjectId) -> AuditRecord {
        let target = Target::new(TargetKind::EnvProject, id);
        AuditRecord::new(self.0.event(owner, action, AuditResult::Ok, target))
    }
}
