//! Operations that take no body: nothing and `{}` say the same, and whatever else comes is refused before
//! anything happens.

use kagi_tests::operations::{OPERATIONS, Operation};
use serde_json::json;

use crate::{
    Call, World,
    access::state,
    world::{document, things},
};

const CANARY: &str = "sk-canary-4f1d";

/// Those of the API that change or reveal something and take no body.
fn operations() -> Vec<&'static Operation> {
    let paths = document()["paths"].as_object().unwrap();
    let takes_none = |operation: &Operation| {
        let form = Operation::form(operation.path);
        let (_, methods) = paths.iter().find(|(path, _)| Operation::form(path) == form).unwrap();
        methods[operation.method.to_lowercase()]["requestBody"].is_null()
    };
    let all: Vec<_> =
        OPERATIONS.iter().filter(|operation| operation.method != "GET" && takes_none(operation)).collect();
    assert!(all.len() >= 20, "only {} of them", all.len());
    all
}

#[tokio::test]
async fn a_body_that_nobody_reads_is_refused_and_nothing_happens() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let things = things(&world.furnish(&ada).await);
    let (before, events) = (state(&world, &ada).await, world.storage.audit_events().len());
    let send = async |operation: &Operation, kind: &str, body: &[u8]| {
        let call = Call::new(operation.method, operation.path(&things));
        world.send_as(&ada, call.header("content-type", kind).body(body.to_vec())).await
    };
    for operation in operations() {
        let field = json!({CANARY: CANARY}).to_string();
        for (body, code) in [
            (field.as_bytes(), "VALIDATION_ERROR"),
            (b"{\"index\": 1}", "VALIDATION_ERROR"),
            (b"null", "VALIDATION_ERROR"),
            (b"[]", "VALIDATION_ERROR"),
            (b" ", "VALIDATION_ERROR"),
            (b"{", "VALIDATION_ERROR"),
            (b"{} {}", "VALIDATION_ERROR"),
            (b"{\"\xff\": 1}", "VALIDATION_ERROR"),
        ] {
            let reply = send(operation, "application/json", body).await;
            reply.is(400, code);
            assert_eq!(reply.fields(), ["body"], "{} {}", operation.method, operation.path);
            assert!(!reply.text.contains("canary"), "{}", reply.text);
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
            send(operation, kind, b"{}").await.is(415, "UNSUPPORTED_MEDIA_TYPE");
        }
    }
    assert_eq!(state(&world, &ada).await, before);
    assert_eq!(world.storage.audit_events().len(), events);
}

#[tokio::test]
async fn an_empty_body_and_an_object_without_fields_are_none() {
    for (kind, body) in [("", ""), ("text/plain", ""), ("application/json", ""), ("application/json", "{}")] {
        let world = World::new();
        let ada = world.person("ada@example.com").await;
        let ids = world.furnish(&ada).await;
        let send = async |method: &str, path: String| {
            let call = Call::new(method, path).header("content-type", kind).body(body.to_owned());
            world.send_as(&ada, call).await
        };
        send("POST", format!("/api/entries/{}/reveal", ids.entry)).await.ok(200);
        send("POST", format!("/api/envs/{}/files/{}/reveal", ids.env, ids.file)).await.ok(200);
        send("DELETE", format!("/api/entries/{}", ids.entry)).await.ok(204);
        send("DELETE", "/api/account/sessions".to_owned()).await.ok(204);
        send("POST", "/api/auth/sign-out".to_owned()).await.ok(200);
    }
}

/// The order of checks, as for bodies that are read.
#[tokio::test]
async fn the_body_is_read_after_who_may_and_before_what_is_there() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let ids = world.furnish(&ada).await;
    let reveal = || Call::post(format!("/api/entries/{}/reveal", ids.entry)).text("{");
    world.send(reveal()).await.is(401, "AUTH_REQUIRED");
    // And whoever may, before it is looked for.
    let missing = "/api/entries/0198c0de-0000-7000-8000-000000000000/reveal";
    world.send_as(&ada, Call::post(missing).text("{")).await.is(400, "VALIDATION_ERROR");
}
