//! Sessions: how they begin, what the cookie says, how they end.

use std::time::Duration;

use kagi_domain::{Policy, SignUp, access::Actor};
use serde_json::{Value, json};

use crate::{Call, PASSWORD, World, call::Reply, world::site};

fn open() -> Policy {
    Policy { sign_up: SignUp::Open, ..Policy::default() }
}

fn sign_in(email: &str, password: &str) -> Call {
    Call::post("/api/auth/sign-in/email").json(&json!({"email": email, "password": password}))
}

/// The token and the attributes of the cookie that an answer sets.
pub(crate) fn cookie(reply: &Reply) -> (String, String) {
    assert_eq!(reply.headers.get_all("set-cookie").iter().count(), 1);
    let (pair, attributes) = reply.header("set-cookie").split_once("; ").unwrap();
    (pair.to_owned(), attributes.to_owned())
}

#[tokio::test]
async fn the_cookie_is_as_strict_as_the_address_allows() {
    for (url, name, attributes) in [
        ("https://kagi.example", "__Host-kagi_session", "Path=/; HttpOnly; SameSite=Lax; Secure"),
        ("http://127.0.0.1:3000", "kagi_session", "Path=/; HttpOnly; SameSite=Lax"),
    ] {
        let world = World::at(site(url, &[]), Policy::default());
        world.person("ada@example.com").await;
        let reply = world.send(sign_in(" ADA@example.com ", PASSWORD)).await.ok(200);
        let data = reply.data();
        assert_eq!(
            (&data["user"]["email"], &data["user"]["name"]),
            (&json!("ada@example.com"), &Value::Null)
        );
        let (pair, given) = cookie(&reply);
        let token = pair.strip_prefix(name).unwrap().strip_prefix('=').unwrap();
        assert_eq!((given.as_str(), token.len()), (attributes, 43));
        assert!(!reply.text.contains(token));
        let shown = world.send(Call::get("/api/auth/session").header("cookie", &pair)).await.ok(200);
        assert_eq!(shown.data(), data);
        // The other address's cookie is not looked at; two of one name are none.
        let other = if url.starts_with("https") { "kagi_session" } else { "__Host-kagi_session" };
        for header in [format!("{other}={token}"), format!("{pair}; {pair}"), format!("{name}x={token}")] {
            let reply = world.send(Call::get("/api/auth/session").header("cookie", header)).await.ok(200);
            assert_eq!(reply.data(), Value::Null);
        }
        let among = format!("theme=dark; {pair}; x=y");
        world.send(Call::get("/api/categories").header("cookie", among)).await.ok(200);
    }
}

