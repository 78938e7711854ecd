//! A person's own account over the API.

use std::time::Duration;

use kagi_domain::access::{Actor, ProjectLimit, Scope};
use serde_json::{Value, json};

use crate::{Call, PASSWORD, World, call::names, sign_in::cookie};

const NEW: &str = "another horse battery";

fn change(current: &str, new: &str) -> Call {
    Call::new("PUT", "/api/account/password").json(&json!({"currentPassword": current, "newPassword": new}))
}

fn rename(body: &Value) -> Call {
    Call::new("PUT", "/api/account").json(body)
}

#[tokio::test]
async fn a_profile_is_shown_and_changed_in_part() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let shown = world.send_as(&ada, Call::get("/api/account")).await.ok(200).data();
    assert_eq!(names(&shown), ["createdAt", "email", "hasPassword", "id", "name"]);
    assert_eq!(
        (&shown["email"], &shown["name"], &shown["hasPassword"]),
        (&json!("ada@example.com"), &Value::Null, &json!(true))
    );
    for (body, name) in [
        (json!({"name": " Ada "}), json!("Ada")),
        (json!({}), json!("Ada")),
        (json!({"name": null}), Value::Null),
    ] {
        let changed = world.send_as(&ada, rename(&body)).await.ok(200).data();
        assert_eq!(changed["name"], name, "{body}");
        assert_eq!(world.send_as(&ada, Call::get("/api/account")).await.data(), changed);
    }
    for wrong in [json!({"name": " "}), json!({"name": "a\nb"}), json!({"name": "x".repeat(256)})] {
        assert_eq!(world.send_as(&ada, rename(&wrong)).await.ok(400).fields(), ["name"]);
    }
    let unknown = json!({"email": "eve@example.com"});
    assert_eq!(world.send_as(&ada, rename(&unknown)).await.ok(400).fields(), ["body"]);
}

#[tokio::test]
async fn a_new_password_gives_a_new_cookie_and_ends_other_sessions() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let other = world.sign_in_again("ada@example.com").await;
    world.clock.advance(Actor::FRESH);
    let profile = world.send_as(&ada, Call::get("/api/account")).await.ok(200).data();
    let reply = world.send_as(&ada, change(PASSWORD, NEW)).await.ok(200);
    assert_eq!(reply.data(), profile, "it answers as a change of the profile does");
    let (pair, attributes) = cookie(&reply);
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Secure");
    for dead in [&ada, &other] {
        world.send_as(dead, Call::get("/api/account")).await.is(401, "AUTH_REQUIRED");
    }
    let key = json!({"name": "CI", "scopes": ["stats:read"]});
    world.send(Call::post("/api/access-keys").json(&key).header("cookie", &pair)).await.ok(201);
    let sign_in = |password: &str| {
        let body = json!({"email": "ada@example.com", "password": password});
        Call::post("/api/auth/sign-in/email").json(&body)
    };
    world.send(sign_in(PASSWORD)).await.is(401, "AUTH_INVALID_CREDENTIALS");
    world.send(sign_in(NEW)).await.ok(200);
}

#[tokio::test]
async fn a_wrong_or_bad_password_changes_nothing() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for (body, fields) in [
        (json!({}), vec!["currentPassword", "newPassword"]),
        (json!({"currentPassword": PASSWORD, "newPassword": "short"}), vec!["newPassword"]),
        (json!({"currentPassword": PASSWORD, "newPassword": "x".repeat(1025)}), vec!["newPassword"]),
        (json!({"currentPassword": "a\0b", "newPassword": NEW}), vec!["currentPassword"]),
        (json!({"currentPassword": PASSWORD, "newPassword": "a\0b".repeat(9)}), vec!["newPassword"]),
    ] {
        let call = Call::new("PUT", "/api/account/password").json(&body);
        assert_eq!(world.send_as(&ada, call).await.ok(400).fields(), fields);
    }
    for _ in 0..4 {
        world.send_as(&ada, change("wrong", NEW)).await.is(401, "AUTH_INVALID_CREDENTIALS");
    }
    for current in ["wrong", PASSWORD] {
        let reply = world.send_as(&ada, change(current, NEW)).await;
        reply.is(429, "RATE_LIMITED");
        assert_eq!(reply.header("retry-after"), "900");
    }
    world.send_as(&ada, Call::get("/api/account")).await.ok(200);
    world.clock.advance(Duration::from_mins(15));
    world.sign_in_again("ada@example.com").await;
}

