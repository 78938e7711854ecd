//! Who may do what: every operation by everybody.

use kagi_domain::{
    access::{ProjectLimit, Scope},
    ports::Clock,
};
use kagi_tests::{
    operations::{Access, OPERATIONS, Operation},
    samples::{access_key, only},
};
use serde_json::{Value, json};

use crate::{
    Call, World,
    call::Reply,
    world::{Ids, things},
};

/// Every operation that asks who calls, as a request about these things.
fn operations(ids: &Ids) -> Vec<(&'static str, String, Option<Value>, Access)> {
    let things = things(ids);
    let asking =
        OPERATIONS.iter().filter(|operation| !matches!(operation.access, Access::Public | Access::Guest));
    let request = |operation: &Operation| {
        let body = operation.body(&things).map(|body| serde_json::from_str(&body).unwrap());
        (operation.method, operation.path(&things), body, operation.access)
    };
    asking.map(request).collect()
}

fn call(method: &str, path: &str, body: Option<&Value>) -> Call {
    let call = Call::new(method, path);
    body.map_or(Call::new(method, path), |body| call.text(body.to_string()))
}

/// A vault with one thing of each kind, those that have a project in Blog.
async fn furnished() -> (World, String, Ids) {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let ids = world.furnish(&ada).await;
    (world, ada, ids)
}

/// What a refusal must not change.
pub(crate) async fn state(world: &World, ada: &str) -> (Vec<String>, usize) {
    let read = async |path| world.send_as(ada, Call::get(path)).await.ok(200);
    let mut state = Vec::new();
    for path in ["/api/categories", "/api/entries", "/api/2fa", "/api/envs", "/api/account"] {
        state.push(read(path).await.text);
    }
    for path in ["/api/access-keys", "/api/account/sessions"] {
        state.extend(read(path).await.data().as_array().unwrap().iter().map(|row| row["id"].to_string()));
    }
    (state, world.storage.cells().len() + world.storage.env_file_cells().len())
}

#[tokio::test]
async fn nobody_and_dead_credentials_get_nothing() {
    let (world, ada, ids) = furnished().await;
    let actor = world.actor_of(&ada).await;
    let mut dying = access_key("dying", Scope::ALL);
    dying.expires_at = Some(world.clock.now().plus(std::time::Duration::from_mins(1)));
    let expired = world.access_keys().create(&actor, dying).await.unwrap().token;
    let revoked = world.access_keys().create(&actor, access_key("revoked", Scope::ALL)).await.unwrap();
    world.access_keys().delete(&actor, revoked.access_key.id).await.unwrap();
    let stale = world.sign_in_again("ada@example.com").await;
    world.send_as(&stale, Call::post("/api/auth/sign-out")).await.ok(200);
    let eve = world.person("eve@example.com").await;
    let disabled_key = world.key(&eve, Scope::ALL, ProjectLimit::All).await;
    world.people().disable(&"eve@example.com".parse().unwrap()).await.unwrap();
    world.clock.advance(std::time::Duration::from_mins(1));
    let unknown = format!("kagi_{}", "A".repeat(43));

    let before = state(&world, &ada).await;
    for (method, path, body, _) in operations(&ids) {
        let fresh = || call(method, &path, body.as_ref());
        let required: Vec<Call> = vec![
            fresh(),
            world.with(&stale, fresh()),
            world.with(&eve, fresh()),
            world.with("", fresh()),
            world.with(&"A".repeat(43), fresh()),
            fresh().header("cookie", [0xff, b'=']),
        ];
        for call in required {
            let reply = world.send(call).await;
            reply.is(401, "AUTH_REQUIRED");
            assert_eq!(reply.json()["error"], "Unauthorized");
            assert_eq!(reply.header("www-authenticate"), "Bearer");
        }
        let keys =
            [expired.expose(), revoked.token.expose(), disabled_key.expose(), unknown.as_str(), "kagi_x", ""];
        let mut invalid: Vec<Call> = keys.iter().map(|key| fresh().key(key)).collect();
        for odd in ["Basic YTpi", "Bearer", "kagi_x", "", "\u{ff}"] {
            invalid.push(fresh().header("authorization", odd));
        }
        // A good cookie does not help: with an `Authorization` header it is not looked at.
        invalid.push(world.with(&ada, fresh()).key(&unknown));
        for call in invalid {
            world.send(call).await.is(401, "AUTH_INVALID_KEY");
        }
    }
    assert_eq!(state(&world, &ada).await, before);
}

