//! The API's words: one name means one thing in every schema, with its limits and an example.
//!
//! Schemas come from the declarations of `draft` and `api/view` with their types and descriptions; this
//! is where the rest comes from. A property without a word here fails a test, so that a new one is
//! described when it is made. The limits are the domain's, which its own tests hold.

use kagi_domain::{
    access::{ActorKind, Scope},
    audit::Action,
    dotenv::Target,
    model::{
        category::Shape,
        entry::Environment,
        env_project::{EnvContent, FileType},
    },
    secret::SecretValue,
    services::entries::{RENDERED_AT_ONCE, import::IMPORTED_LINES},
};
use serde_json::{Value, json};

const NAME: &str = r"^[^\u0000-\u001f\u007f-\u009f]*$";
const PROSE: &str = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$";
const VARIABLE: &str = "^[A-Za-z_][A-Za-z0-9_]*$";
const FORMATS: [&str; 4] = ["hex", "base64", "base64url", "alphanumeric"];
const BECOMES: [&str; 7] =
    ["value", "service", "new_category", "comment", "duplicate", "conflict", "unreadable"];
const ENTRY: &str = "0198c0de-7a11-7000-8000-000000000002";
const FILE: &str = "OPENAI_API_KEY=sk-example-3f7a\n";
const KEY: &str = "kagi_mJ0uQ2Zt6bXw1yR8sV4nK7pL3dF5gH9jC0aE2iO6uT1";

/// What is to say of a property, over its type and description: limits and an example. `owner` is the
/// schema's name, `kind` the property's JSON type, `texts` being an array of strings.
pub(super) fn property(owner: &str, name: &str, kind: &str) -> Option<Value> {
    special(owner, name).or_else(|| match kind {
        "string" => text(owner, name),
        "texts" => list(name),
        "integer" => number(name),
        "boolean" => Some(json!({"example": false})),
        _ => None,
    })
}

/// The words that mean something of their own in one schema.
fn special(owner: &str, name: &str) -> Option<Value> {
    Some(match (owner, name) {
        ("AccessKeyInput" | "AccessKey" | "IssuedAccessKey", "name") => title("CI of the blog"),
        ("SignUpInput" | "User" | "ProfileChange" | "Profile" | "ExportedUser" | "Actor", "name") => {
            title("Ada")
        }
        ("EnvProjectInput" | "EnvProjectChange" | "EnvProject" | "EnvProjectDetail", "name") => title("Blog"),
        ("AccessKeyInput", "scopes") => {
            json!({"minItems": 1, "items": scope(), "example": ["entries:read", "entries:reveal"]})
        }
        ("AccessKeyInput", "projects") => {
            json!({"minItems": 1, "maxItems": 1000, "items": title("Blog"), "example": ["Blog"]})
        }
        ("SignUpInput", "password") => {
            json!({"minLength": 12, "maxLength": 1024, "example": "correct horse battery"})
        }
        ("SecretRecipe" | "FreshSecret", "bytes") => json!({"minimum": 16, "maximum": 64, "example": 32}),
        _ => return None,
    })
}

