//! The indexes that SQLite takes, without statistics as in a database that is new.

use kagi_domain::{
    access::{Owner, ProjectLimit},
    audit::{Action, AuditFilter},
    ids::{CategoryId, EntryId, EnvFileId, EnvProjectId, UserId},
    model::env_project::EnvFilePlace,
    paging::{Cursor, PageLimit, PageRequest},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Statement};
use uuid::Uuid;

use super::{
    cells::cells,
    env_projects,
    events::events,
    overview::totals,
    versions::{entry_ids, env_file_ids, versions},
    walks::entries,
};
use crate::{
    connect::DatabaseUrl,
    history::{OF_ENTRIES, OF_ENV_FILES},
    storage::SeaStorage,
};

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

/// Projects walk their owner's index, files are met by their project's, versions by what they are of; nothing
/// of anybody else is met, and nothing is sorted but the hundred versions of an entry, whose index is not
/// known to give a single row.
#[tokio::test]
async fn env_projects_and_histories_walk_their_indexes() {
    let folder = tempfile::tempdir().unwrap();
    let storage = SeaStorage::connect(&DatabaseUrl::sqlite(folder.path().join("kagi.db"))).await.unwrap();
    let owner = Owner::for_tests(UserId::from_uuid(Uuid::from_u128(1)), ProjectLimit::All);
    let id = Uuid::from_u128(2);
    let page = PageRequest { after: Some(Cursor::Id(id)), ..PageRequest::default() };
    let older = PageRequest { after: Some(Cursor::Number(7)), ..PageRequest::default() };
    let place = EnvFilePlace { project: EnvProjectId::from_uuid(id), file: EnvFileId::from_uuid(id) };
    let history = |history, of| DbBackend::Sqlite.build(&versions(history, of, &older));
    for (statement, expected) in [
        (
            env_projects::projects(&owner, &page).build(DbBackend::Sqlite),
            &["INDEX env_projects_by_user (user_id=? AND id<?)"][..],
        ),
        (
            env_projects::files([id, id].into_iter()).build(DbBackend::Sqlite),
            &["INDEX env_files_type_unique (project_id=?)"],
        ),
        (
            history(OF_ENV_FILES, env_file_ids(&owner, place)),
            &[
                "SEARCH env_files USING",
                "SEARCH env_projects USING",
                "SEARCH v USING",
                "(file_id=? AND number<?)",
            ],
        ),
        (
            history(OF_ENTRIES, entry_ids(&owner, EntryId::from_uuid(id))),
            &["SEARCH entries USING", "SEARCH v USING", "(entry_id=? AND number<?)"],
        ),
    ] {
        let plan = plan(&storage, statement).await;
        for step in expected {
            assert!(plan.contains(step), "{step} is not in\n{plan}");
        }
        let sorted = plan.contains("TEMP B-TREE") && !plan.contains("entry_id=?");
        assert!(!plan.contains("SCAN") && !sorted, "{plan}");
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
        let codes = ["SEARCH s", "SEARCH c", "set_id=?"];
        let files = ["SEARCH p", "SEARCH f", "project_id=?", "SEARCH h", "file_id=?"];
        for step in ["SEARCH e", index, "SEARCH v", "entry_id=?"].into_iter().chain(codes).chain(files) {
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
