//! What a shared statement must keep apart: each test reads once for several who ask.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use futures_util::poll;
use kagi_domain::{
    access::{Owner, ProjectLimit},
    audit::AuditEvent,
    ids::EntryId,
    ports::{Storage, StorageError},
};
use kagi_tests::contract::storage::{Bench, Subject};
use sea_orm::ConnectionTrait;
use tokio::sync::Semaphore;

use super::{Question, Together, Told, keys};
use crate::{
    catalog::ById,
    connect::DatabaseUrl,
    directory::{ByKey, BySession},
    disclosure::{self, Wanted},
    pools::Pools,
    storage::SeaStorage,
};

/// A database of its own.
struct Vault {
    storage: SeaStorage,
    _folder: tempfile::TempDir,
}

#[async_trait]
impl Subject for Vault {
    fn storage(&self) -> Arc<dyn Storage> {
        Arc::new(self.storage.clone())
    }

    async fn trail(&self) -> Vec<AuditEvent> {
        Vec::new()
    }
}

async fn fresh() -> (Bench, SeaStorage) {
    let folder = tempfile::tempdir().unwrap();
    let storage = SeaStorage::connect(&DatabaseUrl::sqlite(folder.path().join("kagi.db"))).await.unwrap();
    (Bench::new(Arc::new(Vault { storage: storage.clone(), _folder: folder })), storage)
}

/// The answers, which took one statement.
async fn once<Q: Question>(storage: &SeaStorage, questions: &[Q]) -> Vec<Told<Q::Found>> {
    let before = storage.statements();
    let told = Q::read(&storage.pools, &questions.iter().collect::<Vec<_>>()).await.unwrap();
    assert_eq!(storage.statements() - before, 1);
    told
}

/// Who asks for which entry, and whether it is there for them.
async fn crossed(bench: &Bench) -> Vec<(Owner, EntryId, bool)> {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let (first, second) = (bench.category(ada, "API").await, bench.category(bob, "API").await);
    let (a, b) = (bench.entry(ada, &first, "alpha").await.id, bench.entry(bob, &second, "alpha").await.id);
    let never = bench.draft_entry(&first, "never").id;
    vec![
        (Bench::owner(ada), a, true),
        (Bench::owner(bob), a, false),
        (Bench::owner(bob), b, true),
        (Bench::owner(ada), b, false),
        (Bench::limited(ada, &["alpha"]), a, true),
        (Bench::limited(ada, &["beta"]), a, false),
        (Bench::limited(bob, &["alpha"]), a, false),
        (Owner::for_tests(ada, ProjectLimit::Only([].into())), a, false),
        (Bench::owner(ada), never, false),
    ]
}

#[tokio::test]
async fn entries_of_one_statement_go_to_their_owners_only() {
    let (bench, storage) = fresh().await;
    let asked = crossed(&bench).await;
    let questions: Vec<_> = asked.iter().map(|(owner, id, _)| ById::new(owner, *id)).collect();
    for (told, (owner, id, there)) in once(&storage, &questions).await.into_iter().zip(&asked) {
        let found = told.unwrap().map(|listing| listing.entry.id);
        assert_eq!(found, there.then_some(*id), "{owner:?}");
    }
}

#[tokio::test]
async fn cells_of_one_statement_go_to_their_owners_only() {
    let (bench, storage) = fresh().await;
    let asked = crossed(&bench).await;
    let wanted: Vec<_> = asked.iter().map(|(owner, id, _)| Wanted::new(owner, *id)).collect();
    let before = storage.statements();
    let told = disclosure::read(&storage.pools, &wanted.iter().collect::<Vec<_>>()).await.unwrap();
    assert_eq!(storage.statements() - before, 1);
    for (told, (owner, id, there)) in told.into_iter().zip(&asked) {
        let found = told.unwrap().map(|cell| (cell.id, cell.owner));
        assert_eq!(found, there.then_some((*id, owner.user())), "{owner:?}");
    }
}

#[tokio::test]
async fn credentials_of_one_statement_are_each_their_own_and_a_revoked_one_is_nobodys() {
    let (bench, storage) = fresh().await;
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let (kept, of_ada) = bench.access_key(ada, "kept").await;
    let (revoked, gone) = bench.access_key(ada, "revoked").await;
    let (other, of_bob) = bench.access_key(bob, "other").await;
    let (session, in_session) = bench.session(bob).await;
    let mut unit = bench.unit().await;
    assert!(unit.access_keys().remove(&Bench::owner(ada), revoked.id).await.unwrap());
    bench.commit(unit, ada).await;

    let digests = [of_bob, gone, of_ada, bench.digest(), of_bob, in_session];
    let told = once(&storage, &digests.map(ByKey)).await.into_iter();
    let found: Vec<_> = told.map(|told| told.unwrap().map(|who| (who.user.id, who.access_key))).collect();
    let (ada, other) = (Some((ada, kept)), Some((bob, other)));
    assert_eq!(found, [other.clone(), None, ada, None, other, None]);

    let told = once(&storage, &digests.map(BySession)).await.into_iter();
    let found: Vec<_> = told.map(|told| told.unwrap().map(|who| (who.user.id, who.session))).collect();
    assert_eq!(found, [None, None, None, None, None, Some((bob, session))]);
}

