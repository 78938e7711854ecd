//! The tables, and the questions that units and the catalogue both ask of them.

use std::collections::BTreeMap;

use kagi_domain::{
    access::Owner,
    audit::AuditEvent,
    ids::{AccessKeyId, CategoryId, EntryId, EnvProjectId, RecoverySetId, SessionId, UserId},
    model::{
        access_key::AccessKey,
        category::Category,
        entry::Entry,
        user::{Account, Session},
    },
    ports::{StorageError, TokenDigest},
    text::Email,
    time::Timestamp,
};

use super::{env_projects::EnvProjectRow, recovery_sets::RecoverySetRow, versions::Versions};

#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) users: BTreeMap<UserId, Account>,
    pub(super) categories: BTreeMap<CategoryId, CategoryRow>,
    pub(super) entries: BTreeMap<EntryId, EntryRow>,
    pub(super) recovery_sets: BTreeMap<RecoverySetId, RecoverySetRow>,
    pub(super) env_projects: BTreeMap<EnvProjectId, EnvProjectRow>,
    pub(super) access_keys: BTreeMap<AccessKeyId, KeyRow>,
    pub(super) sessions: BTreeMap<SessionId, SessionRow>,
    pub(super) set_up: Option<Timestamp>,
    pub(super) audit: Vec<AuditEvent>,
}

#[derive(Debug, Clone)]
pub(super) struct CategoryRow {
    pub(super) owner: UserId,
    pub(super) category: Category,
}

#[derive(Debug, Clone)]
pub(super) struct EntryRow {
    pub(super) owner: UserId,
    pub(super) entry: Entry,
    pub(super) versions: Versions,
}

#[derive(Debug, Clone)]
pub(super) struct KeyRow {
    pub(super) owner: UserId,
    pub(super) access_key: AccessKey,
    pub(super) digest: TokenDigest,
}

#[derive(Debug, Clone)]
pub(super) struct SessionRow {
    pub(super) session: Session,
    pub(super) digest: TokenDigest,
}

impl EntryRow {
    fn reached_by(&self, owner: &Owner) -> bool {
        self.owner == owner.user() && owner.projects().allows(&self.entry.project)
    }
}

impl State {
    pub(super) fn category(&self, owner: &Owner, id: CategoryId) -> Option<&Category> {
        let row = self.categories.get(&id)?;
        (row.owner == owner.user()).then_some(&row.category)
    }

    pub(super) fn categories_of(&self, owner: &Owner) -> impl Iterator<Item = &Category> {
        let user = owner.user();
        self.categories.values().filter(move |row| row.owner == user).map(|row| &row.category)
    }

    pub(super) fn entry(&self, owner: &Owner, id: EntryId) -> Option<&EntryRow> {
        self.entries.get(&id).filter(|row| row.reached_by(owner))
    }

    pub(super) fn entry_mut(&mut self, owner: &Owner, id: EntryId) -> Option<&mut EntryRow> {
        self.entries.get_mut(&id).filter(|row| row.reached_by(owner))
    }

    pub(super) fn entries_of(&self, owner: &Owner) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.values().filter(move |row| row.reached_by(owner)).map(|row| &row.entry)
    }

    /// What belongs to nobody has no place.
    pub(super) fn person_is_there(&self, id: UserId) -> Result<(), StorageError> {
        if self.users.contains_key(&id) { Ok(()) } else { Err(StorageError::Conflict) }
    }

    pub(super) fn account(&self, email: &Email) -> Option<&Account> {
        self.users.values().find(|account| account.user.email == *email)
    }
}
