//! What the served document says, beside what is tested.

use std::collections::BTreeMap;

use kagi_domain::access::Scope;
use kagi_tests::operations::{Access, OPERATIONS, Operation};
use serde_json::Value;

use super::app::{App, Credential};
use crate::vault::Place;

/// The document that this application serves.
pub(super) async fn served(app: &App) -> Value {
    serde_json::from_str(&app.get("/api/openapi", &Credential::none()).await.text).unwrap()
}

/// Whether the document keeps an operation for people in a session.
pub(super) fn is_for_sessions(document: &Value, operation: &Operation) -> bool {
    let line = |access| start(operation.method, operation.path, access);
    let all = described(document);
    ["session ", "fresh "].iter().any(|access| all.keys().any(|one| one.starts_with(&line(access))))
}

/// Fails on an operation that is served and not tested, and on one that is tested and not served.
pub(super) async fn every_operation_of_the_document_is_tested(place: &Place) {
    let served = described(&served(&App::new(place)).await);
    let tested: BTreeMap<_, _> = OPERATIONS.iter().map(|one| (describe(one), one.good)).collect();
    let unknown: Vec<_> = served.keys().filter(|line| !tested.contains_key(*line)).collect();
    let missing: Vec<_> = tested.keys().filter(|line| !served.contains_key(*line)).collect();
    assert!(unknown.is_empty() && missing.is_empty(), "not tested: {unknown:#?}\nnot served: {missing:#?}");
    for (line, good) in &tested {
        assert!(served[line].contains(&good.to_string()), "{line} does not answer {good}");
    }
    assert_eq!(OPERATIONS.len(), served.len(), "each stands once");
}

fn start(method: &str, path: &str, access: &str) -> String {
    format!("{method} {} {access}", Operation::form(path))
}

/// Every operation of a document, as method, path and who may, with the statuses of success.
fn described(document: &Value) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let access = operation["x-kagi-access"].as_str().unwrap();
            let scope = operation["x-kagi-scope"].as_str().unwrap_or_default();
            let statuses = operation["responses"].as_object().unwrap().keys();
            let good = statuses.filter(|status| status.starts_with('2')).cloned().collect();
            let start = start(&method.to_uppercase(), path, access);
            all.insert(format!("{start} {scope}"), good);
        }
    }
    all
}

/// The same of an operation that is tested.
fn describe(operation: &Operation) -> String {
    let (access, scopes): (_, &[Scope]) = match operation.access {
        Access::Public | Access::Guest => ("public", &[]),
        Access::Any => ("any", &[]),
        Access::Scopes(scopes) => ("scope", scopes),
        Access::Session => ("session", &[]),
        Access::Fresh => ("fresh", &[]),
    };
    let scopes: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    format!("{} {}", start(operation.method, operation.path, access), scopes.join(" "))
}
