//! I3: clients that send half a request and wait.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::{Instant, timeout},
};

use crate::{
    counted,
    support::{Database, Kind, Running, plain_http},
};

/// What a slow client sends before it stops.
const HALVES: [&str; 4] = [
    "",
    "GET /livez HT",
    "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Half",
    "POST /api/auth/sign-in/email HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
     Content-Length: 100\r\n\r\n{\"email\": \"half",
];

#[tokio::test(flavor = "multi_thread")]
async fn half_sent_requests_are_closed_while_others_are_served() {
    let database = Database::new(Kind::Sqlite).await;
    let server = Running::serve(&mut database.command(&[]));
    let address = server.address();
    let mut slow = JoinSet::new();
    for number in 0..counted(1000) {
        slow.spawn(async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(HALVES[number % HALVES.len()].as_bytes()).await.unwrap();
            let began = Instant::now();
            let mut rest = Vec::new();
            let closed = timeout(Duration::from_secs(30), stream.read_to_end(&mut rest)).await;
            assert!(closed.is_ok(), "half {} is open for ever", number % HALVES.len());
            began.elapsed()
        });
    }
    let http = plain_http().build().unwrap();
    let mut times = Vec::new();
    while !slow.is_empty() {
        let began = Instant::now();
        let answer = http.get(format!("{}/livez", server.url())).send().await.unwrap();
        assert!(answer.status().is_success());
        times.push(began.elapsed());
        while let Ok(Some(closed)) = timeout(Duration::from_millis(20), slow.join_next()).await {
            let after = closed.unwrap();
            assert!(after < Duration::from_secs(15), "closed after {after:?} only");
        }
    }
    times.sort();
    let p99 = times[(times.len() * 99).div_ceil(100) - 1];
    assert!(p99 < Duration::from_millis(250), "the others waited {p99:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_in_drops_is_not_awaited_for_ever() {
    // A byte now and then does not win more time.
    let database = Database::new(Kind::Sqlite).await;
    let server = Running::serve(&mut database.command(&[]));
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n").await.unwrap();
    let began = Instant::now();
    let mut byte = [0];
    loop {
        // Nothing comes back within the pause, so another byte is sent.
        match timeout(Duration::from_millis(500), stream.read(&mut byte)).await {
            Err(_) if stream.write_all(b"X").await.is_ok() => {
                assert!(began.elapsed() < Duration::from_secs(15));
            }
            _ => break,
        }
    }
    assert!(began.elapsed() >= Duration::from_secs(9), "patient clients have ten seconds");
}
