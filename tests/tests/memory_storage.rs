//! The storage suite on the database in memory.

use std::sync::Arc;

use async_trait::async_trait;
use kagi_domain::{audit::AuditEvent, ports::Storage};
use kagi_tests::{MemoryStorage, contract::storage::Subject};

struct Memory(MemoryStorage);

#[async_trait]
impl Subject for Memory {
    fn storage(&self) -> Arc<dyn Storage> {
        Arc::new(self.0.clone())
    }

    async fn trail(&self) -> Vec<AuditEvent> {
        let mut events = self.0.audit_events();
        events.sort_by_key(|event| event.id);
        events
    }
}

async fn fresh() -> Memory {
    Memory(MemoryStorage::new())
}

kagi_tests::storage_contract!(fresh);
