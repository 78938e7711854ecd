//! Examples from schemas: of each property its own, so that no operation goes without.

use serde_json::{Map, Value, json};

pub(super) const REQUEST_ID: &str = "0198c0de-7a11-7000-8000-00000000002a";

/// How deep examples go; nothing in the API is deeper, references and all.
const DEPTH: usize = 12;

/// Bodies whose properties exclude each other: an example of all of them would be refused.
fn by_hand(name: &str) -> Option<Value> {
    Some(match name {
        "CategoryInput" => {
            json!({"name": "OpenAI API", "keyType": "simple", "envVarName": "OPENAI_API_KEY", "iconSlug": "openai"})
        }
        "CategoryChange" => json!({"description": "Chat completions for the blog.", "color": null}),
        "EnvFileInput" => {
            json!({"fileType": "env", "content": "OPENAI_API_KEY=sk-example-3f7a\n", "baseVersion": 0})
        }
        "EntryChange" => json!({"value": "sk-example-9c1b", "expiresAt": "2035-01-31T12:00:00.000Z"}),
        _ => return None,
    })
}

/// An example of what a schema describes. `schemas` are those that references name.
pub(super) fn of(schema: &Value, schemas: &Map<String, Value>) -> Value {
    build(schema, schemas, DEPTH)
}

fn build(schema: &Value, schemas: &Map<String, Value>, depth: usize) -> Value {
    let Some(depth) = depth.checked_sub(1) else { return Value::Null };
    if let Some(example) = schema.get("example") {
        return example.clone();
    }
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        let found = || schemas.get(name).map(|schema| build(schema, schemas, depth));
        return by_hand(name).or_else(found).unwrap_or_default();
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let parts = parts.iter().map(|part| build(part, schemas, depth));
        return parts.reduce(merge).unwrap_or_default();
    }
    if let Some(first) = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(*key)?.get(0)) {
        return build(first, schemas, depth);
    }
    if let Some(first) = schema.get("enum").and_then(|items| items.get(0)) {
        return first.clone();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => object(schema, schemas, depth),
        Some("array") => json!([schema.get("items").map(|items| build(items, schemas, depth))]),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        Some("boolean") => json!(false),
        Some("string") => json!("…"),
        _ => Value::Null,
    }
}

fn object(schema: &Value, schemas: &Map<String, Value>, depth: usize) -> Value {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|own| own == name));
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let properties = properties.map(|(name, schema)| (name.clone(), build(schema, schemas, depth)));
    // What may be left out and says nothing is left out.
    let telling =
        |(name, value): &(String, Value)| is_required(name) || !(value.is_null() || *value == json!([]));
    properties.filter(telling).collect::<Map<_, _>>().into()
}

fn merge(left: Value, right: Value) -> Value {
    match (left, right) {
        (Value::Object(mut left), Value::Object(right)) => {
            left.extend(right);
            left.into()
        }
        (left, _) => left,
    }
}
