//! Many events in few statements.

use std::sync::LazyLock;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};

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

/// A text for each number of rows, from one.
type Texts = LazyLock<Vec<String>>;

static POSTGRES: Texts = LazyLock::new(|| texts(|number| format!("${number}")));
/// Without numbers: SQLite takes numbered parameters for named ones, and its driver looks up the name
/// of each, which takes the longer the more there are.
static SQLITE: Texts = LazyLock::new(|| texts(|_| "?".to_owned()));

/// Inserts the rows, [`MOST`] at a time. All or nothing only within a transaction, or when they
/// fit one statement.
pub(crate) async fn insert(connection: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), DbErr> {
    let mut rest = rows.into_iter();
    while rest.len() > 0 {
        let count = rest.len().min(MOST);
        let backend = connection.get_database_backend();
        let texts = if backend == DbBackend::Postgres { &POSTGRES } else { &SQLITE };
        let sql = texts.get(count - 1).map_or("", String::as_str);
        let values = rest.by_ref().take(count).flat_map(values);
        connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

fn texts(mark: impl Fn(usize) -> String) -> Vec<String> {
    let begin = format!("INSERT INTO audit_events ({}) VALUES ", COLUMNS.join(", "));
    let row = |row: usize| {
        let first = row * COLUMNS.len() + 1;
        let marks: Vec<_> = (first..first + COLUMNS.len()).map(&mark).collect();
        format!("({})", marks.join(", "))
    };
    (1..=MOST).map(|rows| begin.clone() + &(0..rows).map(row).collect::<Vec<_>>().join(", ")).collect()
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
