//! Every operation as it should go, with its status, its shape and its codes.

use kagi_domain::ports::StorageError;
use kagi_tests::samples::parse;
use serde_json::{Value, json};

use crate::{Call, World};

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

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
    assert_eq!(keys(&data), expected);
    assert_eq!(
        (&data["name"], &data["color"], &data["entryCount"]),
        (&json!("AWS"), &json!("#ff9900"), &json!(0))
    );
    assert_eq!(data["createdAt"], "2030-01-01T12:00:00.000Z");
    assert_eq!(data["envVarName"], Value::Null);
    let path = format!("/api/categories/{}", made.id());

    let shown = world.send_as(&ada, Call::get(&path)).await.ok(200);
    assert_eq!(shown.data(), data);
    assert_eq!(keys(&shown.json()), ["data"]);

    let change = json!({"description": null, "color": null, "fieldDefinitions": ["AWS_ID"]});
    let changed = world.send_as(&ada, Call::new("PUT", &path).json(&change)).await.ok(200).data();
    assert_eq!((&changed["description"], &changed["color"]), (&Value::Null, &Value::Null));
    assert_eq!((&changed["name"], &changed["iconSlug"]), (&json!("AWS"), &json!("aws")));
    assert_eq!((&changed["fieldDefinitions"], &changed["publicNames"]), (&json!(["AWS_ID"]), &json!([])));

    let listed = world.send_as(&ada, Call::get("/api/categories?search=aws")).await.ok(200);
    assert_eq!(keys(&listed.json()), ["data", "nextCursor"]);
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
    assert_eq!(keys(&data), expected);
    let nested = ["color", "envVarName", "fieldDefinitions", "iconSlug", "id", "keyType", "name"];
    assert_eq!(keys(&data["category"]), nested);
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

#[tokio::test]
async fn entries_are_filtered_searched_and_paged() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let (one, two) = (world.category(&ada, "OpenAI").await, world.category(&ada, "Stripe").await);
    let mut ids = Vec::new();
    for (category, project) in [(&one, "Blog"), (&one, "Shop"), (&two, "Blog")] {
        ids.push(world.entry(&ada, category, project, json!("v")).await);
        // Ids of one millisecond have no order among themselves.
        world.clock.advance(std::time::Duration::from_millis(1));
    }
    let soon = json!({"expiresAt": "2030-01-20T00:00:00Z", "environment": "local"});
    world.send_as(&ada, Call::new("PUT", format!("/api/entries/{}", ids[2])).json(&soon)).await.ok(200);
    let listed = |query: String| {
        let call = world.with(&ada, Call::get(format!("/api/entries?{query}")));
        async {
            let data = world.send(call).await.ok(200).data();
            data.as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["id"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        }
    };
    let expect = |wanted: &[usize]| wanted.iter().map(|index| ids[*index].clone()).collect::<Vec<_>>();
    assert_eq!(listed(String::new()).await, expect(&[2, 1, 0]));
    assert_eq!(listed(format!("categoryId={one}")).await, expect(&[1, 0]));
    assert_eq!(listed("projectName=%E3%82%AD&unknown=1".to_owned()).await, expect(&[]));
    assert_eq!(listed("projectName=blog".to_owned()).await, expect(&[2, 0]));
    assert_eq!(listed("environment=local".to_owned()).await, expect(&[2]));
    assert_eq!(listed("expiring=true".to_owned()).await, expect(&[2]));
    assert_eq!(listed("expiring=false".to_owned()).await, expect(&[2, 1, 0]));
    assert_eq!(listed("search=STRIPE".to_owned()).await, expect(&[2]));
    assert_eq!(listed("search=%25".to_owned()).await, expect(&[]));

    let first = world.send_as(&ada, Call::get("/api/entries?limit=2")).await.ok(200).json();
    let cursor = first["nextCursor"].as_str().unwrap();
    let last =
        world.send_as(&ada, Call::get(format!("/api/entries?limit=2&cursor={cursor}"))).await.ok(200).json();
    assert_eq!((last["data"][0]["id"].as_str(), &last["nextCursor"]), (Some(ids[0].as_str()), &Value::Null));
    let names = world.send_as(&ada, Call::get("/api/entries/project-names")).await.ok(200);
    assert_eq!(names.json(), json!({"data": ["Blog", "Shop"]}));
}

#[tokio::test]
async fn query_parameters_that_cannot_be_read_are_named() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let of_names = "a3g"; // a cursor of a list by name
    for (path, field) in [
        ("/api/entries?limit=0", "limit"),
        ("/api/entries?limit=1001", "limit"),
        ("/api/entries?limit=99999999999999999999999", "limit"),
        ("/api/entries?limit=-1", "limit"),
        ("/api/entries?limit=", "limit"),
        ("/api/entries?limit=1&limit=2", "limit"),
        ("/api/entries?cursor=sk-canary", "cursor"),
        ("/api/entries?categoryId=sk-canary", "categoryId"),
        ("/api/entries?environment=sk-canary", "environment"),
        ("/api/entries?expiring=sk-canary", "expiring"),
        ("/api/entries?projectName=%00", "projectName"),
        ("/api/entries?search=a%00b", "search"),
        ("/api/entries?search=%FF", "search"),
        ("/api/categories?limit=x", "limit"),
        ("/api/categories?cursor=%F0%9F", "cursor"),
        ("/api/access-keys?limit=x", "limit"),
    ] {
        let reply = world.send_as(&ada, Call::get(path)).await.ok(400);
        assert_eq!(reply.fields(), [field], "{path}");
        assert!(!reply.text.contains("canary"), "{path}");
    }
    let reply = world.send_as(&ada, Call::get(format!("/api/entries?cursor={of_names}"))).await.ok(400);
    assert_eq!(reply.fields(), ["cursor"]);
}