#[tokio::test]
async fn a_key_does_exactly_what_its_scopes_say() {
    let (world, ada, ids) = furnished().await;
    let mut keys = Vec::new();
    for scope in Scope::ALL {
        let others: Vec<Scope> = Scope::ALL.iter().copied().filter(|other| other != scope).collect();
        let own = world.key(&ada, &[*scope], ProjectLimit::All).await;
        keys.push((*scope, own, world.key(&ada, &others, ProjectLimit::All).await));
    }
    let before = state(&world, &ada).await;
    let all = operations(&ids);
    for (method, path, body, needs) in &all {
        for (scope, own, others) in &keys {
            let with_own = call(method, path, body.as_ref()).key(own.expose());
            if matches!(needs, Access::Scopes(scopes) if scopes.contains(scope)) {
                let reply = world.send(call(method, path, body.as_ref()).key(others.expose())).await;
                reply.is(403, "AUTH_SCOPE_REQUIRED");
                assert!(reply.json()["error"].as_str().unwrap().contains(scope.as_str()), "{}", reply.text);
            } else if *needs == Access::Any {
                world.send(with_own).await.ok(200);
            } else {
                let code = if needs.refuses_keys() { "SESSION_REQUIRED" } else { "AUTH_SCOPE_REQUIRED" };
                world.send(with_own).await.is(403, code);
            }
        }
    }
    assert_eq!(state(&world, &ada).await, before);
    // Each scope opens its own operations.
    for (method, path, body, needs) in &all {
        let Access::Scopes([scope]) = needs else { continue };
        let (_, own, _) = keys.iter().find(|(own, ..)| own == scope).unwrap();
        let reply = world.send(call(method, path, body.as_ref()).key(own.expose())).await;
        assert!(reply.status.is_success(), "{method} {path}: {}", reply.text);
    }
}

#[tokio::test]
async fn keys_manage_nothing() {
    let (world, ada, ids) = furnished().await;
    let almighty = world.key(&ada, Scope::ALL, ProjectLimit::All).await;
    let victim =
        world.access_keys().create(&world.actor_of(&ada).await, access_key("v", Scope::ALL)).await.unwrap();
    let before = state(&world, &ada).await;
    let mut session_only = operations(&ids);
    session_only.retain(|(.., needs)| needs.refuses_keys());
    session_only.push((
        "DELETE",
        format!("/api/access-keys/{}", victim.access_key.id),
        None,
        Access::Session,
    ));
    session_only.push(("POST", "/api/auth/sign-out".to_owned(), None, Access::Session));
    let own = world.actor_of(&ada).await.session_id().unwrap();
    session_only.push(("DELETE", format!("/api/account/sessions/{own}"), None, Access::Session));
    for (method, path, body, _) in session_only {
        let reply = world.send(call(method, &path, body.as_ref()).key(almighty.expose())).await;
        reply.is(403, "SESSION_REQUIRED");
        // Nor together with a good cookie.
        let both = world.with(&ada, call(method, &path, body.as_ref())).key(almighty.expose());
        world.send(both).await.is(403, "SESSION_REQUIRED");
    }
    assert_eq!(state(&world, &ada).await, before);
    world.sign_in_again("ada@example.com").await;
    world.send(Call::get("/api/entries").key(victim.token.expose())).await.ok(200);
    let session = world.send(Call::get("/api/auth/session").key(almighty.expose())).await.ok(200);
    assert_eq!(session.data(), Value::Null);
}

/// Both answers, to an id that is somebody else's and to one of nothing.
async fn both(world: &World, foreign: Call, nothing: Call) -> (Reply, Reply) {
    (world.send(foreign).await, world.send(nothing).await)
}

