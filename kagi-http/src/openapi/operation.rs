//! One operation: what its declaration says, and what follows from it.

use poem_openapi::registry::MetaOperation;
use serde_json::{Map, Value, json};

use super::{demand::Demand, example, failure, schema, tag, word};
use crate::problem::Code;

/// What opens the paragraph of a handler's documentation that lists the codes of its own.
const ERRORS: &str = "Errors:";

/// The operation at a path, completed.
pub(super) fn complete(path: &str, meta: &MetaOperation, schemas: &Map<String, Value>) -> Value {
    let raw = serde_json::to_value(meta).unwrap_or_default();
    let demand = Demand::read(meta.security.iter().flat_map(|one| one.keys().copied()));
    let (about, own) = split(meta.description.unwrap_or_default());
    let about = [about, demand.as_ref().map(Demand::sentence).unwrap_or_default()];
    let about: Vec<_> = about.into_iter().filter(|text| !text.is_empty()).collect();

    let mut operation = Map::new();
    let mut put = |key: &str, value: Value| drop(operation.insert(key.to_owned(), value));
    put("operationId", json!(meta.operation_id));
    put("tags", json!(tag::of(path).into_iter().collect::<Vec<_>>()));
    put("summary", one_line(meta.summary.unwrap_or_default()).trim_end_matches('.').into());
    put("description", about.join("\n\n").into());
    if let Some(demand) = &demand {
        put("x-kagi-access", demand.word().into());
        put("security", demand.security());
    }
    if let Some(scope) = demand.as_ref().and_then(Demand::scope) {
        put("x-kagi-scope", scope.into());
    }
    if let Some(parameters) = raw.get("parameters").and_then(Value::as_array) {
        put("parameters", parameters.iter().map(|raw| parameter(path, raw)).collect());
    }
    if let Some(body) = raw.get("requestBody") {
        put("requestBody", with_content(body, schemas));
    }
    let mut responses = Map::new();
    for (status, answer) in raw.get("responses").and_then(Value::as_object).into_iter().flatten() {
        responses.insert(status.clone(), success(status, answer, schemas));
    }
    let mut codes = demand.as_ref().map_or(&[][..], Demand::codes).to_vec();
    codes.extend(implied(path, meta, &raw));
    codes.extend(own);
    for (status, answer) in failure::answers(&codes) {
        responses.insert(status.to_string(), answer);
    }
    put("responses", responses.into());
    operation.into()
}

/// Takes the paragraph of errors out of a description, and reads it.
fn split(description: &str) -> (String, Vec<Code>) {
    let (errors, about): (Vec<&str>, Vec<&str>) =
        description.split("\n\n").map(str::trim).partition(|paragraph| paragraph.starts_with(ERRORS));
    let words = errors.iter().flat_map(|paragraph| paragraph.split('`'));
    let codes = words.flat_map(|word| Code::ALL.iter().filter(move |code| code.as_str() == word)).copied();
    let about: Vec<_> = about.into_iter().map(one_line).collect();
    (about.join("\n\n"), codes.collect())
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The codes that follow from what an operation takes.
fn implied(path: &str, meta: &MetaOperation, raw: &Value) -> Vec<Code> {
    let is_query = |parameter: &Value| parameter.get("in").is_some_and(|place| place == "query");
    let parameters = raw.get("parameters").and_then(Value::as_array);
    let queries = parameters.is_some_and(|all| all.iter().any(is_query));
    let changes = !meta.method.is_safe();
    let when = |holds: bool, codes: &'static [Code]| if holds { codes } else { &[] };
    [
        when(queries || changes, &[Code::ValidationError]),
        // Also where no body is expected: one that comes has to say nothing, in JSON.
        when(changes, &[Code::CsrfRejected, Code::PayloadTooLarge, Code::UnsupportedMediaType]),
        when(path.contains('{'), &[Code::NotFound]),
        &[Code::MisdirectedRequest, Code::InternalError, Code::Unavailable],
    ]
    .concat()
}

fn parameter(path: &str, raw: &Value) -> Value {
    let name = raw.get("name").and_then(Value::as_str).unwrap_or_default();
    let known = word::parameter(path, name);
    let (about, mut schema) = known.unwrap_or_else(|| ("", raw.get("schema").cloned().unwrap_or_default()));
    let example = schema.as_object_mut().and_then(|schema| schema.shift_remove("example"));
    let mut parameter = json!({
        "name": name,
        "in": raw.get("in"),
        "required": raw.get("required"),
        "description": about,
        "schema": schema,
    });
    if let Some(parameter) = parameter.as_object_mut() {
        parameter.extend(example.map(|example| ("example".to_owned(), example)));
    }
    parameter
}

/// A body or an answer whose every content has an example.
fn with_content(raw: &Value, schemas: &Map<String, Value>) -> Value {
    let mut whole = raw.clone();
    let contents = whole.get_mut("content").and_then(Value::as_object_mut);
    for media in contents.into_iter().flat_map(Map::values_mut) {
        let Some(media) = media.as_object_mut() else { continue };
        let schema = schema::complete("", media.get("schema").cloned().unwrap_or_default());
        media.insert("example".to_owned(), example::of(&schema, schemas));
        media.insert("schema".to_owned(), schema);
    }
    whole
}

fn success(status: &str, raw: &Value, schemas: &Map<String, Value>) -> Value {
    let about = match status {
        "201" => "It is made.",
        "204" => "It is done; the answer has no body.",
        _ => "It is done.",
    };
    let mut answer = with_content(raw, schemas);
    let said = raw.get("description").and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    if let (false, Some(answer)) = (said, answer.as_object_mut()) {
        answer.insert("description".to_owned(), about.into());
    }
    answer
}