#[tokio::test]
async fn a_damaged_row_fails_whoever_asked_for_it_and_nobody_else() {
    let (bench, storage) = fresh().await;
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let category = bench.category(ada, "API").await;
    let (whole, odd) =
        (bench.entry(ada, &category, "alpha").await, bench.entry(ada, &category, "beta").await);
    let raw = bench.entry(ada, &category, "gamma").await;
    let (fine, bad) = (bench.access_key(ada, "fine").await.1, bench.access_key(ada, "bad").await.1);
    for damage in [
        "UPDATE entries SET environment = 'nowhere' WHERE project_key = 'beta'",
        "UPDATE entries SET description = CAST(x'ff' AS TEXT) WHERE project_key = 'gamma'",
        "UPDATE access_keys SET scopes = 'everything' WHERE name = 'bad'",
    ] {
        storage.pools.write.execute_unprepared(damage).await.unwrap();
    }
    let asked = [(ada, whole.id), (ada, odd.id), (ada, raw.id), (bob, odd.id), (bob, raw.id)];
    let questions = asked.map(|(user, id)| ById::new(&Bench::owner(user), id));
    let told = once(&storage, &questions).await.into_iter();
    let found: Vec<_> = told.map(|told| told.map(|found| found.is_some())).collect();
    let corrupt = Err(StorageError::Corrupt);
    assert_eq!(found, [Ok(true), corrupt, corrupt, Ok(false), Ok(false)]);

    let told = once(&storage, &[ByKey(fine), ByKey(bad)]).await.into_iter();
    assert_eq!(told.map(|told| told.map(|found| found.is_some())).collect::<Vec<_>>(), [Ok(true), corrupt]);
}

/// A statement that stands still until it may go on, and tells what was true when it began.
#[derive(Default)]
struct Stage {
    truth: AtomicU32,
    fails: AtomicU32,
    begun: Signal,
    goes_on: Signal,
}

struct Signal(Semaphore);

impl Default for Signal {
    fn default() -> Self {
        Self(Semaphore::new(0))
    }
}

impl Signal {
    fn signal(&self) {
        self.0.add_permits(1);
    }

    async fn wait(&self) {
        self.0.acquire().await.unwrap().forget();
    }
}

struct Now(Arc<Stage>);

impl Question for Now {
    type Found = u32;

    async fn read(_: &Pools, questions: &[&Self]) -> Result<Vec<Told<u32>>, StorageError> {
        let stage = questions[0].0.clone();
        let truth = stage.truth.load(Ordering::SeqCst);
        stage.begun.signal();
        stage.goes_on.wait().await;
        if stage.fails.load(Ordering::SeqCst) == truth {
            return Err(StorageError::Unavailable);
        }
        Ok(questions.iter().map(|_| Ok(Some(truth))).collect())
    }
}

#[tokio::test]
async fn an_answer_is_never_older_than_its_question() {
    let (_bench, storage) = fresh().await;
    let (stage, together) = (Arc::<Stage>::default(), Together::start(storage.pools.clone()));
    stage.fails.store(7, Ordering::SeqCst);
    let ask = || Box::pin(together.ask(Now(stage.clone())));

    let mut early = ask();
    assert!(poll!(&mut early).is_pending());
    stage.begun.wait().await;
    stage.truth.store(1, Ordering::SeqCst);
    let (mut late, mut later) = (ask(), ask());
    assert!(poll!(&mut late).is_pending() && poll!(&mut later).is_pending());
    stage.goes_on.signal();
    assert_eq!(early.await, Ok(Some(0)), "it began before the change");
    assert!(poll!(&mut late).is_pending(), "the statement that had begun does not serve who asks later");
    stage.begun.wait().await;
    stage.goes_on.signal();
    assert_eq!((late.await, later.await), (Ok(Some(1)), Ok(Some(1))), "one statement, after the change");

    // A failure is told to all who asked together; who leaves disturbs nobody; the next are served.
    stage.truth.store(7, Ordering::SeqCst);
    let (mut first, mut leaves, mut second) = (ask(), ask(), ask());
    assert!(poll!(&mut first).is_pending() && poll!(&mut leaves).is_pending());
    assert!(poll!(&mut second).is_pending());
    drop(leaves);
    stage.begun.wait().await;
    stage.goes_on.signal();
    let failed = Err(StorageError::Unavailable);
    assert_eq!((first.await, second.await), (failed, failed));
    stage.truth.store(8, Ordering::SeqCst);
    stage.goes_on.signal();
    assert_eq!(ask().await, Ok(Some(8)));
}

#[test]
fn keys_stand_once_and_come_in_few_numbers() {
    assert_eq!(keys([3, 1, 3, 2, 1].into_iter()), [1, 2, 3, 3]);
    assert_eq!(keys([7].into_iter()), [7]);
    assert!(keys(std::iter::empty::<u8>()).is_empty());
}

/// Reading by a text that was kept is reading by one that was built.
#[tokio::test]
async fn every_number_of_keys_is_answered_whole() {
    let (bench, storage) = fresh().await;
    let ada = bench.person("ada").await;
    let mut digests = Vec::new();
    for number in 0..33 {
        digests.push(bench.access_key(ada, &format!("key {number}")).await.1);
    }
    for _ in 0..2 {
        for count in 1..=digests.len() {
            let questions: Vec<_> = digests.iter().take(count).copied().map(ByKey).collect();
            let told = once(&storage, &questions).await.into_iter();
            let names: Vec<_> = told.map(|told| told.unwrap().unwrap().access_key.name.to_string()).collect();
            assert_eq!(names, (0..count).map(|number| format!("key {number}")).collect::<Vec<_>>());
        }
    }
}
