//! What was acknowledged survives `kill -9`, and what was revealed is in the trail.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Notify, task::JoinSet, time::timeout};

use crate::{
    counted,
    support::{Client, Database, Dice, Kind, Running},
};

const WRITERS: usize = 4;
/// More than a writer reveals before the server is killed.
const CODES: usize = 60;

/// What clients were told.
#[derive(Debug, Default)]
struct Told {
    written: Mutex<BTreeSet<String>>,
    /// As the trail tells of it.
    revealed: Mutex<BTreeSet<String>>,
    codes: Mutex<BTreeMap<String, BTreeSet<u64>>>,
    /// The newest version of each file.
    files: Mutex<BTreeMap<String, u64>>,
    answers: AtomicUsize,
    more: Notify,
}

impl Told {
    fn note(&self, set: &Mutex<BTreeSet<String>>, what: String) {
        set.lock().unwrap().insert(what);
        self.answered();
    }

    fn note_code(&self, set: &str, index: u64) {
        let first = self.codes.lock().unwrap().entry(set.to_owned()).or_default().insert(index);
        assert!(first, "code {index} was handed out twice as unused");
        self.answered();
    }

    fn note_file(&self, path: String, version: u64) {
        self.files.lock().unwrap().insert(path, version);
        self.answered();
    }

    fn answered(&self) {
        self.answers.fetch_add(1, Ordering::Relaxed);
        self.more.notify_one();
    }
}

/// Writes and reveals until the server is gone.
async fn work(client: Client, category: String, name: String, told: Arc<Told>) {
    let Some(set) = client.recovery_set(CODES).await else { return };
    let Some(env) = client.env_project(&name).await else { return };
    for number in 0.. {
        let project = format!("{name}-{number}");
        let Some(id) = client.entry(&category, &project, "sk-durable").await else { return };
        told.note(&told.written, project);
        let Some(value) = client.reveal(&id).await else { return };
        assert_eq!(value, "sk-durable");
        told.note(&told.revealed, format!("entry.reveal {id}"));
        let Some(value) = client.reveal_version(&id, 1).await else { return };
        assert_eq!(value, "sk-durable");
        told.note(&told.revealed, format!("entry.reveal_version {id}/1"));
        let Some(index) = client.reveal_code(&set).await else { return };
        told.note_code(&set, index);
        let Some((file, version)) = client.save_env(&env, &format!("A={}\r\n", number + 1)).await else {
            return;
        };
        told.note_file(file.clone(), version);
        let Some(content) = client.reveal_env(&file, version).await else { return };
        assert_eq!(content, format!("A={version}\r\n"));
        let (_, id) = file.rsplit_once('/').unwrap();
        told.note(&told.revealed, format!("env_file.reveal_version {id}/{version}"));
    }
}

/// Every code that somebody received is marked as used, and each mark has its event and no event is
/// without a mark.
async fn codes_are_accounted_for(client: &Client, told: &Told, trail: &[String]) {
    let codes = told.codes.lock().unwrap().clone();
    assert!(!codes.is_empty());
    for (set, received) in codes {
        let used = client.used_codes(&set).await;
        assert!(received.is_subset(&used), "a code that was handed out looks unused");
        let event = format!("two_factor.reveal {set}");
        assert_eq!(trail.iter().filter(|own| **own == event).count(), used.len());
    }
}

/// Every version that somebody was told of is there, byte for byte.
async fn files_are_kept(client: &Client, told: &Told) {
    let files = told.files.lock().unwrap().clone();
    assert!(!files.is_empty());
    for (file, version) in files {
        assert_eq!(client.reveal_env(&file, version).await.unwrap(), format!("A={version}\r\n"));
    }
}

async fn acknowledged_work_survives(kind: Kind) {
    let database = Database::new(kind).await;
    database.add_user();
    let server = Running::serve(&mut database.command(&[]));
    let client = Client::sign_in(&server.url()).await;
    let category = client.category().await;
    server.kill();
    let told = Arc::new(Told::default());
    let mut dice = Dice(0x6b61_6769);
    for cycle in 0..counted(200) {
        let server = Running::serve(&mut database.command(&[]));
        let client = client.at(&server.url());
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let name = format!("p{cycle}-{writer}");
            writers.spawn(work(client.clone(), category.clone(), name, Arc::clone(&told)));
        }
        let until = told.answers.load(Ordering::Relaxed) + 1 + dice.below(60);
        while told.answers.load(Ordering::Relaxed) < until {
            timeout(Duration::from_mins(1), told.more.notified()).await.expect("clients get answers");
        }
        server.kill();
        while let Some(writer) = writers.join_next().await {
            writer.unwrap();
        }
    }
    let server = Running::serve(&mut database.command(&[]));
    let client = client.at(&server.url());
    let (found, written) = (client.projects().await, told.written.lock().unwrap().clone());
    let lost: Vec<_> = written.difference(&found).collect();
    assert!(lost.is_empty(), "{} of {} writes were lost: {lost:?}", lost.len(), written.len());
    let trail = "SELECT action || ' ' || target_id FROM audit_events
                 WHERE action LIKE '%.reveal%' AND result = 'ok'";
    let trail = database.texts(trail).await;
    codes_are_accounted_for(&client, &told, &trail).await;
    files_are_kept(&client, &told).await;
    let (trail, revealed) = (trail.into_iter().collect(), told.revealed.lock().unwrap().clone());
    assert!(!revealed.is_empty());
    assert!(revealed.is_subset(&trail), "a reveal is not in the trail");
    drop(server);
    database.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_on_sqlite() {
    acknowledged_work_survives(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn killed_on_postgres() {
    acknowledged_work_survives(Kind::Postgres).await;
}
