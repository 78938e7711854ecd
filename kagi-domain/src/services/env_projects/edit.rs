//! Saving what came out of an editor.

use crate::{
    access::{Actor, Owner, Scope},
    audit::{Action, AuditRecord, AuditResult},
    dotenv::Edit,
    fields::Invalid,
    ids::{EnvFileId, EnvProjectId},
    model::env_project::{EnvContent, EnvFile, EnvFileDraft, FileType},
    ports::{EnvFileDisclosure, UnitOfWork},
    secret::SecretText,
    services::{
        env_projects::{EnvProjectError, EnvProjects, SavedEnvFile, diagnosed},
        retry::retried,
    },
};

/// A file as it came out of an editor, which shows neither kinds of line ends nor byte order marks.
#[derive(Debug)]
pub struct EnvFileEdit {
    /// Which file.
    pub file_type: FileType,
    /// What was typed.
    pub edit: Edit,
    /// What it began with.
    pub base: EditBase,
}

/// What an edit began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditBase {
    /// The version of the file: 0 for one that was not there.
    pub version: u32,
    /// Which file it was, if that is known. One that is made again after deletion counts its versions anew, so that
    /// a number alone does not tell it from the one that was read.
    pub file: Option<EnvFileId>,
}

impl EditBase {
    /// Whether the file is still what it was.
    fn is(self, now: Option<&EnvFile>) -> bool {
        now.map_or(0, |file| file.version) == self.version
            && self.file.is_none_or(|read| now.is_some_and(|file| file.id == read))
    }
}

impl EnvProjects<'_> {
    /// Saves what was typed as [`Self::save`] does, with the line ends of the version that it began with; to this end
    /// that version is opened here, and no plaintext leaves. Needs [`Scope::EnvsWrite`].
    ///
    /// # Errors
    ///
    /// [`EnvProjectError`]; nothing is changed then. `VersionConflict` when the file is another, or at
    /// another version, than the base, `Invalid` on `content` when the text is no content of a file, `Integrity` leaves a failed event.
    pub async fn save_edit(
        &self,
        actor: &Actor,
        project: EnvProjectId,
        edit: EnvFileEdit,
    ) -> Result<SavedEnvFile, EnvProjectError> {
        let owner = self.0.authorize(actor, Scope::EnvsWrite).await?;
        retried(|| self.try_save_edit(&owner, project, &edit)).await
    }

    async fn try_save_edit(
        &self,
        owner: &Owner,
        project: EnvProjectId,
        edit: &EnvFileEdit,
    ) -> Result<SavedEnvFile, EnvProjectError> {
        let mut unit = self.0.ports.storage.begin().await?;
        unit.env_projects().find(owner, project).await?.ok_or(EnvProjectError::NotFound)?;
        let before = unit.env_files().find_type(owner, project, edit.file_type).await?;
        if !edit.base.is(before.as_ref()) {
            return Err(EnvProjectError::VersionConflict);
        }
        let base = match &before {
            Some(file) => self.current(&mut *unit, owner, file).await,
            None => Ok(SecretText::new(String::new())),
        };
        if let (Err(EnvProjectError::Integrity), Some(file)) = (&base, &before) {
            drop(unit);
            let failed = self.file_event(owner, Action::EnvFileSave, AuditResult::Failed, file.id);
            self.0.ports.storage.record(AuditRecord::new(failed)).await?;
            return Err(EnvProjectError::Integrity);
        }
        let base = base?;
        let content = EnvContent::new(edit.edit.apply(&base));
        let content = content.map_err(|error| Invalid::field("content", error))?;
        let diagnostics = diagnosed(content.text());
        let created = before.is_none();
        let file = if let Some(before) = before {
            self.add_version(&mut *unit, owner, before, &content).await?
        } else {
            let base_version = Some(edit.base.version);
            let draft = EnvFileDraft { file_type: edit.file_type, content, base_version };
            self.make(&mut *unit, owner, project, &draft).await?
        };
        let event = self.file_event(owner, Action::EnvFileSave, AuditResult::Ok, file.id);
        unit.commit(AuditRecord::new(event)).await?;
        Ok(SavedEnvFile { file, created, diagnostics })
    }

    /// The current content, for nobody outside.
    async fn current(
        &self,
        unit: &mut dyn UnitOfWork,
        owner: &Owner,
        file: &EnvFile,
    ) -> Result<SecretText, EnvProjectError> {
        let sealed = unit.env_files().version(owner, file.place(), file.version).await?;
        self.open(&EnvFileDisclosure {
            id: file.id,
            owner: owner.user(),
            project: file.project,
            file_type: file.file_type,
            version: file.version,
            sealed: sealed.ok_or(EnvProjectError::Integrity)?,
            // The save meets a newer version, if there is one, and fails.
            superseded: false,
        })
    }
}
