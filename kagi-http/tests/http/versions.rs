//! The history of a value.

use kagi_domain::access::{ProjectLimit, Scope};
use kagi_tests::samples::{only, parse};
use serde_json::{Value, json};

use crate::{Call, World, call::names};

/// A person with an entry of two values, `sk-canary-1` and `sk-canary-2`; gives the session's token and
/// the entry's path.
async fn furnished(world: &World) -> (String, String) {
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "OpenAI API").await;
    let id = world.entry(&ada, &category, "Blog", json!("sk-canary-1")).await;
    let path = format!("/api/entries/{id}");
    world.clock.advance(std::time::Duration::from_millis(5));
    put(world, &ada, &path, json!({"value": "sk-canary-2"})).await;
    (ada, path)
}

async fn put(world: &World, token: &str, path: &str, body: Value) {
    world.send_as(token, Call::new("PUT", path).json(&body)).await.ok(200);
}

#[tokio::test]
async fn versions_are_listed_revealed_restored_and_purged() {
    let world = World::new();
    let (ada, path) = furnished(&world).await;
    let session = world.actor_of(&ada).await;
    let versions = format!("{path}/versions");

    let listed = world.send_as(&ada, Call::get(&versions)).await.ok(200);
    let actor = json!({
        "kind": "session", "id": session.stamp().id.unwrap().to_string(), "name": session.stamp().name,
    });
    let newest = &listed.data()[0];
    assert_eq!(names(newest), ["actor", "createdAt", "number"]);
    assert_eq!((&newest["number"], &newest["actor"]), (&json!(2), &actor));
    let shown = world.send_as(&ada, Call::get(&path)).await.ok(200).data();
    assert_eq!(
        (&newest["createdAt"], &listed.data()[1]["createdAt"]),
        (&shown["updatedAt"], &shown["createdAt"])
    );
    assert_eq!(listed.json()["nextCursor"], Value::Null);

    let first = world.send_as(&ada, Call::post(format!("{versions}/1/reveal"))).await.ok(200);
    let expected = json!({
        "id": shown["id"], "keyType": "simple", "value": "sk-canary-1", "envVarName": "TOKEN",
        "fieldDefinitions": [], "version": 1,
    });
    assert_eq!(first.data(), expected);
    assert_eq!(first.header("cache-control"), "no-store");
    let current = world.send_as(&ada, Call::post(format!("{path}/reveal"))).await.ok(200);
    assert_eq!(current.data()["value"], "sk-canary-2");

    let restored = world.send_as(&ada, Call::post(format!("{versions}/1/restore"))).await.ok(200);
    assert_eq!(names(&restored.data()), names(&shown));
    assert_eq!(restored.data()["version"], 3);
    let current = world.send_as(&ada, Call::post(format!("{path}/reveal"))).await.ok(200).data();
    assert_eq!((&current["value"], &current["version"]), (&json!("sk-canary-1"), &json!(3)));

    let refused = world.send_as(&ada, Call::new("DELETE", format!("{versions}/3"))).await;
    refused.is(409, "VERSION_CONFLICT");
    assert_eq!(world.send_as(&ada, Call::new("DELETE", format!("{versions}/1"))).await.ok(204).text, "");
    for call in [
        Call::post(format!("{versions}/1/reveal")),
        Call::post(format!("{versions}/1/restore")),
        Call::new("DELETE", format!("{versions}/1")),
    ] {
        world.send_as(&ada, call).await.is(404, "VERSION_NOT_FOUND");
    }
    let rest = world.send_as(&ada, Call::get(&versions)).await.ok(200);
    let numbers: Vec<_> = rest.data().as_array().unwrap().iter().map(|row| row["number"].clone()).collect();
    assert_eq!(numbers, [3, 2]);
    // No plaintext but in reveals, and no ciphertext anywhere.
    let cells = world.storage.cells();
    for reply in [&listed, &restored, &refused, &rest] {
        assert!(!reply.text.contains("canary"), "{}", reply.text);
        assert!(!cells.iter().any(|(_, _, sealed)| reply.text.contains(&sealed.cell)));
    }
    let trail: Vec<_> = world
        .storage
        .audit_events()
        .into_iter()
        .filter(|event| event.target.as_ref().is_some_and(|target| target.kind.as_str() == "entry_version"))
        .map(|event| (event.action.as_str(), event.target.unwrap().id))
        .collect();
    let target = format!("{}/1", shown["id"].as_str().unwrap());
    let expected = ["entry.reveal_version", "entry.restore", "entry.purge_version"];
    assert_eq!(trail, expected.map(|action| (action, target.clone())));
}

