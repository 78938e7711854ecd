//! Recovery sets and their codes, as they should go and as they are refused.

use std::time::Duration;

use kagi_domain::{
    access::Scope,
    ports::{Clock, StorageError},
};
use kagi_tests::samples::{only, parse};
use serde_json::{Value, json};

use crate::{Call, World, call::names};

fn reveal(id: &str) -> Call {
    Call::post(format!("/api/2fa/{id}/reveal"))
}

fn unuse(id: &str, index: &str) -> Call {
    Call::post(format!("/api/2fa/{id}/codes/{index}/unuse"))
}

fn reveals(world: &World, result: &str) -> usize {
    let events = world.storage.audit_events();
    let is = |event: &&kagi_domain::audit::AuditEvent| {
        event.action.as_str() == "two_factor.reveal" && event.result.as_str() == result
    };
    events.iter().filter(is).count()
}

#[tokio::test]
async fn sets_are_made_shown_changed_and_deleted() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({"service": " GitHub ", "label": "ada", "tokens": [" canary-0\n", "canary 1"]});
    let made = world.send_as(&ada, Call::post("/api/2fa").json(&body)).await.ok(201);
    let data = made.data();
    let expected = ["codes", "createdAt", "id", "label", "service", "totalCount", "updatedAt", "usedCount"];
    assert_eq!(names(&data), expected);
    assert_eq!((&data["service"], &data["label"]), (&json!("GitHub"), &json!("ada")));
    assert_eq!((&data["totalCount"], &data["usedCount"]), (&json!(2), &json!(0)));
    assert_eq!(data["codes"], json!([{"index": 0, "usedAt": null}, {"index": 1, "usedAt": null}]));
    assert_eq!(data["createdAt"], "2030-01-01T12:00:00.000Z");
    let path = format!("/api/2fa/{}", made.id());

    let shown = world.send_as(&ada, Call::get(&path)).await.ok(200);
    assert_eq!(shown.data(), data);
    let revealed = world.send_as(&ada, reveal(&made.id())).await.ok(200);
    let expected =
        json!({"id": made.id(), "service": "GitHub", "token": "canary-0", "index": 0, "remaining": 1});
    assert_eq!(revealed.data(), expected);
    assert_eq!(revealed.header("cache-control"), "no-store");

    world.clock.advance(Duration::from_secs(1));
    let change = json!({"service": "GitLab", "label": null});
    let changed = world.send_as(&ada, Call::new("PUT", &path).json(&change)).await.ok(200);
    let used = json!([{"index": 0, "usedAt": "2030-01-01T12:00:00.000Z"}, {"index": 1, "usedAt": null}]);
    assert_eq!((&changed.data()["codes"], &changed.data()["usedCount"]), (&used, &json!(1)));
    assert_eq!((&changed.data()["service"], &changed.data()["label"]), (&json!("GitLab"), &Value::Null));
    assert_eq!(changed.data()["updatedAt"], "2030-01-01T12:00:01.000Z");
    let listed = world.send_as(&ada, Call::get("/api/2fa?search=GITL")).await.ok(200);
    assert_eq!(names(&listed.json()), ["data", "nextCursor"]);
    assert_eq!(listed.data(), json!([changed.data()]));

    let fresh = json!({"tokens": ["canary-a", "canary-b", "canary-c"]});
    let renewed = world.send_as(&ada, Call::new("PUT", &path).json(&fresh)).await.ok(200);
    assert_eq!((&renewed.data()["totalCount"], &renewed.data()["usedCount"]), (&json!(3), &json!(0)));
    assert_eq!(world.send_as(&ada, reveal(&made.id())).await.ok(200).data()["token"], "canary-a");
    for reply in [&made, &shown, &changed, &listed, &renewed] {
        assert!(!reply.text.contains("canary"), "{}", reply.text);
    }
    world.send_as(&ada, Call::new("DELETE", &path)).await.ok(204);
    assert!(world.storage.code_cells().is_empty());
    let put = Call::new("PUT", &path).json(&json!({}));
    for call in [Call::get(&path), Call::new("DELETE", &path), put, reveal(&made.id())] {
        world.send_as(&ada, call).await.is(404, "TWO_FACTOR_NOT_FOUND");
    }
}