#[tokio::test]
async fn whoever_registers_before_the_set_up_can_sign_in_again() {
    let world = World::at(site("https://kagi.example", &[]), open());
    let token = world.sign_in().set_up_token().expose().to_owned();
    let stands = async |path: String| world.send(Call::get(path)).await;
    assert_eq!(stands("/sign-in".to_owned()).await.header("location"), "/setup");
    // A refusal is no account.
    let weak = json!({"email": "ada@example.com", "password": "short"});
    world.send(Call::post("/api/auth/sign-up/email").json(&weak)).await.ok(400);
    assert_eq!(stands("/sign-in".to_owned()).await.header("location"), "/setup");
    let ada = json!({"email": "ada@example.com", "password": PASSWORD});
    world.send(Call::post("/api/auth/sign-up/email").json(&ada)).await.ok(201);
    assert!(stands("/sign-in".to_owned()).await.ok(200).text.contains("name=\"password\""));
    assert_eq!(stands("/keys".to_owned()).await.header("location"), "/sign-in?next=/keys");
    let link = stands(format!("/setup?token={token}")).await.ok(200).text;
    assert!(
        link.contains("Kagi is set up") && !link.contains("name=\"password\""),
        "the link has had its use"
    );
    world.send(sign_in("ada@example.com", PASSWORD)).await.ok(200);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_its_cookie() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let reply = world.send_as(&ada, Call::post("/api/auth/sign-out")).await.ok(200);
    assert_eq!(reply.text, r#"{"data":null}"#);
    let (pair, attributes) = cookie(&reply);
    assert_eq!(pair, "__Host-kagi_session=");
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    world.send_as(&ada, Call::get("/api/categories")).await.is(401, "AUTH_REQUIRED");
    // Without a session there is nothing to end.
    world.send_as(&ada, Call::post("/api/auth/sign-out")).await.ok(200);
    world.send(Call::post("/api/auth/sign-out")).await.ok(200);
}

#[tokio::test]
async fn wrong_passwords_look_alike_and_are_throttled() {
    let world = World::new();
    world.person("ada@example.com").await;
    world.people().add(crate::world::who("gone@example.com")).await.unwrap();
    world.people().disable(&"gone@example.com".parse().unwrap()).await.unwrap();
    let mut bodies = Vec::new();
    for (email, password) in [
        ("nobody@example.com", PASSWORD),
        ("gone@example.com", PASSWORD),
        ("ada@example.com", "wrong"),
        ("no address", "x"),
    ] {
        let reply = world.send(sign_in(email, password)).await.ok(401);
        reply.is(401, "AUTH_INVALID_CREDENTIALS");
        assert_eq!(reply.header("set-cookie"), "");
        bodies.push(reply.body_without_id());
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);

    for _ in 0..3 {
        world.send(sign_in("ada@example.com", "wrong").from("203.0.113.1")).await.ok(401);
    }
    for password in ["wrong", PASSWORD] {
        let reply = world.send(sign_in("ada@example.com", password).from("203.0.113.1")).await;
        reply.is(429, "RATE_LIMITED");
        assert_eq!(reply.header("retry-after"), "900");
    }
    world.clock.advance(Duration::from_mins(15));
    world.send(sign_in("ada@example.com", PASSWORD)).await.ok(200);
}

#[tokio::test]
async fn a_busy_hasher_asks_to_come_back() {
    let world = World::new();
    world.person("ada@example.com").await;
    world.hasher.set_busy(true);
    let reply = world.send(sign_in("ada@example.com", PASSWORD)).await;
    reply.is(503, "UNAVAILABLE");
    assert_eq!(reply.header("retry-after"), "1");
}

#[tokio::test]
async fn registration_is_open_only_where_the_operator_says_so() {
    let body = json!({"email": "eve@example.com", "password": PASSWORD, "name": "Eve"});
    let sign_up = || Call::post("/api/auth/sign-up/email").json(&body);
    World::new().send(sign_up()).await.is(403, "SIGN_UP_CLOSED");

    let world = World::at(site("https://kagi.example", &[]), open());
    let reply = world.send(sign_up()).await.ok(201);
    assert_eq!(reply.data()["user"]["name"], "Eve");
    let (pair, _) = cookie(&reply);
    world.send(Call::get("/api/categories").header("cookie", &pair)).await.ok(200);
    world.send(sign_up()).await.is(409, "EMAIL_TAKEN");
    let short = json!({"email": "x", "password": "short", "name": "a\nb"});
    let reply = world.send(Call::post("/api/auth/sign-up/email").json(&short)).await.ok(400);
    assert_eq!(reply.fields(), ["email", "password", "name"]);
    // Asking for addresses is guessing too.
    let mut last = 0;
    for _ in 0..25 {
        last = world.send(sign_up()).await.status.as_u16();
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn where_passwords_are_off_their_operations_are_not_there() {
    let policy = Policy { passwords: false, ..open() };
    let world = World::at(site("https://kagi.example", &[]), policy);
    world.send(sign_in("ada@example.com", PASSWORD)).await.is(404, "NOT_FOUND");
    let body = json!({"email": "eve@example.com", "password": PASSWORD});
    world.send(Call::post("/api/auth/sign-up/email").json(&body)).await.is(404, "NOT_FOUND");
}

#[tokio::test]
async fn confirming_the_password_gives_a_new_token_and_ten_minutes() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.clock.advance(Actor::FRESH);
    let key = json!({"name": "CI", "scopes": ["stats:read"]});
    world.send_as(&ada, Call::post("/api/access-keys").json(&key)).await.is(403, "REAUTH_REQUIRED");
    let confirm = |password: &str| Call::post("/api/account/reauth").json(&json!({"password": password}));
    world.send_as(&ada, confirm("wrong")).await.is(401, "AUTH_INVALID_CREDENTIALS");
    let reply = world.send_as(&ada, confirm(PASSWORD)).await.ok(204);
    let (pair, attributes) = cookie(&reply);
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Secure");
    assert!(!pair.ends_with(&ada));
    world.send_as(&ada, Call::get("/api/categories")).await.is(401, "AUTH_REQUIRED");
    world.send(Call::post("/api/access-keys").json(&key).header("cookie", &pair)).await.ok(201);
    world.send(confirm(PASSWORD)).await.is(401, "AUTH_REQUIRED");
}

#[tokio::test]
async fn sessions_end_by_idleness_age_and_disabling() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.clock.advance(Duration::from_hours(12));
    world.send_as(&ada, Call::get("/api/categories")).await.is(401, "AUTH_REQUIRED");
    let ada = world.sign_in_again("ada@example.com").await;
    for _ in 0..16 {
        world.send_as(&ada, Call::get("/api/categories")).await.ok(200);
        world.clock.advance(Duration::from_hours(10));
    }
    world.clock.advance(Duration::from_hours(8));
    world.send_as(&ada, Call::get("/api/categories")).await.is(401, "AUTH_REQUIRED");
    let ada = world.sign_in_again("ada@example.com").await;
    world.people().disable(&"ada@example.com".parse().unwrap()).await.unwrap();
    world.send_as(&ada, Call::get("/api/categories")).await.is(401, "AUTH_REQUIRED");
}

#[tokio::test]
async fn another_sign_in_of_a_browser_ends_the_session_it_was_in() {
    let world = World::at(site("https://kagi.example", &[]), open());
    let first = world.person("ada@example.com").await;
    let second = cookie(&world.send_as(&first, sign_in("ada@example.com", PASSWORD)).await.ok(200)).0;
    world.send_as(&first, Call::get("/api/categories")).await.is(401, "AUTH_REQUIRED");
    let body = json!({"email": "bob@example.com", "password": PASSWORD});
    let call = Call::post("/api/auth/sign-up/email").json(&body).header("cookie", &second);
    let third = cookie(&world.send(call).await.ok(201)).0;
    world.send(Call::get("/api/categories").header("cookie", &second)).await.is(401, "AUTH_REQUIRED");

    let fields = [("email", "ada@example.com"), ("password", PASSWORD)];
    let reply = world.send(crate::pages::form("/sign-in", &fields).header("cookie", &third)).await.ok(303);
    world.send(Call::get("/api/categories").header("cookie", &third)).await.is(401, "AUTH_REQUIRED");
    // A guess ends nothing.
    let fourth = cookie(&reply).0;
    world.send(sign_in("ada@example.com", "wrong").header("cookie", &fourth)).await.ok(401);
    world.send(Call::get("/api/categories").header("cookie", &fourth)).await.ok(200);
}
