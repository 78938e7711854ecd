//! The form in which a model is asked to answer.
//!
//! Not every server knows every form, so there is a ladder of them. What is asked for in words is the
//! same on each rung, and so is what is accepted.

use serde_json::{Value, json};

/// A rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The schema, which the server enforces.
    Strict,
    /// The schema, as a hint.
    Schema,
    /// Some JSON object.
    Object,
    /// A text with JSON in it.
    Text,
}

impl Form {
    /// From the strictest down.
    pub(crate) const LADDER: [Self; 4] = [Self::Strict, Self::Schema, Self::Object, Self::Text];

    /// The rung at this place; the last one from there on.
    pub(crate) fn at(rung: usize) -> Self {
        Self::LADDER.get(rung).copied().unwrap_or(Self::Text)
    }

    /// What the request says of it.
    pub(crate) fn response_format(self) -> Option<Value> {
        match self {
            Self::Strict | Self::Schema => {
                let schema = json!({"name": "env_plan", "strict": self == Self::Strict, "schema": schema()});
                Some(json!({"type": "json_schema", "json_schema": schema}))
            }
            Self::Object => Some(json!({"type": "json_object"})),
            Self::Text => None,
        }
    }
}

fn schema() -> Value {
    let text = json!({"type": "string"});
    let key = object(&json!({"entryId": text, "envVarName": text, "reason": text}));
    let format = json!({"type": "string", "enum": ["hex", "base64", "base64url", "alphanumeric"]});
    let secret =
        object(&json!({"envVarName": text, "format": format, "bytes": {"type": "integer"}, "reason": text}));
    let environments = json!(["production", "staging", "development", "local", null]);
    object(&json!({
        "selectedKeys": {"type": "array", "items": key},
        "secretsToGenerate": {"type": "array", "items": secret},
        "environment": {"type": ["string", "null"], "enum": environments},
    }))
}

/// An object that has all of these members and no other.
fn object(members: &Value) -> Value {
    let names: Vec<_> = members.as_object().into_iter().flat_map(|members| members.keys()).collect();
    json!({"type": "object", "properties": members, "required": names, "additionalProperties": false})
}
