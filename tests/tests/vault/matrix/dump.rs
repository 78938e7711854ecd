//! Everything in a database but what any request may leave behind.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, Statement};

use crate::vault::Place;

/// Of every request, refused ones too: events, wrong tries, times of last use.
const TABLES_ASIDE: [&str; 3] = ["audit_events", "throttle_buckets", "throttle_strikes"];
const COLUMNS_ASIDE: [&str; 2] = ["last_seen_at", "last_used_at"];

/// How one database is read as a whole.
pub(super) struct Dump(String);

impl Dump {
    pub(super) async fn new(place: &Place) -> Self {
        let sqlite = place.folder().is_some();
        let tables = if sqlite {
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        } else {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
        };
        let tables = texts(place, tables).await;
        assert!(tables.len() > 10 && TABLES_ASIDE.iter().all(|aside| tables.contains(*aside)));
        let mut selects = Vec::new();
        for table in tables.iter().filter(|table| !TABLES_ASIDE.contains(&table.as_str())) {
            let row = if sqlite { sqlite_row(place, table).await } else { postgres_row() };
            selects.push(format!("SELECT '{table}: ' || {row} FROM \"{table}\" t"));
        }
        Self(selects.join(" UNION ALL "))
    }

    /// Every row, named by its table.
    pub(super) async fn rows(&self, place: &Place) -> BTreeSet<String> {
        texts(place, &self.0).await
    }

    /// How many events tell of something that was done.
    pub(super) async fn done(&self, place: &Place) -> i64 {
        place.count("SELECT COUNT(*) FROM audit_events WHERE result = 'ok'").await
    }
}

async fn sqlite_row(place: &Place, table: &str) -> String {
    let columns = texts(place, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
    let columns = columns.iter().filter(|column| !COLUMNS_ASIDE.contains(&column.as_str()));
    columns.map(|column| format!("quote(\"{column}\")")).collect::<Vec<_>>().join(" || ',' || ")
}

fn postgres_row() -> String {
    COLUMNS_ASIDE.iter().fold("(to_jsonb(t)".to_owned(), |row, column| format!("{row} - '{column}'"))
        + ")::text"
}

async fn texts(place: &Place, query: &str) -> BTreeSet<String> {
    let statement = Statement::from_string(place.raw.get_database_backend(), query.to_owned());
    let rows = place.raw.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
