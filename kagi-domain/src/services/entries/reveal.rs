//! The one way by which a value leaves the vault.

use crate::{
    access::{Actor, Scope},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target, TargetKind},
    ids::EntryId,
    model::category::{KeyType, Shape},
    ports::{CipherError, EntryDisclosure},
    seal::SealContext,
    secret::SecretValue,
    services::entries::{Entries, EntryError},
};

/// A value on its way out.
#[derive(Debug)]
pub struct RevealedEntry {
    /// The entry's id.
    pub id: EntryId,
    /// The category's variables.
    pub shape: Shape,
    /// The version's number.
    pub version: u32,
    /// The plaintext.
    pub value: SecretValue,
}

impl Entries<'_> {
    /// Reveals an entry's value. Needs [`Scope::EntriesReveal`]. The trail holds the reveal before
    /// the plaintext exists; if the trail cannot be written, nobody sees it.
    ///
    /// # Errors
    ///
    /// [`EntryError`]; `Integrity` leaves a second, failed event.
    pub async fn reveal(&self, actor: &Actor, id: EntryId) -> Result<RevealedEntry, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesReveal).await?;
        let event =
            |result| self.0.event(&owner, Action::EntryReveal, result, Target::new(TargetKind::Entry, id));
        let record = AuditRecord::new(event(AuditResult::Ok));
        let disclosed = self.0.ports.storage.disclose_entry(&owner, id, record).await?;
        self.shown(disclosed.ok_or(EntryError::NotFound)?, event).await
    }

    /// Reveals one version of an entry's value, an old one or the current one, as [`Self::reveal`]
    /// does. A group's old value may have fields that its category has no longer. Needs
    /// [`Scope::EntriesReveal`].
    ///
    /// # Errors
    ///
    /// [`EntryError`]; `Integrity` leaves a second, failed event.
    pub async fn reveal_version(
        &self,
        actor: &Actor,
        id: EntryId,
        number: u32,
    ) -> Result<RevealedEntry, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesReveal).await?;
        let event = |result| self.version_event(&owner, Action::EntryRevealVersion, result, id, number);
        let record = AuditRecord::new(event(AuditResult::Ok));
        let disclosed = self.0.ports.storage.disclose_version(&owner, id, number, record).await?;
        match disclosed {
            Some(cell) => self.shown(cell, event).await,
            None if self.0.ports.storage.catalog().entry(&owner, id).await?.is_some() => {
                Err(EntryError::VersionNotFound)
            }
            None => Err(EntryError::NotFound),
        }
    }

    /// Opens a cell whose reveal is in the trail; one that does not open leaves another event there.
    async fn shown(
        &self,
        cell: EntryDisclosure,
        event: impl FnOnce(AuditResult) -> AuditEvent,
    ) -> Result<RevealedEntry, EntryError> {
        match self.open(&cell) {
            Ok(value) => Ok(RevealedEntry { id: cell.id, shape: cell.shape, version: cell.version, value }),
            Err(error) => {
                self.0.ports.storage.record(AuditRecord::new(event(AuditResult::Failed))).await?;
                Err(error)
            }
        }
    }

    pub(super) fn open(self, cell: &EntryDisclosure) -> Result<SecretValue, EntryError> {
        // The cell is whole, and the value is not the one that was kept last.
        if cell.superseded {
            return Err(EntryError::Integrity);
        }
        let kind = cell.shape.key_type();
        let context = SealContext::entry_value(cell.owner, cell.category, cell.id, cell.version, kind);
        let plaintext = self.0.ports.cipher.open(&context, &cell.sealed).map_err(|error| match error {
            CipherError::Malformed
            | CipherError::UnknownKey
            | CipherError::Rejected
            | CipherError::Unsealable => EntryError::Integrity,
        })?;
        let value = match kind {
            KeyType::Simple => SecretValue::simple_from_plaintext(plaintext),
            KeyType::Group => SecretValue::group_from_plaintext(&plaintext),
        };
        value.map_err(|_| EntryError::Integrity)
    }
}
