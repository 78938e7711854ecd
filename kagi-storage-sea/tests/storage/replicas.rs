//! Replicas that start together (BAR.md D3): on an empty database, and on the one of the previous release.

use futures_util::future::join_all;
use kagi_storage_sea::SeaStorage;
use sea_orm::ConnectionTrait;

use crate::{
    migrations::{migrations, steps},
    place::{Site, rows},
};

/// The newest migration, and what there is not without it.
const NEWEST: &str = "m20261126_000010_identities";
const NOT_BEFORE_IT: &str = "DROP TABLE identities";

/// Rows in each table that hangs on another. `{n}` is an id of its own, for each of two people.
const ROWS: &[&str] = &[
    "INSERT INTO users (id, email, name, password_hash, created_at, revision)
        VALUES ({1}, 'ada{n}@example.com', 'Ada {n}', 'hash {n}', 1, 2)",
    "INSERT INTO categories (id, user_id, name, name_key, key_type, env_var_name, field_definitions, search_text,
            entry_search_text, entry_count, revision, created_at, updated_at)
        VALUES ({2}, {1}, 'OpenAI', 'openai', 'simple', 'OPENAI_API_KEY', '[]', 'openai', 'blog', 1, 1, 3, 4)",
    "INSERT INTO entries (id, user_id, category_id, project_name, project_key, environment, filled, version, revision,
            search_text, created_at, updated_at)
        VALUES ({3}, {1}, {2}, 'Blog', 'blog', 'production', '[]', 1, 1, 'blog', 5, 6)",
    "INSERT INTO entry_versions (entry_id, number, key_id, cell, actor_kind, actor_name, created_at)
        VALUES ({3}, 1, 'key', 'sealed value {n}', 'session', 'Ada', 7)",
    "INSERT INTO env_projects (id, user_id, name, name_key, search_text, revision, created_at, updated_at)
        VALUES ({4}, {1}, 'Blog', 'blog', 'blog', 1, 8, 9)",
    "INSERT INTO env_files (id, project_id, file_type, size, version, created_at, updated_at)
        VALUES ({5}, {4}, 'env', 10, 1, 11, 12)",
    "INSERT INTO env_file_versions (file_id, number, key_id, actor_kind, actor_name, created_at, cell)
        VALUES ({5}, 1, 'key', 'session', 'Ada', 13, 'sealed file {n}')",
    "INSERT INTO audit_events (id, user_id, action, result, actor_kind, actor_name, request_id, created_at)
        VALUES ({6}, {1}, 'entry.create', 'ok', 'session', 'Ada {n}', {7}, 14)",
];

/// What they hold, a line each, and that they hang together.
const HELD: &str = "
    SELECT u.email || '|' || u.name || '|' || u.password_hash || '|' || u.created_at || '|' || u.revision || '|' ||
        c.name || '|' || c.env_var_name || '|' || c.entry_count || '|' || c.updated_at || '|' ||
        e.project_name || '|' || e.environment || '|' || e.version || '|' || e.updated_at || '|' ||
        v.number || '|' || v.cell || '|' || p.name || '|' || p.updated_at || '|' ||
        f.file_type || '|' || f.size || '|' || w.number || '|' || w.cell || '|' ||
        a.action || '|' || a.actor_name || '|' || a.created_at AS line
    FROM users u
    JOIN categories c ON c.user_id = u.id
    JOIN entries e ON e.category_id = c.id AND e.user_id = u.id
    JOIN entry_versions v ON v.entry_id = e.id
    JOIN env_projects p ON p.user_id = u.id
    JOIN env_files f ON f.project_id = p.id
    JOIN env_file_versions w ON w.file_id = f.id
    JOIN audit_events a ON a.user_id = u.id
    ORDER BY line";

/// The whole count with `KAGI_TEST_FULL=1`, a tenth of it otherwise.
fn counted(full: usize) -> usize {
    if std::env::var_os("KAGI_TEST_FULL").is_some_and(|full| full == "1") { full } else { full / 10 }
}

/// Five replicas that start at once all come up, and one schema is there.
async fn start_together(site: &Site) {
    let url = site.url();
    let starts = (0..5).map(|_| {
        tokio::spawn({
            let url = url.clone();
            async move { SeaStorage::connect(&url).await }
        })
    });
    for started in join_all(starts).await {
        started.unwrap().unwrap().close().await;
    }
    assert_eq!(migrations(site).await, steps().await);
    assert_eq!(SeaStorage::migrate(&url).await, Ok(0));
}

fn spelled(site: &Site, statement: &str, n: u8) -> String {
    let id = |of: u8| match site {
        Site::Sqlite(_) => format!("x'{n:016x}{of:016x}'"),
        Site::Postgres { .. } => format!("'{n:016x}{of:016x}'"),
    };
    let with_ids = (1..=7).fold(statement.to_owned(), |text, of| text.replace(&format!("{{{of}}}"), &id(of)));
    with_ids.replace("{n}", &n.to_string())
}

async fn held(site: &Site) -> Vec<String> {
    let connection = site.connection().await;
    let held = rows(&connection, HELD).await;
    connection.close().await.unwrap();
    held.iter().map(|row| row.try_get("", "line").unwrap()).collect()
}

/// Makes the database of the previous release, with rows in it; gives what they hold.
async fn previous(site: &Site) -> Vec<String> {
    let all = SeaStorage::migrate(&site.url()).await.unwrap();
    let connection = site.connection().await;
    let newest = rows(&connection, "SELECT max(name) AS name FROM kagi_migrations").await;
    let newest: String = newest[0].try_get("", "name").unwrap();
    assert_eq!(newest, NEWEST, "there is a newer migration, which this has to take back");
    connection.execute_unprepared(NOT_BEFORE_IT).await.unwrap();
    let unmark = format!("DELETE FROM kagi_migrations WHERE name = '{NEWEST}'");
    connection.execute_unprepared(&unmark).await.unwrap();
    for n in 1..=2 {
        for statement in ROWS {
            connection.execute_unprepared(&spelled(site, statement, n)).await.unwrap();
        }
    }
    connection.close().await.unwrap();
    assert_eq!(migrations(site).await, all - 1);
    held(site).await
}

async fn together_on_empty_databases(fresh: impl AsyncFn() -> Site) {
    for _ in 0..counted(50) {
        let site = fresh().await;
        start_together(&site).await;
        site.remove().await;
    }
}

async fn together_on_the_previous_release(fresh: impl AsyncFn() -> Site) {
    for _ in 0..counted(50) {
        let site = fresh().await;
        let before = previous(&site).await;
        assert_eq!(before.len(), 2);
        start_together(&site).await;
        assert_eq!(held(&site).await, before, "every row is still there, as it was");
        let connection = site.connection().await;
        assert!(rows(&connection, "SELECT * FROM identities").await.is_empty());
        connection.close().await.unwrap();
        site.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_replicas_start_together() {
    together_on_empty_databases(async || Site::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_replicas_migrate_the_previous_release() {
    together_on_the_previous_release(async || Site::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn postgres_replicas_start_together() {
    together_on_empty_databases(Site::postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn postgres_replicas_migrate_the_previous_release() {
    together_on_the_previous_release(Site::postgres).await;
}
