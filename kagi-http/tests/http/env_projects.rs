//! `/envs`: env projects.

use kagi_domain::access::{ProjectLimit, Scope};
use kagi_tests::samples::only;
use serde_json::{Value, json};

use crate::{Call, World, call::names};

#[tokio::test]
async fn a_project_is_made_read_changed_and_deleted() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({"name": " Blog ", "description": "the blog"});
    let made = world.send_as(&ada, Call::post("/api/envs").json(&body)).await.ok(201).data();
    assert_eq!(names(&made), ["createdAt", "description", "fileCount", "id", "name", "updatedAt"]);
    assert_eq!((&made["name"], &made["fileCount"]), (&json!("Blog"), &json!(0)));
    let path = format!("/api/envs/{}", made["id"].as_str().unwrap());
    let file = world.env_file(&ada, made["id"].as_str().unwrap(), "env.local", "A=1").await;
    let detail = world.send_as(&ada, Call::get(&path)).await.ok(200).data();
    assert_eq!((&detail["fileCount"], &detail["files"][0]["id"]), (&json!(1), &json!(file)));
    let shown = ["createdAt", "fileType", "id", "projectId", "size", "updatedAt", "version"];
    assert_eq!(names(&detail["files"][0]), shown);
    let change = json!({"name": "Weblog", "description": null});
    let changed = world.send_as(&ada, Call::new("PUT", &path).json(&change)).await.ok(200).data();
    assert_eq!((&changed["name"], &changed["description"]), (&json!("Weblog"), &Value::Null));
    assert_eq!(changed["fileCount"], 1);
    let list = world.send_as(&ada, Call::get("/api/envs?search=WEB")).await.ok(200).json();
    assert_eq!((&list["data"], &list["nextCursor"]), (&json!([changed]), &Value::Null));
    let stats = world.send_as(&ada, Call::get("/api/stats")).await.ok(200).data();
    assert_eq!((&stats["totalEnvProjects"], &stats["totalEnvFiles"]), (&json!(1), &json!(1)));
    world.send_as(&ada, Call::new("DELETE", &path)).await.ok(204);
    world.send_as(&ada, Call::get(&path)).await.is(404, "ENV_PROJECT_NOT_FOUND");
    assert!(world.storage.env_file_cells().is_empty());
}

#[tokio::test]
async fn bad_input_is_refused_by_field() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let env = world.env_project(&ada, "Blog").await;
    let long = "x".repeat(1001);
    for (body, fields) in [
        (json!({}), &["name"][..]),
        (json!({"name": " "}), &["name"]),
        (json!({"name": "a\nb", "description": long}), &["name", "description"]),
        (json!({"name": 1}), &["name"]),
        (json!({"name": "A", "files": []}), &["body"]),
    ] {
        let reply = world.send_as(&ada, Call::post("/api/envs").json(&body)).await.ok(400);
        assert_eq!(reply.fields(), fields, "{body}");
    }
    let put = |body: Value| Call::new("PUT", format!("/api/envs/{env}")).json(&body);
    assert_eq!(world.send_as(&ada, put(json!({"name": null}))).await.ok(400).fields(), ["name"]);
    let twin = Call::post("/api/envs").json(&json!({"name": "ＢLOG"}));
    world.send_as(&ada, twin).await.is(409, "ENV_PROJECT_EXISTS");
    let other = world.env_project(&ada, "Other").await;
    let renamed = Call::new("PUT", format!("/api/envs/{other}")).json(&json!({"name": "blog"}));
    world.send_as(&ada, renamed).await.is(409, "ENV_PROJECT_EXISTS");
    for query in ["limit=0", "limit=1001", "cursor=x"] {
        assert_eq!(world.send_as(&ada, Call::get(format!("/api/envs?{query}"))).await.fields().len(), 1);
    }
    for id in ["x", "0198c0de-0000-7000-8000-00000000000G"] {
        world.send_as(&ada, Call::get(format!("/api/envs/{id}"))).await.is(404, "ENV_PROJECT_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_limited_key_stays_within_its_projects() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let (blog, shop) = (world.env_project(&ada, "Blog").await, world.env_project(&ada, "Shop").await);
    let file = world.env_file(&ada, &shop, "env", "A=canary").await;
    let key = world.key(&ada, Scope::ALL, only(&["BLOG"])).await;
    let with = |call: Call| world.send(call.key(key.expose()));
    let list = with(Call::get("/api/envs")).await.ok(200).data();
    assert_eq!(list.as_array().unwrap().iter().map(|row| &row["id"]).collect::<Vec<_>>(), [&json!(blog)]);
    let stats = with(Call::get("/api/stats")).await.ok(200).data();
    assert_eq!((&stats["totalEnvProjects"], &stats["totalEnvFiles"]), (&json!(1), &json!(0)));
    with(Call::get(format!("/api/envs/{shop}"))).await.is(404, "ENV_PROJECT_NOT_FOUND");
    with(Call::post(format!("/api/envs/{shop}/files/{file}/reveal"))).await.is(404, "ENV_FILE_NOT_FOUND");
    with(Call::post("/api/envs").json(&json!({"name": "New"}))).await.is(403, "AUTH_SCOPE_REQUIRED");
    let rename = Call::new("PUT", format!("/api/envs/{blog}")).json(&json!({"name": "New"}));
    with(rename).await.is(403, "AUTH_SCOPE_REQUIRED");
    let own = world.key(&ada, &[Scope::EnvsRead], ProjectLimit::All).await;
    let reveal = Call::post(format!("/api/envs/{shop}/files/{file}/reveal")).key(own.expose());
    world.send(reveal).await.is(403, "AUTH_SCOPE_REQUIRED");
}

#[tokio::test]
async fn the_data_of_a_vault_includes_its_env_files() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let env = world.env_project(&ada, "Blog").await;
    world.env_file(&ada, &env, "env", "A=1").await;
    world.send_as(&ada, Call::new("DELETE", "/api/account/data")).await.ok(204);
    assert_eq!(world.send_as(&ada, Call::get("/api/envs")).await.ok(200).data(), json!([]));
    assert!(world.storage.env_file_cells().is_empty());
}
