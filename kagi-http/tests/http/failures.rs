//! When storage or a value is broken.

use kagi_domain::ports::StorageError;
use kagi_tests::samples::parse;
use serde_json::json;

use crate::{Call, World};

#[tokio::test]
async fn a_damaged_value_is_an_integrity_failure_and_says_nothing_more() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "OpenAI").await;
    let (one, two) = (
        world.entry(&ada, &category, "One", json!("sk-canary-1")).await,
        world.entry(&ada, &category, "Two", json!("sk-canary-2")).await,
    );
    let cells = world.storage.cells();
    let (_, _, other) = cells.into_iter().find(|(id, ..)| id.to_string() == two).unwrap();
    world.storage.tamper(parse(&one), other);
    let reply = world.send_as(&ada, Call::post(format!("/api/entries/{one}/reveal"))).await;
    reply.is(500, "SECRET_INTEGRITY_FAILURE");
    assert!(!reply.text.contains("canary"));
    world.send_as(&ada, Call::post(format!("/api/entries/{two}/reveal"))).await.ok(200);
}

#[tokio::test]
async fn storage_failures_become_answers_that_say_when_to_return() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({"name": "x", "keyType": "simple", "envVarName": "X"});
    let post = || world.send_as(&ada, Call::post("/api/categories").json(&body));
    for (error, status, code) in [
        (StorageError::Unavailable, 503, "UNAVAILABLE"),
        (StorageError::Conflict, 503, "UNAVAILABLE"),
        (StorageError::Corrupt, 500, "INTERNAL_ERROR"),
        (StorageError::Internal, 500, "INTERNAL_ERROR"),
    ] {
        world.storage.fail_next_commit(error);
        let reply = post().await;
        reply.is(status, code);
        assert_eq!(!reply.header("retry-after").is_empty(), status == 503);
    }
    world.storage.set_unavailable(true);
    post().await.is(503, "UNAVAILABLE");
    world.send(Call::get("/livez")).await.ok(200);
    world.send(Call::get("/readyz")).await.ok(503);
    world.storage.set_unavailable(false);
    world.send(Call::get("/readyz")).await.ok(200);
    post().await.ok(201);
}
