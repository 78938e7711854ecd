//! Totals and the audit trail.

use std::time::Duration;

use kagi_domain::access::{ProjectLimit, Scope};
use kagi_tests::samples::only;
use serde_json::{Value, json};

use crate::{
    Call, World,
    call::{Reply, names},
};

async fn stats(world: &World, key: &str) -> Value {
    world.send(Call::get("/api/stats").key(key)).await.ok(200).data()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_empty_vault_has_every_number() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let data = world.send_as(&ada, Call::get("/api/stats")).await.ok(200).data();
    let expected = json!({
        "totalCategories": 0, "totalEntries": 0, "totalTwoFactorSets": 0, "totalEnvProjects": 0, "totalEnvFiles": 0,
        "keyTypeBreakdown": [{"type": "simple", "count": 0}, {"type": "group", "count": 0}],
        "environmentBreakdown": [
            {"environment": "production", "count": 0}, {"environment": "staging", "count": 0},
            {"environment": "development", "count": 0}, {"environment": "local", "count": 0},
        ],
        "recentEntries": [], "expiringEntries": [],
    });
    assert_eq!(data, expected);
}

#[tokio::test]
async fn stats_count_and_list_what_is_within_reach() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let eve = world.person("eve@example.com").await;
    let theirs = world.category(&eve, "Theirs").await;
    world.entry(&eve, &theirs, "Blog", json!("canary")).await;
    let (one, _) = (world.category(&ada, "One").await, world.category(&ada, "Two").await);
    let mut made = Vec::new();
    for index in 0..14 {
        let project = if index % 2 == 0 { "Blog" } else { "Shop" };
        // Expiring ones end up out of the order in which they were made; the last two are too late.
        let days = if index < 12 { 29 - index * 3 } else { 31 };
        let expires_at = world.now().plus(Duration::from_hours(24 * 40)).minus(Duration::from_hours(240));
        let expires_at = match days {
            31 => expires_at.plus(Duration::from_hours(24)),
            days => expires_at.minus(Duration::from_hours(24 * u64::try_from(30 - days).unwrap())),
        };
        let body = json!({"categoryId": one, "projectName": format!("{project} {}", index / 2),
            "environment": if index == 0 { "local" } else { "production" }, "value": "sk-canary",
            "expiresAt": expires_at.to_string()});
        made.push(world.send_as(&ada, Call::post("/api/entries").json(&body)).await.ok(201).id());
    }
    let set = json!({"service": "GitHub", "tokens": ["canary-1", "canary-2"]});
    world.send_as(&ada, Call::post("/api/2fa").json(&set)).await.ok(201);
    world.send_as(&eve, Call::post("/api/2fa").json(&set)).await.ok(201);
    let reply = world.send_as(&ada, Call::get("/api/stats")).await.ok(200);
    assert!(!reply.text.contains("canary"));
    let data = reply.data();
    assert_eq!((&data["totalCategories"], &data["totalEntries"]), (&json!(2), &json!(14)));
    assert_eq!(data["totalTwoFactorSets"], 1);
    assert_eq!(data["keyTypeBreakdown"][0], json!({"type": "simple", "count": 2}));
    assert_eq!(data["environmentBreakdown"][0], json!({"environment": "production", "count": 13}));
    assert_eq!(data["environmentBreakdown"][3], json!({"environment": "local", "count": 1}));
    let newest: Vec<_> = made.iter().rev().take(5).map(String::as_str).collect();
    assert_eq!(ids(&data["recentEntries"]), newest);
    // The twelfth expired three days ago; ten are shown.
    let soonest: Vec<_> = made[2..12].iter().rev().map(String::as_str).collect();
    assert_eq!(ids(&data["expiringEntries"]), soonest);
    let entry = world.send_as(&ada, Call::get(format!("/api/entries/{}", made[13]))).await.ok(200).data();
    assert_eq!(data["recentEntries"][0], entry);

    let limited = world.key(&ada, &[Scope::StatsRead], only(&["blog 1", "SHOP 6"])).await;
    let data = stats(&world, limited.expose()).await;
    assert_eq!((&data["totalCategories"], &data["totalEntries"]), (&json!(2), &json!(2)));
    assert_eq!(ids(&data["recentEntries"]), [&made[13], &made[2]]);
    assert_eq!(ids(&data["expiringEntries"]), [&made[2]]);
    let nowhere = world.key(&ada, &[Scope::StatsRead], only(&["Nowhere"])).await;
    assert_eq!(stats(&world, nowhere.expose()).await["totalEntries"], 0);
}

