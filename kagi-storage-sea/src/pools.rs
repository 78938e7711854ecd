//! Connections: a pool that reads and a pool that writes.
//!
//! SQLite writes through one connection, so writers queue here instead of failing with "busy";
//! readers never wait for it (WAL). On PostgreSQL the two keep transactions away from the reading
//! connections: a transaction that a cancelled request left open can only ever be met on the
//! writing ones, which are checked before they are used again.

mod postgres;
#[cfg(test)]
mod searching;
mod sqlite;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::Semaphore;

use crate::{
    connect::{ConnectError, DatabaseUrl, Place},
    error::{classify, within},
};
use kagi_domain::ports::StorageError;

/// The two pools of one database.
#[derive(Debug, Clone)]
pub(crate) struct Pools {
    pub(crate) backend: DbBackend,
    pub(crate) read: DatabaseConnection,
    pub(crate) write: DatabaseConnection,
    /// How many statements ran; a transaction's begin and end are not among them.
    pub(crate) statements: Arc<AtomicU64>,
    /// How many more searches may run; none is counted where it is `None`.
    pub(crate) searches: Option<Arc<Semaphore>>,
}

impl Pools {
    /// Opens the database; makes SQLite's file and folder when they are missing.
    pub(crate) async fn open(url: &DatabaseUrl) -> Result<Self, ConnectError> {
        let mut pools = match &url.0 {
            Place::Sqlite(path) => sqlite::open(path).await?,
            Place::Postgres(options) => postgres::open(options).await?,
        };
        for pool in [&mut pools.read, &mut pools.write] {
            let statements = pools.statements.clone();
            // The callback also gets the statement; its parameters are none of the counter's business.
            pool.set_metric_callback(move |_| {
                statements.fetch_add(1, Ordering::Relaxed);
            });
        }
        Ok(pools)
    }

    /// Reads a list, which `searches` through texts or does not. Searches take a while, so that those of
    /// one person could hold every reader: they wait until fewer run, no longer than anything may take.
    pub(crate) async fn list<T, F>(
        &self,
        searches: bool,
        read: impl FnOnce(DatabaseConnection) -> F,
    ) -> Result<T, StorageError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, DbErr>> + Send + 'static,
    {
        let query = read(self.read.clone());
        let Some(places) = self.searches.clone().filter(|_| searches) else { return within(query).await };
        within(async {
            let place = places.acquire_owned().await.map_err(|_| stopped())?;
            // SQLite does not hear that a caller gave up. The place is free when the statement has ended.
            let search = tokio::spawn(async move {
                let found = query.await;
                drop(place);
                found
            });
            search.await.unwrap_or_else(|_| Err(stopped()))
        })
        .await
    }

    /// Begins a writing transaction.
    ///
    /// It begins in a task of its own: a caller that goes away meanwhile would otherwise leave the
    /// transaction open on a pooled connection, and later writes on it would be lost.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StorageError> {
        let write = self.write.clone();
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let begun = tokio::spawn(async move { write.begin_with_options(options).await });
        within(async { begun.await.unwrap_or_else(|_| Err(stopped())) }).await
    }

    /// Commits, in a task of its own, so that a caller that goes away does not leave it half way.
    pub(crate) async fn commit(transaction: DatabaseTransaction) -> Result<(), StorageError> {
        let committed = tokio::spawn(async move { transaction.commit().await });
        match committed.await {
            Ok(result) => result.map_err(|error| classify(&error)),
            Err(_) => Err(StorageError::Unavailable),
        }
    }

    /// Closes all connections.
    pub(crate) async fn close(&self) {
        for pool in [&self.read, &self.write] {
            if let Err(error) = pool.close_by_ref().await {
                classify(&error);
            }
        }
    }
}

fn stopped() -> DbErr {
    DbErr::Custom("the runtime is stopping".to_owned())
}
