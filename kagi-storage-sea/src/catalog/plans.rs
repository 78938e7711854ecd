//! The indexes that SQLite takes, without statistics as in a database that is new.

use kagi_domain::{
    access::{Owner, ProjectLimit},
    audit::{Action, AuditFilter},
    ids::{CategoryId, EntryId, UserId},
    paging::{Cursor, PageLimit, PageRequest},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Statement};
use uuid::Uuid;

use super::{cells::cells, events::events, overview::totals, walks::entries};
use crate::{connect::DatabaseUrl, storage::SeaStorage};

/// The steps of a statement's plan.
async fn plan(storage: &SeaStorage, statement: Statement) -> String {
    let sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
    let values = statement.values.into_iter().flat_map(|values| values.0);
    let question = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
    let rows = storage.pools.read.query_all_raw(question).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap() + "\n").collect()
}

#[tokio::test]
async fn each_list_walks_its_index() {
    let folder = tempfile::tempdir().unwrap();
    let storage = SeaStorage::connect(&DatabaseUrl::sqlite(folder.path().join("kagi.db"))).await.unwrap();
    let owner = Owner::for_tests(UserId::from_uuid(Uuid::from_u128(1)), ProjectLimit::All);
    let id = Uuid::from_u128(2);
    let page = PageRequest { after: Some(Cursor::Id(id)), ..PageRequest::default() };
    let time = Some(Timestamp::from_millis(5));
    let list = |action| events(&owner, &AuditFilter { action, since: time, until: time }, &page);
    let after = Some((CategoryId::from_uuid(id), EntryId::from_uuid(id)));
    let count = |projects| {
        let sql = totals(projects);
        Statement::from_sql_and_values(DbBackend::Sqlite, sql, [id.into(), "alpha".into()])
    };
    let search = |index: &str, terms: &str| format!("INDEX {index} ({terms})");
    for (statement, expected) in [
        (list(None).build(DbBackend::Sqlite), search("audit_events_by_user", "user_id=? AND id>? AND id<?")),
        (
            list(Some(Action::EntryReveal)).build(DbBackend::Sqlite),
            search("audit_events_by_user", "user_id=? AND id>? AND id<?"),
        ),
        (
            list(Some(Action::CategoryDelete)).build(DbBackend::Sqlite),
            search("audit_events_by_action", "user_id=? AND action=? AND id>? AND id<?"),
        ),
        (
            entries(&owner, after, PageLimit::default()).build(DbBackend::Sqlite),
            search("entries_by_category_of_user", "user_id=? AND (category_id,id)>(?,?)"),
        ),
        (
            count(None),
            "COVERING ".to_owned() + &search("entries_by_environment", "user_id=? AND environment=?"),
        ),
        (count(Some(1)), search("entries_by_project", "user_id=? AND project_key=?")),
    ] {
        let plan = plan(&storage, statement).await;
        assert!(plan.contains(&expected), "{expected} is not in\n{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
    storage.close().await;
}

/// Groups need a place to be counted in; but nobody else's rows are met.
#[tokio::test]
async fn counting_cells_keeps_to_the_owner() {
    let folder = tempfile::tempdir().unwrap();
    let storage = SeaStorage::connect(&DatabaseUrl::sqlite(folder.path().join("kagi.db"))).await.unwrap();
    for (projects, index) in [(None, "user_id=?"), (Some(1), "user_id=? AND project_key=?")] {
        let values = [Uuid::from_u128(1).into(), "alpha".into()];
        let count = Statement::from_sql_and_values(DbBackend::Sqlite, cells(projects), values);
        let plan = plan(&storage, count).await;
        for step in ["SEARCH e", index, "SEARCH v", "entry_id=?", "SEARCH s", "SEARCH c", "set_id=?"] {
            assert!(plan.contains(step), "{step} is not in\n{plan}");
        }
        assert!(!plan.contains("SCAN"), "{plan}");
    }
    storage.close().await;
}

/// `.cargo/config.toml` has the reasons.
#[tokio::test]
async fn sqlite_is_built_as_decided() {
    let folder = tempfile::tempdir().unwrap();
    let storage = SeaStorage::connect(&DatabaseUrl::sqlite(folder.path().join("kagi.db"))).await.unwrap();
    let question = Statement::from_string(DbBackend::Sqlite, "PRAGMA compile_options");
    let rows = storage.pools.read.query_all_raw(question).await.unwrap();
    let options: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    let has = |option: &str| options.iter().any(|own| own == option);
    assert!(
        has("ENABLE_QPSG") && has("DEFAULT_MEMSTATUS=0") && !has("ENABLE_MEMORY_MANAGEMENT"),
        "{options:?}"
    );
    storage.close().await;
}
