//! The storage port.

use std::sync::atomic::Ordering;

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
use sea_orm::{ConnectionTrait, Statement};

use crate::{
    catalog::ById,
    code_disclosure,
    connect::{ConnectError, DatabaseUrl},
    directory::{ByKey, BySession},
    disclosure::{self, Wanted},
    env_disclosure,
    error::within,
    migration,
    pools::Pools,
    together::Together,
    trail::Trail,
    unit::SeaUnit,
};

/// A vault's database on SQLite or PostgreSQL. Clones share connections and the trail's writer.
#[derive(Debug, Clone)]
pub struct SeaStorage {
    pub(crate) pools: Pools,
    pub(crate) access_keys: Together<ByKey>,
    pub(crate) sessions: Together<BySession>,
    pub(crate) listings: Together<ById>,
    trail: Trail,
}

impl SeaStorage {
    /// Opens a database, brings its schema up to date and starts the trail's writer on the current
    /// Tokio runtime. A SQLite file is made when it is missing, for its owner only. Replicas that
    /// start together take turns.
    ///
    /// # Errors
    ///
    /// [`ConnectError`]; a database that is newer than this program, or not Kagi's, is left as it is.
    pub async fn connect(url: &DatabaseUrl) -> Result<Self, ConnectError> {
        let pools = Pools::open(url).await?;
        if let Err(error) = migration::run(&pools).await {
            pools.close().await;
            return Err(error);
        }
        Ok(Self {
            access_keys: Together::start(pools.clone()),
            sessions: Together::start(pools.clone()),
            listings: Together::start(pools.clone()),
            trail: Trail::start(pools.clone()),
            pools,
        })
    }

    /// Brings a database's schema up to date and closes it again; returns how many migrations that
    /// took.
    ///
    /// # Errors
    ///
    /// As [`Self::connect`].
    pub async fn migrate(url: &DatabaseUrl) -> Result<usize, ConnectError> {
        let pools = Pools::open(url).await?;
        let applied = migration::run(&pools).await;
        pools.close().await;
        applied
    }

    /// How many statements ran since the connection, those of other callers and of the trail's writer
    /// included. A transaction's begin and end are not counted.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.pools.statements.load(Ordering::Relaxed)
    }

    /// Writes what waits (events, times of last use) and closes all connections. Later calls on any
    /// clone are [`StorageError::Unavailable`].
    pub async fn close(&self) {
        self.trail.stop().await;
        self.pools.close().await;
    }
}

#[async_trait]
impl Storage for SeaStorage {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StorageError> {
        Ok(Box::new(SeaUnit::begin(&self.pools).await?))
    }

    async fn disclose_entry(
        &self,
        owner: &Owner,
        id: EntryId,
        record: AuditRecord,
    ) -> Result<Option<EntryDisclosure>, StorageError> {
        self.trail.disclose(owner, id, &record).await
    }

    async fn disclose_entries(
        &self,
        owner: &Owner,
        ids: &[EntryId],
        record: AuditRecord,
    ) -> Result<Option<Vec<EntryDisclosure>>, StorageError> {
        let wanted: Vec<_> = ids.iter().map(|id| Wanted::new(owner, *id)).collect();
        let told = disclosure::read(&self.pools, &wanted.iter().collect::<Vec<_>>()).await?;
        let cells: Option<Vec<_>> = told.into_iter().collect::<Result<_, _>>()?;
        if cells.is_some() {
            self.trail.write(&record).await?;
        }
        Ok(cells)
    }

    async fn disclose_version(
        &self,
        owner: &Owner,
        id: EntryId,
        number: u32,
        record: AuditRecord,
    ) -> Result<Option<EntryDisclosure>, StorageError> {
        match disclosure::read_version(&self.pools, &Wanted::new(owner, id), number).await? {
            Some(cell) => self.trail.hand_out(cell, &record).await,
            None => Ok(None),
        }
    }

    async fn disclose_env_file(
        &self,
        owner: &Owner,
        place: EnvFilePlace,
        number: Option<u32>,
        record: AuditRecord,
    ) -> Result<Option<EnvFileDisclosure>, StorageError> {
        let cell = env_disclosure::read(&self.pools, owner, place, number).await?;
        if cell.is_some() {
            self.trail.write(&record).await?;
        }
        Ok(cell)
    }

    async fn disclose_code(
        &self,
        owner: &Owner,
        set: RecoverySetId,
        pick: CodePick,
        at: Timestamp,
        record: AuditRecord,
    ) -> Result<CodeAnswer, StorageError> {
        code_disclosure::disclose(SeaUnit::begin(&self.pools).await?, owner, set, pick, at, record).await
    }

    async fn record(&self, record: AuditRecord) -> Result<(), StorageError> {
        self.trail.write(&record).await
    }

    fn note_use(&self, seen: Use) {
        self.trail.note(seen);
    }

    async fn ping(&self) -> Result<(), StorageError> {
        let question = Statement::from_string(self.pools.backend, "SELECT 1");
        match within(self.pools.read.query_one_raw(question)).await {
            Ok(_) => Ok(()),
            Err(_) => Err(StorageError::Unavailable),
        }
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
