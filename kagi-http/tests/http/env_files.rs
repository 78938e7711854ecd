//! `/envs/{id}/files`: saving, revealing, histories.

use kagi_domain::model::env_project::EnvContent;
use serde_json::{Value, json};

use crate::{
    Call, World,
    call::{Reply, names},
};

async fn save(world: &World, ada: &str, env: &str, body: &Value) -> Reply {
    world.send_as(ada, Call::post(format!("/api/envs/{env}/files")).json(body)).await
}

#[tokio::test]
async fn a_file_is_made_replaced_judged_and_revealed() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let env = world.env_project(&ada, "Blog").await;
    let body = json!({"fileType": "env", "content": "A=x y\nA='1\r", "baseVersion": 0});
    let made = save(&world, &ada, &env, &body).await.ok(201).data();
    let shown = ["createdAt", "diagnostics", "fileType", "id", "projectId", "size", "updatedAt", "version"];
    assert_eq!(names(&made), shown);
    assert_eq!((&made["version"], &made["size"], &made["projectId"]), (&json!(1), &json!(11), &json!(env)));
    let told: Vec<_> = made["diagnostics"].as_array().unwrap().iter().map(|d| &d["code"]).collect();
    assert!(told.contains(&&json!("unquoted-space")), "{told:?}");
    assert_eq!(names(&made["diagnostics"][0]), ["code", "line", "message"]);
    let body = json!({"fileType": "env", "content": "", "baseVersion": 1});
    let replaced = save(&world, &ada, &env, &body).await.ok(200).data();
    assert_eq!((&replaced["id"], &replaced["version"]), (&made["id"], &json!(2)));
    assert_eq!((&replaced["size"], &replaced["diagnostics"]), (&json!(0), &json!([])));
    let files = format!("/api/envs/{env}/files");
    let list = world.send_as(&ada, Call::get(&files)).await.ok(200).json();
    assert_eq!((list["data"].as_array().unwrap().len(), &list["nextCursor"]), (1, &Value::Null));
    let path = format!("{files}/{}", made["id"].as_str().unwrap());
    let revealed = world.send_as(&ada, Call::post(format!("{path}/reveal"))).await.ok(200);
    assert_eq!(revealed.header("cache-control"), "no-store");
    let expected =
        json!({"id": made["id"], "projectId": env, "fileType": "env", "content": "", "version": 2});
    assert_eq!(revealed.data(), expected);
    let old = Call::post(format!("{path}/versions/1/reveal"));
    assert_eq!(world.send_as(&ada, old).await.ok(200).data()["content"], "A=x y\nA='1\r");
    let versions = world.send_as(&ada, Call::get(format!("{path}/versions"))).await.ok(200).data();
    assert_eq!(versions.as_array().unwrap().iter().map(|row| &row["number"]).collect::<Vec<_>>(), [2, 1]);
    let restored = world.send_as(&ada, Call::post(format!("{path}/versions/1/restore"))).await.ok(200).data();
    assert_eq!((&restored["version"], &restored["diagnostics"]), (&json!(3), &made["diagnostics"]));
    world.send_as(&ada, Call::new("DELETE", format!("{path}/versions/2"))).await.ok(204);
    world.send_as(&ada, Call::new("DELETE", format!("{path}/versions/3"))).await.is(409, "VERSION_CONFLICT");
    world.send_as(&ada, Call::post(format!("{path}/versions/2/reveal"))).await.is(404, "VERSION_NOT_FOUND");
    world.send_as(&ada, Call::new("DELETE", &path)).await.ok(204);
    world.send_as(&ada, Call::post(format!("{path}/reveal"))).await.is(404, "ENV_FILE_NOT_FOUND");
    assert_eq!(save(&world, &ada, &env, &body).await.code(), "VERSION_CONFLICT");
    let again = json!({"fileType": "env", "content": "A=1"});
    assert_eq!(save(&world, &ada, &env, &again).await.ok(201).data()["version"], 1);
}

