//! A3: many sign-ins at once neither starve other requests nor eat the memory.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;
use tokio::time::Instant;

use crate::support::{Database, Kind, Running, plain_http};

/// Argon2's memory for each of at most four lanes, and what 500 connections take.
const ROOM_KIB: u64 = (4 * 19 + 40) * 1024;

/// A sign-in of somebody unknown, from an address of their own, so that no throttle steps in.
async fn sign_in(http: reqwest::Client, url: String, n: usize) -> (StatusCode, bool) {
    let credentials = json!({"email": format!("person{n}@example.com"), "password": "not the password"});
    let request = http.post(format!("{url}/api/auth/sign-in/email")).json(&credentials);
    let client = format!("198.51.{}.{}", n / 250, n % 250);
    let answer = request.header("X-Forwarded-For", client).send().await.unwrap();
    (answer.status(), answer.headers().contains_key("retry-after"))
}

/// The 99th of a hundred probes while the flood lasts.
async fn slowest_probes(http: &reqwest::Client, url: &str, over: impl Fn() -> bool) -> Duration {
    let mut took = Vec::new();
    while !over() {
        let began = Instant::now();
        assert_eq!(http.get(format!("{url}/livez")).send().await.unwrap().status(), StatusCode::OK);
        took.push(began.elapsed());
    }
    took.sort_unstable();
    assert!(took.len() >= 20, "the flood was over after {} probes", took.len());
    took[took.len() * 99 / 100]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_sign_ins_at_once_leave_room_for_others() {
    let database = Database::new(Kind::Sqlite).await;
    let server = Running::serve(database.command(&[]).env("KAGI_TRUSTED_PROXIES", "127.0.0.1/32"));
    let before = server.memory_kib("VmRSS");
    let http = plain_http().build().unwrap();
    let flood: Vec<_> = (0..500).map(|n| tokio::spawn(sign_in(http.clone(), server.url(), n))).collect();
    let over = || flood.iter().all(tokio::task::JoinHandle::is_finished);
    let p99 = slowest_probes(&http, &server.url(), over).await;
    let mut checked = 0;
    for task in flood {
        match task.await.unwrap() {
            (StatusCode::UNAUTHORIZED, _) => checked += 1,
            (StatusCode::SERVICE_UNAVAILABLE, told_when) => assert!(told_when, "say when to try again"),
            (status, _) => panic!("{status}"),
        }
    }
    assert!(checked > 0, "nobody's password was looked at");
    assert!(p99 < Duration::from_millis(100), "p99 of /livez was {p99:?}");
    let grown = server.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < ROOM_KIB, "memory grew by {grown} KiB");
}