#[tokio::test]
async fn access_keys_are_made_once_shown_and_revoked() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({
        "name": "CI", "scopes": ["entries:read", "entries:read"], "projects": ["Blog"],
        "expiresAt": "2031-01-01T00:00:00Z",
    });
    let made = world.send_as(&ada, Call::post("/api/access-keys").json(&body)).await.ok(201);
    let mut data = made.data();
    let token = data["key"].as_str().unwrap().to_owned();
    assert_eq!((token.len(), &token[..5]), (48, "kagi_"));
    assert_eq!(data["keyPrefix"], token[..13]);
    assert_eq!((&data["scopes"], &data["projects"]), (&json!(["entries:read"]), &json!(["Blog"])));
    data.as_object_mut().unwrap().remove("key");
    let expected = ["createdAt", "expiresAt", "id", "keyPrefix", "lastUsedAt", "name", "projects", "scopes"];
    assert_eq!(keys(&data), expected);
    let listed = world.send_as(&ada, Call::get("/api/access-keys")).await.ok(200);
    assert_eq!(listed.data(), json!([data]));
    assert!(!listed.text.contains(&token[13..]));

    world.send(Call::get("/api/entries").key(&token)).await.ok(200);
    let path = format!("/api/access-keys/{}", made.id());
    world.send_as(&ada, Call::new("DELETE", &path)).await.ok(204);
    world.send(Call::get("/api/entries").key(&token)).await.is(401, "AUTH_INVALID_KEY");
    world.send_as(&ada, Call::new("DELETE", &path)).await.is(404, "ACCESS_KEY_NOT_FOUND");
    world.send_as(&ada, Call::new("DELETE", "/api/access-keys/x")).await.is(404, "ACCESS_KEY_NOT_FOUND");

    for (body, fields) in [
        (json!({}), vec!["name", "scopes"]),
        (json!({"name": "x", "scopes": []}), vec!["scopes"]),
        (json!({"name": "x", "scopes": ["entries:all"]}), vec!["scopes"]),
        (json!({"name": "x", "scopes": ["stats:read"], "projects": []}), vec!["projects"]),
        (json!({"name": "x", "scopes": ["stats:read"], "projects": [1]}), vec!["projects"]),
        (
            json!({"name": "x", "scopes": ["stats:read"], "expiresAt": "2029-01-01T00:00:00Z"}),
            vec!["expiresAt"],
        ),
        (json!({"name": "x", "scopes": ["stats:read"], "expiresAt": 5}), vec!["expiresAt"]),
    ] {
        let reply = world.send_as(&ada, Call::post("/api/access-keys").json(&body)).await.ok(400);
        assert_eq!(reply.fields(), fields);
    }
    world.clock.advance(kagi_domain::access::Actor::FRESH);
    let stale = world.send_as(&ada, Call::post("/api/access-keys").json(&body)).await;
    stale.is(403, "REAUTH_REQUIRED");
}

#[tokio::test]
async fn a_damaged_value_is_an_integrity_failure_and_says_nothing_more() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "OpenAI").await;
    let (one, two) = (
        world.entry(&ada, &category, "One", json!("sk-canary-1")).await,
        world.entry(&ada, &category, "Two", json!("sk-canary-2")).await,
    );
    let cells = world.storage.cells();
    let (_, _, other) = cells.into_iter().find(|(id, ..)| id.to_string() == two).unwrap();
    world.storage.tamper(parse(&one), other);
    let reply = world.send_as(&ada, Call::post(format!("/api/entries/{one}/reveal"))).await;
    reply.is(500, "SECRET_INTEGRITY_FAILURE");
    assert!(!reply.text.contains("canary"));
    world.send_as(&ada, Call::post(format!("/api/entries/{two}/reveal"))).await.ok(200);
}

#[tokio::test]
async fn storage_failures_become_answers_that_say_when_to_return() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({"name": "x", "keyType": "simple", "envVarName": "X"});
    let post = || world.send_as(&ada, Call::post("/api/categories").json(&body));
    for (error, status, code) in [
        (StorageError::Unavailable, 503, "UNAVAILABLE"),
        (StorageError::Conflict, 503, "UNAVAILABLE"),
        (StorageError::Corrupt, 500, "INTERNAL_ERROR"),
        (StorageError::Internal, 500, "INTERNAL_ERROR"),
    ] {
        world.storage.fail_next_commit(error);
        let reply = post().await;
        reply.is(status, code);
        assert_eq!(!reply.header("retry-after").is_empty(), status == 503);
    }
    world.storage.set_unavailable(true);
    post().await.is(503, "UNAVAILABLE");
    world.send(Call::get("/livez")).await.ok(200);
    world.send(Call::get("/readyz")).await.ok(503);
    world.storage.set_unavailable(false);
    world.send(Call::get("/readyz")).await.ok(200);
    post().await.ok(201);
}
