//! The one way by which a value leaves the vault.

use crate::{
    access::{Actor, Scope},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
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
        let record = self.record(&owner, Action::EntryReveal, id);
        let disclosed = self.0.ports.storage.disclose_entry(&owner, id, record).await?;
        let disclosed = disclosed.ok_or(EntryError::NotFound)?;
        match self.open(&disclosed) {
            Ok(value) => Ok(RevealedEntry { id, shape: disclosed.shape, version: disclosed.version, value }),
            Err(error) => {
                let failed = self.0.event(
                    &owner,
                    Action::EntryReveal,
                    AuditResult::Failed,
                    Target::new(TargetKind::Entry, id),
                );
                self.0.ports.storage.record(AuditRecord::new(failed)).await?;
                Err(error)
            }
        }
    }

    fn open(self, cell: &EntryDisclosure) -> Result<SecretValue, EntryError> {
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
