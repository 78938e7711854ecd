//! The order of checks: a request that is wrong in several ways is told the first.

use kagi_domain::{
    access::{Actor, ProjectLimit, Scope},
    ports::Storage,
};
use serde_json::json;

use crate::{Call, World};

#[tokio::test]
async fn each_check_comes_before_the_next() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let reader = world.key(&ada, &[Scope::EntriesRead], ProjectLimit::All).await;
    let large = || vec![b'{'; 3 * 1024 * 1024];
    let cross = |call: Call| call.header("sec-fetch-site", "cross-site");
    let id = "/api/entries/not-an-id";

    // Route and method before the origin, the origin before who it is.
    world.send(cross(Call::post("/api/nothing"))).await.is(404, "NOT_FOUND");
    world.send(cross(Call::new("PATCH", "/api/entries"))).await.is(405, "METHOD_NOT_ALLOWED");
    world.send(cross(Call::post("/api/entries").body(large()))).await.is(403, "CSRF_REJECTED");
    // Who it is before what they may, that before the size.
    world.send(Call::post("/api/entries").body(large())).await.is(401, "AUTH_REQUIRED");
    world.send(Call::post("/api/entries").key("kagi_x").body(large())).await.is(401, "AUTH_INVALID_KEY");
    let may_not = Call::post("/api/entries").key(reader.expose()).body(large());
    world.send(may_not).await.is(403, "AUTH_SCOPE_REQUIRED");
    let may_not = Call::get("/api/categories?limit=x").key(reader.expose());
    world.send(may_not).await.is(403, "AUTH_SCOPE_REQUIRED");
    // So do people who have to confirm their password first.
    world.clock.advance(Actor::FRESH);
    for path in ["/api/account/data", "/api/account"] {
        let stale = Call::new("DELETE", path).body(large());
        world.send_as(&ada, stale).await.is(403, "REAUTH_REQUIRED");
    }
    // The size before the content type, that before the syntax, that before the fields, those before the id.
    let call = Call::new("PUT", id).header("content-type", "text/plain").body(large());
    world.send_as(&ada, call).await.is(413, "PAYLOAD_TOO_LARGE");
    let call = Call::new("PUT", id).header("content-type", "text/plain").body("{");
    world.send_as(&ada, call).await.is(415, "UNSUPPORTED_MEDIA_TYPE");
    let reply = world.send_as(&ada, Call::new("PUT", id).text("{\"projectName\":5")).await;
    assert_eq!(reply.fields(), ["body"]);
    let reply = world.send_as(&ada, Call::new("PUT", id).json(&json!({"projectName": 5}))).await;
    assert_eq!(reply.fields(), ["projectName"]);
    world.send_as(&ada, Call::new("PUT", id).json(&json!({}))).await.is(404, "ENTRY_NOT_FOUND");
    // The host before everything.
    world
        .send(cross(Call::post("/api/nothing").header("host", "evil.example")))
        .await
        .is(421, "MISDIRECTED_REQUEST");
}

#[tokio::test]
async fn a_refused_scope_stands_in_the_trail() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let reader = world.key(&ada, &[Scope::EntriesRead], ProjectLimit::All).await;
    let before = world.storage.audit_events().len();
    let reply = world.send(Call::post("/api/entries").key(reader.expose()).body("x")).await;
    reply.is(403, "AUTH_SCOPE_REQUIRED");
    let events = world.storage.audit_events();
    assert_eq!(events.len(), before + 1);
    let event = events.last().unwrap();
    assert_eq!((event.action.as_str(), event.result.as_str()), ("access.denied", "denied"));
    assert_eq!(event.target.as_ref().unwrap().id, "entries:write");
    assert_eq!(event.request_id.to_string(), reply.header("x-request-id"));
    assert_eq!(event.ip.unwrap().to_string(), "192.0.2.9");
}

#[tokio::test]
async fn a_refusal_is_written_even_if_nobody_waits_for_it() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let reader = world.key(&ada, &[Scope::EntriesRead], ProjectLimit::All).await;
    let before = world.storage.audit_events().len();
    for path in ["/api/categories", "/api/access-keys"] {
        // While this is open, whoever writes waits.
        let unit = world.storage.begin().await.unwrap();
        let call = world.send(Call::get(path).key(reader.expose()));
        let patience = async {
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            reply = call => panic!("nothing is written yet: {}", reply.text),
            () = patience => {}
        }
        drop(unit);
        world.site.tasks.close();
        world.site.tasks.wait().await;
    }
    assert_eq!(world.storage.audit_events().len(), before + 2);
}
