//! Many events in few statements.

use std::{fmt::Write, sync::LazyLock};

use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

use crate::row::audit_event::Model;

/// Rows of the largest statement. Each size is a text of its own, which the driver keeps prepared.
pub(super) const MOST: usize = 32;

const COLUMNS: [&str; 12] = [
    "id",
    "user_id",
    "action",
    "result",
    "actor_kind",
    "actor_id",
    "actor_name",
    "target_type",
    "target_id",
    "ip",
    "request_id",
    "created_at",
];

/// The statement for each number of rows, from one.
static STATEMENTS: LazyLock<Vec<String>> = LazyLock::new(|| (1..=MOST).map(statement).collect());

/// Inserts the rows, [`MOST`] at a time. All or nothing only within a transaction, or when they
/// fit one statement.
pub(crate) async fn insert(connection: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), DbErr> {
    let mut rest = rows.into_iter();
    while rest.len() > 0 {
        let count = rest.len().min(MOST);
        let sql = STATEMENTS.get(count - 1).map_or("", String::as_str);
        let values = rest.by_ref().take(count).flat_map(values);
        let backend = connection.get_database_backend();
        connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

fn statement(rows: usize) -> String {
    let mut sql = format!("INSERT INTO audit_events ({}) VALUES ", COLUMNS.join(", "));
    for row in 0..rows {
        let first = row * COLUMNS.len() + 1;
        let marks: Vec<_> = (first..first + COLUMNS.len()).map(|number| format!("${number}")).collect();
        let comma = if row == 0 { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(sql, "{comma}({})", marks.join(", "));
    }
    sql
}

fn values(row: Model) -> [Value; 12] {
    [
        row.id.into(),
        row.user_id.into(),
        row.action.into(),
        row.result.into(),
        row.actor_kind.into(),
        row.actor_id.into(),
        row.actor_name.into(),
        row.target_type.into(),
        row.target_id.into(),
        row.ip.into(),
        row.request_id.into(),
        row.created_at.into(),
    ]
}