#[tokio::test]
async fn codes_are_revealed_one_by_one_until_none_is_left() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let set = world.recovery_set(&ada, "GitHub", &["c0", "c1", "c2", "c3"]).await;
    let bodies = [
        reveal(&set),
        reveal(&set).json(&json!({})),
        reveal(&set).json(&json!({"index": null})),
        // Nothing is nothing, whatever it is said to be.
        reveal(&set).header("content-type", "text/plain"),
    ];
    for (index, call) in bodies.into_iter().enumerate() {
        let data = world.send_as(&ada, call).await.ok(200).data();
        let token = format!("c{index}");
        assert_eq!((&data["token"], &data["index"]), (&json!(token), &json!(index)));
        assert_eq!(data["remaining"], 3 - index);
    }
    assert_eq!(reveals(&world, "ok"), 4);
    world.send_as(&ada, reveal(&set)).await.is(409, "TWO_FACTOR_DEPLETED");
    assert_eq!(reveals(&world, "ok"), 4, "nothing was revealed");

    let then = world.clock.now().to_string();
    world.clock.advance(Duration::from_secs(1));
    let again = world.send_as(&ada, reveal(&set).json(&json!({"index": 2}))).await.ok(200).data();
    assert_eq!((&again["token"], &again["index"], &again["remaining"]), (&json!("c2"), &json!(2), &json!(0)));
    assert_eq!(reveals(&world, "ok"), 5, "each time is recorded");
    let shown = world.send_as(&ada, Call::get(format!("/api/2fa/{set}"))).await.data();
    assert_eq!((&shown["codes"][2]["usedAt"], &shown["usedCount"]), (&json!(then), &json!(4)));

    let back = world.send_as(&ada, unuse(&set, "1")).await.ok(200).data();
    assert_eq!((&back["codes"][1]["usedAt"], &back["usedCount"]), (&Value::Null, &json!(3)));
    assert_eq!(world.send_as(&ada, unuse(&set, "1")).await.ok(200).data(), back);
    let fresh = world.send_as(&ada, reveal(&set)).await.ok(200).data();
    assert_eq!((&fresh["token"], &fresh["remaining"]), (&json!("c1"), &json!(0)));
}

#[tokio::test]
async fn a_reveal_refuses_what_is_no_index_and_marks_nothing() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let set = world.recovery_set(&ada, "GitHub", &["c0", "c1"]).await;
    for index in [json!(2), json!(99), json!(100), json!(u64::MAX), json!(-1), json!(0.0), json!(1.5)] {
        let reply = world.send_as(&ada, reveal(&set).json(&json!({"index": index}))).await.ok(400);
        assert_eq!(reply.fields(), ["index"], "{index}");
    }
    for index in [json!("0"), json!(true), json!([0]), json!({"index": 0}), json!("sk-canary")] {
        let reply = world.send_as(&ada, reveal(&set).json(&json!({"index": index}))).await.ok(400);
        assert_eq!(reply.fields(), ["index"], "{index}");
        assert!(!reply.text.contains("canary"));
    }
    let huge = reveal(&set).text(r#"{"index": 99999999999999999999999999}"#);
    assert_eq!(world.send_as(&ada, huge).await.ok(400).fields(), ["index"]);
    for body in [" ", "null", "0", "[]", "[0]", "{", r#"{"index":0,"index":1}"#, r#"{"token":"sk-canary"}"#] {
        let reply = world.send_as(&ada, reveal(&set).text(body)).await.ok(400);
        assert_eq!(reply.fields(), ["body"], "{body}");
        assert!(!reply.text.contains("canary"));
    }
    for call in [reveal(&set).body("{}"), reveal(&set).header("content-type", "text/plain").body("index=0")] {
        world.send_as(&ada, call).await.is(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    for index in ["2", "100", "-1", "+0", "00", "x", "%30x", "0.0", "18446744073709551616"] {
        world.send_as(&ada, unuse(&set, index)).await.is(404, "TWO_FACTOR_NOT_FOUND");
    }
    let shown = world.send_as(&ada, Call::get(format!("/api/2fa/{set}"))).await.data();
    assert_eq!((&shown["usedCount"], reveals(&world, "ok")), (&json!(0), 0));
}

#[tokio::test]
async fn sets_refuse_what_does_not_fit() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let set = world.recovery_set(&ada, "GitHub", &["c0"]).await;
    let post = |body| world.send_as(&ada, Call::post("/api/2fa").json(&body));
    assert_eq!(post(json!({})).await.ok(400).fields(), ["service", "tokens"]);
    let long = "鍵".repeat(256);
    let body = json!({"service": long, "label": long, "tokens": ["c"]});
    assert_eq!(post(body).await.ok(400).fields(), ["service", "label"]);
    let body = json!({"service": "a\nb", "label": "a\tb", "tokens": ["c"]});
    assert_eq!(post(body).await.ok(400).fields(), ["service", "label"]);
    for tokens in [
        json!([]),
        json!(null),
        json!("sk-canary"),
        json!({"0": "sk-canary"}),
        json!(["sk-canary", 5]),
        json!(["sk-canary", null]),
        json!(["sk-canary", ["c"]]),
        json!(["sk-canary", ""]),
        json!(["sk-canary", " \n\t"]),
        json!(["sk-canary", "a\nb"]),
        json!(["sk-canary", "a\0"]),
        json!(["sk-canary", "\u{7f}b"]),
        json!(["sk-canary", format!("{long}x")]),
        json!(vec!["sk-canary"; 101]),
        json!(vec!["sk-canary"; 20_000]),
    ] {
        let reply = post(json!({"service": "x", "tokens": tokens})).await.ok(400);
        assert_eq!(reply.fields(), ["tokens"]);
        assert!(!reply.text.contains("canary") && reply.text.len() < 1000);
        let put = Call::new("PUT", format!("/api/2fa/{set}")).json(&json!({"tokens": tokens}));
        assert_eq!(world.send_as(&ada, put).await.ok(400).fields(), ["tokens"]);
    }
    let put = Call::new("PUT", format!("/api/2fa/{set}")).json(&json!({"service": null, "tokens": null}));
    assert_eq!(world.send_as(&ada, put).await.ok(400).fields(), ["service", "tokens"]);
    for unknown in ["codes", "usedCount", "index"] {
        let reply = post(json!({"service": "x", "tokens": ["c"], unknown: 1})).await.ok(400);
        assert_eq!(reply.fields(), ["body"]);
    }
    // What is just within the limits, a code twice and a label of blanks are fine.
    let longest = "鍵".repeat(255);
    let mut tokens = vec![long.as_str(); 99];
    tokens.push(" \"quoted\" \\ 鍵 ");
    let body = json!({"service": longest, "label": "  ", "tokens": tokens});
    let made = post(body).await.ok(201);
    assert_eq!((&made.data()["totalCount"], &made.data()["label"]), (&json!(100), &Value::Null));
    let last = world.send_as(&ada, reveal(&made.id()).json(&json!({"index": 99}))).await.ok(200).data();
    assert_eq!((&last["token"], &last["remaining"]), (&json!("\"quoted\" \\ 鍵"), &json!(99)));
}

#[tokio::test]
async fn a_key_that_is_limited_to_projects_reaches_sets() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let set = world.recovery_set(&ada, "GitHub", &["c0"]).await;
    let key = world.key(&ada, &[Scope::TwoFactorRead, Scope::TwoFactorReveal], only(&["Shop"])).await;
    let listed = world.send(Call::get("/api/2fa").key(key.expose())).await.ok(200).data();
    assert_eq!(listed[0]["id"], json!(set));
    assert_eq!(world.send(reveal(&set).key(key.expose())).await.ok(200).data()["token"], "c0");
    world.send(unuse(&set, "0").key(key.expose())).await.is(403, "AUTH_SCOPE_REQUIRED");
}

