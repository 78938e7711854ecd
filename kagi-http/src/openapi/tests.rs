//! Every operation is fully described. Each failure says what to add, and where.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::*;
use crate::{api, problem::Code};

fn document() -> Value {
    api::document(&Published::at("https://kagi.example".parse().unwrap(), "1.2.3".to_owned()))
}

fn object<'a>(value: &'a Value, what: &str) -> &'a Map<String, Value> {
    value.as_object().unwrap_or_else(|| panic!("{what} is no object"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Path, method and description of every operation.
fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let mut found = Vec::new();
    for (path, methods) in object(&document["paths"], "paths") {
        for (method, operation) in object(methods, path) {
            found.push((path.as_str(), method.as_str(), operation));
        }
    }
    found
}

fn codes(document: &Value, response: &Value) -> Vec<String> {
    let shared = response["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    let response = shared.map_or(response, |name| &document["components"]["responses"][name]);
    let codes = response["x-kagi-codes"].as_array().expect("an error answer lists its codes");
    codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_operation_is_named_grouped_and_explained() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations(&document) {
        let id = text(operation, "operationId");
        let camel =
            id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(|c| c.is_ascii_alphanumeric());
        assert!(camel, "{method} {path}: give an operation_id in camelCase, not {id:?}");
        assert!(ids.insert(id), "{id} is there twice");
        assert!(operation["tags"][0].is_string(), "{id}: give {path} a group in openapi/tag.rs");
        assert!(!text(operation, "summary").is_empty(), "{id}: document the handler");
        assert!(!text(operation, "summary").contains('\n'), "{id}: the summary is one line");
        assert!(!text(operation, "description").is_empty(), "{id}");
        assert!(
            !text(operation, "description").contains("Errors:"),
            "{id}: errors are a paragraph of their own"
        );
    }
}

#[test]
fn every_operation_says_who_may_call_it() {
    let document = document();
    for (_, _, operation) in operations(&document) {
        let id = text(operation, "operationId");
        let security = operation["security"].as_array();
        let schemes =
            security.unwrap_or_else(|| panic!("{id}: take a caller that is `Proven` (api/caller.rs)"));
        match text(operation, "x-kagi-access") {
            "public" => assert!(schemes.is_empty(), "{id}"),
            "any" => assert_eq!(schemes.len(), 2, "{id}"),
            "session" | "fresh" => assert_eq!(schemes.len(), 1, "{id}"),
            "scope" => {
                let (scopes, about) = (text(operation, "x-kagi-scope"), text(operation, "description"));
                assert!(!scopes.is_empty() && scopes.split(' ').all(|scope| about.contains(scope)), "{id}");
                assert_eq!(schemes.len(), 2, "{id}");
            }
            other => panic!("{id}: {other:?} is no kind of access"),
        }
    }
}

#[test]
fn every_operation_lists_its_errors() {
    let document = document();
    for (path, method, operation) in operations(&document) {
        let id = text(operation, "operationId");
        let responses = object(&operation["responses"], id);
        let mut expected = vec!["421", "500", "503"];
        if text(operation, "x-kagi-access") != "public" {
            expected.push("401");
        }
        if method != "get" {
            expected.extend(["400", "403", "413"]);
        }
        if operation["requestBody"].is_object() {
            expected.push("415");
        }
        for status in expected {
            assert!(responses.contains_key(status), "{id} has no {status}");
        }
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            for code in codes(&document, response) {
                let mut known = Code::ALL.iter().filter(|known| known.as_str() == code);
                assert!(known.any(|known| known.status().as_str() == status), "{id}: {code}");
            }
        }
        if path.contains('{') {
            let own = codes(&document, &responses["404"]);
            let specific = own.iter().any(|code| code.ends_with("_NOT_FOUND"));
            assert!(specific, "{id}: add a paragraph to the handler: `Errors: `…_NOT_FOUND`.`");
        }
    }
}

#[test]
fn every_body_and_answer_has_an_example() {
    let document = document();
    for (_, _, operation) in operations(&document) {
        let id = text(operation, "operationId");
        let good = object(&operation["responses"], id).iter().filter(|(status, _)| status.starts_with('2'));
        let mut contents: Vec<_> = good.map(|(_, answer)| &answer["content"]).collect();
        contents.push(&operation["requestBody"]["content"]);
        for (kind, media) in contents.into_iter().filter_map(Value::as_object).flatten() {
            assert!(!media["example"].is_null(), "{id}: {kind} has no example");
            assert!(
                !media["example"].to_string().contains('…') || kind == "text/html",
                "{id}: {}",
                media["example"]
            );
        }
    }
}

#[test]
fn every_parameter_and_property_is_described() {
    let document = document();
    for (_, _, operation) in operations(&document) {
        let id = text(operation, "operationId");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = text(parameter, "name");
            assert!(!text(parameter, "description").is_empty(), "{id}: describe {name} in openapi/word.rs");
        }
        for answer in object(&operation["responses"], id).values() {
            for media in answer["content"].as_object().into_iter().flat_map(Map::values) {
                described(id, &media["schema"]);
            }
        }
    }
    for (name, schema) in object(&document["components"]["schemas"], "schemas") {
        assert!(!text(schema, "description").is_empty(), "{name}");
        described(name, schema);
    }
}

/// Every property has a description; every plain one an example, and with it a word of its own.
fn described(owner: &str, schema: &Value) {
    for part in schema["allOf"].as_array().into_iter().flatten() {
        described(owner, part);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        assert!(!text(property, "description").is_empty(), "{owner}.{name} has no description");
        let items = &property["items"];
        let plain = match text(property, "type") {
            "" => false,
            "array" => items["$ref"].is_null() && items["allOf"].is_null(),
            kind => kind != "object",
        };
        let wrapped =
            owner.starts_with(char::is_lowercase) && ["data", "nextCursor"].contains(&name.as_str());
        assert!(
            !plain || wrapped || !property["example"].is_null(),
            "{owner}.{name}: give it a word in openapi/word.rs"
        );
        described(owner, property);
    }
}

#[test]
fn the_document_names_this_installation() {
    let document = document();
    assert_eq!(document["openapi"], "3.0.3");
    assert_eq!(document["info"]["version"], "1.2.3");
    assert_eq!(document["servers"][0]["url"], "https://kagi.example/api");
    assert_eq!(document["components"]["securitySchemes"]["session"]["name"], "__Host-kagi_session");
    let schemas = object(&document["components"]["schemas"], "schemas");
    assert_eq!(schemas["EntryInput"]["additionalProperties"], false);
    assert_eq!(schemas["Category"]["properties"]["description"]["nullable"], true);
    assert!(schemas["EntryChange"]["properties"].get("categoryId").is_none());
}
