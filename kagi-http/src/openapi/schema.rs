//! Schemas: what the declarations say, completed by the words' limits and examples.

use poem_openapi::registry::{MetaSchema, Registry};
use serde_json::{Map, Value};

use super::word;

/// Every schema of the registry, completed. `bodies` names those that requests bring.
pub(super) fn all(registry: &Registry, bodies: &[&str]) -> Map<String, Value> {
    let complete = |(name, schema): (&String, &MetaSchema)| {
        let mut schema = complete(name, serde_json::to_value(schema).unwrap_or_default());
        if let (true, Some(schema)) = (bodies.contains(&name.as_str()), schema.as_object_mut()) {
            // Unknown fields are refused.
            schema.insert("additionalProperties".to_owned(), false.into());
        }
        (name.clone(), schema)
    };
    registry.schemas.iter().map(complete).collect()
}

/// Completes an object's schema and those inside it. `owner` is its name, or its operation's.
pub(super) fn complete(owner: &str, mut schema: Value) -> Value {
    if let Some(parts) = schema.get_mut("allOf").and_then(Value::as_array_mut) {
        for part in parts {
            *part = complete(owner, part.take());
        }
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, property) in properties {
            *property = complete_property(owner, name, property.take());
        }
    }
    schema
}

fn complete_property(owner: &str, name: &str, property: Value) -> Value {
    let mut property = straighten(property);
    // Only plaintext comes in two forms.
    if let (true, Some(object)) = (property.get("anyOf").is_some(), property.as_object_mut()) {
        object.shift_remove("anyOf");
        return word::merged(property, word::secret(owner));
    }
    let of_texts = property.pointer("/items/type").is_some_and(|kind| kind == "string");
    let kind = property.get("type").and_then(Value::as_str).unwrap_or_default();
    let kind = if of_texts { "texts" } else { kind };
    let mut property = match word::property(owner, name, kind) {
        Some(more) => word::merged(property, more),
        None => complete(owner, property),
    };
    let nullable = property.get("nullable") == Some(&Value::Bool(true));
    if let (true, Some(choices)) = (nullable, property.get_mut("enum").and_then(Value::as_array_mut)) {
        choices.push(Value::Null);
    }
    property
}

/// A reference with a description comes as `allOf` of it and of the description again: once is enough.
fn straighten(mut property: Value) -> Value {
    if let Some(parts) = property.get_mut("allOf").and_then(Value::as_array_mut) {
        parts.retain(|part| part.get("$ref").is_some());
    }
    property
}

/// Leaves only the schemas that something refers to.
pub(super) fn prune(schemas: Map<String, Value>, used_by: &Value) -> Map<String, Value> {
    let mut wanted = Vec::new();
    references(used_by, &mut wanted);
    let mut next = 0;
    while let Some(name) = wanted.get(next).cloned() {
        if let Some(schema) = schemas.get(&name) {
            references(schema, &mut wanted);
        }
        next += 1;
    }
    schemas.into_iter().filter(|(name, _)| wanted.contains(name)).collect()
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if let Some(name) = object.get("$ref").and_then(Value::as_str)
                && let Some(name) = name.strip_prefix("#/components/schemas/")
                && !found.iter().any(|known| known == name)
            {
                found.push(name.to_owned());
            }
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
