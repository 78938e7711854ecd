//! Recovery sets and their codes.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::{RecoveryCodeId, RecoverySetId, UserId},
    model::{
        Revision,
        recovery_set::{CodeIndex, CodeUse, RecoverySet},
    },
    ports::{CodeAnswer, CodeDisclosure, CodePick, NewCode, RecoverySetRepository, StorageError},
    seal::{KeyId, Sealed},
    time::Timestamp,
};

use super::{MemoryStorage, state::State, unit::MemoryUnit};

#[derive(Debug, Clone)]
pub(super) struct RecoverySetRow {
    pub(super) owner: UserId,
    /// Its codes' uses are in the codes' rows.
    set: RecoverySet,
    codes: Vec<CodeRow>,
}

#[derive(Debug, Clone)]
struct CodeRow {
    id: RecoveryCodeId,
    used_at: Option<Timestamp>,
    sealed: Sealed,
}

impl RecoverySetRow {
    pub(super) fn shown(&self) -> RecoverySet {
        let codes = self.codes.iter().map(|code| CodeUse { used_at: code.used_at }).collect();
        RecoverySet { codes, ..self.set.clone() }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &KeyId> {
        self.codes.iter().map(|code| &code.sealed.key_id)
    }

    fn unused(&self) -> usize {
        self.codes.iter().filter(|code| code.used_at.is_none()).count()
    }

    fn disclosure(&self, index: usize) -> Result<CodeDisclosure, StorageError> {
        let code = self.codes.get(index).ok_or(StorageError::Corrupt)?;
        Ok(CodeDisclosure {
            id: code.id,
            owner: self.owner,
            set: self.set.id,
            service: self.set.service.clone(),
            index: CodeIndex::new(index as u64).map_err(|_| StorageError::Corrupt)?,
            remaining: u8::try_from(self.unused()).map_err(|_| StorageError::Corrupt)?,
            sealed: code.sealed.clone(),
        })
    }
}

impl State {
    pub(super) fn recovery_set(&self, owner: &Owner, id: RecoverySetId) -> Option<&RecoverySetRow> {
        self.recovery_sets.get(&id).filter(|row| row.owner == owner.user())
    }

    pub(super) fn recovery_sets_of(&self, owner: &Owner) -> impl DoubleEndedIterator<Item = &RecoverySetRow> {
        let user = owner.user();
        self.recovery_sets.values().filter(move |row| row.owner == user)
    }

    fn recovery_set_mut(&mut self, owner: &Owner, id: RecoverySetId) -> Option<&mut RecoverySetRow> {
        self.recovery_sets.get_mut(&id).filter(|row| row.owner == owner.user())
    }

    /// Marks the picked code.
    pub(super) fn take_code(
        &mut self,
        owner: &Owner,
        id: RecoverySetId,
        pick: CodePick,
        at: Timestamp,
    ) -> Result<CodeAnswer, StorageError> {
        let Some(row) = self.recovery_set_mut(owner, id) else { return Ok(CodeAnswer::NoSuchSet) };
        let index = match pick {
            CodePick::At(index) => usize::from(index.get()),
            CodePick::FirstUnused => match row.codes.iter().position(|code| code.used_at.is_none()) {
                Some(index) => index,
                None => return Ok(CodeAnswer::Depleted),
            },
        };
        let Some(code) = row.codes.get_mut(index) else { return Ok(CodeAnswer::NoSuchCode) };
        code.used_at.get_or_insert(at);
        row.disclosure(index).map(|code| CodeAnswer::Disclosed(Box::new(code)))
    }
}

impl MemoryStorage {
    /// Every sealed code with its set, by set and index.
    #[must_use]
    pub fn code_cells(&self) -> Vec<(RecoverySetId, Sealed)> {
        let state = self.shared.state();
        let of = |row: &RecoverySetRow| {
            let id = row.set.id;
            row.codes.iter().map(move |code| (id, code.sealed.clone())).collect::<Vec<_>>()
        };
        state.recovery_sets.values().flat_map(of).collect()
    }

    /// Puts another cell in the place of a code's, as an intruder in the database would.
    ///
    /// # Panics
    ///
    /// When there is no such code.
    pub fn tamper_code(&self, id: RecoverySetId, index: usize, sealed: Sealed) {
        let mut state = self.shared.state();
        let row = state.recovery_sets.get_mut(&id).expect("the set is there");
        row.codes[index].sealed = sealed;
    }
}

fn rows(codes: &[NewCode]) -> Vec<CodeRow> {
    let row = |code: &NewCode| CodeRow { id: code.id, used_at: None, sealed: code.sealed.clone() };
    codes.iter().map(row).collect()
}

#[async_trait]
impl RecoverySetRepository for MemoryUnit {
    async fn find(&mut self, owner: &Owner, id: RecoverySetId) -> Result<Option<RecoverySet>, StorageError> {
        self.shared.answers()?;
        Ok(self.state.recovery_set(owner, id).map(RecoverySetRow::shown))
    }

    async fn insert(
        &mut self,
        owner: &Owner,
        set: &RecoverySet,
        codes: &[NewCode],
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        if self.state.recovery_sets.contains_key(&set.id) {
            return Err(StorageError::Internal);
        }
        let row = RecoverySetRow { owner: owner.user(), set: set.clone(), codes: rows(codes) };
        self.state.recovery_sets.insert(set.id, row);
        Ok(())
    }

    async fn update(&mut self, owner: &Owner, set: &RecoverySet, seen: Revision) -> Result<(), StorageError> {
        self.shared.answers()?;
        let row = self.state.recovery_set_mut(owner, set.id).ok_or(StorageError::Conflict)?;
        if row.set.revision != seen {
            return Err(StorageError::Conflict);
        }
        row.set = RecoverySet { created_at: row.set.created_at, ..set.clone() };
        Ok(())
    }

    async fn replace_codes(
        &mut self,
        owner: &Owner,
        id: RecoverySetId,
        codes: &[NewCode],
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        let row = self.state.recovery_set_mut(owner, id).ok_or(StorageError::Conflict)?;
        row.codes = rows(codes);
        Ok(())
    }

    async fn unuse(
        &mut self,
        owner: &Owner,
        id: RecoverySetId,
        index: CodeIndex,
    ) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let row = self.state.recovery_set_mut(owner, id);
        let code = row.and_then(|row| row.codes.get_mut(usize::from(index.get())));
        Ok(code.is_some_and(|code| code.used_at.take().is_some()))
    }

    async fn remove(&mut self, owner: &Owner, id: RecoverySetId) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let there = self.state.recovery_set(owner, id).is_some();
        Ok(there && self.state.recovery_sets.remove(&id).is_some())
    }
}
