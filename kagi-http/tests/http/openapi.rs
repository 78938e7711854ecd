//! The API's description of itself, as it is served.

use serde_json::{Value, json};

use crate::{
    Call, World,
    described::{Answered, check, conforms},
    world::document,
};

#[tokio::test]
async fn the_document_is_served_to_anybody_and_may_be_kept() {
    let world = World::new();
    let reply = world.send(Call::get("/api/openapi")).await.ok(200);
    assert_eq!(reply.header("cache-control"), "public, max-age=3600");
    assert_eq!(reply.header("vary"), "accept-encoding");
    assert_eq!(reply.json()["servers"][0]["url"], "https://kagi.example/api");
    let tag = reply.header("etag").to_owned();
    for known in
        [tag.clone(), format!("\"x\", {tag}"), tag.trim_start_matches("W/").to_owned(), "*".to_owned()]
    {
        let again = world.send(Call::get("/api/openapi").header("if-none-match", &known)).await.ok(304);
        assert_eq!((again.text.as_str(), again.header("etag")), ("", tag.as_str()));
    }
    let other = world.send(Call::get("/api/openapi").header("if-none-match", "W/\"0\"")).await.ok(200);
    assert_eq!(other.text, reply.text);
    world.send(Call::post("/api/openapi")).await.is(405, "METHOD_NOT_ALLOWED");
}

/// Every example is what its schema says, so that whoever copies it is not refused for its form.
#[test]
fn examples_conform_to_their_schemas() {
    let document = document();
    let mut seen = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let mut contents = vec![&operation["requestBody"]["content"]];
            let responses = operation["responses"].as_object().unwrap();
            contents.extend(responses.values().map(|response| &response["content"]));
            for media in contents.into_iter().filter_map(Value::as_object).flat_map(|all| all.values()) {
                let several = media["examples"].as_object().into_iter().flat_map(|all| all.values());
                let mut examples: Vec<_> = several.map(|one| &one["value"]).collect();
                examples.extend(media.get("example"));
                for example in examples {
                    seen += 1;
                    let result = conforms(document, &media["schema"], example, "");
                    assert_eq!(result, Ok(()), "{method} {path}: {example}");
                }
            }
        }
    }
    assert!(seen > 60, "only {seen} examples");
}

#[tokio::test]
async fn the_examples_of_bodies_are_accepted() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let example = |path: &str| {
        document()["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"].clone()
    };
    let category =
        world.send_as(&ada, Call::post("/api/categories").json(&example("/categories"))).await.ok(201).id();
    let mut entry = example("/entries");
    entry["categoryId"] = json!(category);
    world.send_as(&ada, Call::post("/api/entries").json(&entry)).await.ok(201);
    world.send_as(&ada, Call::post("/api/access-keys").json(&example("/access-keys"))).await.ok(201);
}

#[test]
fn the_check_of_answers_sees_what_it_looks_for() {
    let document = document();
    let good = json!({"data": ["Blog"]}).to_string();
    let answered = |status, text: &str| {
        let answered = Answered {
            method: "GET",
            path: "/api/entries/project-names?x=1",
            status,
            content_type: "application/json",
            text,
        };
        std::panic::catch_unwind(|| check(document, &answered)).is_ok()
    };
    assert!(answered(200, &good));
    for (status, body) in [
        (201, json!({"data": []})),
        (200, json!({"data": [], "more": 1})),
        (200, json!({"data": [1]})),
        (200, json!({})),
        (409, json!({"error": "x", "code": "ENTRY_EXISTS", "requestId": "x"})),
        (
            401,
            json!({"error": "x", "code": "ENTRY_EXISTS", "requestId": "0198c0de-7a11-7000-8000-00000000002a"}),
        ),
    ] {
        assert!(!answered(status, &body.to_string()), "{status} {body}");
    }
}
