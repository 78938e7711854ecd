//! The history of a file's content: list, restore, purge. To reveal a version is `reveal`'s.

use crate::{
    access::{Actor, Owner, Scope},
    audit::{Action, AuditRecord, AuditResult, TargetKind},
    model::{
        env_project::{EnvContent, EnvFilePlace},
        version::VersionListing,
    },
    paging::{Order, Page, PageRequest},
    ports::EnvFileDisclosure,
    services::{
        env_projects::{EnvProjectError, EnvProjects, SavedEnvFile, diagnosed},
        retry::retried,
    },
};

impl EnvProjects<'_> {
    /// A page of the versions of a file's content, newest first, without the contents. Needs
    /// [`Scope::EnvsRead`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; `Invalid` for a cursor of another list.
    pub async fn versions(
        &self,
        actor: &Actor,
        place: EnvFilePlace,
        page: &PageRequest,
    ) -> Result<Page<VersionListing>, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsRead).await?;
        page.ordered_by(Order::Number)?;
        let versions = self.0.ports.storage.catalog().env_file_versions(&owner, place, page).await?;
        versions.ok_or(EnvProjectError::FileNotFound)
    }

    /// Makes the content of a version the current one again, as a new version: nothing is overwritten,
    /// and no plaintext leaves. The current version can be restored too. Needs [`Scope::EnvsWrite`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; nothing is changed then. `Integrity` leaves a failed event.
    pub async fn restore(
        &self,
        actor: &Actor,
        place: EnvFilePlace,
        number: u32,
    ) -> Result<SavedEnvFile, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsWrite).await?;
        let restored = retried(|| self.try_restore(&owner, place, number)).await;
        if let Err(EnvProjectError::Integrity) = restored {
            let failed = self.about(&owner, Action::EnvFileRestore, AuditResult::Failed, place, number);
            self.0.ports.storage.record(failed).await?;
        }
        restored
    }

    async fn try_restore(
        &self,
        owner: &Owner,
        place: EnvFilePlace,
        number: u32,
    ) -> Result<SavedEnvFile, EnvProjectError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let before = unit.env_files().find(owner, place).await?.ok_or(EnvProjectError::FileNotFound)?;
        let sealed = unit.env_files().version(owner, place, number).await?;
        let text = self.open(&EnvFileDisclosure {
            id: before.id,
            owner: owner.user(),
            project: before.project,
            file_type: before.file_type,
            version: number,
            sealed: sealed.ok_or(EnvProjectError::VersionNotFound)?,
            superseded: false,
        })?;
        let content = EnvContent::new(text).map_err(|_| EnvProjectError::Integrity)?;
        let file = self.add_version(&mut *unit, owner, before, &content).await?;
        unit.commit(self.about(owner, Action::EnvFileRestore, AuditResult::Ok, place, number)).await?;
        Ok(SavedEnvFile { file, created: false, diagnostics: diagnosed(content.text()) })
    }

    /// Deletes a version for good, such as one that leaked; its number is not used again. Needs
    /// [`Scope::EnvsWrite`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; `CurrentVersion` when it is the current one.
    pub async fn purge_version(
        &self,
        actor: &Actor,
        place: EnvFilePlace,
        number: u32,
    ) -> Result<(), EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsWrite).await?;
        retried(|| self.try_purge(&owner, place, number)).await
    }

    async fn try_purge(
        &self,
        owner: &Owner,
        place: EnvFilePlace,
        number: u32,
    ) -> Result<(), EnvProjectError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let file = unit.env_files().find(owner, place).await?.ok_or(EnvProjectError::FileNotFound)?;
        if file.version == number {
            return Err(EnvProjectError::CurrentVersion);
        }
        if !unit.env_files().remove_version(owner, place, number).await? {
            return Err(EnvProjectError::VersionNotFound);
        }
        let record = self.about(owner, Action::EnvFilePurgeVersion, AuditResult::Ok, place, number);
        Ok(unit.commit(record).await?)
    }

    fn about(
        self,
        owner: &Owner,
        action: Action,
        result: AuditResult,
        place: EnvFilePlace,
        number: u32,
    ) -> AuditRecord {
        let kind = TargetKind::EnvFileVersion;
        AuditRecord::new(self.0.version_event(owner, action, result, kind, (place.file, number)))
    }
}
