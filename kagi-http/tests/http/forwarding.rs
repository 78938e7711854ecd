//! Forwarding headers count only from trusted proxies.

use kagi_domain::{Policy, audit::Action};
use serde_json::json;

use crate::{Call, PASSWORD, World, world::site};

const PROXIES: [&str; 2] = ["10.0.0.0/8", "2001:db8:ffff::/48"];

/// The trusted proxies, who connects, the headers, and who the client is.
type Case<'a> = (&'a [&'a str], &'a str, &'a [(&'a str, &'a str)], &'a str);

/// The address that the audit trail saw of a failed sign-in.
async fn seen(proxies: &[&str], remote: &str, headers: &[(&str, &str)]) -> String {
    let world = World::at(site("https://kagi.example", proxies), Policy::default());
    let body = json!({"email": "nobody@example.com", "password": "x"});
    let mut call = Call::post("/api/auth/sign-in/email").json(&body).from(remote);
    for (name, value) in headers {
        call = call.header(name, value);
    }
    world.send(call).await.is(401, "AUTH_INVALID_CREDENTIALS");
    let events = world.storage.audit_events();
    let event = events.iter().rev().find(|event| event.action == Action::SignIn).unwrap();
    event.ip.unwrap().to_string()
}

#[tokio::test]
async fn the_right_most_untrusted_hop_is_the_client() {
    let table: &[Case] = &[
        // Nobody is trusted: the headers are the client's own words.
        (&[], "198.51.100.7", &[("x-forwarded-for", "1.1.1.1")], "198.51.100.7"),
        (&[], "127.0.0.1", &[("x-forwarded-for", "1.1.1.1")], "127.0.0.1"),
        (&PROXIES, "198.51.100.7", &[("x-forwarded-for", "1.1.1.1")], "198.51.100.7"),
        (&PROXIES, "198.51.100.7", &[("forwarded", "for=1.1.1.1")], "198.51.100.7"),
        (&PROXIES, "198.51.100.7", &[("x-real-ip", "1.1.1.1")], "198.51.100.7"),
        // One proxy.
        (&PROXIES, "10.0.0.1", &[], "10.0.0.1"),
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "198.51.100.7")], "198.51.100.7"),
        (&PROXIES, "10.0.0.1", &[("x-real-ip", "1.1.1.1")], "10.0.0.1"),
        // What stands to the left was sent by the client.
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "1.1.1.1, 198.51.100.7")], "198.51.100.7"),
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "10.9.9.9, 198.51.100.7")], "198.51.100.7"),
        (
            &PROXIES,
            "10.0.0.1",
            &[("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "198.51.100.7")],
            "198.51.100.7",
        ),
        // Two proxies.
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "1.1.1.1, 198.51.100.7, 10.0.0.2")], "198.51.100.7"),
        (&PROXIES, "2001:db8:ffff::1", &[("x-forwarded-for", "2001:db8::7, 10.0.0.2")], "2001:db8::7"),
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "10.0.0.3, 10.0.0.2")], "10.0.0.3"),
        // Odd spellings.
        (&PROXIES, "::ffff:10.0.0.1", &[("x-forwarded-for", "::ffff:198.51.100.7")], "198.51.100.7"),
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "198.51.100.7:5000")], "198.51.100.7"),
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "[2001:db8::7]:5000")], "2001:db8::7"),
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "unknown")], "10.0.0.1"),
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "1.1.1.1, unknown, 10.0.0.2")], "10.0.0.2"),
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "")], "10.0.0.1"),
        (&PROXIES, "10.0.0.1", &[("x-forwarded-for", "\u{ff}")], "10.0.0.1"),
        // RFC 7239.
        (&PROXIES, "10.0.0.1", &[("forwarded", "for=198.51.100.7;proto=https")], "198.51.100.7"),
        (&PROXIES, "10.0.0.1", &[("forwarded", "for=1.1.1.1, For=\"[2001:db8::7]:80\";by=x")], "2001:db8::7"),
        (&PROXIES, "10.0.0.1", &[("forwarded", "for=1.1.1.1, proto=https")], "10.0.0.1"),
        (&PROXIES, "10.0.0.1", &[("forwarded", "for=_hidden")], "10.0.0.1"),
    ];
    for (proxies, remote, headers, client) in table {
        assert_eq!(seen(proxies, remote, headers).await, *client, "{remote} {headers:?}");
    }
}

#[tokio::test]
async fn a_client_cannot_choose_the_address_that_is_throttled() {
    let world = World::new();
    for number in 0..40 {
        let body = json!({"email": format!("nobody{number}@example.com"), "password": "x"});
        let call = Call::post("/api/auth/sign-in/email").json(&body);
        let reply = world.send(call.header("x-forwarded-for", format!("203.0.113.{number}"))).await;
        reply.is(
            if number < 19 { 401 } else { 429 },
            if number < 19 { "AUTH_INVALID_CREDENTIALS" } else { "RATE_LIMITED" },
        );
    }
}

#[tokio::test]
async fn other_forwarding_headers_are_never_believed() {
    let world = World::at(site("https://kagi.example", &PROXIES), Policy::default());
    for name in ["x-forwarded-host", "x-host", "x-original-host"] {
        let call = Call::get("/api/auth/session").header("host", "evil.example").header(name, "kagi.example");
        world.send(call.from("10.0.0.1")).await.is(421, "MISDIRECTED_REQUEST");
    }
    // Whether a cookie is for https only is the public URL's to say, and not a proxy's.
    let plain = World::at(site("http://127.0.0.1:3000", &PROXIES), Policy::default());
    plain.person("ada@example.com").await;
    let body = json!({"email": "ada@example.com", "password": PASSWORD});
    let call = Call::post("/api/auth/sign-in/email").json(&body).header("x-forwarded-proto", "https");
    let reply = plain.send(call.header("forwarded", "proto=https").from("10.0.0.1")).await.ok(200);
    assert!(reply.header("set-cookie").starts_with("kagi_session="), "{}", reply.header("set-cookie"));
    assert!(!reply.header("set-cookie").contains("Secure"));
    let override_method = Call::get("/api/auth/session").header("x-http-method-override", "DELETE");
    world.send(override_method).await.ok(200);
}
