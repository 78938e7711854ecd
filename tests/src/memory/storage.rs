//! The database as a whole.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    audit::AuditRecord,
    ids::{EntryId, RecoverySetId},
    model::env_project::EnvFilePlace,
    ports::{
        Catalog, CodeAnswer, CodePick, Directory, EntryDisclosure, EnvFileDisclosure, Installation, Storage,
        StorageError, Throttle, UnitOfWork, Use,
    },
    time::Timestamp,
};

use super::{MemoryStorage, state::EntryRow, unit::MemoryUnit};

#[async_trait]
impl Storage for MemoryStorage {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StorageError> {
        Ok(Box::new(MemoryUnit::open(&self.shared).await?))
    }

    async fn disclose_entry(
        &self,
        owner: &Owner,
        id: EntryId,
        record: AuditRecord,
    ) -> Result<Option<EntryDisclosure>, StorageError> {
        let unit = MemoryUnit::open(&self.shared).await?;
        let Some(row) = unit.state.entry(owner, id) else { return Ok(None) };
        let cell = current(&unit, owner, row)?;
        Box::new(unit).commit(record).await?;
        Ok(Some(cell))
    }

    async fn disclose_entries(
        &self,
        owner: &Owner,
        ids: &[EntryId],
        record: AuditRecord,
    ) -> Result<Option<Vec<EntryDisclosure>>, StorageError> {
        let unit = MemoryUnit::open(&self.shared).await?;
        let mut cells = Vec::new();
        for id in ids {
            let Some(row) = unit.state.entry(owner, *id) else { return Ok(None) };
            cells.push(current(&unit, owner, row)?);
        }
        Box::new(unit).commit(record).await?;
        Ok(Some(cells))
    }

    async fn disclose_version(
        &self,
        owner: &Owner,
        id: EntryId,
        number: u32,
        record: AuditRecord,
    ) -> Result<Option<EntryDisclosure>, StorageError> {
        let unit = MemoryUnit::open(&self.shared).await?;
        let Some(row) = unit.state.entry(owner, id) else { return Ok(None) };
        let Some(disclosure) = disclosure(&unit, owner, row, number)? else { return Ok(None) };
        Box::new(unit).commit(record).await?;
        Ok(Some(disclosure))
    }

    async fn disclose_env_file(
        &self,
        owner: &Owner,
        place: EnvFilePlace,
        number: Option<u32>,
        record: AuditRecord,
    ) -> Result<Option<EnvFileDisclosure>, StorageError> {
        let unit = MemoryUnit::open(&self.shared).await?;
        let project = unit.state.env_project(owner, place.project);
        let disclosure = project.and_then(|project| project.disclosure(place.file, number));
        if disclosure.is_some() {
            Box::new(unit).commit(record).await?;
        }
        Ok(disclosure)
    }

    async fn disclose_code(
        &self,
        owner: &Owner,
        set: RecoverySetId,
        pick: CodePick,
        at: Timestamp,
        record: AuditRecord,
    ) -> Result<CodeAnswer, StorageError> {
        let mut unit = MemoryUnit::open(&self.shared).await?;
        let answer = unit.state.take_code(owner, set, pick, at)?;
        if matches!(answer, CodeAnswer::Disclosed(_)) {
            Box::new(unit).commit(record).await?;
        }
        Ok(answer)
    }

    async fn record(&self, record: AuditRecord) -> Result<(), StorageError> {
        Box::new(MemoryUnit::open(&self.shared).await?).commit(record).await
    }

    fn note_use(&self, seen: Use) {
        let mut uses = self.shared.uses();
        match seen {
            Use::AccessKey(id, at) => uses.access_keys.insert(id, at),
            Use::Session(id, at) => uses.sessions.insert(id, at),
        };
    }

    async fn ping(&self) -> Result<(), StorageError> {
        self.shared.answers()
    }

    fn catalog(&self) -> &dyn Catalog {
        self
    }

    fn directory(&self) -> &dyn Directory {
        self
    }

    fn throttle(&self) -> &dyn Throttle {
        self
    }

    fn installation(&self) -> &dyn Installation {
        self
    }
}

fn current(unit: &MemoryUnit, owner: &Owner, row: &EntryRow) -> Result<EntryDisclosure, StorageError> {
    let version = row.entry.version;
    let disclosure = disclosure(unit, owner, row, version)?.ok_or(StorageError::Corrupt)?;
    Ok(EntryDisclosure { superseded: row.versions.has_after(version), ..disclosure })
}

fn disclosure(
    unit: &MemoryUnit,
    owner: &Owner,
    row: &EntryRow,
    number: u32,
) -> Result<Option<EntryDisclosure>, StorageError> {
    let category = unit.state.category(owner, row.entry.category).ok_or(StorageError::Corrupt)?;
    Ok(row.versions.cell(number).map(|sealed| EntryDisclosure {
        id: row.entry.id,
        owner: row.owner,
        category: category.id,
        shape: category.shape.clone(),
        version: number,
        sealed,
        superseded: false,
    }))
}
