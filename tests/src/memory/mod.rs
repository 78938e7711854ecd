//! A database in memory.

mod catalog;
mod cells;
mod directory;
mod env_projects;
mod listings;
mod recovery_sets;
mod repositories;
mod state;
mod storage;
mod unit;
mod versions;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use kagi_domain::{
    audit::AuditEvent,
    ids::{AccessKeyId, EntryId, SessionId},
    ports::{StorageError, TokenDigest},
    seal::Sealed,
    time::Timestamp,
};

use state::State;

/// A [`Storage`](kagi_domain::ports::Storage) in memory. Units run one after another, each on a copy
/// of the state that takes the state's place when it commits. Clones share one database.
#[derive(Debug, Clone, Default)]
pub struct MemoryStorage {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Held by the open unit, and by everything that writes in one step.
    turn: Arc<tokio::sync::Mutex<()>>,
    committed: Mutex<State>,
    uses: Mutex<Uses>,
    strikes: Mutex<BTreeMap<[u8; 32], Vec<Timestamp>>>,
    key_check: Mutex<Option<Sealed>>,
    faults: Mutex<Faults>,
}

#[derive(Debug, Default)]
struct Uses {
    access_keys: BTreeMap<AccessKeyId, Timestamp>,
    sessions: BTreeMap<SessionId, Timestamp>,
}

#[derive(Debug, Default)]
struct Faults {
    commits: Vec<StorageError>,
    audit: bool,
    unavailable: bool,
}

impl MemoryStorage {
    /// An empty database.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The whole trail in the order in which it was written.
    #[must_use]
    pub fn audit_events(&self) -> Vec<AuditEvent> {
        self.shared.state().audit.clone()
    }

    /// Every sealed value with its entry and its version's number.
    #[must_use]
    pub fn cells(&self) -> Vec<(EntryId, u32, Sealed)> {
        let state = self.shared.state();
        let of = |(id, row): (&EntryId, &state::EntryRow)| {
            let id = *id;
            row.versions.cells().map(move |(number, sealed)| (id, number, sealed.clone())).collect::<Vec<_>>()
        };
        state.entries.iter().flat_map(of).collect()
    }

    /// The digests of all access keys and sessions: what is kept instead of tokens.
    #[must_use]
    pub fn digests(&self) -> Vec<TokenDigest> {
        let state = self.shared.state();
        let keys = state.access_keys.values().map(|row| row.digest);
        keys.chain(state.sessions.values().map(|row| row.digest)).collect()
    }

    /// How many counts of sign-in attempts there are.
    #[must_use]
    pub fn buckets(&self) -> usize {
        self.shared.strikes.lock().unwrap().len()
    }

    /// Puts another cell in the place of an entry's current one, as an intruder in the database would.
    ///
    /// # Panics
    ///
    /// When there is no such entry.
    pub fn tamper(&self, id: EntryId, sealed: Sealed) {
        let current = self.shared.state().entries.get(&id).expect("the entry is there").entry.version;
        self.tamper_version(id, current, sealed);
    }

    /// The same for any version.
    ///
    /// # Panics
    ///
    /// When there is no such version.
    pub fn tamper_version(&self, id: EntryId, number: u32, sealed: Sealed) {
        let mut state = self.shared.state();
        let row = state.entries.get_mut(&id).expect("the entry is there");
        row.versions.replace(number, sealed);
    }

    /// Forgets the key check, as somebody who tampers with the database would.
    ///
    /// # Panics
    ///
    /// When another thread panicked while it held the key check.
    pub fn lose_key_check(&self) {
        self.shared.key_check.lock().unwrap().take();
    }

    /// The next commit fails with this error, and nothing is written. Calls queue up.
    pub fn fail_next_commit(&self, error: StorageError) {
        self.shared.faults().commits.push(error);
    }

    /// From now on no event can be written, or it can again: commits, records and disclosures fail
    /// with [`StorageError::Unavailable`].
    pub fn fail_audit(&self, broken: bool) {
        self.shared.faults().audit = broken;
    }

    /// From now on every call fails with [`StorageError::Unavailable`], or no longer.
    pub fn set_unavailable(&self, gone: bool) {
        self.shared.faults().unavailable = gone;
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.committed.lock().unwrap()
    }

    fn uses(&self) -> MutexGuard<'_, Uses> {
        self.uses.lock().unwrap()
    }

    fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap()
    }

    fn answers(&self) -> Result<(), StorageError> {
        if self.faults().unavailable { Err(StorageError::Unavailable) } else { Ok(()) }
    }

    fn trail_answers(&self) -> Result<(), StorageError> {
        self.answers()?;
        if self.faults().audit { Err(StorageError::Unavailable) } else { Ok(()) }
    }

    fn commit_answers(&self) -> Result<(), StorageError> {
        self.trail_answers()?;
        let mut faults = self.faults();
        if faults.commits.is_empty() { Ok(()) } else { Err(faults.commits.remove(0)) }
    }
}
