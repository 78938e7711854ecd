//! Saving and deleting env files.

use crate::{
    access::{Actor, Owner, Scope},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target, TargetKind},
    dotenv::{Diagnostic, Document},
    ids::{EnvFileId, EnvProjectId},
    model::{
        env_project::{EnvContent, EnvFile, EnvFileDraft, EnvFilePlace},
        version::{NewVersion, VERSIONS_KEPT},
    },
    ports::{StorageError, UnitOfWork},
    seal::SealContext,
    secret::{SecretBytes, SecretText},
    services::{
        env_projects::{EnvProjectError, EnvProjects},
        retry::retried,
    },
};

/// How many diagnostics of a file are told; a text that is none of a `.env` could have one on each line.
pub const DIAGNOSTICS_TOLD: usize = 500;

/// A file that was saved, and what a person should know about its content.
#[derive(Debug)]
pub struct SavedEnvFile {
    /// The file.
    pub file: EnvFile,
    /// Whether it was not there before.
    pub created: bool,
    /// The first [`DIAGNOSTICS_TOLD`].
    pub diagnostics: Vec<Diagnostic>,
}

impl EnvProjects<'_> {
    /// Saves a content as one of a project's files, byte for byte, whatever it is: makes the file, or
    /// gives it one version more. With a base version the file must be at that version, 0 meaning that
    /// there is none. Needs [`Scope::EnvsWrite`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; nothing is changed then. `VersionConflict` when the file is at another version
    /// than the base.
    pub async fn save(
        &self,
        actor: &Actor,
        project: EnvProjectId,
        draft: EnvFileDraft,
    ) -> Result<SavedEnvFile, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsWrite).await?;
        let (file, created) = retried(|| self.try_save(&owner, project, &draft)).await?;
        Ok(SavedEnvFile { file, created, diagnostics: diagnosed(draft.content.text()) })
    }

    async fn try_save(
        &self,
        owner: &Owner,
        project: EnvProjectId,
        draft: &EnvFileDraft,
    ) -> Result<(EnvFile, bool), EnvProjectError> {
        let mut unit = self.0.ports.storage.begin().await?;
        unit.env_projects().find(owner, project).await?.ok_or(EnvProjectError::NotFound)?;
        let before = unit.env_files().find_type(owner, project, draft.file_type).await?;
        let (current, created) = (before.as_ref().map_or(0, |file| file.version), before.is_none());
        if draft.base_version.is_some_and(|base| base != current) {
            return Err(EnvProjectError::VersionConflict);
        }
        let file = match before {
            Some(before) => self.add_version(&mut *unit, owner, before, &draft.content).await?,
            None => self.make(&mut *unit, owner, project, draft).await?,
        };
        unit.commit(AuditRecord::new(self.file_event(owner, Action::EnvFileSave, AuditResult::Ok, file.id)))
            .await?;
        Ok((file, created))
    }

    pub(super) async fn make(
        &self,
        unit: &mut dyn UnitOfWork,
        owner: &Owner,
        project: EnvProjectId,
        draft: &EnvFileDraft,
    ) -> Result<EnvFile, EnvProjectError> {
        let now = self.0.ports.clock.now();
        let file = EnvFile {
            id: EnvFileId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            project,
            file_type: draft.file_type,
            size: draft.content.size(),
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let first = self.sealed(owner, &file, draft.content.text())?;
        unit.env_files().insert(owner, &file, &first).await?;
        Ok(file)
    }

    /// Writes a content over the file at its version, as its next version.
    pub(super) async fn add_version(
        &self,
        unit: &mut dyn UnitOfWork,
        owner: &Owner,
        before: EnvFile,
        content: &EnvContent,
    ) -> Result<EnvFile, EnvProjectError> {
        let seen = before.version;
        let file = EnvFile {
            size: content.size(),
            version: seen.checked_add(1).ok_or(StorageError::Corrupt)?,
            updated_at: self.0.ports.clock.now(),
            ..before
        };
        let version = self.sealed(owner, &file, content.text())?;
        unit.env_files().update(owner, &file, seen).await?;
        unit.env_files().add_version(owner, file.place(), &version, VERSIONS_KEPT).await?;
        Ok(file)
    }

    fn sealed(self, owner: &Owner, file: &EnvFile, text: &SecretText) -> Result<NewVersion, EnvProjectError> {
        let context =
            SealContext::env_file(owner.user(), file.project, file.id, file.version, file.file_type);
        // EXPOSE: the cipher needs the bytes.
        let plaintext = SecretBytes::new(text.expose().as_bytes().to_vec());
        let sealed = self.0.ports.cipher.seal(&context, &plaintext);
        Ok(NewVersion {
            number: file.version,
            sealed: sealed.map_err(|_| EnvProjectError::Unsealable)?,
            actor: owner.stamp().clone(),
            created_at: file.updated_at,
        })
    }

    /// Deletes a file with all its versions. One of the same type that is made later begins anew, at
    /// version 1. Needs [`Scope::EnvsWrite`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`].
    pub async fn delete_file(&self, actor: &Actor, place: EnvFilePlace) -> Result<(), EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsWrite).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.env_files().remove(&owner, place).await? {
            return Err(EnvProjectError::FileNotFound);
        }
        let event = self.file_event(&owner, Action::EnvFileDelete, AuditResult::Ok, place.file);
        Ok(unit.commit(AuditRecord::new(event)).await?)
    }

    pub(super) fn file_event(
        self,
        owner: &Owner,
        action: Action,
        result: AuditResult,
        id: EnvFileId,
    ) -> AuditEvent {
        self.0.event(owner, action, result, Target::new(TargetKind::EnvFile, id))
    }
}

/// What a person should know about a content: the first [`DIAGNOSTICS_TOLD`], in the order of its lines.
#[must_use]
pub fn diagnosed(content: &SecretText) -> Vec<Diagnostic> {
    let mut diagnostics = Document::read(content).diagnostics();
    diagnostics.truncate(DIAGNOSTICS_TOLD);
    diagnostics
}
