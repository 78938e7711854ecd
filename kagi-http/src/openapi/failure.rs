//! The errors of operations: which codes with which status, and what to do about each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::example::REQUEST_ID;
use crate::problem::Code;

/// Answers that every operation gives alike, by status, with the codes and a name for them.
const SHARED: [(&str, &[Code]); 7] = [
    ("Unauthorized", &[Code::AuthRequired, Code::AuthInvalidKey]),
    ("TooLarge", &[Code::PayloadTooLarge]),
    ("UnsupportedMediaType", &[Code::UnsupportedMediaType]),
    ("Misdirected", &[Code::MisdirectedRequest]),
    ("TooManyRequests", &[Code::RateLimited]),
    ("ServerError", &[Code::InternalError]),
    ("Unavailable", &[Code::Unavailable]),
];

/// The error answers of an operation, by status.
pub(super) fn answers(codes: &[Code]) -> BTreeMap<u16, Value> {
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes {
        let same = by_status.entry(code.status().as_u16()).or_default();
        if !same.contains(code) {
            same.push(*code);
        }
    }
    let answer = |codes: Vec<Code>| {
        let shared = SHARED.iter().find(|(_, same)| *same == codes);
        shared.map_or_else(
            || answer(&codes),
            |(name, _)| json!({"$ref": format!("#/components/responses/{name}")}),
        )
    };
    by_status.into_iter().map(|(status, codes)| (status, answer(codes))).collect()
}

/// The answers that operations point to.
pub(super) fn shared() -> Value {
    SHARED.iter().map(|(name, codes)| ((*name).to_owned(), answer(codes))).collect::<Map<_, _>>().into()
}

fn answer(codes: &[Code]) -> Value {
    let about = |code: &Code| format!("`{}`: {}", code.as_str(), code.meaning());
    let lines: Vec<String> = codes.iter().map(about).collect();
    let examples: Map<_, _> =
        codes.iter().map(|code| (code.as_str().to_owned(), json!({"value": example(*code)}))).collect();
    let names: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
    let mut answer = json!({
        "description": lines.join("\n\n"),
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}, "examples": examples}},
        "x-kagi-codes": names,
    });
    if let (Some(headers), Some(answer)) = (headers(codes), answer.as_object_mut()) {
        answer.insert("headers".to_owned(), headers);
    }
    answer
}

fn headers(codes: &[Code]) -> Option<Value> {
    match codes.first()?.status().as_u16() {
        401 => Some(json!({"WWW-Authenticate": {
            "description": "How to authenticate: `Bearer`.", "required": true, "schema": {"type": "string", "enum": ["Bearer"]},
        }})),
        429 | 503 => Some(json!({"Retry-After": {
            "description": "After how many seconds to try again.", "required": true, "schema": {"type": "integer", "minimum": 1},
        }})),
        _ => None,
    }
}

fn example(code: Code) -> Value {
    let sentence = if code == Code::AuthRequired { "Unauthorized" } else { code.meaning() };
    let mut body = json!({"error": sentence, "code": code.as_str(), "requestId": REQUEST_ID});
    if let (Code::ValidationError, Some(body)) = (code, body.as_object_mut()) {
        body.insert("error".to_owned(), "Please check the marked fields.".into());
        body.insert("fields".to_owned(), json!([{"field": "name", "message": "Please fill this in."}]));
    }
    body
}

/// The schema of an error's body, and of a mistake in it.
pub(super) fn schemas() -> [(String, Value); 2] {
    let codes: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let error = json!({
        "type": "object",
        "description": "Why a request was not done. Holds no secret.",
        "required": ["error", "code", "requestId"],
        "properties": {
            "error": {"type": "string", "description": "What is wrong and what to do, for people.", "example": "There is nothing here."},
            "code": {"type": "string", "description": "What is wrong, for programs.", "enum": codes, "example": "NOT_FOUND"},
            "requestId": {"type": "string", "format": "uuid", "description": "What to quote when asking for help: the server's log has it.", "example": REQUEST_ID},
            "fields": {
                "type": "array",
                "description": "Mistakes by field; only with `VALIDATION_ERROR`.",
                "items": {"$ref": "#/components/schemas/FieldError"},
            },
        },
    });
    let field = json!({
        "type": "object",
        "description": "One mistake.",
        "required": ["field", "message"],
        "properties": {
            "field": {"type": "string", "description": "Where it is, such as `value.AWS_REGION`.", "example": "name"},
            "message": {"type": "string", "description": "What is wrong with it.", "example": "Please fill this in."},
        },
    });
    [("Error".to_owned(), error), ("FieldError".to_owned(), field)]
}
