//! Files from plain words over the API.

use kagi_domain::{
    access::{ProjectLimit, Scope},
    audit::Action,
};
use kagi_tests::samples::only;
use serde_json::{Value, json};

use crate::{Call, World, call::names};

fn extract(body: &Value) -> Call {
    Call::post("/api/ai/extract").json(body)
}

fn context(body: &Value) -> Call {
    Call::post("/api/ai/context").json(body)
}

/// Ada, with an entry of a category in each of two projects.
async fn vault() -> (World, String, [String; 2]) {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let draft = json!({"name": "OpenAI API", "keyType": "simple", "envVarName": "OPENAI_API_KEY"});
    let made = world.send_as(&ada, Call::post("/api/categories").json(&draft)).await.ok(201).data();
    let category = made["id"].as_str().unwrap().to_owned();
    let blog = world.entry(&ada, &category, "Blog", json!("canary-blog")).await;
    let shop = world.entry(&ada, &category, "Shop", json!("canary-shop")).await;
    (world, ada, [blog, shop])
}

fn revealed(world: &World) -> usize {
    world.storage.audit_events().iter().filter(|event| event.action == Action::EntryReveal).count()
}

#[tokio::test]
async fn plain_words_become_a_file() {
    let (world, ada, [blog, _]) = vault().await;
    let body =
        json!({"prompt": "OpenAI and a session secret for this project", "currentProjectName": "Blog"});
    let reply = world.send_as(&ada, extract(&body)).await.ok(200);
    assert_eq!(reply.header("cache-control"), "no-store");
    let data = reply.data();
    let all = ["engine", "envContent", "framework", "generatedSecrets", "rejected", "selectedKeys"];
    assert_eq!(names(&data), all);
    assert_eq!((&data["engine"], &data["framework"]), (&json!("offline"), &Value::Null));
    assert_eq!(data["selectedKeys"].as_array().unwrap().len(), 1, "{data}");
    let key = &data["selectedKeys"][0];
    assert_eq!((&key["entryId"], &key["envVarName"]), (&json!(blog), &json!("OPENAI_API_KEY")));
    let fresh = &data["generatedSecrets"][0];
    assert_eq!(fresh["envVarName"], "SESSION_SECRET");
    let content = data["envContent"].as_str().unwrap();
    assert!(content.contains("OPENAI_API_KEY=canary-blog\n") && content.contains("\nSESSION_SECRET="));
    assert!(!content.contains("canary-shop"));
    assert_eq!(revealed(&world), 1);
}

#[tokio::test]
async fn a_preview_and_the_context_open_nothing() {
    let (world, ada, _) = vault().await;
    let key = world.key(&ada, &[Scope::AiExtract], ProjectLimit::All).await;
    let body = json!({"prompt": "everything for Blog", "preview": true});
    let preview = world.send(extract(&body).key(key.expose())).await.ok(200);
    assert_eq!(
        names(&preview.data()),
        ["engine", "framework", "generatedSecrets", "rejected", "selectedKeys"]
    );
    let told = world.send(context(&body).key(key.expose())).await.ok(200).data();
    assert_eq!(names(&told), ["engine", "leftOutCount", "offeredCount", "payload"]);
    assert_eq!((&told["payload"], &told["offeredCount"]), (&Value::Null, &json!(2)));
    assert_eq!(revealed(&world), 0);
    let whole = json!({"prompt": "everything for Blog"});
    let refused = world.send(extract(&whole).key(key.expose())).await.ok(403);
    assert_eq!(refused.code(), "AUTH_SCOPE_REQUIRED");
    assert!(!preview.text.contains("canary") && revealed(&world) == 0);
}

#[tokio::test]
async fn a_key_for_other_projects_gets_nothing_of_this_one() {
    let (world, ada, [_, shop]) = vault().await;
    let scopes = [Scope::AiExtract, Scope::EntriesReveal];
    let key = world.key(&ada, &scopes, only(&["Shop"])).await;
    let body = json!({"prompt": "OpenAI for Blog and for Shop"});
    let data = world.send(extract(&body).key(key.expose())).await.ok(200).data();
    assert!(!data.to_string().contains("canary-blog"), "{data}");
    for key in data["selectedKeys"].as_array().unwrap() {
        assert_eq!(key["entryId"], json!(shop));
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_said_without_quoting_it() {
    let (world, ada, _) = vault().await;
    let secret = json!({"prompt": "put sk-proj-canaryCanary0123456789abcdefABCDEF in it", "fileType": 5});
    let within =
        json!({"prompt": "everything", "currentProjectName": "sk-proj-canaryCanary0123456789abcdefABCDEF"});
    for call in [extract(&secret), context(&secret), extract(&within), context(&within)] {
        let refused = world.send_as(&ada, call).await.ok(400);
        assert_eq!(refused.code(), "PROMPT_CONTAINS_SECRET");
        assert!(!refused.text.contains("canary"), "{}", refused.text);
    }
    for (body, field) in [
        (json!({}), "prompt"),
        (json!({"prompt": " "}), "prompt"),
        (json!({"prompt": "x".repeat(2001)}), "prompt"),
        (json!({"prompt": "a\u{0}b"}), "prompt"),
        (json!({"prompt": "x", "fileType": "env.staging"}), "fileType"),
        (json!({"prompt": "x", "currentProjectName": "a\nb"}), "currentProjectName"),
        (json!({"prompt": "x", "preview": "yes"}), "preview"),
        (json!({"prompt": "x", "offline": 1}), "offline"),
    ] {
        let refused = world.send_as(&ada, extract(&body)).await.ok(400);
        assert_eq!(refused.fields(), [field], "{body}");
    }
    world.send_as(&ada, extract(&json!({"prompt": "x", "model": "y"}))).await.ok(400);
}

#[tokio::test]
async fn a_person_asks_twenty_times_a_minute_at_most() {
    let (world, ada, _) = vault().await;
    let eve = world.person("eve@example.com").await;
    let body = json!({"prompt": "nothing at all", "preview": true});
    for _ in 0..20 {
        world.send_as(&ada, extract(&body)).await.ok(200);
    }
    let refused = world.send_as(&ada, extract(&body)).await.ok(429);
    assert_eq!((refused.code().as_str(), refused.header("retry-after")), ("RATE_LIMITED", "60"));
    world.send_as(&eve, extract(&body)).await.ok(200);
    world.send_as(&ada, context(&body)).await.ok(429);
    world.kagi.clock.advance(std::time::Duration::from_secs(61));
    world.send_as(&ada, extract(&body)).await.ok(200);
}
