//! The schema, step by step. Each migration is a dated file of hand-written statements.
//!
//! The runner is our own because three things are owed that the stock one does not do: replicas
//! take turns, a migration and its mark are one transaction (so a kill at any statement resumes),
//! and a database that is newer or foreign is refused instead of touched.

mod m20261123_000001_vault;
mod m20261125_000001_recovery_sets;
mod m20261125_000002_trail;
mod m20261126_000001_env_projects;

use std::collections::BTreeSet;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};

use crate::{connect::ConnectError, pools::Pools};

/// One step.
struct Migration {
    name: &'static str,
    /// Statements with `{…}` for what the databases call differently; see [`dialect`].
    statements: &'static [&'static str],
}

const MIGRATIONS: &[Migration] = &[
    m20261123_000001_vault::MIGRATION,
    m20261125_000001_recovery_sets::MIGRATION,
    m20261125_000002_trail::MIGRATION,
    m20261126_000001_env_projects::MIGRATION,
];

/// Any number will do as long as it stays the same: replicas of all versions queue for it.
const LOCK: i64 = 0x6b61_6769_6d69_6772;

/// Brings the schema up to date and returns how many steps that took.
pub(crate) async fn run(pools: &Pools) -> Result<usize, ConnectError> {
    let mut applied = 0;
    while step(pools).await? {
        applied += 1;
    }
    Ok(applied)
}

/// Applies the next pending migration; `false` when there is none.
async fn step(pools: &Pools) -> Result<bool, ConnectError> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let turn = pools.write.begin_with_options(options).await?;
    take_turn(&turn).await?;
    let done = applied(&turn).await?;
    let Some(next) = MIGRATIONS.iter().find(|migration| !done.contains(migration.name)) else {
        turn.commit().await?;
        return Ok(false);
    };
    for statement in next.statements {
        turn.execute_unprepared(&dialect(pools.backend, statement)).await?;
    }
    let mark = "INSERT INTO kagi_migrations (name) VALUES ($1)";
    turn.execute_raw(Statement::from_sql_and_values(pools.backend, mark, [next.name.into()])).await?;
    turn.commit().await?;
    tracing::info!(migration = next.name, "the schema was migrated");
    Ok(true)
}

/// Waits until no other replica migrates. SQLite's immediate transaction is the turn already.
async fn take_turn(turn: &DatabaseTransaction) -> Result<(), DbErr> {
    if turn.get_database_backend() == DbBackend::Postgres {
        // The limits of everyday statements do not fit a migration, nor the wait for another's.
        turn.execute_unprepared("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").await?;
        turn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    Ok(())
}

/// The steps that were applied. Refuses a database of somebody else or of a newer Kagi, and starts
/// the list on an empty one.
async fn applied(turn: &DatabaseTransaction) -> Result<BTreeSet<String>, ConnectError> {
    let tables = names(turn, table_names(turn.get_database_backend())).await?;
    if !tables.contains("kagi_migrations") {
        if !tables.is_empty() {
            return Err(ConnectError::Foreign);
        }
        let list = "CREATE TABLE kagi_migrations (name TEXT NOT NULL PRIMARY KEY)";
        turn.execute_unprepared(list).await?;
        return Ok(BTreeSet::new());
    }
    let done = names(turn, "SELECT name FROM kagi_migrations").await?;
    let known = |name: &String| MIGRATIONS.iter().any(|migration| migration.name == name);
    if done.iter().all(known) { Ok(done) } else { Err(ConnectError::Newer) }
}

const fn table_names(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()"
        }
        _ => "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'",
    }
}

async fn names(turn: &DatabaseTransaction, sql: &str) -> Result<BTreeSet<String>, DbErr> {
    let rows = turn.query_all_raw(Statement::from_string(turn.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get("", "name")).collect()
}

/// Spells a statement for a database. `{key}` is a text that is compared by code point; SQLite
/// compares all texts so.
fn dialect(backend: DbBackend, statement: &str) -> String {
    let (uuid, bytes, int, key, options, clustered) = match backend {
        DbBackend::Postgres => ("UUID", "BYTEA", "BIGINT", "TEXT COLLATE \"C\"", "", ""),
        _ => ("BLOB", "BLOB", "INTEGER", "TEXT", " STRICT", " STRICT, WITHOUT ROWID"),
    };
    [
        ("{uuid}", uuid),
        ("{bytes}", bytes),
        ("{int}", int),
        ("{key}", key),
        ("{options}", options),
        ("{clustered}", clustered),
    ]
    .iter()
    .fold(statement.to_owned(), |text, (mark, word)| text.replace(mark, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_is_spelled_out_and_names_are_in_order() {
        assert!(MIGRATIONS.is_sorted_by(|a, b| a.name < b.name));
        for statement in MIGRATIONS.iter().flat_map(|migration| migration.statements) {
            for backend in [DbBackend::Sqlite, DbBackend::Postgres] {
                assert!(!dialect(backend, statement).contains(['{', '}']));
            }
        }
    }
}
