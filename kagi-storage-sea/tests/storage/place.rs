//! A database of its own for each test, and a look beneath the ports.

use std::{
    net::IpAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    task::{Context, Poll},
};

use async_trait::async_trait;
use kagi_domain::{
    access::{ActorKind, ActorStamp},
    audit::{Action, AuditEvent, AuditResult, Target, TargetKind},
    ids::{AuditEventId, RequestId, UserId},
    ports::Storage,
    time::Timestamp,
};
use kagi_storage_sea::{DatabaseUrl, SeaStorage};
use kagi_tests::contract::storage::Subject;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement};
use uuid::Uuid;

/// A database on disk or on the server.
pub(crate) struct Place {
    pub(crate) storage: SeaStorage,
    pub(crate) site: Site,
}

/// Where a database is, before anything is in it.
pub(crate) enum Site {
    Sqlite(tempfile::TempDir),
    Postgres { server: String, name: String },
}

impl Site {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    pub(crate) async fn postgres() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("KAGI_TEST_POSTGRES_URL").expect("KAGI_TEST_POSTGRES_URL is set");
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("kagi_test_{}_{number}", std::process::id());
        run(&server, &format!("CREATE DATABASE {name}")).await;
        Self::Postgres { server, name }
    }

    /// The address as text.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", folder.path().join("kagi.db").display()),
            Self::Postgres { server, name } => {
                let (base, _) = server.rsplit_once('/').expect("the address names a database");
                format!("{base}/{name}")
            }
        }
    }

    pub(crate) fn url(&self) -> DatabaseUrl {
        self.address().parse().unwrap()
    }

    /// A connection beneath the ports.
    pub(crate) async fn connection(&self) -> DatabaseConnection {
        let mode = if matches!(self, Self::Sqlite(_)) { "?mode=rwc" } else { "" };
        Database::connect(format!("{}{mode}", self.address())).await.unwrap()
    }

    pub(crate) async fn remove(&self) {
        if let Self::Postgres { server, name } = self {
            run(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn run(server: &str, sql: &str) {
    let connection = Database::connect(server).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

impl Place {
    pub(crate) async fn sqlite() -> Self {
        Self::at(Site::sqlite()).await
    }

    pub(crate) async fn postgres() -> Self {
        Self::at(Site::postgres().await).await
    }

    async fn at(site: Site) -> Self {
        Self { storage: SeaStorage::connect(&site.url()).await.unwrap(), site }
    }
}

#[async_trait]
impl Subject for Place {
    fn storage(&self) -> Arc<dyn Storage> {
        Arc::new(self.storage.clone())
    }

    async fn trail(&self) -> Vec<AuditEvent> {
        let connection = self.site.connection().await;
        let events = trail(&connection).await;
        connection.close().await.unwrap();
        events
    }

    async fn finish(&self) {
        self.storage.close().await;
        self.site.remove().await;
    }
}

/// Makes each case a test on SQLite and one on PostgreSQL.
macro_rules! on_both {
    ($($case:ident)+) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                super::$case($crate::place::Place::sqlite().await.into()).await;
            })+
        }
        mod postgres {
            use kagi_tests::contract::storage::Subject;
            $(#[tokio::test(flavor = "multi_thread")]
            #[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
            async fn $case() {
                let place = std::sync::Arc::new($crate::place::Place::postgres().await);
                super::$case(place.clone()).await;
                place.finish().await;
            })+
        }
    };
}
pub(crate) use on_both;

/// Every event, by id.
pub(crate) async fn trail(connection: &DatabaseConnection) -> Vec<AuditEvent> {
    let rows = rows(connection, "SELECT * FROM audit_events ORDER BY id").await;
    rows.iter().map(event).collect()
}

pub(crate) async fn rows(connection: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    let backend = match connection.get_database_backend() {
        DbBackend::Postgres => DbBackend::Postgres,
        _ => DbBackend::Sqlite,
    };
    connection.query_all_raw(Statement::from_string(backend, sql)).await.unwrap()
}

fn event(row: &QueryResult) -> AuditEvent {
    let text = |column: &str| row.try_get::<Option<String>>("", column).unwrap();
    let id = |column: &str| row.try_get::<Option<Uuid>>("", column).unwrap();
    let kind = |kind: String| TargetKind::from_stored(&kind).unwrap();
    AuditEvent {
        id: AuditEventId::from_uuid(id("id").unwrap()),
        owner: id("user_id").map(UserId::from_uuid),
        action: Action::from_stored(&text("action").unwrap()).unwrap(),
        result: AuditResult::from_stored(&text("result").unwrap()).unwrap(),
        actor: ActorStamp {
            kind: ActorKind::from_stored(&text("actor_kind").unwrap()).unwrap(),
            id: id("actor_id"),
            name: text("actor_name").unwrap(),
        },
        target: text("target_type").map(|text_kind| Target::new(kind(text_kind), text("target_id").unwrap())),
        ip: text("ip").map(|ip| ip.parse::<IpAddr>().unwrap()),
        request_id: RequestId::from_uuid(id("request_id").unwrap()),
        created_at: Timestamp::from_millis(row.try_get("", "created_at").unwrap()),
    }
}

/// Polls a future this often at most and drops it.
pub(crate) async fn polled<T>(work: impl Future<Output = T>, polls: usize) -> Option<T> {
    let mut work = pin!(work);
    let mut left = polls;
    std::future::poll_fn(move |context: &mut Context<'_>| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}
