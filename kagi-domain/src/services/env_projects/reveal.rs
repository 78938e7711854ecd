//! The one way by which a file's content leaves the vault.

use crate::{
    access::{Actor, Scope},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, TargetKind},
    ids::{EnvFileId, EnvProjectId},
    model::env_project::{EnvFilePlace, FileType},
    paging::{PageLimit, PageRequest},
    ports::{CipherError, EnvFileDisclosure},
    seal::SealContext,
    secret::SecretText,
    services::env_projects::{EnvProjectError, EnvProjects},
};

/// A content on its way out.
#[derive(Debug)]
pub struct RevealedEnvFile {
    /// The file's id.
    pub id: EnvFileId,
    /// Its project.
    pub project: EnvProjectId,
    /// Which of the project's files it is.
    pub file_type: FileType,
    /// The version's number.
    pub version: u32,
    /// The plaintext, byte for byte as it was saved.
    pub content: SecretText,
}

impl EnvProjects<'_> {
    /// Reveals a file's content. Needs [`Scope::EnvsReveal`]. The trail holds the reveal before the
    /// plaintext exists; if the trail cannot be written, nobody sees it.
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; `Integrity` leaves a second, failed event.
    pub async fn reveal(
        &self,
        actor: &Actor,
        place: EnvFilePlace,
    ) -> Result<RevealedEnvFile, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsReveal).await?;
        let event = |result| self.file_event(&owner, Action::EnvFileReveal, result, place.file);
        let record = AuditRecord::new(event(AuditResult::Ok));
        let disclosed = self.0.ports.storage.disclose_env_file(&owner, place, None, record).await?;
        self.shown(disclosed.ok_or(EnvProjectError::FileNotFound)?, event).await
    }

    /// Reveals one version of a file's content, an old one or the current one, as [`Self::reveal`] does.
    /// Needs [`Scope::EnvsReveal`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; `Integrity` leaves a second, failed event.
    pub async fn reveal_version(
        &self,
        actor: &Actor,
        place: EnvFilePlace,
        number: u32,
    ) -> Result<RevealedEnvFile, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsReveal).await?;
        let event = |result| {
            let (action, kind) = (Action::EnvFileRevealVersion, TargetKind::EnvFileVersion);
            self.0.version_event(&owner, action, result, kind, (place.file, number))
        };
        let record = AuditRecord::new(event(AuditResult::Ok));
        let disclosed = self.0.ports.storage.disclose_env_file(&owner, place, Some(number), record).await?;
        if let Some(cell) = disclosed {
            return self.shown(cell, event).await;
        }
        let any = PageRequest { limit: PageLimit::of(1), after: None };
        let file = self.0.ports.storage.catalog().env_file_versions(&owner, place, &any).await?;
        Err(file.map_or(EnvProjectError::FileNotFound, |_| EnvProjectError::VersionNotFound))
    }

    /// Opens a cell whose reveal is in the trail; one that does not open leaves another event there.
    async fn shown(
        &self,
        cell: EnvFileDisclosure,
        event: impl FnOnce(AuditResult) -> AuditEvent,
    ) -> Result<RevealedEnvFile, EnvProjectError> {
        match self.open(&cell) {
            Ok(content) => {
                let EnvFileDisclosure { id, project, file_type, version, .. } = cell;
                Ok(RevealedEnvFile { id, project, file_type, version, content })
            }
            Err(error) => {
                self.0.ports.storage.record(AuditRecord::new(event(AuditResult::Failed))).await?;
                Err(error)
            }
        }
    }

    pub(super) fn open(self, cell: &EnvFileDisclosure) -> Result<SecretText, EnvProjectError> {
        // The cell is whole, and the content is not the one that was saved last.
        if cell.superseded {
            return Err(EnvProjectError::Integrity);
        }
        let context = SealContext::env_file(cell.owner, cell.project, cell.id, cell.version, cell.file_type);
        let plaintext = self.0.ports.cipher.open(&context, &cell.sealed).map_err(|error| match error {
            CipherError::Malformed
            | CipherError::UnknownKey
            | CipherError::Rejected
            | CipherError::Unsealable => EnvProjectError::Integrity,
        })?;
        plaintext.into_text().map_err(|_| EnvProjectError::Integrity)
    }
}