fn text(owner: &str, name: &str) -> Option<Value> {
    Some(match name {
        "id" => id(owner),
        "name" => title("OpenAI API"),
        "projectName" | "currentProjectName" => title("Blog"),
        "service" => title("GitHub"),
        "label" => json!({"maxLength": 255, "pattern": NAME, "example": "work account"}),
        "description" => {
            json!({"maxLength": 1000, "pattern": PROSE, "example": "Chat completions for the blog."})
        }
        "notes" => json!({"maxLength": 2000, "pattern": PROSE, "example": "Rotated every quarter."}),
        "keyType" | "type" => json!({"enum": ["simple", "group"], "example": "simple"}),
        "environment" => json!({"enum": environments(), "example": "production"}),
        "envVarName" => {
            json!({"minLength": 1, "maxLength": 255, "pattern": VARIABLE, "example": "OPENAI_API_KEY"})
        }
        "iconSlug" => {
            json!({"minLength": 1, "maxLength": 50, "pattern": "^[a-z0-9-]+$", "example": "openai"})
        }
        "color" => json!({"pattern": "^#[0-9a-fA-F]{6}$", "example": "#412991"}),
        "email" => json!({"format": "email", "minLength": 3, "maxLength": 254, "example": "ada@example.com"}),
        "nextCursor" => json!({"example": null}),
        "damaged" => json!({"minimum": 1, "example": 1}),
        "password" | "currentPassword" => json!({"minLength": 1, "example": "correct horse battery"}),
        "newPassword" => {
            json!({"minLength": 12, "maxLength": 1024, "example": "staple battery horse correct"})
        }
        "key" => json!({"pattern": "^kagi_[A-Za-z0-9_-]{43}$", "example": KEY}),
        "keyPrefix" => json!({"pattern": "^kagi_[A-Za-z0-9_-]{8}$", "example": "kagi_mJ0uQ2Zt"}),
        "target" => json!({"enum": targets(), "example": "portable"}),
        "fileType" => json!({"enum": file_types(), "example": "env"}),
        "content" => json!({"maxLength": EnvContent::MAX_BYTES, "example": FILE}),
        "code" => json!({"example": "unquoted-space"}),
        "variable" => json!({"maxLength": 255, "example": "OPENAI_API_KEY"}),
        "becomes" => json!({"enum": BECOMES, "example": "service"}),
        "categoryName" => title("OpenAI"),
        "choice" => json!({"example": "1:service:openai"}),
        "remark" => json!({"example": "There is no value."}),
        "message" => json!({"example": "A value with blanks needs quotes."}),
        "format" => json!({"enum": FORMATS, "example": "hex"}),
        "action" => json!({"enum": actions(), "example": "entry.reveal"}),
        "result" => json!({"enum": ["ok", "denied", "failed"], "example": "ok"}),
        "kind" => json!({"enum": actors(), "example": "access_key"}),
        "prompt" => {
            json!({"minLength": 1, "maxLength": 2000, "pattern": PROSE, "example": "OpenAI and a session secret for this Next.js project"})
        }
        "framework" => json!({"example": "Next.js"}),
        "engine" => json!({"example": "openai:gpt-4o-mini"}),
        "reason" => json!({"example": "the request names OpenAI"}),
        "ref" => json!({"example": "Stripe for Shop"}),
        "payload" => json!({"example": "{\"model\":\"gpt-4o-mini\"}"}),
        "envContent" => json!({"example": "OPENAI_API_KEY='example'\n"}),
        "targetType" => json!({"example": "entry"}),
        "ip" => json!({"example": "192.0.2.7"}),
        "userAgent" => json!({"example": "curl/8.14"}),
        "version" => json!({"example": env!("CARGO_PKG_VERSION")}),
        "expiresAt" => json!({"format": "date-time", "example": "2035-01-31T12:00:00.000Z"}),
        "targetId" => json!({"example": "0198c0de-7a11-7000-8000-000000000002"}),
        _ if name.ends_with("Id") => id(name),
        _ if name.ends_with("At") => json!({"format": "date-time", "example": "2026-05-04T09:30:00.000Z"}),
        _ => return None,
    })
}

fn list(name: &str) -> Option<Value> {
    let variable = json!({"minLength": 1, "maxLength": 255, "pattern": VARIABLE});
    Some(match name {
        "fieldDefinitions" => {
            json!({"maxItems": Shape::MAX_FIELDS, "uniqueItems": true, "items": variable, "example": []})
        }
        "choices" => {
            json!({"minItems": 1, "maxItems": IMPORTED_LINES, "items": {}, "example": ["1:service:openai"]})
        }
        "entryIds" => {
            json!({"minItems": 1, "maxItems": RENDERED_AT_ONCE, "items": id("entryId"), "example": [ENTRY]})
        }
        "publicNames" => json!({"maxItems": Shape::MAX_FIELDS, "items": variable, "example": []}),
        "scopes" => json!({"items": scope(), "example": ["entries:read", "entries:reveal"]}),
        "projects" => json!({"items": title("Blog"), "example": ["Blog"]}),
        "data" => json!({"items": title("Blog"), "example": ["Blog", "Shop"]}),
        "tokens" => {
            json!({"minItems": 1, "maxItems": 100, "items": {"minLength": 1, "maxLength": 256}, "example": ["4f7a-91c2", "b08e-37d5"]})
        }
        _ => return None,
    })
}

fn number(name: &str) -> Option<Value> {
    Some(match name {
        "version" | "number" => json!({"minimum": 1, "example": 3}),
        "index" => json!({"minimum": 0, "example": 0}),
        "line" | "damaged" => json!({"minimum": 1, "example": 2}),
        "size" => json!({"minimum": 0, "maximum": EnvContent::MAX_BYTES, "example": FILE.len()}),
        "baseVersion" => json!({"minimum": 0, "example": 3}),
        "entryCount" | "totalEntries" => json!({"minimum": 0, "example": 4}),
        _ if ["Count", "count", "remaining"].iter().any(|end| name.ends_with(end))
            || name.starts_with("total") =>
        {
            json!({"minimum": 0, "example": 2})
        }
        _ => return None,
    })
}

