//! Access keys: made once, shown once, revoked at once.

use kagi_domain::access::Actor;
use serde_json::json;

use crate::{Call, World, call::names};

#[tokio::test]
async fn access_keys_are_made_once_shown_and_revoked() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({
        "name": "CI", "scopes": ["entries:read", "entries:read"], "projects": ["Blog"],
        "expiresAt": "2031-01-01T00:00:00Z",
    });
    let made = world.send_as(&ada, Call::post("/api/access-keys").json(&body)).await.ok(201);
    let mut data = made.data();
    let token = data["key"].as_str().unwrap().to_owned();
    assert_eq!((token.len(), &token[..5]), (48, "kagi_"));
    assert_eq!(data["keyPrefix"], token[..13]);
    assert_eq!((&data["scopes"], &data["projects"]), (&json!(["entries:read"]), &json!(["Blog"])));
    data.as_object_mut().unwrap().remove("key");
    let expected = ["createdAt", "expiresAt", "id", "keyPrefix", "lastUsedAt", "name", "projects", "scopes"];
    assert_eq!(names(&data), expected);
    let listed = world.send_as(&ada, Call::get("/api/access-keys")).await.ok(200);
    assert_eq!(listed.data(), json!([data]));
    assert!(!listed.text.contains(&token[13..]));

    world.send(Call::get("/api/entries").key(&token)).await.ok(200);
    let path = format!("/api/access-keys/{}", made.id());
    world.send_as(&ada, Call::new("DELETE", &path)).await.ok(204);
    world.send(Call::get("/api/entries").key(&token)).await.is(401, "AUTH_INVALID_KEY");
    world.send_as(&ada, Call::new("DELETE", &path)).await.is(404, "ACCESS_KEY_NOT_FOUND");
    world.send_as(&ada, Call::new("DELETE", "/api/access-keys/x")).await.is(404, "ACCESS_KEY_NOT_FOUND");

    for (body, fields) in [
        (json!({}), vec!["name", "scopes"]),
        (json!({"name": "x", "scopes": []}), vec!["scopes"]),
        (json!({"name": "x", "scopes": ["entries:all"]}), vec!["scopes"]),
        (json!({"name": "x", "scopes": ["stats:read"], "projects": []}), vec!["projects"]),
        (json!({"name": "x", "scopes": ["stats:read"], "projects": [1]}), vec!["projects"]),
        (
            json!({"name": "x", "scopes": ["stats:read"], "expiresAt": "2029-01-01T00:00:00Z"}),
            vec!["expiresAt"],
        ),
        (json!({"name": "x", "scopes": ["stats:read"], "expiresAt": 5}), vec!["expiresAt"]),
    ] {
        let reply = world.send_as(&ada, Call::post("/api/access-keys").json(&body)).await.ok(400);
        assert_eq!(reply.fields(), fields);
    }
    world.clock.advance(Actor::FRESH);
    let stale = world.send_as(&ada, Call::post("/api/access-keys").json(&body)).await;
    stale.is(403, "REAUTH_REQUIRED");
}
