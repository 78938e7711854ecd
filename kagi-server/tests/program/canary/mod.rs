//! C8: plaintext leaves by reveals only, and what seals or proves it leaves not at all.
//!
//! One vault holds a canary in every place that can keep a secret. Every operation of the served document
//! is called, in the right way and in wrong ones, every page is read and every form sent that reveals, while the log is at its most
//! talkative. Then each answer, the metrics and the log are searched for each canary in every spelling,
//! and for every cell and digest that the database ever held meanwhile.

mod evidence;
mod visitor;

use std::collections::BTreeSet;

use kagi_tests::operations::{OPERATIONS, Operation, Things};
use reqwest::Method;
use serde_json::json;

use evidence::Evidence;
use visitor::Visitor;

use crate::support::{Database, EMAIL, KEY, Kind, Running};

/// What is kept, or sent to be kept.
const KEPT: [&str; 11] = [
    "old_value",
    "value",
    "new_value",
    "code",
    "spare",
    "new_code",
    "field",
    "second",
    "old_content",
    "content",
    "new_content",
];

/// Not the one of the document's examples.
const PASSWORD: &str = "canary?/+&<\"password\"-b1d20c77";

const IN_QUERY: &str = "canary-in-query-20f7";

/// A text that is escaped by JSON, by URLs and by HTML, and that is nowhere else.
fn canary(name: &str) -> String {
    format!("canary?/+&<\"\\{name}\"-7f3a9c51")
}

/// What is there before the first call, and what the calls send.
fn canaries() -> Things {
    let kept = KEPT
        .iter()
        .chain(&["new_password"])
        .fold(Things::default(), |things, name| things.with(name, canary(name)));
    kept.with("email", EMAIL).with("password", PASSWORD).with("new_email", "new@example.com")
}

/// Keeps the canaries, and gives what was made.
async fn furnish(visitor: &mut Visitor, canaries: Things) -> Things {
    let text = |name: &str| json!(canaries.get(name));
    let simple = json!({"name": "One", "keyType": "simple", "envVarName": "TOKEN"});
    let category = visitor.make("/categories", &simple).await;
    let group = json!({"name": "Two", "keyType": "group", "fieldDefinitions": ["A", "B"]});
    let group = visitor.make("/categories", &group).await;
    let entry = json!({"categoryId": category, "projectName": "Blog", "value": text("old_value")});
    let entry = visitor.make("/entries", &entry).await;
    let change = json!({"value": text("value")}).to_string();
    visitor.call(Method::PUT, &format!("/api/entries/{entry}"), Some(change), &[]).await;
    let fields = json!({"A": text("field"), "B": text("second")});
    let fields = json!({"categoryId": group, "projectName": "Blog", "value": fields});
    let fields = visitor.make("/entries", &fields).await;
    visitor.call(Method::POST, &format!("/api/entries/{fields}/reveal"), None, &["field", "second"]).await;
    let set = json!({"service": "GitHub", "tokens": [text("code"), text("spare")]});
    let set = visitor.make("/2fa", &set).await;
    let env = visitor.make("/envs", &json!({"name": "Blog"})).await;
    let files = format!("/envs/{env}/files");
    let file = json!({"fileType": "env", "content": text("old_content")});
    let file = visitor.make(&files, &file).await;
    let content = json!({"fileType": "env", "content": text("content")}).to_string();
    visitor.call(Method::POST, &format!("/api{files}"), Some(content), &[]).await;
    let key = visitor.make("/access-keys", &json!({"name": "ci", "scopes": ["stats:read"]})).await;
    let session = visitor.session().await;
    let ids = [("category", category), ("entry", entry), ("set", set), ("env", env), ("file", file)];
    let ids = ids.into_iter().chain([("key", key), ("session", session)]);
    let things = canaries.with("number", "1").with("index", "0");
    ids.fold(things, |things, (name, id)| things.with(name, id))
}

/// Bodies that make a parser quote, with a canary as name and as value.
async fn send_wrongly(visitor: &mut Visitor, operation: &Operation, things: &Things) {
    let text = things.get("new_value");
    for body in [json!(text), json!([text]), json!({text: text}), json!({"value": {text: [text]}})] {
        let path = operation.path(things);
        let method = operation.method.parse().unwrap();
        let status = visitor.call(method, &path, Some(body.to_string()), &[]).await.0;
        assert!(status.is_client_error(), "{} {path} with {body}: {status}", operation.method);
    }
    let path = format!("{}?search={IN_QUERY}&limit={IN_QUERY}", operation.path(things));
    assert!(!visitor.call(Method::GET, &path, None, &[]).await.0.is_server_error());
}

