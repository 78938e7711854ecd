//! Units of work on a copy of the state.

use std::sync::Arc;

use async_trait::async_trait;
use kagi_domain::{
    audit::AuditRecord,
    ports::{
        AccessKeyRepository, CategoryRepository, EntryRepository, EnvFileRepository, EnvProjectRepository,
        RecoverySetRepository, SessionRepository, StorageError, UnitOfWork, UserRepository,
    },
};
use tokio::sync::OwnedMutexGuard;

use super::{Shared, state::State};

/// An open unit. Only [`commit`](UnitOfWork::commit) brings the copy back; a drop forgets it.
pub(super) struct MemoryUnit {
    pub(super) state: State,
    pub(super) shared: Arc<Shared>,
    _turn: OwnedMutexGuard<()>,
}

impl MemoryUnit {
    /// Waits for its turn.
    pub(super) async fn open(shared: &Arc<Shared>) -> Result<Self, StorageError> {
        shared.answers()?;
        let turn = Arc::clone(&shared.turn).lock_owned().await;
        let state = shared.state().clone();
        Ok(Self { state, shared: Arc::clone(shared), _turn: turn })
    }
}

#[async_trait]
impl UnitOfWork for MemoryUnit {
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

    async fn commit(mut self: Box<Self>, record: AuditRecord) -> Result<(), StorageError> {
        // Lets a test drop this future between the changes and their commit, as a database would.
        tokio::task::yield_now().await;
        self.shared.commit_answers()?;
        self.state.audit.extend(record.events().cloned());
        *self.shared.state() = std::mem::take(&mut self.state);
        Ok(())
    }
}
