//! Categories, as they should go and as they are refused.

use serde_json::{Value, json};

use crate::{Call, World, call::names};

#[tokio::test]
async fn categories_are_made_shown_changed_and_deleted() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({
        "name": " AWS ", "keyType": "group", "fieldDefinitions": ["AWS_ID", "AWS_REGION"],
        "publicNames": ["AWS_REGION"], "description": "cloud", "iconSlug": "aws", "color": "#FF9900",
    });
    let made = world.send_as(&ada, Call::post("/api/categories").json(&body)).await.ok(201);
    let data = made.data();
    let expected = [
        "color",
        "createdAt",
        "description",
        "entryCount",
        "envVarName",
        "fieldDefinitions",
        "iconSlug",
        "id",
        "keyType",
        "name",
        "publicNames",
        "updatedAt",
    ];
    assert_eq!(names(&data), expected);
    assert_eq!(
        (&data["name"], &data["color"], &data["entryCount"]),
        (&json!("AWS"), &json!("#ff9900"), &json!(0))
    );
    assert_eq!(data["createdAt"], "2030-01-01T12:00:00.000Z");
    assert_eq!(data["envVarName"], Value::Null);
    let path = format!("/api/categories/{}", made.id());

    let shown = world.send_as(&ada, Call::get(&path)).await.ok(200);
    assert_eq!(shown.data(), data);
    assert_eq!(names(&shown.json()), ["data"]);

    let change = json!({"description": null, "color": null, "fieldDefinitions": ["AWS_ID"]});
    let changed = world.send_as(&ada, Call::new("PUT", &path).json(&change)).await.ok(200).data();
    assert_eq!((&changed["description"], &changed["color"]), (&Value::Null, &Value::Null));
    assert_eq!((&changed["name"], &changed["iconSlug"]), (&json!("AWS"), &json!("aws")));
    assert_eq!((&changed["fieldDefinitions"], &changed["publicNames"]), (&json!(["AWS_ID"]), &json!([])));

    let listed = world.send_as(&ada, Call::get("/api/categories?search=aws")).await.ok(200);
    assert_eq!(names(&listed.json()), ["data", "nextCursor"]);
    assert_eq!(listed.data(), json!([changed]));

    let gone = world.send_as(&ada, Call::new("DELETE", &path)).await.ok(204);
    assert_eq!((gone.text.as_str(), gone.header("content-type")), ("", ""));
    world.send_as(&ada, Call::get(&path)).await.is(404, "CATEGORY_NOT_FOUND");
    world.send_as(&ada, Call::new("DELETE", &path)).await.is(404, "CATEGORY_NOT_FOUND");
    world.send_as(&ada, Call::new("PUT", &path).json(&json!({}))).await.is(404, "CATEGORY_NOT_FOUND");
}

#[tokio::test]
async fn categories_refuse_what_does_not_fit() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "OpenAI API").await;
    let group = json!({"name": "AWS", "keyType": "group", "fieldDefinitions": ["A", "B"]});
    let group = world.send_as(&ada, Call::post("/api/categories").json(&group)).await.ok(201).id();
    world.entry(&ada, &category, "Blog", json!("v")).await;
    world.entry(&ada, &group, "Blog", json!({"A": "v"})).await;

    let post = |body| world.send_as(&ada, Call::post("/api/categories").json(&body));
    post(json!({"name": "openai ＡＰＩ", "keyType": "simple", "envVarName": "X"}))
        .await
        .is(409, "CATEGORY_EXISTS");
    post(json!({"name": "x", "keyType": "simple"})).await.is(400, "CATEGORY_SIMPLE_REQUIRES_ENV_VAR");
    post(json!({"name": "x", "keyType": "group"})).await.is(400, "CATEGORY_GROUP_REQUIRES_FIELDS");
    let body = json!({"name": "x", "keyType": "group", "envVarName": "X", "fieldDefinitions": ["A"]});
    assert_eq!(post(body).await.ok(400).fields(), ["envVarName"]);
    let body = json!({"name": "x", "keyType": "group", "fieldDefinitions": ["A", "A"]});
    assert_eq!(post(body).await.ok(400).fields(), ["fieldDefinitions"]);
    let body = json!({"name": "x", "keyType": "simple", "envVarName": "X", "publicNames": ["Y"]});
    assert_eq!(post(body).await.ok(400).fields(), ["publicNames"]);
    assert_eq!(post(json!({})).await.ok(400).fields(), ["name", "keyType"]);

    let put = |id: &str, body: Value| {
        world.send_as(&ada, Call::new("PUT", format!("/api/categories/{id}")).json(&body))
    };
    let to_group = json!({"keyType": "group", "fieldDefinitions": ["A"]});
    put(&category, to_group).await.is(409, "CATEGORY_IN_USE");
    put(&group, json!({"fieldDefinitions": ["B"]})).await.is(409, "CATEGORY_IN_USE");
    put(&group, json!({"name": "OpenAI API"})).await.is(409, "CATEGORY_EXISTS");
    put(&category, json!({"envVarName": null})).await.is(400, "CATEGORY_SIMPLE_REQUIRES_ENV_VAR");
    assert_eq!(put(&category, json!({"name": null, "keyType": null})).await.fields(), ["name", "keyType"]);
}
