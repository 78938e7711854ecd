//! What operators watch, and who may.

use kagi_domain::{
    Policy,
    access::{ProjectLimit, Scope},
};
use kagi_tests::samples::parse;
use serde_json::json;

use crate::{Call, PASSWORD, World, call::Reply, pages::form, world::site};

const PROXY: &str = "10.0.0.1";

fn world() -> World {
    World::at(site("https://kagi.example", &["10.0.0.0/8"]), Policy::default())
}

fn metrics() -> Call {
    Call::get("/metrics").from("127.0.0.1").header("host", "127.0.0.1:3000")
}

async fn text(world: &World) -> String {
    world.send(metrics()).await.ok(200).text
}

/// The value of one series.
fn value(text: &str, series: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{series} is not in\n{text}")).parse().unwrap()
}

fn sign_in(email: &str, password: &str) -> Call {
    Call::post("/api/auth/sign-in/email").json(&json!({"email": email, "password": password}))
}

#[tokio::test]
async fn this_machine_and_the_trusted_proxies_see_them() {
    let world = world();
    for (peer, proxy) in [
        ("127.0.0.1", false),
        ("127.9.9.9", false),
        ("::1", false),
        ("::ffff:127.0.0.1", false),
        (PROXY, true),
        ("::ffff:10.0.0.1", true),
    ] {
        // Of the trusted proxies who connects counts, not whom they speak for.
        for forwarded in [None, Some("203.0.113.7")].into_iter().filter(|of| proxy || of.is_none()) {
            let call = Call::get("/metrics").from(peer);
            let call = match forwarded {
                Some(client) => call.header("x-forwarded-for", client),
                None => call,
            };
            let reply = world.send(call).await.ok(200);
            assert_eq!(reply.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
            assert_eq!(reply.header("cache-control"), "no-store");
            assert!(reply.text.contains("kagi_build_info{version=\"0.0.0\"} 1"), "{}", reply.text);
        }
    }
    world.send(Call::post("/metrics").from(PROXY)).await.ok(405);
    world.send(metrics().header("host", "evil.example")).await.ok(421);
    let rebound = Call::get("/metrics").from("127.0.0.1").header("host", "evil.example");
    world.send(rebound).await.ok(421);
}

#[tokio::test]
async fn a_proxy_on_this_machine_that_nobody_named_does_not_open_them() {
    let world = world();
    for header in
        ["x-forwarded-for", "X-Forwarded-Proto", "x-forwarded-host", "forwarded", "x-real-ip", "via"]
    {
        for peer in ["127.0.0.1", "::1"] {
            let reply = world.send(Call::get("/metrics").from(peer).header(header, "127.0.0.1")).await;
            assert_eq!(reply.status.as_u16(), 404, "{header} from {peer}");
        }
    }
    let named = World::at(site("https://kagi.example", &["127.0.0.1/32"]), Policy::default());
    named.send(Call::get("/metrics").from("127.0.0.1").header("x-forwarded-for", "192.0.2.7")).await.ok(200);
}

#[tokio::test]
async fn to_anybody_else_they_are_not_there() {
    let world = world();
    let like = async |method: &str, call: &dyn Fn(&str) -> Call| -> (Reply, Reply) {
        let of = |path: &str| call(path).header("x-of", method);
        (world.send(of("/metrics")).await, world.send(of("/nothing")).await)
    };
    for method in ["GET", "HEAD", "POST", "DELETE", "PURGE"] {
        for forwarded in ["127.0.0.1", "10.0.0.1", ""] {
            for peer in ["192.0.2.9", "11.0.0.1", "2001:db8::1"] {
                let call = |path: &str| {
                    Call::new(method, path)
                        .from(peer)
                        .header("x-forwarded-for", forwarded)
                        .header("forwarded", "for=127.0.0.1")
                };
                let (theirs, nothing) = like(method, &call).await;
                assert_eq!((theirs.status.as_u16(), nothing.status.as_u16()), (404, 404), "{method} {peer}");
                assert_eq!(theirs.body_without_id(), nothing.body_without_id());
                let names = |reply: &Reply| reply.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
                assert_eq!(names(&theirs), names(&nothing));
            }
        }
    }
}

#[tokio::test]
async fn requests_are_counted_by_route_method_and_class() {
    let world = world();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "One").await;
    for _ in 0..3 {
        world.send_as(&ada, Call::get(format!("/api/categories/{category}"))).await.ok(200);
    }
    world.send_as(&ada, Call::new("HEAD", format!("/api/categories/{category}"))).await.ok(200);
    world.send(Call::get(format!("/api/categories/{category}"))).await.ok(401);
    world.send(Call::new("PATCH", "/api/categories/x")).await.ok(405);
    world.send(Call::get("/keys")).await.ok(303);
    world.send(Call::get("/api/nothing")).await.ok(404);
    world.storage.set_unavailable(true);
    world.send_as(&ada, Call::get("/api/categories")).await.ok(503);
    let text = text(&world).await;
    let requests = |route: &str, method: &str, status: &str| {
        let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
        value(&text, &format!("kagi_http_requests_total{{{labels}}}"))
    };
    assert_eq!(requests("/api/categories/{}", "GET", "2xx"), 4);
    assert_eq!(requests("/api/categories/{}", "GET", "4xx"), 1);
    assert_eq!(requests("/api/categories/{}", "GET", "5xx"), 0);
    assert_eq!(requests("/api/categories/{}", "-", "4xx"), 1);
    assert_eq!(requests("/api/categories", "POST", "2xx"), 1);
    assert_eq!(requests("/api/categories", "GET", "5xx"), 1);
    assert_eq!(requests("/keys", "GET", "3xx"), 1);
    assert_eq!(requests("-", "GET", "4xx"), 1);
    let duration = "kagi_http_request_duration_seconds";
    let route = "route=\"/api/categories/{}\",method=\"GET\"";
    assert_eq!(value(&text, &format!("{duration}_count{{{route}}}")), 5);
    assert_eq!(value(&text, &format!("{duration}_bucket{{{route},le=\"+Inf\"}}")), 5);
    assert_eq!(value(&text, "kagi_http_requests_in_flight"), 1, "the one that asks");
    assert_eq!(value(&text, "kagi_problems_total{code=\"UNAVAILABLE\"}"), 1);
    assert_eq!(value(&text, "kagi_problems_total{code=\"AUTH_REQUIRED\"}"), 1);
    assert_eq!(value(&text, "kagi_problems_total{code=\"INTERNAL_ERROR\"}"), 0);
}