/// The forms of the pages whose answers show values, with what they send and show.
const DISCLOSURES: [(&str, &str, &[&str]); 6] = [
    ("/entries/{entry}/reveal", "", &["value"]),
    ("/entries/{entry}/download", "name=TOKEN", &["value"]),
    ("/entries/{entry}/versions/{number}/reveal", "", &["old_value"]),
    // The older value stands there in pieces: what the newer one lacks is marked.
    ("/entries/{entry}/compare", "one=1&other=2", &["value"]),
    ("/2fa/{set}/reveal", "index=0", &["code"]),
    ("/2fa/{set}/reveal", "index=0", &["code"]),
];

async fn reveal_by_page(visitor: &mut Visitor, things: &Things) {
    for (path, body, shows) in DISCLOSURES {
        let path = things.fill(path);
        let (status, page) = visitor.call(Method::POST, &path, Some(body.to_owned()), shows).await;
        assert_eq!(status, 200, "{path}: {page}");
    }
    let back = things.fill("/2fa/{set}/codes/{index}/unuse");
    assert_eq!(visitor.call(Method::POST, &back, Some(String::new()), &[]).await.0, 303);
}

async fn only_reveals_show_a_canary(kind: Kind) {
    let database = Database::new(kind).await;
    let mut serve = database.command(&[]);
    serve.env("KAGI_LOG", "trace").env("KAGI_SIGN_UP", "open");
    serve.env("ADMIN_EMAIL", EMAIL).env("ADMIN_PASSWORD", PASSWORD);
    let server = Running::serve(&mut serve);
    let mut evidence = Evidence::default();
    let mut visitor = Visitor::sign_in(&server.url()).await;
    let canaries = canaries();
    let things = furnish(&mut visitor, canaries.clone()).await;
    evidence.look_into(&database).await;
    reveal_by_page(&mut visitor, &things).await;
    let mut all_is_there = true;
    for operation in OPERATIONS {
        if operation.body.is_some() {
            send_wrongly(&mut visitor, operation, &things).await;
        }
        if operation.method == "DELETE" && std::mem::take(&mut all_is_there) {
            let pages = visitor.read_every_page().await;
            assert!(pages >= 5, "only {pages} pages");
        }
        let shows: Vec<_> = operation.shows.into_iter().collect();
        let method = operation.method.parse().unwrap();
        let path = operation.path(&things);
        let (status, text) = visitor.call(method, &path, operation.body(&things), &shows).await;
        assert_eq!(status, operation.good, "{} {path}: {text}", operation.method);
        evidence.look_into(&database).await;
    }
    let form = |method: &str, path: &str| format!("{method} {}", Operation::form(path));
    let offered: BTreeSet<_> =
        visitor.served().await.iter().map(|(method, path)| form(method, path)).collect();
    let called: BTreeSet<_> =
        OPERATIONS.iter().map(|operation| form(operation.method, operation.path)).collect();
    assert_eq!(called, offered, "all that is offered was called");
    let metrics = visitor.call(Method::GET, "/metrics", None, &[]).await.1;
    assert!(metrics.contains("kagi_reveals_total{result=\"ok\"} 13\n"), "{metrics}");
    let finished = server.stop();
    assert!(finished.err.matches("\"route\":\"/api/").count() > 100, "the log tells of requests");
    for name in KEPT {
        evidence.secret(name, canaries.get(name));
    }
    evidence.secret("password", PASSWORD);
    evidence.secret("new_password", canaries.get("new_password"));
    evidence.secret("master key", KEY);
    evidence.secret("a query", IN_QUERY);
    visitor.testify(&mut evidence);
    evidence.judge(&visitor.answers, &finished.err);
    database.close().await;
}

/// That what is looked for would be found.
#[test]
fn a_canary_that_flies_is_seen() {
    let seen = |text: String, shows: &[&str], log: &str| {
        let mut evidence = Evidence::default();
        evidence.secret("value", &canary("value"));
        evidence.secret("code", &canary("code"));
        let shows = shows.iter().map(|name| (*name).to_owned()).collect();
        let answer = visitor::Answer { what: "a call".to_owned(), text, shows };
        std::panic::catch_unwind(|| evidence.judge(&[answer], log)).is_err()
    };
    let shown = |name: &str| json!({"value": canary(name)}).to_string();
    assert!(!seen(shown("value"), &["value"], ""));
    assert!(seen(shown("value"), &[], "") && seen(shown("code"), &["value"], ""));
    assert!(seen(shown("other"), &["value"], ""), "a reveal has to show its value");
    assert!(seen(shown("value"), &["value"], &canary("value")), "and the log has not");
}

#[tokio::test]
async fn canaries_on_sqlite() {
    only_reveals_show_a_canary(Kind::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn canaries_on_postgres() {
    only_reveals_show_a_canary(Kind::Postgres).await;
}
