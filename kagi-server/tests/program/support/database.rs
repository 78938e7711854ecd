//! Databases of a test's own.

use std::{
    collections::BTreeMap,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use tempfile::TempDir;

use super::{EMAIL, KEY, PASSWORD, command, finish_with_input};

/// Which database a case runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// An empty database, and a folder to work in.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) folder: TempDir,
    pub(crate) url: String,
    kind: Kind,
    /// The server's address and the database's name, to drop it in the end.
    server: Option<(String, String)>,
}

impl Database {
    pub(crate) async fn new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        match kind {
            Kind::Sqlite => {
                let url = format!("sqlite://{}/kagi.db", folder.path().display());
                Self { folder, url, kind, server: None }
            }
            Kind::Postgres => {
                let server = std::env::var("KAGI_TEST_POSTGRES_URL").expect("KAGI_TEST_POSTGRES_URL is set");
                let name = fresh_name();
                let admin = sea_orm::Database::connect(&server).await.unwrap();
                admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
                let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
                Self { folder, url, kind, server: Some((server, name)) }
            }
        }
    }

    /// The program on this database with a sound key.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(self.folder.path(), arguments);
        command.env("DATABASE_URL", &self.url).env("KAGI_ENCRYPTION_KEY", KEY);
        command
    }

    /// Makes the account of [`EMAIL`] and [`PASSWORD`].
    pub(crate) fn add_user(&self) {
        finish_with_input(&mut self.command(&["user", "add", EMAIL, "--password-stdin"]), PASSWORD).success();
    }

    /// A connection beside the server's.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        sea_orm::Database::connect(&self.url).await.unwrap()
    }

    /// Changes the database as somebody with write access.
    pub(crate) async fn tamper(&self, statement: &str) {
        self.connect().await.execute_unprepared(statement).await.unwrap();
    }

    /// A text column of every row that a query finds.
    pub(crate) async fn texts(&self, query: &str) -> Vec<String> {
        texts(&self.connect().await, query).await
    }

    /// A column of bytes of every row that a query finds.
    pub(crate) async fn bytes(&self, query: &str) -> Vec<Vec<u8>> {
        let connection = self.connect().await;
        let statement = Statement::from_string(connection.get_database_backend(), query);
        let rows = connection.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// Everything in it, by table.
    pub(crate) async fn dump(&self) -> BTreeMap<String, Vec<String>> {
        let connection = self.connect().await;
        let tables = match self.kind {
            Kind::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
            Kind::Postgres => "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
        };
        let mut dump = BTreeMap::new();
        for table in texts(&connection, tables).await {
            let query = match self.kind {
                Kind::Sqlite => {
                    let columns =
                        format!("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}')");
                    let row = texts(&connection, &columns).await.join(" || ',' || ");
                    format!("SELECT {row} FROM \"{table}\" ORDER BY 1")
                }
                Kind::Postgres => format!("SELECT t::text FROM \"{table}\" t ORDER BY 1"),
            };
            dump.insert(table, texts(&connection, &query).await);
        }
        dump
    }

    pub(crate) async fn close(self) {
        if let Some((server, name)) = self.server {
            let admin = sea_orm::Database::connect(&server).await.unwrap();
            admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
    }
}

async fn texts(connection: &DatabaseConnection, query: &str) -> Vec<String> {
    let statement = Statement::from_string(connection.get_database_backend(), query);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("kagi_server_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
