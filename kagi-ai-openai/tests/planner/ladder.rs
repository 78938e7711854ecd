//! What is asked, in which form.

use kagi_domain::{
    plan::{EnvPlan, PlannedKey},
    ports::{Planner, PlannerError},
};
use kagi_tests::contract::planner::brief;
use serde_json::Value;

use crate::{
    KEY, QUICK, planner,
    server::{EMPTY, Reply, Seen, Server},
};

/// The form of each request: of the schema whether it is strict, else the type, else nothing.
fn forms(seen: &[Seen]) -> Vec<String> {
    let form = |seen: &Seen| {
        let body: Value = serde_json::from_str(&seen.body).unwrap();
        match &body["response_format"] {
            Value::Null => "text".to_owned(),
            format if format["type"] == "json_schema" => {
                format!("strict: {}", format["json_schema"]["strict"])
            }
            format => format["type"].as_str().unwrap().to_owned(),
        }
    };
    seen.iter().map(form).collect()
}

#[tokio::test]
async fn the_request_is_strict_and_nothing_is_to_be_kept() {
    let server = Server::new([Reply::content(EMPTY)]).await;
    planner(&server, QUICK).plan(&brief("stripe")).await.unwrap();
    let [seen] = &server.seen()[..] else { panic!("one request") };
    assert!(seen.head.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"), "{}", seen.head);
    assert!(seen.head.to_lowercase().contains(&format!("authorization: bearer {KEY}")));
    assert!(!seen.body.contains(KEY));
    let body: Value = serde_json::from_str(&seen.body).unwrap();
    let members: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["model", "messages", "response_format", "store"]);
    assert_eq!((&body["model"], &body["store"]), (&"test-model".into(), &false.into()));
    let told: Value = serde_json::from_str(body["messages"][1]["content"].as_str().unwrap()).unwrap();
    assert_eq!(told["prompt"], "stripe");
    assert_eq!((&told["currentProject"], &told["fileType"]), (&"Blog".into(), &".env.local".into()));
    assert_eq!(told["keys"][1]["entryId"], "e2");
    strict(&body["response_format"]["json_schema"]["schema"]);
}

/// A strict schema names all members of an object as required, and allows no other.
fn strict(schema: &Value) {
    if schema["type"] == "object" {
        let members: Vec<_> = schema["properties"].as_object().unwrap().keys().collect();
        let required: Vec<_> =
            schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(members, required);
        assert_eq!(schema["additionalProperties"], false);
        schema["properties"].as_object().unwrap().values().for_each(strict);
    }
    if schema["type"] == "array" {
        strict(&schema["items"]);
    }
}

#[tokio::test]
async fn a_server_that_knows_less_is_asked_for_less_and_that_is_remembered() {
    let refusals = ["400 Bad Request", "422 Unprocessable Entity", "501 Not Implemented"];
    for rungs in 0..=3 {
        let replies = refusals.iter().take(rungs).map(|status| Reply::status(status));
        let server = Server::new(replies.chain([Reply::content(EMPTY)])).await;
        let planner = planner(&server, QUICK);
        assert_eq!(planner.plan(&brief("stripe")).await, Ok(EnvPlan::default()));
        let all = ["strict: true", "strict: false", "json_object", "text"];
        assert_eq!(forms(&server.seen()), all[..=rungs]);
        let payload = planner.payload(&brief("stripe"));
        planner.plan(&brief("stripe")).await.unwrap();
        let again = server.seen();
        assert_eq!((forms(&again), &again[0].body), (vec![all[rungs].to_owned()], &payload));
    }
}

#[tokio::test]
async fn a_server_that_refuses_every_form_is_an_error() {
    let server = Server::new([Reply::status("400 Bad Request")]).await;
    assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await, Err(PlannerError::Failed));
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_plan_is_found_in_a_text() {
    let plan = r#"{"selectedKeys":[{"entryId":"e1","envVarName":"K","reason":"{a}"}]}"#;
    for content in [
        plan.to_owned(),
        format!("```json\n{plan}\n```"),
        format!("Here you are: {plan}. Anything else?"),
        format!("<think>{{maybe}} a {{ }}</think>{plan}"),
    ] {
        let server = Server::new([Reply::content(&content)]).await;
        let found = planner(&server, QUICK).plan(&brief("stripe")).await.unwrap();
        let key = PlannedKey { handle: "e1".to_owned(), name: "K".to_owned(), reason: "{a}".to_owned() };
        assert_eq!(found.keys, [key], "{content}");
    }
}
