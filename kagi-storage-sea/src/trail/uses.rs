//! Times at which credentials were used, gathered and written now and then.

use std::collections::HashMap;

use kagi_domain::{
    ports::{StorageError, Use},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::{error::within, pools::Pools};

/// Credentials of one commit at most, so that writers in between do not wait long.
const MOST: usize = 100;

/// The latest use of each credential that is not written yet.
#[derive(Default)]
pub(super) struct Uses {
    access_keys: HashMap<Uuid, Timestamp>,
    sessions: HashMap<Uuid, Timestamp>,
}

impl Uses {
    pub(super) fn is_empty(&self) -> bool {
        self.access_keys.is_empty() && self.sessions.is_empty()
    }

    pub(super) fn note(&mut self, seen: Use) {
        let (latest, at) = match seen {
            Use::AccessKey(id, at) => (self.access_keys.entry(id.as_uuid()).or_insert(at), at),
            Use::Session(id, at) => (self.sessions.entry(id.as_uuid()).or_insert(at), at),
        };
        *latest = at.max(*latest);
    }

    /// Writes what was noted. What cannot be written is forgotten: it never fails a request.
    pub(super) async fn flush(&mut self, pools: &Pools) {
        let access_keys = self.access_keys.drain().map(|seen| (ACCESS_KEY, seen));
        let sessions = self.sessions.drain().map(|seen| (SESSION, seen));
        let seen: Vec<_> = access_keys.chain(sessions).collect();
        for seen in seen.chunks(MOST) {
            if write(pools, seen).await.is_err() {
                tracing::warn!("times of last use were not kept");
            }
        }
    }
}

type Seen = (&'static str, (Uuid, Timestamp));

const ACCESS_KEY: &str =
    "UPDATE access_keys SET last_used_at = $2 WHERE id = $1 AND coalesce(last_used_at < $2, TRUE)";
const SESSION: &str = "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2";

async fn write(pools: &Pools, seen: &[Seen]) -> Result<(), StorageError> {
    let transaction = pools.begin().await?;
    for (sql, (id, at)) in seen {
        let values = [(*id).into(), at.as_millis().into()];
        let statement = Statement::from_sql_and_values(pools.backend, *sql, values);
        within(transaction.execute_raw(statement)).await?;
    }
    Pools::commit(transaction).await
}
