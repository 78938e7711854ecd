//! The errors of operations: which codes with which status, and what to do about each.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::example::REQUEST_ID;
use crate::problem::Code;

/// What each code means, for the document. A code without a line here fails a test.
const MEANINGS: [(&str, &str); 37] = [
    ("VALIDATION_ERROR", "A field or parameter is not right; `fields` names each mistake."),
    ("CATEGORY_SIMPLE_REQUIRES_ENV_VAR", "A simple category names one environment variable and no fields."),
    ("CATEGORY_GROUP_REQUIRES_FIELDS", "A group names at least one field and no environment variable."),
    ("PROMPT_CONTAINS_SECRET", "The prompt holds something shaped like a key; nothing was sent."),
    ("AUTH_REQUIRED", "There is no credential, or the session has ended: send an access key, or sign in."),
    ("AUTH_INVALID_KEY", "The access key is unknown, expired or revoked."),
    ("AUTH_INVALID_CREDENTIALS", "The address or the password is wrong."),
    ("AUTH_SCOPE_REQUIRED", "The access key lacks the scope, or its project limit does not reach so far."),
    ("SESSION_REQUIRED", "Only a signed-in person may do this, never an access key."),
    (
        "REAUTH_REQUIRED",
        "The password was given too long ago: confirm it by `POST /account/reauth` and try again.",
    ),
    ("CSRF_REJECTED", "A browser sent the request from another site."),
    ("SIGN_UP_CLOSED", "The operator lets nobody register."),
    ("NOT_FOUND", "There is nothing at this address."),
    ("CATEGORY_NOT_FOUND", "There is no such category, or it is not yours."),
    ("ENTRY_NOT_FOUND", "There is no such entry, or it is not yours."),
    ("TWO_FACTOR_NOT_FOUND", "There is no such set or code, or it is not yours."),
    ("ENV_PROJECT_NOT_FOUND", "There is no such env project, or it is not yours."),
    ("ENV_FILE_NOT_FOUND", "There is no such file in this project."),
    ("VERSION_NOT_FOUND", "There is no such version, or it is no longer kept."),
    ("ACCESS_KEY_NOT_FOUND", "There is no such access key, or it is not yours."),
    ("SESSION_NOT_FOUND", "There is no such session, or it is not yours."),
    (
        "METHOD_NOT_ALLOWED",
        "The address does not support the method; the `Allow` header lists those it does.",
    ),
    ("CATEGORY_EXISTS", "A category of this name exists, in whatever spelling."),
    ("CATEGORY_IN_USE", "Entries use what the change would take away."),
    ("ENTRY_EXISTS", "The category has an entry for this project and environment already."),
    ("ENV_PROJECT_EXISTS", "An env project of this name exists, in whatever spelling."),
    ("EMAIL_TAKEN", "The address has an account already."),
    ("VERSION_CONFLICT", "Somebody saved in between; read again and repeat."),
    ("TWO_FACTOR_DEPLETED", "Every code of the set is used."),
    ("PAYLOAD_TOO_LARGE", "The body is larger than this operation accepts."),
    ("UNSUPPORTED_MEDIA_TYPE", "Send the body as `application/json`."),
    ("MISDIRECTED_REQUEST", "The `Host` header names another server."),
    ("RATE_LIMITED", "Too many attempts; wait as many seconds as `Retry-After` says."),
    ("SECRET_INTEGRITY_FAILURE", "The stored value was changed outside of Kagi and cannot be trusted."),
    ("INTERNAL_ERROR", "Something went wrong on the server; its log knows the request's id."),
    ("AI_UNAVAILABLE", "The model did not answer."),
    ("UNAVAILABLE", "The vault is not available; try again after `Retry-After` seconds."),
];

/// What the code means.
pub(super) fn meaning(code: &str) -> Option<&'static str> {
    MEANINGS.iter().find(|(own, _)| *own == code).map(|(_, meaning)| *meaning)
}

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
    let about = |code: &Code| format!("`{}`: {}", code.as_str(), meaning(code.as_str()).unwrap_or_default());
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
    let sentence = if code == Code::AuthRequired { Some("Unauthorized") } else { meaning(code.as_str()) };
    let mut body = json!({"error": sentence, "code": code.as_str(), "requestId": REQUEST_ID});
    if let (Code::ValidationError, Some(body)) = (code, body.as_object_mut()) {
        body.insert("error".to_owned(), "Please check the marked fields.".into());
        body.insert("fields".to_owned(), json!([{"field": "name", "message": "Please fill this in."}]));
    }
    body
}

/// The schema of an error's body, and of a mistake in it.
pub(super) fn schemas() -> [(String, Value); 2] {
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
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