#[tokio::test]
async fn the_longest_passwords_fit_however_they_are_spelled() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let longest = "\u{1f511}".repeat(1024);
    let reply = world.send_as(&ada, change(PASSWORD, &longest)).await.ok(200);
    let (pair, _) = cookie(&reply);
    // As programs write it that keep to ASCII.
    let spelled = "\\ud83d\\udd11".repeat(1024);
    let body = format!(r#"{{"currentPassword":"{spelled}","newPassword":"{spelled}"}}"#);
    let call = Call::new("PUT", "/api/account/password").text(body).header("cookie", &pair);
    world.send(call).await.ok(200);
}

#[tokio::test]
async fn emptying_the_vault_leaves_the_account() {
    let world = World::new();
    let (ada, eve) = (world.person("ada@example.com").await, world.person("eve@example.com").await);
    let key = world.key(&ada, Scope::ALL, ProjectLimit::All).await;
    for person in [&ada, &eve] {
        let category = world.category(person, "One").await;
        world.entry(person, &category, "Blog", json!("v")).await;
    }
    let wipe = || Call::new("DELETE", "/api/account/data");
    world.clock.advance(Actor::FRESH);
    world.send_as(&ada, wipe()).await.is(403, "REAUTH_REQUIRED");
    assert_eq!(world.storage.cells().len(), 2);
    let fresh = world.sign_in_again("ada@example.com").await;
    world.send_as(&fresh, wipe()).await.ok(204);
    for path in ["/api/categories", "/api/entries", "/api/entries/project-names"] {
        assert_eq!(world.send(Call::get(path).key(key.expose())).await.ok(200).data(), json!([]));
    }
    assert_eq!(world.storage.cells().len(), 1);
    world.send_as(&ada, Call::get("/api/account")).await.ok(200);
    assert_eq!(world.send_as(&eve, Call::get("/api/entries")).await.data().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing_that_works() {
    let world = World::new();
    let (ada, eve) = (world.person("ada@example.com").await, world.person("eve@example.com").await);
    let other = world.sign_in_again("ada@example.com").await;
    let key = world.key(&ada, Scope::ALL, ProjectLimit::All).await;
    let category = world.category(&ada, "One").await;
    let entry = world.entry(&ada, &category, "Blog", json!("v")).await;
    let delete = || Call::new("DELETE", "/api/account");
    world.clock.advance(Actor::FRESH);
    world.send_as(&ada, delete()).await.is(403, "REAUTH_REQUIRED");
    let fresh = world.sign_in_again("ada@example.com").await;
    let reply = world.send_as(&fresh, delete()).await.ok(204);
    let (pair, attributes) = cookie(&reply);
    assert_eq!(pair, "__Host-kagi_session=");
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    for dead in [&ada, &other, &fresh] {
        world.send_as(dead, Call::get("/api/account")).await.is(401, "AUTH_REQUIRED");
    }
    let reveal = Call::post(format!("/api/entries/{entry}/reveal")).key(key.expose());
    world.send(reveal).await.is(401, "AUTH_INVALID_KEY");
    assert!(world.storage.cells().is_empty());
    world.send_as(&eve, Call::get("/api/account")).await.ok(200);
}

#[tokio::test]
async fn other_sites_end_nothing() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for (method, path) in [
        ("PUT", "/api/account"),
        ("PUT", "/api/account/password"),
        ("DELETE", "/api/account/sessions"),
        ("DELETE", "/api/account/data"),
        ("DELETE", "/api/account"),
    ] {
        let call = Call::new(method, path).header("sec-fetch-site", "cross-site");
        world.send_as(&ada, call).await.is(403, "CSRF_REJECTED");
    }
    world.send_as(&ada, Call::get("/api/account")).await.ok(200);
}
