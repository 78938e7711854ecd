//! Errors of the database as the domain sees them, and the log lines that carry their causes.
//!
//! A cause is logged as its code and its constraint, with the driver's message only where that
//! cannot quote a row: PostgreSQL's classes 22 and 23 do.

use std::{future::Future, time::Duration};

use kagi_domain::ports::{StorageError, Unique};
use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, error::DatabaseError},
};

/// How long anything may take. Callers turn more into "not available" within 3.5 seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

/// How long the few statements may take that remove all of somebody's rows: a large vault could not
/// be emptied otherwise.
pub(crate) const LONG_PATIENCE: Duration = Duration::from_mins(1);

/// Waits for a query, no longer than [`PATIENCE`], and puts its failure into the domain's words.
pub(crate) async fn within<T>(query: impl Future<Output = Result<T, DbErr>>) -> Result<T, StorageError> {
    within_span(PATIENCE, query).await
}

/// The same with a patience of its own.
pub(crate) async fn within_span<T>(
    span: Duration,
    query: impl Future<Output = Result<T, DbErr>>,
) -> Result<T, StorageError> {
    let Ok(result) = tokio::time::timeout(span, query).await else {
        tracing::warn!("the database took too long to answer");
        return Err(StorageError::Unavailable);
    };
    result.map_err(|error| classify(&error))
}

/// A row that breaks a rule of the domain.
pub(crate) fn corrupt(table: &'static str, column: &'static str) -> StorageError {
    tracing::error!(table, column, "a stored row is damaged");
    StorageError::Corrupt
}

/// The domain's word for a failure. Logs the cause unless it is an everyday one.
pub(crate) fn classify(error: &DbErr) -> StorageError {
    match driver_error(error) {
        Some(sqlx::Error::Database(cause)) => classify_answer(&**cause),
        Some(
            cause @ (sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::ColumnIndexOutOfBounds { .. }),
        ) => {
            // Decoding errors may quote what they could not read.
            let column = if let sqlx::Error::ColumnDecode { index, .. } = cause { index } else { "?" };
            tracing::error!(column, "a stored row cannot be read");
            StorageError::Corrupt
        }
        Some(sqlx::Error::Encode(_) | sqlx::Error::InvalidArgument(_)) => {
            tracing::error!("a parameter could not be encoded");
            StorageError::Internal
        }
        Some(cause) => {
            tracing::warn!(%cause, "the database is not available");
            StorageError::Unavailable
        }
        None => classify_other(error),
    }
}

fn classify_other(error: &DbErr) -> StorageError {
    match error {
        DbErr::ConnectionAcquire(cause) => {
            tracing::warn!(%cause, "no connection to the database is free");
            StorageError::Unavailable
        }
        DbErr::Type(_) | DbErr::TryIntoErr { .. } | DbErr::Json(_) => {
            tracing::error!("a stored row cannot be read");
            StorageError::Corrupt
        }
        _ => {
            tracing::error!("the database layer refused");
            StorageError::Internal
        }
    }
}

fn classify_answer(cause: &dyn DatabaseError) -> StorageError {
    if let Some(unique) = duplicate(cause) {
        return StorageError::Duplicate(unique);
    }
    let verdict = match cause.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        Some(answer) => classify_postgres(answer.code()),
        None => classify_sqlite(cause),
    };
    match verdict {
        StorageError::Conflict => {}
        StorageError::Unavailable => {
            tracing::warn!(cause = %describe(cause), "the database is not available");
        }
        _ => tracing::error!(cause = %describe(cause), "the database refused"),
    }
    verdict
}

/// SQLSTATE, by class where the class says enough.
fn classify_postgres(code: &str) -> StorageError {
    match code {
        // Serialisation failure, deadlock, a parent that went away.
        "40001" | "40P01" | "23503" => StorageError::Conflict,
        // Lock timeout, statement timeout, idle in transaction, read only.
        "55P03" | "57014" | "25P03" | "25006" => StorageError::Unavailable,
        _ => match code.get(..2) {
            // Connection, resources, operator, system, authorisation.
            Some("08" | "53" | "57" | "58" | "28") => StorageError::Unavailable,
            _ => StorageError::Internal,
        },
    }
}

fn classify_sqlite(cause: &dyn DatabaseError) -> StorageError {
    /// `SQLITE_CONSTRAINT_FOREIGNKEY`: a parent that went away.
    const FOREIGN_KEY: u32 = 787;
    let code: u32 = cause.code().and_then(|code| code.parse().ok()).unwrap_or(0);
    match (code, code & 0xff) {
        (FOREIGN_KEY, _) => StorageError::Conflict,
        // Busy, locked, read only, I/O, full, cannot open.
        (_, 5 | 6 | 8 | 10 | 13 | 14) => StorageError::Unavailable,
        _ => StorageError::Internal,
    }
}

/// Which rule of uniqueness was broken: PostgreSQL names the index, SQLite the columns.
fn duplicate(cause: &dyn DatabaseError) -> Option<Unique> {
    if !cause.is_unique_violation() {
        return None;
    }
    let named = cause.constraint().unwrap_or_default();
    let known = [
        (Unique::CategoryName, "categories_name_unique", "categories.name_key"),
        (Unique::EntryPlace, "entries_place_unique", "entries.project_key"),
        (Unique::EnvProjectName, "env_projects_name_unique", "env_projects.name_key"),
        (Unique::EnvFileType, "env_files_type_unique", "env_files.file_type"),
        (Unique::Email, "users_email_unique", "users.email"),
    ];
    let is = |index: &str, column: &str| named == index || cause.message().contains(column);
    known.into_iter().find_map(|(unique, index, column)| is(index, column).then_some(unique))
}

/// Code, constraint, and the message where it cannot quote a row.
fn describe(cause: &dyn DatabaseError) -> String {
    let code = cause.code().unwrap_or_default().into_owned();
    let quotes = cause.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some()
        && matches!(code.get(..2), Some("22" | "23"));
    let message = if quotes { cause.constraint().unwrap_or_default() } else { cause.message() };
    format!("{code} {message}")
}

fn driver_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}
