//! Entries, as they should go and as they are refused.

use serde_json::{Value, json};

use crate::{Call, World, call::names};

#[tokio::test]
async fn entries_are_made_shown_changed_revealed_and_deleted() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "OpenAI API").await;
    let body = json!({
        "categoryId": category, "projectName": "Blog", "value": "sk-canary-1", "description": "d", "notes": "n",
        "expiresAt": "2030-01-02T13:00:00+01:00",
    });
    let made = world.send_as(&ada, Call::post("/api/entries").json(&body)).await.ok(201);
    let data = made.data();
    let expected = [
        "category",
        "categoryId",
        "createdAt",
        "description",
        "environment",
        "expiresAt",
        "id",
        "notes",
        "projectName",
        "updatedAt",
        "version",
    ];
    assert_eq!(names(&data), expected);
    let nested = ["color", "envVarName", "fieldDefinitions", "iconSlug", "id", "keyType", "name"];
    assert_eq!(names(&data["category"]), nested);
    assert_eq!((&data["environment"], &data["version"]), (&json!("production"), &json!(1)));
    assert_eq!(data["expiresAt"], "2030-01-02T12:00:00.000Z");
    let path = format!("/api/entries/{}", made.id());

    let shown = world.send_as(&ada, Call::get(&path)).await.ok(200);
    assert_eq!(shown.data(), data);
    let change = json!({"projectName": "Shop", "environment": "staging", "notes": null});
    let changed = world.send_as(&ada, Call::new("PUT", &path).json(&change)).await.ok(200);
    let now = changed.data();
    assert_eq!(
        (&now["projectName"], &now["environment"], &now["notes"]),
        (&json!("Shop"), &json!("staging"), &Value::Null)
    );
    assert_eq!((&now["version"], &now["description"]), (&json!(1), &json!("d")));
    let saved =
        world.send_as(&ada, Call::new("PUT", &path).json(&json!({"value": "sk-canary-2"}))).await.ok(200);
    assert_eq!(saved.data()["version"], 2);

    let revealed = world.send_as(&ada, Call::post(format!("{path}/reveal"))).await.ok(200);
    let expected = json!({
        "id": made.id(), "keyType": "simple", "value": "sk-canary-2", "envVarName": "TOKEN",
        "fieldDefinitions": [], "version": 2,
    });
    assert_eq!(revealed.data(), expected);
    assert_eq!(revealed.header("cache-control"), "no-store");
    for reply in [&made, &shown, &changed, &saved] {
        assert!(!reply.text.contains("sk-canary"), "{}", reply.text);
    }
    world.send_as(&ada, Call::new("DELETE", &path)).await.ok(204);
    world.send_as(&ada, Call::get(&path)).await.is(404, "ENTRY_NOT_FOUND");
    world.send_as(&ada, Call::post(format!("{path}/reveal"))).await.is(404, "ENTRY_NOT_FOUND");
}

#[tokio::test]
async fn a_group_is_revealed_field_by_field_whatever_its_values_hold() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({"name": "AWS", "keyType": "group", "fieldDefinitions": ["A", "B"]});
    let group = world.send_as(&ada, Call::post("/api/categories").json(&body)).await.ok(201).id();
    let value = json!({"B": "line\nbreak \"quoted\" \\ \u{1} 鍵", "A": "x"});
    let entry = world.entry(&ada, &group, "Blog", value.clone()).await;
    let revealed = world.send_as(&ada, Call::post(format!("/api/entries/{entry}/reveal"))).await.ok(200);
    assert_eq!(revealed.data()["value"], value);
    assert_eq!(revealed.data()["fieldDefinitions"], json!(["A", "B"]));
}

#[tokio::test]
async fn entries_refuse_what_does_not_fit() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "OpenAI API").await;
    let body = json!({"name": "AWS", "keyType": "group", "fieldDefinitions": ["A", "B"]});
    let group = world.send_as(&ada, Call::post("/api/categories").json(&body)).await.ok(201).id();
    let entry = world.entry(&ada, &category, "Blog", json!("v")).await;
    let post = |body| world.send_as(&ada, Call::post("/api/entries").json(&body));
    let with =
        |category: &str, value: Value| json!({"categoryId": category, "projectName": "P", "value": value});

    post(json!({"categoryId": category, "projectName": "ＢＬＯＧ", "value": "v"}))
        .await
        .is(409, "ENTRY_EXISTS");
    let nobody = "0198c0de-0000-7000-8000-000000000000";
    post(with(nobody, json!("v"))).await.is(404, "CATEGORY_NOT_FOUND");
    assert_eq!(post(with("not-an-id", json!("v"))).await.ok(400).fields(), ["categoryId"]);
    assert_eq!(post(json!({})).await.ok(400).fields(), ["categoryId", "projectName", "value"]);
    for value in [json!(""), json!({"A": "x"}), json!("x".repeat(64 * 1024 + 1)), json!("a\0b")] {
        assert_eq!(post(with(&category, value)).await.ok(400).fields(), ["value"]);
    }
    assert_eq!(post(with(&group, json!("x"))).await.ok(400).fields(), ["value"]);
    assert_eq!(post(with(&group, json!({}))).await.ok(400).fields(), ["value"]);
    assert_eq!(post(with(&group, json!({"A": 1, "C": "x"}))).await.ok(400).fields(), ["value.A"]);
    assert_eq!(post(with(&group, json!({"C": "x"}))).await.ok(400).fields(), ["value.C"]);
    assert_eq!(post(with(&group, json!({"sk canary": "x"}))).await.ok(400).fields(), ["value"]);

    let put =
        |body: Value| world.send_as(&ada, Call::new("PUT", format!("/api/entries/{entry}")).json(&body));
    assert_eq!(put(json!({"value": null})).await.ok(400).fields(), ["value"]);
    assert_eq!(put(json!({"categoryId": category})).await.ok(400).fields(), ["categoryId"]);
    assert_eq!(put(json!({"categoryId": null})).await.ok(400).fields(), ["categoryId"]);
    let nulls = json!({"projectName": null, "environment": null});
    assert_eq!(put(nulls).await.ok(400).fields(), ["projectName", "environment"]);
}