#[tokio::test]
async fn a_number_of_nothing_is_told_apart_from_an_entry_of_nothing() {
    let world = World::new();
    let (ada, path) = furnished(&world).await;
    let eve = world.person("eve@example.com").await;
    let limited = world.key(&ada, Scope::ALL, only(&["Shop"])).await;
    let cells = world.storage.cells();
    let nobody = "/api/entries/0198c0de-0000-7000-8000-000000000000";
    for number in
        ["0", "3", "01", "+1", "-1", "1.0", "x", "%00", "%20", "4294967296", "99999999999999999999999"]
    {
        for (method, rest) in [("POST", "/reveal"), ("POST", "/restore"), ("DELETE", "")] {
            let to = |entry: &str| Call::new(method, format!("{entry}/versions/{number}{rest}"));
            world.send_as(&ada, to(&path)).await.is(404, "VERSION_NOT_FOUND");
            for entry in [nobody, "/api/entries/x", "/api/entries/1"] {
                world.send_as(&ada, to(entry)).await.is(404, "ENTRY_NOT_FOUND");
            }
            world.send_as(&eve, to(&path)).await.is(404, "ENTRY_NOT_FOUND");
            world.send(to(&path).key(limited.expose())).await.is(404, "ENTRY_NOT_FOUND");
        }
    }
    for entry in [nobody, "/api/entries/x"] {
        world.send_as(&ada, Call::get(format!("{entry}/versions"))).await.is(404, "ENTRY_NOT_FOUND");
    }
    for (method, at, allow) in [
        ("POST", "", "GET, HEAD"),
        ("GET", "/1", "DELETE"),
        ("GET", "/1/reveal", "POST"),
        ("PUT", "/1/restore", "POST"),
    ] {
        let reply = world.send_as(&ada, Call::new(method, format!("{path}/versions{at}"))).await;
        reply.is(405, "METHOD_NOT_ALLOWED");
        assert_eq!(reply.header("allow"), allow);
    }
    assert_eq!(world.storage.cells(), cells);
}

#[tokio::test]
async fn versions_are_paged_by_number() {
    let world = World::new();
    let (ada, path) = furnished(&world).await;
    for value in ["three", "four", "five"] {
        put(&world, &ada, &path, json!({"value": value})).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let more = cursor.map_or(String::new(), |cursor| format!("&cursor={cursor}"));
        let page =
            world.send_as(&ada, Call::get(format!("{path}/versions?limit=2{more}"))).await.ok(200).json();
        seen.extend(page["data"].as_array().unwrap().iter().map(|row| row["number"].as_u64().unwrap()));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
    let (of_names, of_entries) = ("a3g", "aTAxOThjMGRlLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMA");
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=x", "limit"),
        ("cursor=sk-canary", "cursor"),
        ("cursor=bi0x", "cursor"),            // n-1
        ("cursor=bjQyOTQ5NjcyOTY", "cursor"), // n4294967296
        (&format!("cursor={of_names}"), "cursor"),
        (&format!("cursor={of_entries}"), "cursor"),
    ] {
        let reply = world.send_as(&ada, Call::get(format!("{path}/versions?{query}"))).await.ok(400);
        assert_eq!(reply.fields(), [field], "{query}");
        assert!(!reply.text.contains("canary"));
    }
    let of_versions = world.send_as(&ada, Call::get(format!("{path}/versions?limit=1"))).await.json();
    let of_versions = of_versions["nextCursor"].as_str().unwrap().to_owned();
    for list in ["entries", "categories", "access-keys"] {
        let call = Call::get(format!("/api/{list}?cursor={of_versions}"));
        assert_eq!(world.send_as(&ada, call).await.ok(400).fields(), ["cursor"], "{list}");
    }
}