#[tokio::test]
async fn reveals_are_counted_by_result() {
    let world = world();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "One").await;
    let good = world.entry(&ada, &category, "Good", json!("v")).await;
    let bad = world.entry(&ada, &category, "Bad", json!("w")).await;
    let reader = world.key(&ada, &[Scope::EntriesRead], ProjectLimit::All).await;
    let (_, _, cell) = world.storage.cells().into_iter().find(|(id, ..)| id.to_string() == good).unwrap();
    world.storage.tamper(parse(&bad), cell);
    let api = |id: &str| Call::post(format!("/api/entries/{id}/reveal"));
    world.send_as(&ada, api(&good)).await.ok(200);
    world.send_as(&ada, Call::post(format!("/entries/{good}/reveal"))).await.ok(200);
    world.send_as(&ada, form(format!("/entries/{good}/download"), &[("name", "TOKEN")])).await.ok(200);
    world.send_as(&ada, api(&bad)).await.ok(500);
    world.send_as(&ada, api("x")).await.ok(404);
    world.send(api(&good)).await.ok(401);
    world.send(api(&good).key(reader.expose())).await.ok(403);
    world.send(Call::post(format!("/entries/{good}/reveal"))).await.ok(303);
    world.send_as(&ada, Call::get(format!("/entries/{good}/reveal"))).await;
    world.storage.fail_audit(true);
    world.send_as(&ada, api(&good)).await.ok(503);
    let text = text(&world).await;
    for (result, count) in [
        ("ok", 3),
        ("integrity", 1),
        ("not_found", 1),
        ("denied", 3),
        ("unavailable", 1),
        ("throttled", 0),
        ("refused", 0),
        ("failed", 0),
    ] {
        assert_eq!(value(&text, &format!("kagi_reveals_total{{result=\"{result}\"}}")), count, "{result}");
    }
}

#[tokio::test]
async fn sign_ins_are_counted_by_result() {
    let world = world();
    world.person("ada@example.com").await;
    let form = |password: &str| {
        let call = Call::post("/sign-in").header("content-type", "application/x-www-form-urlencoded");
        call.body(format!("email=ada%40example.com&password={}", password.replace(' ', "+")))
    };
    world.send(sign_in("ada@example.com", PASSWORD)).await.ok(200);
    world.send(form(PASSWORD)).await.ok(303);
    world.send(Call::get("/sign-in")).await.ok(200);
    world.send(sign_in("ada@example.com", "")).await;
    world.send(Call::post("/api/auth/sign-in/email").text("{")).await.ok(400);
    world.hasher.set_busy(true);
    world.send(sign_in("ada@example.com", PASSWORD)).await.ok(503);
    world.hasher.set_busy(false);
    for _ in 0..3 {
        world.send(form("wrong")).await.ok(401);
    }
    world.send(sign_in("ada@example.com", "wrong")).await.ok(429);
    world.send(form(PASSWORD)).await.ok(429);
    let text = text(&world).await;
    for (result, count) in
        [("ok", 2), ("denied", 4), ("refused", 1), ("unavailable", 1), ("throttled", 2), ("failed", 0)]
    {
        assert_eq!(value(&text, &format!("kagi_sign_ins_total{{result=\"{result}\"}}")), count, "{result}");
    }
}

#[tokio::test]
async fn no_client_can_make_a_series_or_leave_a_word_in_one() {
    let world = world();
    let ada = world.person("canary@example.com").await;
    let category = world.category(&ada, "Canary").await;
    let entry = world.entry(&ada, &category, "Canary", json!("sk-canary")).await;
    let rounds = async |round: usize| {
        for path in
            ["/api/entries", "/api/categories", "/entries", "/keys", "/api/canary", "/canary", "/assets/x"]
        {
            for method in ["GET", "POST", "PUT", "DELETE", "CANARY"] {
                let path = format!("{path}/canary{round}?canary={round}");
                let method = if method == "CANARY" { format!("CANARY{round}") } else { method.to_owned() };
                let call =
                    Call::new(&method, path).header("user-agent", "canary").header("x-request-id", "canary");
                world.send_as(&ada, call).await;
            }
        }
        world.send_as(&ada, Call::post(format!("/api/entries/{entry}/reveal"))).await.ok(200);
        world.send(Call::get("/").header("host", format!("canary{round}.example"))).await.ok(421);
        text(&world).await
    };
    // The first is not counted yet while it is shown.
    rounds(0).await;
    let before = rounds(1).await.lines().count();
    let mut after = String::new();
    for round in 2..10 {
        after = rounds(round).await;
    }
    assert_eq!(after.lines().count(), before);
    let lower = after.to_lowercase();
    for word in ["canary", &entry, &category, &ada, "example", "192.0.2.9", "127.0.0.1"] {
        assert!(!lower.contains(&word.to_lowercase()), "{word} in\n{after}");
    }
}
