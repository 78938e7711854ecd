//! Exports: what is in them, what is not, and what happens when something breaks.

use std::collections::BTreeSet;

use futures_util::StreamExt;
use kagi_domain::{
    access::{ProjectLimit, Scope},
    audit::Action,
    ids::EntryId,
};
use kagi_tests::samples::{entry, group, group_value, only};
use poem::{Body, Endpoint};
use serde_json::{Value, json};

use crate::{Call, World, call::names, crowd::Crowd};

/// A vault of a person with a few things in it, canaries among them.
async fn furnished() -> (World, String, String) {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let eve = world.person("eve@example.com").await;
    let theirs = world.category(&eve, "Theirs").await;
    world.entry(&eve, &theirs, "Blog", json!("canary")).await;
    let one = world.category(&ada, "One \"quoted\" \u{9375}").await;
    for project in ["Blog", "Shop"] {
        world.entry(&ada, &one, project, json!("sk-canary")).await;
    }
    world.category(&ada, "Empty").await;
    for (person, service) in [(&ada, "GitHub"), (&ada, "GitLab"), (&eve, "Foreign")] {
        let set = json!({"service": service, "tokens": ["canary-1", "canary-2"]});
        world.send_as(person, Call::post("/api/2fa").json(&set)).await.ok(201);
    }
    for person in [&ada, &eve] {
        for name in ["Blog", "Shop"] {
            let env = world.env_project(person, name).await;
            world.env_file(person, &env, "env", "A=canary").await;
        }
    }
    let actor = world.actor_of(&ada).await;
    let group = world.categories().create(&actor, group("AWS", &["KEY", "SECRET"])).await.unwrap();
    let mut new = entry(group.category.id, "Blog", "");
    new.value = group_value(&[("KEY", "canary-key"), ("SECRET", "canary-secret")]);
    world.entries().create(&actor, new).await.unwrap();
    (world, ada, one)
}

