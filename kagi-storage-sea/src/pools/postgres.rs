//! A PostgreSQL server.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    DbBackend, SqlxPostgresConnector,
    sqlx::{
        self, ConnectOptions, Connection, PgConnection, Row,
        postgres::{PgConnectOptions, PgPoolOptions},
    },
};

use super::Pools;
use crate::{connect::ConnectError, error::PATIENCE};

/// Connections of each pool; the sum is what one replica takes of the server's limit.
const EACH: u32 = 8;
/// A reading connection that lay idle this long is tried before it is used.
const TRUSTED_IDLE: Duration = Duration::from_secs(5);

pub(super) async fn open(options: &PgConnectOptions) -> Result<Pools, ConnectError> {
    let options = options
        .clone()
        .application_name("kagi")
        .options([
            ("statement_timeout", "3000"),
            ("lock_timeout", "2500"),
            // Whatever else may go wrong, an abandoned transaction ends.
            ("idle_in_transaction_session_timeout", "15000"),
        ])
        .disable_statement_logging();
    let pool =
        || PgPoolOptions::new().max_connections(EACH).acquire_timeout(PATIENCE).test_before_acquire(false);
    let write = pool().before_acquire(|connection, _| Box::pin(is_clean(connection)));
    let read = pool().before_acquire(|connection, facts| {
        Box::pin(async move {
            if facts.idle_for >= TRUSTED_IDLE {
                connection.ping().await?;
            }
            Ok(true)
        })
    });
    let write = write.connect_with(options.clone()).await.map_err(|error| unreachable(&error))?;
    Ok(Pools {
        backend: DbBackend::Postgres,
        read: SqlxPostgresConnector::from_sqlx_postgres_pool(read.connect_lazy_with(options)),
        write: SqlxPostgresConnector::from_sqlx_postgres_pool(write),
        statements: Arc::default(),
        searches: None,
    })
}

/// Whether the connection is outside any transaction: there, the transaction's time is the
/// statement's. One that is not is closed, which rolls back; asking also proves that it is alive.
async fn is_clean(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let row = sqlx::raw_sql("SELECT now() = statement_timestamp()").fetch_one(&mut *connection).await?;
    let clean: bool = row.try_get(0)?;
    if !clean {
        tracing::warn!("a transaction was left open; its connection is closed");
    }
    Ok(clean)
}

fn unreachable(error: &sqlx::Error) -> ConnectError {
    tracing::error!(cause = %error, "the database cannot be reached");
    ConnectError::Unreachable
}
