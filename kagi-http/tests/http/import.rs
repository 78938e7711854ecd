//! `/import`: a preview that drops nothing, and what is made of it.

use kagi_domain::access::{ProjectLimit, Scope};
use kagi_tests::samples::parse;
use serde_json::{Value, json};

use crate::{
    Call, World,
    call::{Reply, names},
};

async fn post(world: &World, ada: &str, path: &str, body: &Value) -> Reply {
    world.send_as(ada, Call::post(path).json(body)).await
}

#[tokio::test]
async fn a_file_is_previewed_and_what_is_confirmed_is_imported() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let content = "# c\nTOKEN=canary-1\nOPENAI_API_KEY=canary-2\nFRESH=canary 3\nnonsense canary-4\n";
    world.category(&ada, "One").await;
    let events = world.storage.audit_events().len();
    let body = json!({"content": content, "projectName": "Blog"});
    let reply = post(&world, &ada, "/api/import/preview", &body).await.ok(200);
    assert!(!reply.text.contains("canary"), "no value is in a preview: {}", reply.text);
    let lines = reply.data()["lines"].clone();
    let shown = ["becomes", "categoryName", "choice", "line", "remark", "variable"];
    assert_eq!(names(&lines[0]), shown);
    let column =
        |name: &str| lines.as_array().unwrap().iter().map(|line| line[name].clone()).collect::<Vec<_>>();
    assert_eq!(column("becomes"), ["comment", "value", "service", "new_category", "unreadable"]);
    assert_eq!(column("line"), [1, 2, 3, 4, 5]);
    assert_eq!(
        column("variable"),
        [Value::Null, json!("TOKEN"), json!("OPENAI_API_KEY"), json!("FRESH"), Value::Null]
    );
    assert_eq!(world.storage.audit_events().len(), events, "a preview writes nothing");
    let choices: Vec<_> = column("choice").into_iter().filter(|choice| !choice.is_null()).collect();
    assert_eq!(choices.len(), 3);
    let body = json!({"content": content, "projectName": "Blog", "environment": "local", "choices": choices});
    let made = post(&world, &ada, "/api/import", &body).await.ok(201);
    assert!(!made.text.contains("canary"));
    let made = made.data();
    assert_eq!((made["entries"].as_array().unwrap().len(), &made["newCategoryCount"]), (3, &json!(2)));
    assert_eq!(made["entries"][0]["environment"], "local");
    let id = made["entries"][2]["id"].as_str().unwrap();
    let revealed = world.send_as(&ada, Call::post(format!("/api/entries/{id}/reveal"))).await.ok(200).data();
    assert_eq!(revealed["value"], "canary 3");
    // The places are taken now, and the confirmed list is no longer right.
    post(&world, &ada, "/api/import", &body).await.is(409, "VERSION_CONFLICT");
    assert_eq!(world.storage.cells().len(), 3);
}

/// A file comes without a project's name.
#[tokio::test]
async fn entries_without_a_projects_name_go_to_imported() {
    for name in [json!({}), json!({"projectName": null})] {
        let world = World::new();
        let ada = world.person("ada@example.com").await;
        let key = world.key(&ada, Scope::ALL, ProjectLimit::Only([parse("Blog")].into())).await;
        let mut body = json!({"content": "TOKEN=canary"});
        body.as_object_mut().unwrap().extend(name.as_object().unwrap().clone());
        let plan = post(&world, &ada, "/api/import/preview", &body).await.ok(200).data();
        body["choices"] = json!([plan["lines"][0]["choice"]]);
        let beyond = world.send(Call::post("/api/import").json(&body).key(key.expose())).await;
        assert!(beyond.status.is_client_error(), "a key for other projects reaches as far as with a name");
        let made = post(&world, &ada, "/api/import", &body).await.ok(201).data();
        assert_eq!(made["entries"][0]["projectName"], "Imported");
    }
}

#[tokio::test]
async fn bad_input_is_refused_by_field() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let many = vec!["1:new:A"; 1001];
    for (body, fields) in [
        (json!({}), &["content", "choices"][..]),
        (json!({"content": "A=1", "projectName": "P", "choices": []}), &["choices"]),
        (json!({"content": "A=1", "projectName": "P", "choices": ["x"]}), &["choices"]),
        (json!({"content": "A=1", "projectName": "P", "choices": many}), &["choices"]),
        (
            json!({"content": "A=\u{0}", "projectName": " ", "choices": ["1:new:A"]}),
            &["content", "projectName"],
        ),
        (
            json!({"content": "A=1", "projectName": "P", "environment": "x", "choices": ["1:new:A"]}),
            &["environment"],
        ),
        (json!({"content": "A=1", "projectName": "", "choices": ["1:new:A"]}), &["projectName"]),
        (json!({"content": "A=1", "projectName": 5, "choices": ["1:new:A"]}), &["projectName"]),
        (json!({"content": "x\n".repeat(1001), "projectName": "P", "choices": ["1:new:A"]}), &["content"]),
    ] {
        assert_eq!(post(&world, &ada, "/api/import", &body).await.ok(400).fields(), fields);
    }
    let body = json!({"content": "A=1", "projectName": "P", "choices": ["1:new:A"]});
    assert_eq!(post(&world, &ada, "/api/import/preview", &body).await.ok(400).fields(), ["body"]);
    let key = world.key(&ada, &[Scope::EntriesWrite], ProjectLimit::All).await;
    let reply = world.send(Call::post("/api/import").json(&body).key(key.expose())).await;
    reply.is(403, "AUTH_SCOPE_REQUIRED");
    assert!(reply.text.contains("categories:write"), "{}", reply.text);
    assert!(world.storage.cells().is_empty());
}