#[tokio::test]
async fn a_request_from_another_site_uses_no_code_up() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let set = world.recovery_set(&ada, "GitHub", &["c0"]).await;
    let call = reveal(&set).header("sec-fetch-site", "cross-site");
    world.send_as(&ada, call).await.is(403, "CSRF_REJECTED");
    let call = reveal(&set).header("origin", "https://evil.example");
    world.send_as(&ada, call).await.is(403, "CSRF_REJECTED");
    let shown = world.send_as(&ada, Call::get(format!("/api/2fa/{set}"))).await.data();
    assert_eq!(shown["usedCount"], 0);
}

#[tokio::test]
async fn a_damaged_code_is_an_integrity_failure_and_can_be_taken_back() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let set = world.recovery_set(&ada, "GitHub", &["canary-0", "canary-1"]).await;
    let cells = world.storage.code_cells();
    world.storage.tamper_code(parse(&set), 0, cells[1].1.clone());
    let reply = world.send_as(&ada, reveal(&set)).await;
    reply.is(500, "SECRET_INTEGRITY_FAILURE");
    assert!(!reply.text.contains("canary"));
    assert_eq!((reveals(&world, "ok"), reveals(&world, "failed")), (1, 1));
    assert_eq!(world.send_as(&ada, reveal(&set)).await.ok(200).data()["token"], "canary-1");
    let back = world.send_as(&ada, unuse(&set, "0")).await.ok(200).data();
    assert_eq!(back["usedCount"], 1);
}

#[tokio::test]
async fn a_code_stays_unused_when_its_use_cannot_be_written() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let set = world.recovery_set(&ada, "GitHub", &["canary-0"]).await;
    for error in [StorageError::Unavailable, StorageError::Conflict] {
        world.storage.fail_next_commit(error);
        let reply = world.send_as(&ada, reveal(&set)).await;
        reply.is(503, "UNAVAILABLE");
        assert!(!reply.text.contains("canary"));
    }
    let revealed = world.send_as(&ada, reveal(&set)).await.ok(200).data();
    assert_eq!((&revealed["token"], reveals(&world, "ok")), (&json!("canary-0"), 1));
}
