//! Bodies are counted while they stream in.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures_util::stream;
use poem::Body;
use serde_json::json;

use crate::{Call, World};

const KIB: usize = 1024;

/// A body of so many chunks of a KiB, and how many of them were asked for.
fn chunked(chunks: usize) -> (Body, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let stream = stream::iter((0..chunks).map(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        Ok::<_, io::Error>(vec![b' '; KIB])
    }));
    (Body::from_bytes_stream(stream), asked)
}

/// The operations that take a body, with their limit in KiB.
const LIMITS: [(&str, &str, usize); 22] = [
    ("POST", "/api/categories", 2048),
    ("PUT", "/api/categories/x", 2048),
    ("DELETE", "/api/categories/x", 2048),
    ("POST", "/api/entries", 2048),
    ("PUT", "/api/entries/x", 2048),
    ("POST", "/api/entries/x/reveal", 2048),
    ("POST", "/api/2fa", 2048),
    ("PUT", "/api/2fa/x", 2048),
    ("DELETE", "/api/2fa/x", 2048),
    ("POST", "/api/2fa/x/reveal", 2048),
    ("POST", "/api/2fa/x/codes/0/unuse", 2048),
    ("POST", "/api/access-keys", 2048),
    ("POST", "/api/auth/sign-in/email", 4),
    ("POST", "/api/auth/sign-up/email", 4),
    ("POST", "/api/account/reauth", 4),
    ("PUT", "/api/account/password", 32),
    ("POST", "/api/secrets/generate", 2048),
    ("PUT", "/api/account", 2048),
    ("DELETE", "/api/account/sessions/x", 2048),
    ("DELETE", "/api/account/sessions", 2048),
    ("DELETE", "/api/account/data", 2048),
    ("DELETE", "/api/account", 2048),
];

#[tokio::test]
async fn a_body_over_the_limit_is_refused_with_and_without_a_length() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for (method, path, limit) in LIMITS {
        let json = |body: Body| Call::new(method, path).header("content-type", "application/json").body(body);
        // A gibibyte without a length: it is not read much further than the limit.
        let (body, asked) = chunked(1024 * 1024);
        world.send_as(&ada, json(body)).await.is(413, "PAYLOAD_TOO_LARGE");
        assert!(asked.load(Ordering::SeqCst) <= limit + 2, "{method} {path}");
        // One that announces itself is hardly read at all.
        let (body, asked) = chunked(limit + 1);
        let announced = json(body).header("content-length", ((limit + 1) * KIB).to_string());
        world.send_as(&ada, announced).await.is(413, "PAYLOAD_TOO_LARGE");
        assert!(asked.load(Ordering::SeqCst) <= 2, "{method} {path}");
        // One that fits is refused, if at all, for what it says.
        let (body, asked) = chunked(limit);
        let reply = world.send_as(&ada, json(body)).await;
        assert_ne!(reply.status, 413, "{method} {path}");
        assert_eq!(asked.load(Ordering::SeqCst), limit);
    }
}

#[tokio::test]
async fn nobody_can_make_the_server_read_what_they_may_not_send() {
    let world = World::new();
    for (method, path, limit) in LIMITS {
        if limit == 4 && !path.starts_with("/api/account") {
            continue;
        }
        let (body, asked) = chunked(1024 * 1024);
        world.send(Call::new(method, path).body(body)).await.is(401, "AUTH_REQUIRED");
        assert_eq!(asked.load(Ordering::SeqCst), 0, "{method} {path}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_changes_nothing() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({"name": "x", "keyType": "simple", "envVarName": "X"}).to_string().into_bytes();
    let broken = [Ok(body), Err(io::Error::other("gone"))];
    let call = Call::post("/api/categories").header("content-type", "application/json");
    let reply = world.send_as(&ada, call.body(Body::from_bytes_stream(stream::iter(broken)))).await;
    assert_eq!(reply.ok(400).fields(), ["body"]);
    let listed = world.send_as(&ada, Call::get("/api/categories")).await.ok(200);
    assert_eq!(listed.data(), json!([]));
}