#[tokio::test]
async fn a_group_that_has_lost_a_field_is_not_restored() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({"name": "AWS", "keyType": "group", "fieldDefinitions": ["ID", "OLD"]});
    let group = world.send_as(&ada, Call::post("/api/categories").json(&body)).await.ok(201).id();
    let id = world.entry(&ada, &group, "Blog", json!({"ID": "sk-canary-1", "OLD": "sk-canary-2"})).await;
    let (path, of_group) = (format!("/api/entries/{id}"), format!("/api/categories/{group}"));
    put(&world, &ada, &path, json!({"value": {"ID": "sk-canary-3"}})).await;
    put(&world, &ada, &of_group, json!({"fieldDefinitions": ["ID"]})).await;
    let reply = world.send_as(&ada, Call::post(format!("{path}/versions/1/restore"))).await.ok(400);
    assert_eq!(reply.fields(), ["value.OLD"]);
    assert!(!reply.text.contains("canary"));
    let shown = world.send_as(&ada, Call::post(format!("{path}/versions/1/reveal"))).await.ok(200).data();
    assert_eq!(shown["value"], json!({"ID": "sk-canary-1", "OLD": "sk-canary-2"}));
    assert_eq!(shown["fieldDefinitions"], json!(["ID"]));
    put(&world, &ada, &of_group, json!({"fieldDefinitions": ["ID", "OLD"]})).await;
    world.send_as(&ada, Call::post(format!("{path}/versions/1/restore"))).await.ok(200);
}

#[tokio::test]
async fn a_damaged_version_is_an_integrity_failure_and_changes_nothing() {
    let world = World::new();
    let (ada, path) = furnished(&world).await;
    let (id, _, second) = world.storage.cells()[1].clone();
    world.storage.tamper_version(id, 1, second);
    let cells = world.storage.cells();
    for rest in ["reveal", "restore"] {
        let reply = world.send_as(&ada, Call::post(format!("{path}/versions/1/{rest}"))).await;
        reply.is(500, "SECRET_INTEGRITY_FAILURE");
        assert!(!reply.text.contains("canary"));
        let event = world.storage.audit_events().pop().unwrap();
        assert_eq!((event.result.as_str(), event.target.unwrap().id), ("failed", format!("{id}/1")));
    }
    assert_eq!(world.storage.cells(), cells);
    world.send_as(&ada, Call::post(format!("{path}/reveal"))).await.ok(200);
}

#[tokio::test]
async fn a_limited_key_handles_the_history_of_its_projects() {
    let world = World::new();
    let (ada, path) = furnished(&world).await;
    let key = world.key(&ada, Scope::ALL, ProjectLimit::Only([parse("ＢＬＯＧ")].into())).await;
    let with = |call: Call| world.send(call.key(key.expose()));
    with(Call::post(format!("{path}/versions/1/reveal"))).await.ok(200);
    assert_eq!(with(Call::post(format!("{path}/versions/1/restore"))).await.ok(200).data()["version"], 3);
    with(Call::new("DELETE", format!("{path}/versions/1"))).await.ok(204);
    let listed = with(Call::get(format!("{path}/versions"))).await.ok(200).data();
    assert_eq!(
        (&listed[0]["actor"]["kind"], &listed[0]["actor"]["name"]),
        (&json!("access_key"), &json!("a key"))
    );
    assert_eq!(listed[1]["actor"]["kind"], "session");
}
