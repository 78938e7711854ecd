//! What goes over the wire, each way.

use kagi_domain::{
    plan::{EnvPlan, PlanBrief, PlannedKey, PlannedSecret},
    ports::PlannerError,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{form::Form, prompt};

/// How many opening braces of a text are tried before it is given up.
const TRIES: usize = 8;

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    messages: [Message<'a>; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<Value>,
    /// Nothing is to be kept at the other end.
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<bool>,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

/// The body of a request. Servers other than `OpenAI`'s may not know `store`, and the lower rungs are for
/// servers that are particular about what they know.
pub(crate) fn body(model: &str, brief: &PlanBrief, form: Form, is_openai: bool) -> String {
    let (task, brief) = prompt::messages(brief);
    let messages = [Message { role: "system", content: task }, Message { role: "user", content: &brief }];
    let store = (is_openai || matches!(form, Form::Strict | Form::Schema)).then_some(false);
    let request = Request { model, messages, response_format: form.response_format(), store };
    serde_json::to_string(&request).unwrap_or_default()
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Answer,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Plan {
    selected_keys: Vec<Key>,
    #[serde(default)]
    secrets_to_generate: Vec<Secret>,
    #[serde(default)]
    environment: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Key {
    entry_id: String,
    #[serde(default)]
    env_var_name: String,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Secret {
    env_var_name: String,
    format: String,
    bytes: u64,
    #[serde(default)]
    reason: String,
}

/// Reads the body of an answer.
pub(crate) fn plan(body: &[u8]) -> Result<EnvPlan, PlannerError> {
    let completion: Completion = serde_json::from_slice(body).map_err(|_| PlannerError::Unusable)?;
    let choice = completion.choices.into_iter().next().ok_or(PlannerError::Unusable)?;
    match choice.finish_reason.as_deref() {
        Some("length") => return Err(PlannerError::Truncated),
        Some("content_filter") => return Err(PlannerError::Refused),
        _ => {}
    }
    if choice.message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err(PlannerError::Refused);
    }
    let text = choice.message.content.ok_or(PlannerError::Unusable)?;
    in_text(&text).map(EnvPlan::from).ok_or(PlannerError::Unusable)
}

/// The first plan in a text: the text itself, or one that stands in it, in a fence or after some words.
fn in_text(text: &str) -> Option<Plan> {
    let starts = text.match_indices('{').take(TRIES).filter_map(|(at, _)| text.get(at..));
    starts.into_iter().find_map(|rest| serde_json::Deserializer::from_str(rest).into_iter().next()?.ok())
}

impl From<Plan> for EnvPlan {
    fn from(plan: Plan) -> Self {
        let key = |key: Key| PlannedKey { handle: key.entry_id, name: key.env_var_name, reason: key.reason };
        let secret = |secret: Secret| PlannedSecret {
            name: secret.env_var_name,
            format: secret.format,
            bytes: secret.bytes,
            reason: secret.reason,
        };
        Self {
            keys: plan.selected_keys.into_iter().map(key).collect(),
            secrets: plan.secrets_to_generate.into_iter().map(secret).collect(),
            environment: plan.environment,
        }
    }
}