#[tokio::test]
async fn who_asks_for_text_gets_the_bytes_and_nothing_else() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let env = world.env_project(&ada, "Blog").await;
    let mut content = "\u{feff}A=\"\u{9375}\r\nB='x\r".to_owned();
    content.extend(std::iter::repeat_n('#', EnvContent::MAX_BYTES - content.len()));
    let file = world.env_file(&ada, &env, "env.production", &content).await;
    let path = format!("/api/envs/{env}/files/{file}");
    for path in [format!("{path}/reveal"), format!("{path}/versions/1/reveal")] {
        let text = world.send_as(&ada, Call::post(&path).header("accept", "text/plain")).await.ok(200);
        assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(text.header("cache-control"), "no-store");
        assert_eq!(text.header("x-content-type-options"), "nosniff");
        assert!(text.text == content, "every byte is as it was");
        for accept in ["*/*", "application/json, text/plain;q=0.5", "text/html"] {
            let json = world.send_as(&ada, Call::post(&path).header("accept", accept)).await.ok(200);
            assert!(json.data()["content"] == content.as_str());
        }
    }
    let nothing = Call::post(format!("{path}/versions/9/reveal")).header("accept", "text/plain");
    world.send_as(&ada, nothing).await.is(404, "VERSION_NOT_FOUND");
}

#[tokio::test]
async fn bad_input_is_refused_by_field_and_stores_nothing() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let env = world.env_project(&ada, "Blog").await;
    let long = "x".repeat(EnvContent::MAX_BYTES + 1);
    for (body, fields) in [
        (json!({}), &["fileType", "content"][..]),
        (json!({"fileType": ".env", "content": "A=1"}), &["fileType"]),
        (json!({"fileType": "env", "content": long}), &["content"]),
        (json!({"fileType": "env", "content": "A=\u{0}"}), &["content"]),
        (json!({"fileType": "env", "content": null}), &["content"]),
        (json!({"fileType": "env", "content": ["A=1"]}), &["content"]),
        (json!({"fileType": "env", "content": "A=1", "baseVersion": -1}), &["baseVersion"]),
        (json!({"fileType": "env", "content": "A=1", "baseVersion": "0"}), &["baseVersion"]),
        (json!({"fileType": "env", "content": "A=1", "version": 1}), &["body"]),
    ] {
        assert_eq!(save(&world, &ada, &env, &body).await.ok(400).fields(), fields);
    }
    let invalid = Call::post(format!("/api/envs/{env}/files")).text(b"{\"content\":\"\xff\"}".to_vec());
    assert_eq!(world.send_as(&ada, invalid).await.ok(400).fields(), ["body"]);
    let beyond = "x".repeat(2 * 1024 * 1024);
    let beyond = save(&world, &ada, &env, &json!({"fileType": "env", "content": beyond})).await;
    beyond.is(413, "PAYLOAD_TOO_LARGE");
    for base in [1_u64, 7, u64::from(u32::MAX), u64::MAX] {
        let body = json!({"fileType": "env", "content": "A=1", "baseVersion": base});
        save(&world, &ada, &env, &body).await.is(409, "VERSION_CONFLICT");
    }
    assert!(world.storage.env_file_cells().is_empty());
    let detail = world.send_as(&ada, Call::get(format!("/api/envs/{env}"))).await.ok(200).data();
    assert_eq!(detail["files"], json!([]));
}

#[tokio::test]
async fn a_file_is_found_under_its_own_project_only() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let (blog, shop) = (world.env_project(&ada, "Blog").await, world.env_project(&ada, "Shop").await);
    let file = world.env_file(&ada, &blog, "env", "A=1").await;
    let before = world.storage.audit_events().len();
    for env in [shop.as_str(), "x", "0198c0de-0000-7000-8000-000000000000"] {
        let path = format!("/api/envs/{env}/files/{file}");
        for (method, rest) in [
            ("POST", "/reveal"),
            ("GET", "/versions"),
            ("POST", "/versions/1/reveal"),
            ("POST", "/versions/1/restore"),
            ("DELETE", "/versions/1"),
            ("DELETE", ""),
        ] {
            let reply = world.send_as(&ada, Call::new(method, format!("{path}{rest}"))).await;
            reply.is(404, "ENV_FILE_NOT_FOUND");
        }
    }
    assert_eq!(world.storage.audit_events().len(), before);
    assert_eq!(world.storage.env_file_cells().len(), 1);
}

#[tokio::test]
async fn a_content_that_was_swapped_is_not_shown() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let env = world.env_project(&ada, "Blog").await;
    let one = world.env_file(&ada, &env, "env", "A=canary-one").await;
    world.env_file(&ada, &env, "env.local", "A=canary-two").await;
    let cells = world.storage.env_file_cells();
    world.storage.tamper_env_file(cells[0].0, 1, cells[1].2.clone());
    for accept in ["application/json", "text/plain"] {
        let call = Call::post(format!("/api/envs/{env}/files/{one}/reveal")).header("accept", accept);
        let reply = world.send_as(&ada, call).await;
        reply.is(500, "SECRET_INTEGRITY_FAILURE");
        assert!(!reply.text.contains("canary"));
    }
}