#[tokio::test]
async fn an_export_is_a_file_of_metadata() {
    let (world, ada, one) = furnished().await;
    let reply = world.send_as(&ada, Call::get("/api/export")).await.ok(200);
    let disposition = "attachment; filename=\"kagi-export-2030-01-01.json\"";
    assert_eq!(reply.header("content-disposition"), disposition);
    assert_eq!(reply.header("cache-control"), "no-store");
    let file = reply.json();
    let fields = ["categories", "envProjects", "exportedAt", "twoFactorSets", "user", "version"];
    assert_eq!(names(&file), fields);
    assert_eq!(
        (&file["exportedAt"], &file["version"]),
        (&json!("2030-01-01T12:00:00.000Z"), &json!("0.0.0"))
    );
    assert_eq!(names(&file["user"]), ["createdAt", "email", "id", "name"]);
    assert_eq!(file["user"]["email"], "ada@example.com");
    let categories = file["categories"].as_array().unwrap();
    assert_eq!(
        categories.iter().map(|row| &row["name"]).collect::<Vec<_>>(),
        ["One \"quoted\" \u{9375}", "Empty", "AWS"]
    );
    // A category is what the API shows of it, with its entries.
    let mut shown = world.send_as(&ada, Call::get(format!("/api/categories/{one}"))).await.ok(200).data();
    shown["entries"] = categories[0]["entries"].clone();
    assert_eq!(categories[0], shown);
    let count = |index: usize| categories[index]["entries"].as_array().unwrap().len();
    assert_eq!([count(0), count(1), count(2)], [2, 0, 1]);
    let listed = &categories[0]["entries"][0];
    let id = listed["id"].as_str().unwrap();
    let mut entry = world.send_as(&ada, Call::get(format!("/api/entries/{id}"))).await.ok(200).data();
    entry.as_object_mut().unwrap().remove("category");
    assert_eq!(*listed, entry);
    assert_eq!(file["twoFactorSets"], world.send_as(&ada, Call::get("/api/2fa")).await.ok(200).data());
    assert_eq!(file["twoFactorSets"].as_array().unwrap().len(), 2);
    let listed = world.send_as(&ada, Call::get("/api/envs")).await.ok(200).data();
    for (exported, listed) in file["envProjects"].as_array().unwrap().iter().zip(listed.as_array().unwrap()) {
        let path = format!("/api/envs/{}", listed["id"].as_str().unwrap());
        assert_eq!(*exported, world.send_as(&ada, Call::get(path)).await.ok(200).data());
    }
    assert_eq!(file["envProjects"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn nothing_sealed_and_no_digest_is_in_an_export_nor_in_totals_nor_in_the_trail() {
    let (world, ada, _) = furnished().await;
    let key = world.key(&ada, Scope::ALL, ProjectLimit::All).await;
    let mut forbidden = vec!["canary".to_owned(), key.expose()[5..].to_owned()];
    forbidden.extend(world.storage.cells().into_iter().map(|(.., sealed)| sealed.cell));
    forbidden.extend(world.storage.env_file_cells().into_iter().map(|(.., sealed)| sealed.cell));
    for digest in world.storage.digests() {
        let hex = digest.as_bytes().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        forbidden.push(hex);
    }
    for path in ["/api/export", "/api/stats", "/api/audit"] {
        let text = world.send(Call::get(path).key(key.expose())).await.ok(200).text;
        for secret in &forbidden {
            assert!(!text.contains(secret.as_str()), "{path} holds {secret}");
        }
    }
}

#[tokio::test]
async fn a_limited_key_exports_what_it_reaches() {
    let (world, ada, _) = furnished().await;
    let limited = world.key(&ada, &[Scope::ExportRead], only(&["SHOP"])).await;
    let reply = world.send(Call::get("/api/export").key(limited.expose())).await.ok(200);
    let file = reply.json();
    let counts: Vec<_> =
        file["categories"].as_array().unwrap().iter().map(|row| &row["entryCount"]).collect();
    assert_eq!(counts, [1, 0, 0]);
    assert_eq!(file["categories"][0]["entries"][0]["projectName"], "Shop");
    assert_eq!(file["envProjects"].as_array().unwrap().len(), 1);
    assert!(!reply.text.contains("Blog"));
}

#[tokio::test]
async fn an_export_is_in_the_trail_before_it_leaves_and_does_not_leave_without() {
    let (world, ada, _) = furnished().await;
    world.storage.fail_audit(true);
    world.send_as(&ada, Call::get("/api/export")).await.is(503, "UNAVAILABLE");
    world.storage.fail_audit(false);
    let exports = || {
        world.storage.audit_events().into_iter().filter(|event| event.action == Action::ExportRead).count()
    };
    assert_eq!(exports(), 0);
    let body = begun(&world, &ada).await;
    assert_eq!(exports(), 1, "before its first byte is read");
    drop(body);
}

/// An answer whose body nobody has read yet.
async fn begun(world: &World, token: &str) -> Body {
    let request = world.with(token, Call::get("/api/export")).into_request(&world.site.public_url);
    let response = world.app.call(request).await.unwrap();
    assert_eq!(response.status(), 200);
    response.into_body()
}

fn exported(text: &str) -> Vec<EntryId> {
    let file: Value = serde_json::from_str(text).unwrap();
    let mut ids = Vec::new();
    for category in file["categories"].as_array().unwrap() {
        for entry in category["entries"].as_array().unwrap() {
            assert_eq!(entry["categoryId"], category["id"]);
            ids.push(entry["id"].as_str().unwrap().parse().unwrap());
        }
    }
    ids
}

#[tokio::test]
async fn each_of_many_rows_comes_once_while_others_are_added() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let mut crowd = Crowd::new(&world, &ada).await;
    crowd.grow(500).await;
    let made = crowd.entries.clone();
    let mut stream = begun(&world, &ada).await.into_bytes_stream();
    let (mut text, mut chunks, mut largest) = (Vec::new(), 0, 0);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.unwrap();
        (chunks, largest) = (chunks + 1, chunk.len().max(largest));
        text.extend_from_slice(&chunk);
        // Bounded, or the walk would never end.
        if chunks < 10 {
            crowd.grow(3).await;
        }
    }
    assert_eq!(made.len(), 5000);
    assert!(chunks >= 10 && largest < 400_000, "{chunks} chunks, the largest of {largest} bytes");
    let text = std::str::from_utf8(&text).unwrap();
    assert!(!text.contains("canary"));
    let ids = exported(text);
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an entry came twice");
    assert!(unique.is_superset(&made), "an entry was left out");
}

#[tokio::test]
async fn a_deletion_in_between_leaves_no_entry_without_its_category() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let mut crowd = Crowd::new(&world, &ada).await;
    crowd.grow(200).await;
    let mut stream = begun(&world, &ada).await.into_bytes_stream();
    let (mut text, mut round) = (Vec::new(), 0);
    while let Some(chunk) = stream.next().await {
        text.extend_from_slice(&chunk.unwrap());
        crowd.delete(crowd.categories.iter().skip(round).step_by(11)).await;
        round += 1;
    }
    let ids = exported(std::str::from_utf8(&text).unwrap());
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let left = world.send_as(&ada, Call::get("/api/entries?limit=1000")).await.ok(200).json();
    let left: BTreeSet<EntryId> = left["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(left.len() > 500 && left.is_subset(&ids.into_iter().collect()), "what stayed is all there");
}

#[tokio::test]
async fn a_failure_on_the_way_is_no_whole_file() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    Crowd::new(&world, &ada).await.grow(150).await;
    let mut stream = begun(&world, &ada).await.into_bytes_stream();
    let mut text = stream.next().await.unwrap().unwrap().to_vec();
    world.storage.set_unavailable(true);
    let failed = loop {
        match stream.next().await {
            Some(Ok(chunk)) => text.extend_from_slice(&chunk),
            Some(Err(_)) => break true,
            None => break false,
        }
    };
    assert!(failed, "the body ends as an error");
    assert!(serde_json::from_slice::<Value>(&text).is_err(), "and what came is not JSON");
    world.send_as(&ada, Call::get("/api/export")).await.is(503, "UNAVAILABLE");
}
