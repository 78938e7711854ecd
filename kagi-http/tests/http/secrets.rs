//! Generated secrets over the API.

use kagi_domain::access::{ProjectLimit, Scope};
use kagi_tests::samples::only;
use serde_json::{Value, json};

use crate::{Call, World, call::names};

fn generate(body: &Value) -> Call {
    Call::post("/api/secrets/generate").json(body)
}

#[tokio::test]
async fn any_credential_gets_a_fresh_secret_that_is_kept_nowhere() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let least = world.key(&ada, &[Scope::StatsRead], only(&["Blog"])).await;
    let other = world.key(&ada, &[Scope::EntriesRead], ProjectLimit::All).await;
    let before = world.storage.audit_events().len();
    let mut seen = Vec::new();
    for (format, length) in [("hex", 64), ("base64", 44), ("base64url", 43), ("alphanumeric", 43)] {
        let body = json!({"format": format, "bytes": 32});
        let calls = [
            world.with(&ada, generate(&body)),
            generate(&body).key(least.expose()),
            generate(&body).key(other.expose()),
        ];
        for call in calls {
            let reply = world.send(call).await.ok(200);
            assert_eq!(reply.header("cache-control"), "no-store");
            let data = reply.data();
            assert_eq!(names(&data), ["value"]);
            let value = data["value"].as_str().unwrap().to_owned();
            assert_eq!(value.len(), length, "{format}");
            assert!(!seen.contains(&value));
            seen.push(value);
        }
    }
    assert_eq!(world.storage.audit_events().len(), before);
}

#[tokio::test]
async fn other_formats_and_sizes_are_refused() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for (body, fields) in [
        (json!({}), vec!["format", "bytes"]),
        (json!({"format": null, "bytes": null}), vec!["format", "bytes"]),
        (json!({"format": "sk-canary", "bytes": 32}), vec!["format"]),
        (json!({"format": "HEX", "bytes": 32}), vec!["format"]),
        (json!({"format": 16, "bytes": "32"}), vec!["format", "bytes"]),
        (json!({"format": "hex", "bytes": 15}), vec!["bytes"]),
        (json!({"format": "hex", "bytes": 65}), vec!["bytes"]),
        (json!({"format": "hex", "bytes": -32}), vec!["bytes"]),
        (json!({"format": "hex", "bytes": 32.0}), vec!["bytes"]),
        (json!({"format": "hex", "bytes": u64::MAX}), vec!["bytes"]),
        (json!({"format": "hex", "bytes": [32]}), vec!["bytes"]),
        (json!({"format": "hex", "bytes": 32, "count": 2}), vec!["body"]),
    ] {
        let reply = world.send_as(&ada, generate(&body)).await.ok(400);
        assert_eq!(reply.fields(), fields, "{body}");
        assert!(!reply.text.contains("canary"));
    }
    world.send(generate(&json!({"format": "hex", "bytes": 32}))).await.is(401, "AUTH_REQUIRED");
}
