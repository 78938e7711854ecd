//! One transaction that is every repository itself.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use kagi_domain::{
    audit::AuditRecord,
    ports::{
        AccessKeyRepository, CategoryRepository, EntryRepository, EnvFileRepository, EnvProjectRepository,
        RecoverySetRepository, SessionRepository, StorageError, UnitOfWork, UserRepository,
    },
};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::{
    error::{LONG_PATIENCE, within, within_span},
    pools::Pools,
    trail,
};

/// A unit of work. Dropping it queues the rollback, which runs before the connection is used again.
pub(crate) struct SeaUnit {
    pub(crate) transaction: DatabaseTransaction,
    /// Whether a statement failed. PostgreSQL would answer a commit then with a silent rollback,
    /// SQLite would keep half of the changes; both are refused.
    failed: AtomicBool,
}

impl SeaUnit {
    pub(crate) async fn begin(pools: &Pools) -> Result<Self, StorageError> {
        Ok(Self { transaction: pools.begin().await?, failed: AtomicBool::new(false) })
    }

    /// Runs one statement of the unit.
    pub(crate) async fn run<T>(
        &self,
        statement: impl AsyncFnOnce(&DatabaseTransaction) -> Result<T, DbErr>,
    ) -> Result<T, StorageError> {
        self.heed(within(statement(&self.transaction)).await)
    }

    /// Runs one statement that may take as long as a whole vault is large.
    pub(crate) async fn run_long<T>(
        &self,
        statement: impl AsyncFnOnce(&DatabaseTransaction) -> Result<T, DbErr>,
    ) -> Result<T, StorageError> {
        self.heed(within_span(LONG_PATIENCE, statement(&self.transaction)).await)
    }

    fn heed<T>(&self, result: Result<T, StorageError>) -> Result<T, StorageError> {
        if result.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        result
    }
}

#[async_trait]
impl UnitOfWork for SeaUnit {
    fn categories(&mut self) -> &mut dyn CategoryRepository {
        self
    }

    fn entries(&mut self) -> &mut dyn EntryRepository {
        self
    }

    fn recovery_sets(&mut self) -> &mut dyn RecoverySetRepository {
        self
    }

    fn env_projects(&mut self) -> &mut dyn EnvProjectRepository {
        self
    }

    fn env_files(&mut self) -> &mut dyn EnvFileRepository {
        self
    }

    fn access_keys(&mut self) -> &mut dyn AccessKeyRepository {
        self
    }

    fn users(&mut self) -> &mut dyn UserRepository {
        self
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        self
    }

    async fn commit(self: Box<Self>, record: AuditRecord) -> Result<(), StorageError> {
        if self.failed.load(Ordering::Relaxed) {
            tracing::error!("a unit was to be committed after a statement of it had failed");
            return Err(StorageError::Internal);
        }
        within(trail::insert(&self.transaction, trail::rows(&record))).await?;
        Pools::commit(self.transaction).await
    }
}
