//! Values of several entries as one `.env` file.

use std::collections::BTreeSet;

use crate::{
    access::{Actor, Owner, Scope},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target, TargetKind},
    dotenv::{EnvFile, Target as Reader, Written},
    fields::Invalid,
    ids::EntryId,
    ports::EntryDisclosure,
    secret::SecretValue,
    services::entries::{Entries, EntryError},
};

/// How many entries a file is written from at most.
pub const RENDERED_AT_ONCE: usize = 200;

/// Which entries' values to write, and who is going to read the file.
#[derive(Debug)]
pub struct RenderRequest {
    entries: Vec<EntryId>,
    reader: Reader,
}

impl RenderRequest {
    /// Names 1 to [`RENDERED_AT_ONCE`] entries, each once, in the order of the file.
    ///
    /// # Errors
    ///
    /// [`Invalid`], on `entryIds`.
    pub fn new(entries: Vec<EntryId>, reader: Reader) -> Result<Self, Invalid> {
        let refuse = |message| Err(Invalid::field("entryIds", message));
        match entries.len() {
            0 => refuse("Name at least one entry."),
            1..=RENDERED_AT_ONCE if entries.iter().collect::<BTreeSet<_>>().len() == entries.len() => {
                Ok(Self { entries, reader })
            }
            1..=RENDERED_AT_ONCE => refuse("Name each entry once."),
            _ => refuse("Name at most 200 entries."),
        }
    }
}

impl Entries<'_> {
    /// Writes the current values of entries as a file for a reader. What the reader cannot express, and a
    /// name that an entry before has taken, is left out, and a comment in its place says so. Needs
    /// [`Scope::EntriesReveal`]. The trail holds a reveal of each entry before any plaintext exists.
    ///
    /// # Errors
    ///
    /// [`EntryError`]; nothing is revealed then. `NotFound` when one of the entries is not within reach;
    /// `Integrity` when one does not open, which leaves a second, failed event for it.
    pub async fn render(&self, actor: &Actor, request: RenderRequest) -> Result<Written, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesReveal).await?;
        let mut events = request.entries.iter().map(|id| self.revealed(&owner, *id, AuditResult::Ok));
        let record = AuditRecord::new(events.next().ok_or(EntryError::NotFound)?);
        let record = events.fold(record, AuditRecord::and);
        let cells = self.0.ports.storage.disclose_entries(&owner, &request.entries, record).await?;
        let mut file = EnvFile::new(request.reader);
        for cell in &cells.ok_or(EntryError::NotFound)? {
            match self.open(cell) {
                Ok(value) => assign(&mut file, cell, &value),
                Err(error) => {
                    let failed = self.revealed(&owner, cell.id, AuditResult::Failed);
                    self.0.ports.storage.record(AuditRecord::new(failed)).await?;
                    return Err(error);
                }
            }
        }
        Ok(file.finish())
    }

    fn revealed(self, owner: &Owner, id: EntryId, result: AuditResult) -> AuditEvent {
        self.0.event(owner, Action::EntryReveal, result, Target::new(TargetKind::Entry, id))
    }
}

/// A group's fields come in the order of its category. What is refused has its comment already.
fn assign(file: &mut EnvFile, cell: &EntryDisclosure, value: &SecretValue) {
    match value {
        SecretValue::Simple(text) => {
            if let Some(name) = cell.shape.env_var() {
                let _ = file.assign(name, text);
            }
        }
        SecretValue::Group(fields) => {
            for name in cell.shape.fields() {
                if let Some(text) = fields.get(name) {
                    let _ = file.assign(name, text);
                }
            }
        }
    }
}
