//! What leaves the process when a model is asked: every byte of it, and none that is anybody's secret.

mod example;
mod people;

use std::{collections::BTreeSet, time::Duration};

use kagi_ai_openai::Limits;
use kagi_domain::{
    access::Actor,
    plan::Prompt,
    ports::PlannerError,
    services::composer::{Choice, ChosenKey, ComposeRequest, ComposerError, Composition},
};
use kagi_tests::{
    model_server::{ModelServer, Reply, Seen},
    samples::parse,
    spellings,
};
use serde_json::Value;

use super::Place;
use people::{MODEL_KEY, Vault, project, variable};

/// Retries follow at once, and patience is long enough for a busy machine.
const QUICK: Limits = Limits { patience: Duration::from_secs(30), pause: Duration::from_millis(1) };

/// All that a request says beside its body.
const HEADERS: [&str; 6] =
    ["accept", "authorization", "content-length", "content-type", "host", "user-agent"];
/// All members of a request's JSON but those of the schema of the answer, which is the same for everybody.
const MEMBERS: [&str; 8] =
    ["content", "json_schema", "messages", "model", "response_format", "role", "store", "type"];
/// All members of the JSON that the user's message is.
const BRIEF: [&str; 8] =
    ["category", "currentProject", "entryId", "envVarNames", "fileType", "keys", "project", "prompt"];

