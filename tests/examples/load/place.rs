//! A database of its own, and the server on it.

use std::{path::PathBuf, process::Command};

use kagi_crypto::{Keyring, MasterKey};
use kagi_domain::secret::SecretText;
use kagi_storage_sea::SeaStorage;
use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;
use tokio::time::Instant;

use crate::process::{Process, Server};

/// Where a vault is.
pub struct Place {
    /// `sqlite` or `postgres`.
    pub name: String,
    url: String,
    key: SecretText,
    _folder: TempDir,
    /// The server's address, to drop the database in the end.
    server: Option<String>,
}

const DATABASE: &str = "kagi_load";

impl Place {
    /// An empty database.
    pub async fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let (url, server) = match name {
            "sqlite" => (format!("sqlite://{}/kagi.db", folder.path().display()), None),
            "postgres" => {
                let server = std::env::var("KAGI_TEST_POSTGRES_URL");
                let server = server.expect("KAGI_TEST_POSTGRES_URL names a server; tests/load starts one");
                run(&server, &format!("DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")).await;
                run(&server, &format!("CREATE DATABASE {DATABASE}")).await;
                let (base, _) = server.rsplit_once('/').expect("the address names a database");
                (format!("{base}/{DATABASE}"), Some(server.clone()))
            }
            other => panic!("there is no database {other}; there are sqlite and postgres"),
        };
        Self { name: name.to_owned(), url, key: MasterKey::generate_hex(), _folder: folder, server }
    }

    /// The database, opened in this process.
    pub async fn storage(&self) -> SeaStorage {
        let url = self.url.parse().expect("the address is valid");
        SeaStorage::connect(&url).await.expect("the database opens")
    }

    /// The keys of the vault.
    pub fn keyring(&self) -> Keyring {
        Keyring::from_hex(&self.key).expect("the key is valid")
    }

    /// Brings the planner's statistics up to date, as a database that has been running for a while has them.
    pub async fn analyze(&self) {
        run(&self.url, "ANALYZE").await;
    }

    /// Starts the server.
    pub async fn start(&self) -> Server {
        let mut command = Command::new(program());
        // EXPOSE: the server reads its key from the environment.
        command.env_clear().env("DATABASE_URL", &self.url).env("KAGI_ENCRYPTION_KEY", self.key.expose());
        command.env("KAGI_LISTEN", "127.0.0.1:0").env("KAGI_LOG", "warn").arg("serve");
        let started = tokio::task::spawn_blocking(move || Server::ready(Process::start(&mut command)));
        started.await.expect("the server gets ready")
    }

    /// How long it takes from exec to listening, in milliseconds, several times.
    pub async fn time_to_ready(&self, times: usize) -> Vec<f64> {
        let mut all = Vec::new();
        for _ in 0..times {
            let start = Instant::now();
            let server = self.start().await;
            all.push(start.elapsed().as_secs_f64() * 1000.0);
            drop(server);
        }
        all.sort_by(f64::total_cmp);
        all
    }

    /// Removes the database.
    pub async fn remove(self) {
        if let Some(server) = &self.server {
            run(server, &format!("DROP DATABASE {DATABASE} WITH (FORCE)")).await;
        }
    }
}

async fn run(url: &str, statement: &str) {
    let connection = Database::connect(url).await.expect("the database answers");
    connection.execute_unprepared(statement).await.expect("the statement is fine");
    connection.close().await.expect("the connection closes");
}

/// The server's release binary, which `tests/load` builds beside this program.
pub fn program() -> PathBuf {
    let own = std::env::current_exe().expect("this program has a path");
    let folder =
        own.parent().and_then(|examples| examples.parent()).expect("examples run from target/…/examples");
    let program = folder.join("kagi-server");
    assert!(program.exists(), "build it first: cargo build --release -p kagi-server");
    program
}
