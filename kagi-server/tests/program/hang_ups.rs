//! Clients that hang up at random moments of writing cost nobody a write, and no code without its event.

use std::{collections::BTreeSet, net::SocketAddr, time::Duration};

use reqwest::{Method, StatusCode};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::timeout,
};

use crate::{
    counted,
    support::{Client, Database, Dice, Kind, Running, raw},
};

const PATIENT: usize = 4;
/// As many as a set may have.
const CODES: usize = 100;
const AT_ONCE: usize = 16;

/// Sends a request, or a part of it, and hangs up at some moment.
async fn hang_up(address: SocketAddr, request: Vec<u8>, sent: usize, wait: Duration) {
    let Ok(mut stream) = TcpStream::connect(address).await else { return };
    if stream.write_all(&request[..sent]).await.is_ok() && sent == request.len() {
        let mut answer = [0; 1];
        let _ = timeout(wait, stream.read(&mut answer)).await;
    }
}

/// The bytes of a request with a body.
fn request(client: &Client, path: &str, body: &str) -> Vec<u8> {
    let (key, length) = (&client.key, body.len());
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Whatever became of those who hung up: a code is used exactly where the trail says that it was
/// revealed.
async fn codes_are_accounted_for(client: &Client, database: &Database, sets: &[String]) {
    let mut all = 0;
    for set in sets {
        let trail = format!(
            "SELECT target_id FROM audit_events
             WHERE action = 'two_factor.reveal' AND result = 'ok' AND target_id = '{set}'"
        );
        let used = client.used_codes(set).await.len();
        assert_eq!(
            database.texts(&trail).await.len(),
            used,
            "a code is used without an event, or the reverse"
        );
        all += used;
    }
    assert!(all > 0, "some were revealed although nobody waited");
}

/// Asks for each write until it is acknowledged. The crowd may wait for one row longer than the
/// database lets it; then the server says so, has written nothing, and is asked again.
async fn patient(client: Client, category: String, name: usize, count: usize) -> BTreeSet<String> {
    let mut written = BTreeSet::new();
    for number in 0..count {
        let project = format!("patient{name}-{number}");
        let draft = raw::entry(&category, &project, "sk-patient");
        let acknowledged = async {
            loop {
                match client.call(Method::POST, "/api/entries", Some(&draft)).await.expect("an answer").0 {
                    StatusCode::CREATED => break,
                    status => assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE),
                }
            }
        };
        timeout(Duration::from_mins(1), acknowledged).await.expect("the server finds time");
        written.insert(project);
    }
    written
}

async fn hang_ups_cost_nobody_a_write(kind: Kind) {
    let count = counted(1000);
    let database = Database::new(kind).await;
    database.add_user();
    let server = Running::serve(&mut database.command(&[]));
    let client = Client::sign_in(&server.url()).await;
    let category = client.category().await;
    let mut sets = Vec::new();
    for _ in 0..count.div_ceil(2 * CODES) {
        sets.push(client.recovery_set(CODES).await.unwrap());
    }
    let mut patients = JoinSet::new();
    for name in 0..PATIENT {
        patients.spawn(patient(client.clone(), category.clone(), name, count / PATIENT));
    }
    let (mut dice, mut impatient) = (Dice(0x6861_6e67), JoinSet::new());
    for number in 0..count {
        // Every other one asks for a recovery code, which is a write as well.
        let request = if number % 2 == 0 {
            let body = raw::entry(&category, &format!("gone-{number}"), "sk-gone").to_string();
            request(&client, "/api/entries", &body)
        } else {
            request(&client, &format!("/api/2fa/{}/reveal", sets[number / 2 / CODES]), "{}")
        };
        let whole = dice.below(10) > 0;
        let sent = if whole { request.len() } else { dice.below(request.len()) };
        let wait = Duration::from_micros(u64::try_from(dice.below(60_000)).unwrap());
        impatient.spawn(hang_up(server.address(), request, sent, wait));
        if impatient.len() >= AT_ONCE {
            impatient.join_next().await;
        }
    }
    impatient.join_all().await;
    let written: BTreeSet<String> = patients.join_all().await.into_iter().flatten().collect();
    // The database is asked by a process that knows nothing of the first one's connections.
    server.kill();
    let server = Running::serve(&mut database.command(&[]));
    let client = client.at(&server.url());
    let found = client.projects().await;
    let lost: Vec<_> = written.difference(&found).collect();
    assert!(lost.is_empty(), "{} of {} acknowledged writes were lost: {lost:?}", lost.len(), written.len());
    assert!(found.iter().any(|name| name.starts_with("gone-")), "some were written although nobody waited");
    codes_are_accounted_for(&client, &database, &sets).await;
    drop(server);
    database.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hang_ups_on_sqlite() {
    hang_ups_cost_nobody_a_write(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn hang_ups_on_postgres() {
    hang_ups_cost_nobody_a_write(Kind::Postgres).await;
}
