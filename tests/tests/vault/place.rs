//! A vault on a database of its own, with a second connection for whoever tampers with it.

use std::{path::PathBuf, sync::Arc, time::Duration};

use kagi_crypto::{Keyring, MasterKey, RingCipher, Sha256Digester, SystemEntropy, vault};
use kagi_domain::{
    Kagi, Policy, SignUp,
    ids::{IdSource, RequestId},
    ports::{Entropy, Planner},
};
use kagi_storage_sea::SeaStorage;
use kagi_tests::{FakeHasher, TestClock, samples::secret};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use tempfile::TempDir;

pub(crate) struct Place {
    pub(crate) kagi: Kagi,
    /// Somebody with write access to the database.
    pub(crate) raw: DatabaseConnection,
    storage: SeaStorage,
    address: String,
    key: String,
    hasher: Arc<FakeHasher>,
    folder: Option<TempDir>,
    /// The server's address and the database's name, to drop it in the end.
    server: Option<(String, String)>,
}

impl Place {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kagi.db");
        Self::at(format!("sqlite://{}", path.display()), Some(folder), None).await
    }

    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("KAGI_TEST_POSTGRES_URL").expect("KAGI_TEST_POSTGRES_URL names a server");
        let name = database_name();
        run(&Database::connect(&server).await.unwrap(), &format!("CREATE DATABASE {name}")).await;
        let (base, _) = server.rsplit_once('/').expect("the address names a database");
        let address = format!("{base}/{name}");
        Self::at(address, None, Some((server, name))).await
    }

    async fn at(address: String, folder: Option<TempDir>, server: Option<(String, String)>) -> Self {
        let key = MasterKey::generate_hex().expose().to_owned();
        let storage = connect(&address).await;
        let raw = Database::connect(&address).await.unwrap();
        let hasher = Arc::default();
        Self { kagi: kagi(&storage, &key, &hasher), raw, storage, address, key, hasher, folder, server }
    }

    /// Another server on the same database with the same key.
    pub(crate) async fn replica(&self) -> (Kagi, SeaStorage) {
        let storage = connect(&self.address).await;
        (kagi(&storage, &self.key, &self.hasher), storage)
    }

    /// A server whose time is the test's, where anybody may make an account and sessions last.
    pub(crate) fn clocked(&self, clock: &Arc<TestClock>) -> Kagi {
        let keyring = Keyring::from_hex(&secret(&self.key)).unwrap();
        let digester = Arc::new(Sha256Digester::new(&keyring));
        let (storage, cipher) = (Arc::new(self.storage.clone()), Arc::new(RingCipher::new(keyring)));
        let builder = Kagi::builder(storage, cipher, digester, clock.clone(), Arc::new(SystemEntropy));
        let (session_idle, session_max) = (Duration::from_hours(1000), Duration::from_hours(1000));
        let policy = Policy { sign_up: SignUp::Open, session_idle, session_max, ..Policy::default() };
        builder.with_passwords(self.hasher.clone()).with_policy(policy).build()
    }

    /// The key of the whole vault.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// A server that asks a model.
    pub(crate) fn asking(&self, planner: Arc<dyn Planner>) -> Kagi {
        let keyring = Keyring::from_hex(&secret(&self.key)).unwrap();
        let builder = vault(Arc::new(self.storage.clone()), keyring).with_passwords(self.hasher.clone());
        builder.with_planner(planner).build()
    }

    /// The folder of a SQLite database.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.path().to_owned())
    }

    /// Runs statements as somebody with write access.
    pub(crate) async fn tamper(&self, statements: &str) {
        run(&self.raw, statements).await;
    }

    /// How many statements a call costs.
    pub(crate) async fn cost<T>(&self, call: impl Future<Output = T>) -> u64 {
        let before = self.storage.statements();
        call.await;
        self.storage.statements() - before
    }

    /// One number.
    pub(crate) async fn count(&self, query: &str) -> i64 {
        let statement = Statement::from_string(self.raw.get_database_backend(), query.to_owned());
        self.raw.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    /// An id as a literal of this database.
    pub(crate) fn literal(&self, id: impl std::fmt::Display) -> String {
        if self.folder.is_some() {
            format!("x'{}'", id.to_string().replace('-', ""))
        } else {
            format!("'{id}'")
        }
    }

    pub(crate) async fn close(self) {
        self.storage.close().await;
        self.raw.close().await.unwrap();
        if let Some((server, name)) = self.server {
            run(&Database::connect(&server).await.unwrap(), &format!("DROP DATABASE {name} WITH (FORCE)"))
                .await;
        }
    }
}

async fn connect(address: &str) -> SeaStorage {
    SeaStorage::connect(&address.parse().unwrap()).await.unwrap()
}

fn kagi(storage: &SeaStorage, key: &str, hasher: &Arc<FakeHasher>) -> Kagi {
    let keyring = Keyring::from_hex(&secret(key)).unwrap();
    vault(Arc::new(storage.clone()), keyring).with_passwords(hasher.clone()).build()
}

fn database_name() -> String {
    let mut random = [0; 8];
    SystemEntropy.fill(&mut random);
    let id = RequestId::mint(&kagi_crypto::SystemClock, &IdSource::new(SystemEntropy));
    format!("kagi_test_{}_{:016x}", id.to_string().replace('-', ""), u64::from_be_bytes(random))
}

async fn run(connection: &DatabaseConnection, statements: &str) {
    connection.execute_unprepared(statements).await.unwrap();
}
