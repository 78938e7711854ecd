//! A database for one test.

use kagi_crypto::SystemEntropy;
use kagi_domain::ports::Entropy;
use sea_orm::{ConnectionTrait, Database as Connection};
use tempfile::TempDir;

pub(crate) struct Database {
    pub(crate) address: String,
    _folder: Option<TempDir>,
    /// The server's address and the database's name, to drop it in the end.
    server: Option<(String, String)>,
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}", folder.path().join("kagi.db").display());
        Self { address, _folder: Some(folder), server: None }
    }

    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("KAGI_TEST_POSTGRES_URL").expect("KAGI_TEST_POSTGRES_URL names a server");
        let mut random = [0; 16];
        SystemEntropy.fill(&mut random);
        let name = format!("kagi_test_{:032x}", u128::from_be_bytes(random));
        run(&server, &format!("CREATE DATABASE {name}")).await;
        let (base, _) = server.rsplit_once('/').expect("the address names a database");
        Self { address: format!("{base}/{name}"), _folder: None, server: Some((server, name)) }
    }

    pub(crate) async fn drop(self) {
        if let Some((server, name)) = self.server {
            run(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn run(server: &str, statement: &str) {
    Connection::connect(server).await.unwrap().execute_unprepared(statement).await.unwrap();
}
