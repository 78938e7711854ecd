//! The storage suite: each sentence of the storage ports' documentation, as a case.
//!
//! An adapter's tests name an async function in scope that gives an empty database as a [`Subject`]:
//!
//! ```text
//! async fn fresh() -> SqliteSubject { … }
//!
//! kagi_tests::storage_contract!(fresh);
//! // or, for a database that is not always there:
//! kagi_tests::storage_contract!(fresh, #[ignore = "needs PostgreSQL"]);
//! ```
//!
//! That makes one test per case, in modules named after the parts of the port. A case never opens
//! a second unit, nor reads beside an open one, within one task.

mod bench;
#[macro_use]
mod cases;

pub mod account;
pub mod auditing;
pub mod categories;
pub mod credentials;
pub mod disclosing;
pub mod entries;
pub mod env_files;
pub mod env_lists;
pub mod env_projects;
pub mod env_versions;
pub mod installing;
pub mod leaving;
pub mod listing;
pub mod overview;
pub mod projects;
pub mod purging;
pub mod racing;
pub mod recovery_codes;
pub mod recovery_lists;
pub mod recovery_sets;
pub mod sealing;
pub mod searching;
pub mod sharing;
pub mod tenants;
pub mod throttling;
pub mod transactions;
pub mod versions;
pub mod walking;

use std::{panic::resume_unwind, sync::Arc, time::Duration};

use async_trait::async_trait;
use kagi_domain::{audit::AuditEvent, ports::Storage};

pub use bench::Bench;

/// No case takes nearly as long; one that does waits for itself.
const PATIENCE: Duration = Duration::from_secs(90);

/// An empty database for one case, and a look at what the ports do not show.
#[async_trait]
pub trait Subject: Send + Sync + 'static {
    /// The adapter.
    fn storage(&self) -> Arc<dyn Storage>;

    /// Every committed audit event, in the order of their ids.
    async fn trail(&self) -> Vec<AuditEvent>;

    /// Takes the database away. Called after each case, a failed one too.
    async fn finish(&self) {}
}

/// Runs one case on a runtime of its own; [`storage_contract!`](crate::storage_contract) calls it.
pub fn run<S, Fresh, Case>(fresh: impl FnOnce() -> Fresh, case: impl FnOnce(Bench) -> Case)
where
    S: Subject,
    Fresh: Future<Output = S>,
    Case: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
    runtime.expect("a runtime starts").block_on(async {
        let subject: Arc<dyn Subject> = Arc::new(fresh().await);
        // In a task, so that the database is taken away after a failure as well.
        let case = tokio::spawn(tokio::time::timeout(PATIENCE, case(Bench::new(subject.clone()))));
        let outcome = case.await;
        subject.finish().await;
        match outcome {
            Ok(in_time) => in_time.expect("the case ends"),
            Err(failed) => resume_unwind(failed.into_panic()),
        }
    });
}