async fn trail(world: &World, token: &str, query: &str) -> Reply {
    world.send_as(token, Call::get(format!("/api/audit?{query}"))).await.ok(200)
}

#[tokio::test]
async fn the_trail_tells_its_owner_what_happened_and_nobody_else() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let eve = world.person("eve@example.com").await;
    let category = world.category(&ada, "One").await;
    let entry = world.entry(&ada, &category, "Blog", json!("sk-canary")).await;
    let key = world.key(&ada, &[Scope::EntriesReveal], ProjectLimit::All).await;
    let reveal = Call::post(format!("/api/entries/{entry}/reveal")).key(key.expose()).from("192.0.2.77");
    let revealed = world.send(reveal).await.ok(200);
    let denied = world.send(Call::get("/api/categories").key(key.expose())).await;
    denied.is(403, "AUTH_SCOPE_REQUIRED");

    let reply = trail(&world, &ada, "").await;
    assert!(!reply.text.contains("canary"));
    let json = reply.json();
    assert_eq!(names(&json), ["data", "nextCursor"]);
    let actions: Vec<_> =
        json["data"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
    let expected = [
        "access.denied",
        "entry.reveal",
        "access_key.create",
        "entry.create",
        "category.create",
        "auth.sign_in",
        "user.create",
    ];
    assert_eq!(actions, expected);
    let event = &json["data"][1];
    let key_id = world.send_as(&ada, Call::get("/api/access-keys")).await.ok(200).data()[0]["id"].clone();
    let expected = json!({
        "id": event["id"], "action": "entry.reveal", "result": "ok",
        "actor": {"kind": "access_key", "id": key_id, "name": "a key"},
        "targetType": "entry", "targetId": entry, "ip": "192.0.2.77",
        "requestId": revealed.header("x-request-id"), "createdAt": "2030-01-01T12:00:00.000Z",
    });
    assert_eq!(*event, expected);
    let refusal = &json["data"][0];
    assert_eq!((&refusal["result"], &refusal["targetType"]), (&json!("denied"), &json!("scope")));
    assert_eq!(refusal["targetId"], "categories:read");
    assert_eq!(refusal["requestId"], denied.header("x-request-id"));
    assert_eq!(json["data"][6]["ip"], Value::Null);

    let theirs = trail(&world, &eve, "").await;
    assert!(!theirs.text.contains(&entry) && !theirs.text.contains("entry."), "{}", theirs.text);
    let everything = world.storage.audit_events().len();
    trail(&world, &ada, "action=entry.reveal").await;
    assert_eq!(world.storage.audit_events().len(), everything, "reading leaves no event");
}

#[tokio::test]
async fn the_trail_is_filtered_and_paged() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "One").await;
    let entry = world.entry(&ada, &category, "Blog", json!("v")).await;
    for _ in 0..5 {
        world.clock.advance(Duration::from_secs(1));
        world.send_as(&ada, Call::post(format!("/api/entries/{entry}/reveal"))).await.ok(200);
    }
    let times = |reply: &Reply| {
        let data = reply.data();
        let time = |event: &Value| event["createdAt"].as_str().unwrap()[17..19].parse::<u32>().unwrap();
        data.as_array().unwrap().iter().map(time).collect::<Vec<_>>()
    };
    assert_eq!(times(&trail(&world, &ada, "action=entry.reveal").await), [5, 4, 3, 2, 1]);
    assert_eq!(times(&trail(&world, &ada, "action=entry.create&search=nothing").await), [0]);
    assert!(times(&trail(&world, &ada, "action=auth.sign_out").await).is_empty());
    let query = "since=2030-01-01T12:00:02Z&until=2030-01-01T12:00:04Z";
    assert_eq!(times(&trail(&world, &ada, query).await), [3, 2]);
    let elsewhere = "since=2030-01-01T14:00:02.001%2B02:00&action=entry.reveal";
    assert_eq!(times(&trail(&world, &ada, elsewhere).await), [5, 4, 3]);
    assert!(times(&trail(&world, &ada, "since=2030-01-02T00:00:00Z").await).is_empty());

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let reply = trail(&world, &ada, &format!("action=entry.reveal&limit=2{cursor}")).await;
        seen.extend(times(&reply));
        match reply.json()["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
}
