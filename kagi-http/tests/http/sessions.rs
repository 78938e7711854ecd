//! A person's own sessions over the API.

use std::time::Duration;

use kagi_domain::{Policy, SignUp};
use serde_json::{Value, json};

use crate::{Call, PASSWORD, World, call::names, sign_in::cookie, world::site};

fn sign_in() -> Call {
    let body = json!({"email": "ada@example.com", "password": PASSWORD});
    Call::post("/api/auth/sign-in/email").json(&body)
}

fn form(path: &str, body: &str) -> Call {
    let call = Call::post(path).header("content-type", "application/x-www-form-urlencoded");
    call.body(body.to_owned())
}

async fn listed(world: &World, token: &str) -> Vec<Value> {
    let reply = world.send_as(token, Call::get("/api/account/sessions")).await.ok(200);
    reply.data().as_array().unwrap().clone()
}

fn end(session: &Value) -> Call {
    Call::new("DELETE", format!("/api/account/sessions/{}", session["id"].as_str().unwrap()))
}

#[tokio::test]
async fn sessions_are_listed_newest_first_while_they_work() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.person("eve@example.com").await;
    world.clock.advance(Duration::from_hours(11));
    world.send(sign_in().header("user-agent", "curl/8.5.0")).await.ok(200);
    let found = listed(&world, &ada).await;
    let expected = ["authenticatedAt", "createdAt", "current", "id", "lastSeenAt", "userAgent"];
    assert_eq!(names(&found[0]), expected);
    assert_eq!((&found[0]["userAgent"], &found[0]["current"]), (&json!("curl/8.5.0"), &json!(false)));
    assert_eq!((&found[1]["userAgent"], &found[1]["current"]), (&Value::Null, &json!(true)));
    assert_eq!(found[1]["lastSeenAt"], "2030-01-01T23:00:00.000Z");
    assert_eq!(found.len(), 2);

    let first = world.send_as(&ada, Call::get("/api/account/sessions?limit=1")).await.ok(200).json();
    let next = format!("/api/account/sessions?limit=1&cursor={}", first["nextCursor"].as_str().unwrap());
    let second = world.send_as(&ada, Call::get(next)).await.ok(200).json();
    assert_eq!((&first["data"][0], &second["data"][0]), (&found[0], &found[1]));
    assert_eq!(second["nextCursor"], Value::Null);
    for wrong in ["limit=0", "limit=x", "cursor=x", "cursor=a2E"] {
        let reply = world.send_as(&ada, Call::get(format!("/api/account/sessions?{wrong}"))).await;
        assert_eq!(reply.ok(400).fields(), [wrong.split('=').next().unwrap()]);
    }
    // The one that nobody used for 12 hours has ended and is no longer listed.
    world.clock.advance(Duration::from_hours(11));
    assert_eq!(listed(&world, &ada).await.len(), 2);
    world.clock.advance(Duration::from_hours(1));
    assert_eq!(listed(&world, &ada).await.len(), 1);
}

#[tokio::test]
async fn the_program_is_named_wherever_a_session_begins() {
    let policy = Policy { sign_up: SignUp::Open, ..Policy::default() };
    let world = World::at(site("https://kagi.example", &[]), policy);
    let token = world.sign_in().set_up_token();
    let person =
        |email: &str| format!("email={}&password={}", email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let set_up = format!("token={}&{}", token.expose(), person("ada@example.com"));
    let body = json!({"email": "eve@example.com", "password": PASSWORD});
    let agent = format!("Mozilla/5.0 \u{9b}[31m (\u{e9}) {}", "x".repeat(300));
    for (call, status) in [
        (form("/setup", &set_up), 303),
        (form("/sign-in", &person("ada@example.com")), 303),
        (form("/sign-up", &person("bob@example.com")), 303),
        (sign_in(), 200),
        (Call::post("/api/auth/sign-up/email").json(&body), 201),
    ] {
        let reply = world.send(call.header("user-agent", &agent)).await.ok(status);
        let cookies = reply.headers.get_all("set-cookie").iter();
        let mut cookies =
            cookies.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        let own = cookies.find(|cookie| cookie.starts_with("__Host-kagi_session=")).unwrap();
        let found = world.send(Call::get("/api/account/sessions").header("cookie", own)).await.ok(200).data();
        let named = found[0]["userAgent"].as_str().unwrap();
        assert!(named.starts_with("Mozilla/5.0 [31m (\u{e9})"), "{named}");
        assert_eq!(named.chars().count(), 256);
    }
}

#[tokio::test]
async fn an_ended_session_is_refused_and_the_own_one_loses_its_cookie() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let other = world.sign_in_again("ada@example.com").await;
    let found = listed(&world, &ada).await;
    let reply = world.send_as(&ada, end(&found[0])).await.ok(204);
    assert_eq!(reply.header("set-cookie"), "");
    world.send_as(&other, Call::get("/api/account")).await.is(401, "AUTH_REQUIRED");
    world.send_as(&ada, end(&found[0])).await.is(404, "SESSION_NOT_FOUND");
    let reply = world.send_as(&ada, end(&found[1])).await.ok(204);
    let (pair, attributes) = cookie(&reply);
    assert_eq!(pair, "__Host-kagi_session=");
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    world.send_as(&ada, Call::get("/api/account")).await.is(401, "AUTH_REQUIRED");
}

#[tokio::test]
async fn all_others_end_at_once() {
    let world = World::new();
    let (ada, eve) = (world.person("ada@example.com").await, world.person("eve@example.com").await);
    let others = [world.sign_in_again("ada@example.com").await, world.sign_in_again("ada@example.com").await];
    let reply = world.send_as(&ada, Call::new("DELETE", "/api/account/sessions")).await.ok(204);
    assert_eq!(reply.header("set-cookie"), "");
    for dead in &others {
        world.send_as(dead, Call::get("/api/account")).await.is(401, "AUTH_REQUIRED");
    }
    for alive in [&ada, &eve] {
        world.send_as(alive, Call::get("/api/account")).await.ok(200);
    }
    assert_eq!(listed(&world, &ada).await.len(), 1);
}