#[tokio::test]
async fn foreign_ids_answer_like_ids_of_nothing_byte_for_byte() {
    let (world, ada, ids) = furnished().await;
    let eve = world.person("eve@example.com").await;
    let key_id =
        world.access_keys().create(&world.actor_of(&ada).await, access_key("v", Scope::ALL)).await.unwrap();
    let limited = world.key(&ada, Scope::ALL, only(&["Shop"])).await;
    let nothing = "0198c0de-0000-7000-8000-000000000000";
    let before = state(&world, &ada).await;
    let key_id = key_id.access_key.id.to_string();
    let (body, beyond) = (json!({}), json!({"index": 50}));
    let content = json!({"fileType": "env", "content": "A=1"});
    let Ids { category, entry, set, env, file } = ids;
    let session_id = world.actor_of(&ada).await.session_id().unwrap().to_string();
    for (method, kind, id, rest, body) in [
        ("GET", "categories", &category, "", None),
        ("PUT", "categories", &category, "", Some(&body)),
        ("DELETE", "categories", &category, "", None),
        ("GET", "entries", &entry, "", None),
        ("PUT", "entries", &entry, "", Some(&body)),
        ("DELETE", "entries", &entry, "", None),
        ("POST", "entries", &entry, "/reveal", None),
        ("GET", "entries", &entry, "/versions", None),
        ("POST", "entries", &entry, "/versions/1/reveal", None),
        ("POST", "entries", &entry, "/versions/1/restore", None),
        ("DELETE", "entries", &entry, "/versions/1", None),
        ("GET", "2fa", &set, "", None),
        ("PUT", "2fa", &set, "", Some(&body)),
        ("DELETE", "2fa", &set, "", None),
        ("POST", "2fa", &set, "/reveal", None),
        ("POST", "2fa", &set, "/reveal", Some(&beyond)),
        ("POST", "2fa", &set, "/codes/0/unuse", None),
        ("GET", "envs", &env, "", None),
        ("PUT", "envs", &env, "", Some(&body)),
        ("DELETE", "envs", &env, "", None),
        ("GET", "envs", &env, "/files", None),
        ("POST", "envs", &env, "/files", Some(&content)),
        ("POST", "envs", &env, &format!("/files/{file}/reveal"), None),
        ("GET", "envs", &env, &format!("/files/{file}/versions"), None),
        ("POST", "envs", &env, &format!("/files/{file}/versions/1/reveal"), None),
        ("POST", "envs", &env, &format!("/files/{file}/versions/1/restore"), None),
        ("DELETE", "envs", &env, &format!("/files/{file}/versions/1"), None),
        ("DELETE", "envs", &env, &format!("/files/{file}"), None),
        ("DELETE", "access-keys", &key_id, "", None),
        ("DELETE", "account/sessions", &session_id, "", None),
    ] {
        let to = |id: &str| call(method, &format!("/api/{kind}/{id}{rest}"), body);
        let (theirs, none) = both(&world, world.with(&eve, to(id)), world.with(&eve, to(nothing))).await;
        assert_eq!((theirs.status.as_u16(), none.status.as_u16()), (404, 404), "{method} {kind}{rest}");
        assert_eq!(theirs.body_without_id(), none.body_without_id());
        assert_eq!(theirs.headers.len(), none.headers.len());
        if ["entries", "envs"].contains(&kind) {
            let (out, none) =
                both(&world, to(id).key(limited.expose()), to(nothing).key(limited.expose())).await;
            assert_eq!((out.status.as_u16(), none.status.as_u16()), (404, 404), "{method} {kind}{rest}");
            assert_eq!(out.body_without_id(), none.body_without_id());
        }
    }
    let into = |category: &str| {
        let body = json!({"categoryId": category, "projectName": "P", "value": "v"});
        world.with(&eve, Call::post("/api/entries").json(&body))
    };
    let (theirs, none) = both(&world, into(&category), into(nothing)).await;
    theirs.is(404, "CATEGORY_NOT_FOUND");
    assert_eq!(theirs.body_without_id(), none.body_without_id());
    assert_eq!(state(&world, &ada).await, before);
    let events = world.storage.audit_events();
    let reveals = |action: &str| action.contains(".reveal");
    assert!(!events.iter().any(|event| reveals(event.action.as_str())), "no reveal was recorded");
}

#[tokio::test]
async fn a_key_that_is_limited_to_projects_stays_within_them() {
    let (world, ada, ids) = furnished().await;
    let Ids { category, entry, .. } = ids;
    let shop = world.entry(&ada, &category, "Shop", json!("v")).await;
    let limited = world.key(&ada, Scope::ALL, only(&["shop"])).await;
    let with = |call: Call| world.send(call.key(limited.expose()));
    let listed = with(Call::get("/api/entries")).await.ok(200).data();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(with(Call::get("/api/entries/project-names")).await.ok(200).data(), json!(["Shop"]));
    with(Call::post(format!("/api/entries/{shop}/reveal"))).await.ok(200);
    with(Call::post(format!("/api/entries/{entry}/reveal"))).await.is(404, "ENTRY_NOT_FOUND");
    let body = json!({"categoryId": category, "projectName": "Blog", "environment": "local", "value": "v"});
    with(Call::post("/api/entries").json(&body)).await.is(403, "AUTH_SCOPE_REQUIRED");
    let body = json!({"projectName": "Blog"});
    let moving = Call::new("PUT", format!("/api/entries/{shop}")).json(&body);
    with(moving).await.is(403, "AUTH_SCOPE_REQUIRED");
    let deleting = Call::new("DELETE", format!("/api/categories/{category}"));
    with(deleting).await.is(403, "AUTH_SCOPE_REQUIRED");
    assert_eq!(with(Call::get(format!("/api/categories/{category}"))).await.data()["entryCount"], 1);
}
