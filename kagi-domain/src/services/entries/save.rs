//! Writing a changed entry, and sealing its new value.

use crate::{
    access::Owner,
    model::{
        category::Category,
        entry::{Entry, EntryPatch},
        version::{NewVersion, VERSIONS_KEPT},
    },
    ports::{StorageError, UnitOfWork},
    seal::{SealContext, Sealed},
    secret::SecretValue,
    services::entries::{Entries, EntryError, value::checked_value},
};

impl Entries<'_> {
    /// Writes a changed entry over the one at its revision, and a new value as its next version.
    pub(super) async fn save(
        &self,
        unit: &mut dyn UnitOfWork,
        owner: &Owner,
        category: &Category,
        entry: &mut Entry,
        value: Option<&SecretValue>,
    ) -> Result<(), EntryError> {
        let seen = entry.revision;
        entry.revision = seen.next();
        entry.updated_at = self.0.ports.clock.now();
        if let Some(value) = value {
            entry.filled = checked_value(&category.shape, value)?;
            entry.version = entry.version.checked_add(1).ok_or(StorageError::Corrupt)?;
            // Held so that a field which this value fills cannot be removed at the same moment.
            unit.categories().hold(owner, category.id, category.revision).await?;
        }
        unit.entries().update(owner, entry, seen).await?;
        if let Some(value) = value {
            let version = self.version(owner, category, entry, value)?;
            unit.entries().add_version(owner, entry.id, &version, VERSIONS_KEPT).await?;
        }
        Ok(())
    }

    pub(super) fn version(
        self,
        owner: &Owner,
        category: &Category,
        entry: &Entry,
        value: &SecretValue,
    ) -> Result<NewVersion, EntryError> {
        let kind = category.shape.key_type();
        let context = SealContext::entry_value(owner.user(), category.id, entry.id, entry.version, kind);
        let sealed: Sealed =
            self.0.ports.cipher.seal(&context, &value.to_plaintext()).map_err(|_| EntryError::Unsealable)?;
        Ok(NewVersion {
            number: entry.version,
            sealed,
            actor: owner.stamp().clone(),
            created_at: entry.updated_at,
        })
    }
}

/// The entry with what the patch names, the value aside.
pub(super) fn patched(before: &Entry, patch: &EntryPatch) -> Entry {
    Entry {
        project: patch.project.clone().unwrap_or_else(|| before.project.clone()),
        environment: patch.environment.unwrap_or(before.environment),
        description: patch.description.clone().apply(before.description.clone()),
        notes: patch.notes.clone().apply(before.notes.clone()),
        expires_at: patch.expires_at.clone().apply(before.expires_at),
        ..before.clone()
    }
}