/// A parameter of a query or path: its description and its schema.
pub(super) fn parameter(path: &str, name: &str) -> Option<(&'static str, Value)> {
    let text = |more: Value| merged(json!({"type": "string"}), more);
    Some(match name {
        "search" => (
            "Only what holds this text, in any case; `%` and `_` mean themselves.",
            text(json!({"maxLength": 255, "example": "openai"})),
        ),
        "limit" => {
            ("How many at most.", json!({"type": "integer", "minimum": 1, "maximum": 1000, "default": 200}))
        }
        "cursor" => ("Where to go on: the `nextCursor` of the last answer.", text(json!({}))),
        "categoryId" => ("Only those of this category.", text(id(name))),
        "projectName" => ("Only those of this project, in any spelling.", text(title("Blog"))),
        "environment" => (
            "Only those of this environment.",
            text(json!({"enum": environments(), "example": "production"})),
        ),
        "expiring" => (
            "`true`: only those that have expired or will within 30 days.",
            json!({"type": "boolean", "default": false}),
        ),
        "action" => ("Only this action.", text(json!({"enum": actions(), "example": "entry.reveal"}))),
        "since" => {
            ("From this time on.", text(json!({"format": "date-time", "example": "2026-05-04T09:30:00Z"})))
        }
        "until" => {
            ("Before this time.", text(json!({"format": "date-time", "example": "2026-06-01T00:00:00Z"})))
        }
        "id" => ("Its id.", text(id(path.split('/').nth(1).unwrap_or_default()))),
        "fileId" => ("The file's id.", text(id(name))),
        "n" | "number" | "version" => {
            ("The version's number.", json!({"type": "integer", "minimum": 1, "example": 2}))
        }
        "index" => {
            ("The code's place in the set, from 0.", json!({"type": "integer", "minimum": 0, "example": 0}))
        }
        _ => return None,
    })
}

fn title(example: &str) -> Value {
    json!({"minLength": 1, "maxLength": 255, "pattern": NAME, "example": example})
}

/// An id. Examples differ by what they are ids of, so that they tell which belongs where.
fn id(of: &str) -> Value {
    let last = match of {
        "Category" | "EntryCategory" | "categoryId" | "categories" => "0001",
        "Entry" | "RevealedEntry" | "entryId" | "entries" | "ExportedEntry" => "0002",
        "AccessKey" | "IssuedAccessKey" | "access-keys" => "0003",
        "User" | "Profile" | "ExportedUser" => "0004",
        "Session" | "ListedSession" | "account" => "0005",
        "EnvProject" | "EnvProjectDetail" | "projectId" | "envs" => "0007",
        "EnvFile" | "SavedEnvFile" | "RevealedEnvFile" | "fileId" => "0008",
        "requestId" => "002a",
        _ => "0006",
    };
    json!({"format": "uuid", "example": format!("0198c0de-7a11-7000-8000-00000000{last}")})
}

fn scope() -> Value {
    json!({"enum": Scope::ALL.iter().map(|scope| scope.as_str()).collect::<Vec<_>>()})
}

fn targets() -> Vec<&'static str> {
    Target::ALL.iter().map(|target| target.as_str()).collect()
}

fn file_types() -> Vec<&'static str> {
    FileType::ALL.iter().map(|file_type| file_type.as_str()).collect()
}

fn environments() -> Vec<&'static str> {
    Environment::ALL.iter().map(|environment| environment.as_str()).collect()
}

fn actions() -> Vec<&'static str> {
    Action::ALL.iter().map(|action| action.as_str()).collect()
}

fn actors() -> Vec<&'static str> {
    [ActorKind::Session, ActorKind::AccessKey, ActorKind::System].iter().map(|kind| kind.as_str()).collect()
}

/// The schema of a property that shows or takes plaintext: a text, or for a value an object of texts.
pub(super) fn secret(owner: &str) -> Value {
    let text = |more: Value| merged(json!({"type": "string", "format": "password"}), more);
    match owner {
        "GeneratedSecret" => {
            text(json!({"example": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}))
        }
        "RevealedEnvFile" => text(json!({"maxLength": EnvContent::MAX_BYTES, "example": FILE})),
        "RevealedRecoveryCode" => text(json!({"maxLength": 256, "example": "4f7a-91c2"})),
        _ => json!({
            "anyOf": [
                text(json!({"minLength": 1, "maxLength": SecretValue::MAX_BYTES})),
                {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": Shape::MAX_FIELDS,
                    "additionalProperties": text(json!({"maxLength": SecretValue::MAX_BYTES})),
                },
            ],
            "example": "sk-example-3f7a",
        }),
    }
}

/// Lays the fields of one object over another's, down to items.
pub(super) fn merged(base: Value, more: Value) -> Value {
    match (base, more) {
        (Value::Object(mut base), Value::Object(more)) => {
            for (key, value) in more {
                let below = base.remove(&key).unwrap_or_default();
                let value = if key == "items" { merged(below, value) } else { value };
                base.insert(key, value);
            }
            base.into()
        }
        (_, more) => more,
    }
}
