//! A SQLite file.

use std::{io, path::Path, sync::Arc, time::Duration};

use sea_orm::{
    DbBackend, SqlxSqliteConnector,
    sqlx::{
        self, ConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use tokio::sync::Semaphore;

use super::Pools;
use crate::{connect::ConnectError, error::PATIENCE};

/// More readers than processors gain nothing; each costs a thread and a page cache.
const READERS: u32 = 4;
/// Half of the readers: however many search, the others are there for everybody.
const SEARCHES: usize = READERS as usize / 2;
/// How often opening is tried while another process switches the file to WAL.
const TRIES: u32 = 50;

pub(super) async fn open(path: &Path) -> Result<Pools, ConnectError> {
    make_private(path).map_err(|error| {
        tracing::error!(cause = %error.kind(), "the database file cannot be made");
        ConnectError::File
    })?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        // A page of a list goes over in one piece: its reader is woken once and the database never waits.
        .row_buffer_size(1024)
        .optimize_on_close(true, 400)
        .disable_statement_logging();
    // A file does not go away as a server does: asking before each use whether it is there would be a
    // second way to the connection's thread and back.
    let pool = || {
        let options = SqlitePoolOptions::new().acquire_timeout(PATIENCE).test_before_acquire(false);
        options.idle_timeout(None).max_lifetime(None)
    };
    let write = first(pool().max_connections(1), &options).await?;
    let read = pool()
        .max_connections(READERS)
        .connect_with(options.pragma("query_only", "ON"))
        .await
        .map_err(|error| refused(&error))?;
    Ok(Pools {
        backend: DbBackend::Sqlite,
        read: SqlxSqliteConnector::from_sqlx_sqlite_pool(read),
        write: SqlxSqliteConnector::from_sqlx_sqlite_pool(write),
        statements: Arc::default(),
        searches: Some(Arc::new(Semaphore::new(SEARCHES))),
    })
}

/// The first connection switches the file to WAL, for which SQLite does not wait by itself when
/// another process is at the same.
async fn first(
    pool: SqlitePoolOptions,
    options: &SqliteConnectOptions,
) -> Result<sqlx::SqlitePool, ConnectError> {
    for _ in 1..TRIES {
        match pool.clone().connect_with(options.clone()).await {
            Err(sqlx::Error::Database(cause)) if cause.message().contains("locked") => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            settled => return settled.map_err(|error| refused(&error)),
        }
    }
    pool.connect_with(options.clone()).await.map_err(|error| refused(&error))
}

fn refused(error: &sqlx::Error) -> ConnectError {
    tracing::error!(cause = %error, "the database file cannot be opened");
    ConnectError::File
}

/// Makes the folder for its owner only, and the file likewise; SQLite gives the files beside it
/// the same mode. What exists keeps its mode.
#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::{
        fs::{DirBuilder, OpenOptions},
        os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).map(drop)
}

#[cfg(not(unix))]
fn make_private(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(path).map(drop)
}