/// A model that selects the first two keys and wants a secret.
fn plan() -> Reply {
    let key = |id| format!(r#"{{"entryId":"{id}","envVarName":"","reason":"asked for"}}"#);
    let secret = r#"{"envVarName":"SESSION_SECRET","format":"hex","bytes":32,"reason":"asked for"}"#;
    Reply::content(&format!(
        r#"{{"selectedKeys":[{},{}],"secretsToGenerate":[{secret}],"environment":null}}"#,
        key("e1"),
        key("e2")
    ))
}

fn ask(project: Option<&str>) -> ComposeRequest {
    let prompt = Prompt::parse("everything for this project, please").unwrap();
    ComposeRequest {
        project: project.map(parse),
        file_type: Some(parse("env.production")),
        ..ComposeRequest::new(prompt)
    }
}

/// Everything of a preview, as a person takes it.
fn all_of(composition: &Composition) -> Choice {
    let key = |key: &kagi_domain::services::composer::SelectedKey| ChosenKey {
        entry: key.entry,
        field: key.field.clone(),
        name: key.name.clone(),
        reason: key.reason.clone(),
    };
    Choice {
        keys: composition.selected.iter().map(key).collect(),
        secrets: composition.generated.clone(),
        environment: composition.environment,
    }
}

/// Asks in every way there is. Gives what came out of the vault, so that it is sure that there was something to tell, and
/// the contexts, which were shown and not sent.
async fn every_way(vault: &Vault, actor: &Actor, project: &str) -> (String, Vec<Seen>) {
    let composer = vault.kagi.composer();
    let (mut out, mut shown) = (String::new(), Vec::new());
    for request in [ask(Some(project)), ask(None)] {
        let told = composer.context(actor, &request).await.unwrap();
        shown.push(Seen { head: String::new(), body: told.payload.unwrap() });
        let composition = composer.preview(actor, &request).await.unwrap();
        let taken = composer.take(actor, all_of(&composition)).await.unwrap();
        out.push_str(taken.content.expose());
        out.push_str(composer.extract(actor, &request).await.unwrap().content.expose());
    }
    (out, shown)
}

#[tokio::test]
async fn nothing_but_names_leaves_the_process() {
    let place = Place::sqlite().await;
    // Each rung of the ladder, and each kind of retry, before there is an answer.
    let failures = [
        "400 Bad Request",
        "422 Unprocessable Entity",
        "501 Not Implemented",
        "503 Service Unavailable",
        "429 Too Many Requests",
    ];
    let replies = failures.map(Reply::status).into_iter().chain([plan()]);
    let server = ModelServer::new(replies).await;
    let vault = Vault::new(&place, &server, QUICK).await;
    let (out, mut seen) = every_way(&vault, &vault.ada, &project("ada")).await;
    for what in ["value", "field-one", "field-two"] {
        assert!(out.contains(&format!("canary-{what}-ada-5f0c")), "{what} came out of the vault: {out}");
    }
    let sent = server.seen();
    assert_eq!(
        sent.len(),
        failures.len() + 4,
        "a preview and a file for each request; a context sends nothing"
    );
    seen.extend(sent);
    holds_names_only(&seen, &vault, "ada");
    for name in &vault.of_others {
        assert!(seen.iter().all(|seen| !holds(&seen.text(), name)), "{name} is somebody else's");
    }
    let (_, shown) = every_way(&vault, &vault.bob, &project("bob")).await;
    holds_names_only(&shown, &vault, "bob");
    holds_names_only(&server.seen(), &vault, "bob");
    place.close().await;
}

#[tokio::test]
async fn a_server_that_only_fails_learns_no_more() {
    for (reply, error) in [
        (Reply::status("401 Unauthorized"), PlannerError::Unauthorized),
        (Reply::status("500 Internal Server Error"), PlannerError::Failed),
        (Reply::content("no plan at all"), PlannerError::Unusable),
    ] {
        let server = ModelServer::new([reply]).await;
        let place = Place::sqlite().await;
        let vault = Vault::new(&place, &server, QUICK).await;
        let refused = vault.kagi.composer().extract(&vault.ada, &ask(None)).await;
        assert!(matches!(refused, Err(ComposerError::Planner(failure)) if failure == error));
        let prompt = Prompt::parse("put sk-proj-canaryCanary0123456789abcdefABCDEF in it");
        assert!(prompt.is_err(), "a prompt with a key in it is none");
        holds_names_only(&server.seen(), &vault, "ada");
        place.close().await;
    }
}

fn holds(text: &str, canary: &str) -> bool {
    spellings(canary.as_bytes()).iter().any(|spelling| text.contains(spelling.as_str()))
}

/// Holds every byte that was sent to the allow-lists, and to the canaries in every spelling.
fn holds_names_only(seen: &[Seen], vault: &Vault, person: &str) {
    assert!(!seen.is_empty());
    for seen in seen {
        let text = seen.text();
        for name in [variable(person), project(person), format!("service-of-{person}")] {
            assert!(text.contains(&name), "{name} is sent, so the search finds what is there");
        }
        for canary in &vault.canaries {
            assert!(!holds(&text, canary), "{canary} in {text}");
        }
        assert_eq!(text.matches(MODEL_KEY).count(), usize::from(!seen.head.is_empty()), "in its header only");
        assert!(!seen.body.contains(MODEL_KEY));
        for header in seen.head.lines().skip(1) {
            let name = header.split(':').next().unwrap().to_lowercase();
            assert!(HEADERS.contains(&name.as_str()), "{header}");
        }
        let body: Value = serde_json::from_str(&seen.body).expect("the body is JSON and nothing behind it");
        let brief: Value = serde_json::from_str(body["messages"][1]["content"].as_str().unwrap()).unwrap();
        assert_eq!(body["messages"].as_array().unwrap().len(), 2);
        let mut own = body;
        if let Some(schema) = own["response_format"].get_mut("json_schema") {
            *schema = Value::Null;
        }
        let allowed = BTreeSet::from(MEMBERS.map(str::to_owned));
        assert!(members(&own).is_subset(&allowed), "{:?}", members(&own));
        assert_eq!(members(&brief), BTreeSet::from(BRIEF.map(str::to_owned)));
    }
}

/// The names of all members, however deep.
fn members(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(map) => map.keys().cloned().chain(map.values().flat_map(members)).collect(),
        Value::Array(list) => list.iter().flat_map(members).collect(),
        _ => BTreeSet::new(),
    }
}

#[test]
fn the_search_sees_what_it_looks_for() {
    use base64::{
        Engine,
        engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
    };
    let canary = "canary-value-ada-5f0c\"é";
    let hex = |upper: bool| {
        let byte = |byte: u8| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
        canary.bytes().map(byte).collect::<String>()
    };
    for spelled in [
        canary.to_owned(),
        serde_json::to_string(canary).unwrap(),
        serde_json::to_string(&serde_json::to_string(canary).unwrap()).unwrap(),
        STANDARD.encode(format!("x{canary}y")),
        URL_SAFE_NO_PAD.encode(format!("xy{canary}")),
        hex(true),
        hex(false),
        "canary-value-ada-5f0c%22%C3%A9".to_owned(),
    ] {
        assert!(holds(&format!("a {spelled} b"), canary), "{spelled}");
    }
}
