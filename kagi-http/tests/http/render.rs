//! `/render`: values of entries as a file.

use kagi_domain::{
    access::{ProjectLimit, Scope},
    audit::{Action, AuditResult},
};
use kagi_tests::samples::only;
use serde_json::{Value, json};

use crate::{Call, World, call::Reply};

async fn render(world: &World, ada: &str, body: &Value) -> Reply {
    world.send_as(ada, Call::post("/api/render").json(body)).await
}

fn reveals(world: &World, result: AuditResult) -> usize {
    let events = world.storage.audit_events();
    events.iter().filter(|event| event.action == Action::EntryReveal && event.result == result).count()
}

#[tokio::test]
async fn values_become_a_file_for_its_reader() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let one = world.category(&ada, "One").await;
    let plain = world.entry(&ada, &one, "Blog", json!("sk-1")).await;
    let twin = world.entry(&ada, &one, "Shop", json!("sk-2")).await;
    let group = json!({"name": "Two", "keyType": "group", "fieldDefinitions": ["B", "A", "C"]});
    let group = world.send_as(&ada, Call::post("/api/categories").json(&group)).await.ok(201).id();
    let fields = world.entry(&ada, &group, "Blog", json!({"A": "x y\n$Z", "B": "it's"})).await;
    let body = json!({"entryIds": [fields, plain, twin], "target": "shell"});
    let reply = render(&world, &ada, &body).await.ok(200);
    assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(reply.header("cache-control"), "no-store");
    let expected =
        "B='it'\\''s'\nA='x y\n$Z'\nTOKEN=sk-1\n# TOKEN is left out: the name is in this file already\n";
    assert_eq!(reply.text, expected);
    assert_eq!(reveals(&world, AuditResult::Ok), 3, "one for each entry");
    let body = json!({"entryIds": [fields], "target": "docker-run"});
    let lines = render(&world, &ada, &body).await.ok(200).text;
    assert!(lines.starts_with("B=it's\n# A is left out: the value has a line break"), "{lines}");
    assert!(!lines.contains("$Z"), "nothing of a value that is refused is in the file");
}

#[tokio::test]
async fn one_entry_that_cannot_be_had_keeps_all_back() {
    let world = World::new();
    let (ada, eve) = (world.person("ada@example.com").await, world.person("eve@example.com").await);
    let one = world.category(&ada, "One").await;
    let (near, far) = (
        world.entry(&ada, &one, "Blog", json!("sk-canary")).await,
        world.entry(&ada, &one, "Shop", json!("sk-canary")).await,
    );
    let theirs = world.category(&eve, "One").await;
    let theirs = world.entry(&eve, &theirs, "Blog", json!("sk-canary")).await;
    let nothing = "0198c0de-0000-7000-8000-000000000000";
    for id in [theirs.as_str(), nothing] {
        let body = json!({"entryIds": [near, id], "target": "portable"});
        render(&world, &ada, &body).await.is(404, "ENTRY_NOT_FOUND");
    }
    let key = world.key(&ada, &[Scope::EntriesReveal], only(&["Blog"])).await;
    let both = json!({"entryIds": [near, far], "target": "portable"});
    let limited = Call::post("/api/render").json(&both).key(key.expose());
    world.send(limited).await.is(404, "ENTRY_NOT_FOUND");
    let reader = world.key(&ada, &[Scope::EntriesRead, Scope::EntriesWrite], ProjectLimit::All).await;
    let reader = Call::post("/api/render").json(&both).key(reader.expose());
    world.send(reader).await.is(403, "AUTH_SCOPE_REQUIRED");
    world.storage.fail_audit(true);
    render(&world, &ada, &both).await.is(503, "UNAVAILABLE");
    world.storage.fail_audit(false);
    assert_eq!(reveals(&world, AuditResult::Ok), 0);
    let cells = world.storage.cells();
    world.storage.tamper(far.parse().unwrap(), cells[0].2.clone());
    let reply = render(&world, &ada, &both).await;
    reply.is(500, "SECRET_INTEGRITY_FAILURE");
    assert!(!reply.text.contains("canary"));
    assert_eq!((reveals(&world, AuditResult::Ok), reveals(&world, AuditResult::Failed)), (2, 1));
}

#[tokio::test]
async fn bad_input_is_refused_by_field() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let id = "0198c0de-0000-7000-8000-000000000000";
    let many: Vec<String> = (0..201).map(|n| format!("0198c0de-0000-7000-8000-{n:012}")).collect();
    for (body, fields) in [
        (json!({}), &["entryIds", "target"][..]),
        (json!({"entryIds": [], "target": "portable"}), &["entryIds"]),
        (json!({"entryIds": ["x"], "target": "bash"}), &["entryIds", "target"]),
        (json!({"entryIds": [id, id], "target": "portable"}), &["entryIds"]),
        (json!({"entryIds": many, "target": "portable"}), &["entryIds"]),
        (json!({"entryIds": id, "target": "portable"}), &["entryIds"]),
    ] {
        assert_eq!(render(&world, &ada, &body).await.ok(400).fields(), fields, "{body}");
    }
}
