//! Opening databases: half migrated, newer, foreign, unreachable.

use kagi_storage_sea::{ConnectError, DatabaseUrl, SeaStorage};
use sea_orm::ConnectionTrait;

use crate::place::{Site, polled, rows};

/// A start that ends at any point leaves a database that the next start completes.
async fn a_start_resumes(fresh: impl AsyncFn() -> Site) {
    for polls in (1..).step_by(3) {
        let site = fresh().await;
        let finished = polled(SeaStorage::connect(&site.url()), polls).await;
        if let Some(storage) = &finished {
            storage.as_ref().unwrap().close().await;
        }
        SeaStorage::connect(&site.url()).await.unwrap().close().await;
        assert_eq!(migrations(&site).await, steps().await, "after {polls} polls");
        site.remove().await;
        if finished.is_some() {
            return;
        }
    }
}

/// A database that a newer Kagi migrated is refused and left as it is.
async fn a_newer_database_is_refused(site: &Site) {
    SeaStorage::migrate(&site.url()).await.unwrap();
    let connection = site.connection().await;
    let newer = "INSERT INTO kagi_migrations (name) VALUES ('m29991231_000001_later')";
    connection.execute_unprepared(newer).await.unwrap();
    assert_eq!(SeaStorage::connect(&site.url()).await.unwrap_err(), ConnectError::Newer);
    assert_eq!(SeaStorage::migrate(&site.url()).await, Err(ConnectError::Newer));
    assert_eq!(migrations(site).await, steps().await + 1);
}

/// A database that holds tables, but none of Kagi's, is refused and left as it is.
async fn a_foreign_database_is_refused(site: &Site) {
    let connection = site.connection().await;
    connection.execute_unprepared("CREATE TABLE invoices (id INTEGER)").await.unwrap();
    connection.close().await.unwrap();
    assert_eq!(SeaStorage::connect(&site.url()).await.unwrap_err(), ConnectError::Foreign);
    let connection = site.connection().await;
    assert!(connection.execute_unprepared("SELECT * FROM kagi_migrations").await.is_err());
}

/// How many migrations there are.
pub(crate) async fn steps() -> usize {
    SeaStorage::migrate(&Site::sqlite().url()).await.unwrap()
}

pub(crate) async fn migrations(site: &Site) -> usize {
    let connection = site.connection().await;
    let count = rows(&connection, "SELECT name FROM kagi_migrations").await.len();
    connection.close().await.unwrap();
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_start_resumes() {
    a_start_resumes(async || Site::sqlite()).await;
}

#[tokio::test]
async fn sqlite_refuses_a_newer_database() {
    a_newer_database_is_refused(&Site::sqlite()).await;
}

#[tokio::test]
async fn sqlite_refuses_a_foreign_database() {
    a_foreign_database_is_refused(&Site::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn postgres_start_resumes() {
    a_start_resumes(Site::postgres).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn postgres_refuses_newer_and_foreign_databases() {
    let site = Site::postgres().await;
    a_newer_database_is_refused(&site).await;
    site.remove().await;
    let site = Site::postgres().await;
    a_foreign_database_is_refused(&site).await;
    site.remove().await;
}

/// Nobody answers at the address; the sentence shows nothing of it.
#[tokio::test]
async fn an_unreachable_server_is_a_sentence() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url: DatabaseUrl = format!("postgres://ada:hunter2@{free}/kagi").parse().unwrap();
    let error = SeaStorage::connect(&url).await.unwrap_err();
    assert_eq!(error, ConnectError::Unreachable);
    let shown = format!("{error} {error:?} {url:?}");
    for part in ["ada", "hunter2", "127.0.0.1", &free.port().to_string()] {
        assert!(!shown.contains(part), "{shown}");
    }
}

/// What is no database, and a folder that cannot be made, are a sentence.
#[tokio::test]
async fn a_file_that_is_no_database_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "not a database, but a long text that fills the header of one".repeat(20)).unwrap();
    let error = SeaStorage::connect(&DatabaseUrl::sqlite(&file)).await.unwrap_err();
    assert_eq!(error, ConnectError::File);
    let error = SeaStorage::connect(&DatabaseUrl::sqlite(file.join("kagi.db"))).await.unwrap_err();
    assert_eq!(error, ConnectError::File);
}

/// The folder and every file of the database are for their owner only.
#[cfg(unix)]
#[tokio::test]
async fn files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("a/kagi-data");
    let storage = SeaStorage::connect(&DatabaseUrl::sqlite(folder.join("kagi.db"))).await.unwrap();
    assert_eq!((mode(&home.path().join("a")), mode(&folder)), (0o700, 0o700));
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() >= 3, "the log and its index are there: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    storage.close().await;
}
