//! The operations, in an order in which one vault can go through them all.
//!
//! They are about: a `category`; an `entry` whose version 1 (`number`) holds `old_value` and whose version
//! 2 holds `value`; a `set` whose code 0 (`index`) is `code`; an env project `env` of the entry's project,
//! whose `file` of the type `env` holds `old_content` as version 1 and `content` as version 2; an access
//! `key`; a `session` beside the one that asks; a person's `email` and `password`; and, to be sent, a
//! `new_value`, a `new_code`, a `new_content`, a `new_email` and a `new_password`.

use kagi_domain::access::Scope::{
    AiExtract, AuditRead, CategoriesRead, CategoriesWrite, EntriesRead, EntriesReveal, EntriesWrite,
    EnvsRead, EnvsReveal, EnvsWrite, ExportRead, StatsRead, TwoFactorRead, TwoFactorReveal, TwoFactorWrite,
};

use super::{
    Access::{Any, Fresh, Guest, Public, Scopes, Session},
    Elsewhere::{Missing, Refused},
    Operation,
};

/// Every operation.
pub static OPERATIONS: &[Operation] = &[
    // The reference, and beginnings.
    Operation::new("GET", "/openapi", Public, 200),
    Operation::new("GET", "/docs", Public, 200),
    Operation::new("GET", "/auth/session", Public, 200),
    Operation::new("POST", "/auth/sign-in/email", Public, 200)
        .with(r#"{"email": "{email}", "password": "{password}"}"#),
    Operation::new("POST", "/auth/sign-up/email", Public, 201)
        .with(r#"{"email": "{new_email}", "password": "{new_password}"}"#),
    Operation::new("POST", "/secrets/generate", Any, 200).with(r#"{"format": "hex", "bytes": 16}"#),
    // Values.
    Operation::new("POST", "/entries/{entry}/reveal", Scopes(&[EntriesReveal]), 200)
        .showing("value")
        .elsewhere(Missing),
    Operation::new("POST", "/render", Scopes(&[EntriesReveal]), 200)
        .with(r#"{"entryIds": ["{entry}"], "target": "portable"}"#)
        .showing("value")
        .elsewhere(Missing),
    Operation::new("POST", "/entries/{entry}/versions/{number}/reveal", Scopes(&[EntriesReveal]), 200)
        .showing("old_value")
        .elsewhere(Missing),
    Operation::new("POST", "/entries/{entry}/versions/{number}/restore", Scopes(&[EntriesWrite]), 200)
        .elsewhere(Missing),
    Operation::new("PUT", "/entries/{entry}", Scopes(&[EntriesWrite]), 200)
        .with(r#"{"value": "{new_value}"}"#)
        .elsewhere(Missing),
    Operation::new("POST", "/entries", Scopes(&[EntriesWrite]), 201)
        .with(r#"{"categoryId": "{category}", "projectName": "Fresh", "value": "{new_value}"}"#)
        .elsewhere(Refused),
    Operation::new("POST", "/import/preview", Scopes(&[EntriesWrite]), 200)
        .with(r#"{"content": "IMPORTED='{new_value}'", "projectName": "Imported"}"#)
        .elsewhere(Refused),
    Operation::new("POST", "/import", Scopes(&[EntriesWrite]), 201)
        .with(
            r#"{"content": "TOKEN='{new_value}'", "projectName": "Imported", "choices": ["1:category:{category}"]}"#,
        )
        .elsewhere(Refused),
    // Recovery codes.
    Operation::new("POST", "/2fa/{set}/reveal", Scopes(&[TwoFactorReveal]), 200).with("{}").showing("code"),
    Operation::new("POST", "/2fa/{set}/codes/{index}/unuse", Scopes(&[TwoFactorWrite]), 200),
    Operation::new("PUT", "/2fa/{set}", Scopes(&[TwoFactorWrite]), 200)
        .with(r#"{"tokens": ["{new_code}"], "label": "changed"}"#),
    Operation::new("POST", "/2fa", Scopes(&[TwoFactorWrite]), 201)
        .with(r#"{"service": "Fresh", "tokens": ["{new_code}"]}"#),
    // Env files.
    Operation::new("POST", "/envs/{env}/files/{file}/reveal", Scopes(&[EnvsReveal]), 200)
        .showing("content")
        .elsewhere(Missing),
    Operation::new("POST", "/envs/{env}/files/{file}/versions/{number}/reveal", Scopes(&[EnvsReveal]), 200)
        .showing("old_content")
        .elsewhere(Missing),
    Operation::new("POST", "/envs/{env}/files/{file}/versions/{number}/restore", Scopes(&[EnvsWrite]), 200)
        .elsewhere(Missing),
    Operation::new("POST", "/envs/{env}/files", Scopes(&[EnvsWrite]), 200)
        .with(r#"{"fileType": "env", "content": "{new_content}"}"#)
        .elsewhere(Missing),
    Operation::new("PUT", "/envs/{env}", Scopes(&[EnvsWrite]), 200)
        .with(r#"{"description": "changed"}"#)
        .elsewhere(Missing),
    Operation::new("POST", "/envs", Scopes(&[EnvsWrite]), 201)
        .with(r#"{"name": "Fresh"}"#)
        .elsewhere(Refused),
    // Categories and access keys.
    Operation::new("POST", "/categories", Scopes(&[CategoriesWrite]), 201)
        .with(r#"{"name": "Fresh", "keyType": "simple", "envVarName": "FRESH"}"#),
    Operation::new("PUT", "/categories/{category}", Scopes(&[CategoriesWrite]), 200)
        .with(r#"{"description": "changed"}"#)
        .elsewhere(Refused),
    Operation::new("POST", "/access-keys", Fresh, 201).with(r#"{"name": "Fresh", "scopes": ["stats:read"]}"#),
    Operation::new("PUT", "/account", Session, 200).with(r#"{"name": "Changed"}"#),
    // Files from plain words.
    Operation::new("POST", "/ai/extract", Scopes(&[AiExtract, EntriesReveal]), 200)
        .with(r#"{"prompt": "everything for this project", "currentProjectName": "Nowhere"}"#),
    Operation::new("POST", "/ai/context", Scopes(&[AiExtract]), 200).with(r#"{"prompt": "everything"}"#),
    // What can be read of all that.
    Operation::new("GET", "/categories", Scopes(&[CategoriesRead]), 200),
    Operation::new("GET", "/categories/{category}", Scopes(&[CategoriesRead]), 200),
    Operation::new("GET", "/entries", Scopes(&[EntriesRead]), 200),
    Operation::new("GET", "/entries/project-names", Scopes(&[EntriesRead]), 200),
    Operation::new("GET", "/entries/{entry}", Scopes(&[EntriesRead]), 200).elsewhere(Missing),
    Operation::new("GET", "/entries/{entry}/versions", Scopes(&[EntriesRead]), 200).elsewhere(Missing),
    Operation::new("GET", "/2fa", Scopes(&[TwoFactorRead]), 200),
    Operation::new("GET", "/2fa/{set}", Scopes(&[TwoFactorRead]), 200),
    Operation::new("GET", "/envs", Scopes(&[EnvsRead]), 200),
    Operation::new("GET", "/envs/{env}", Scopes(&[EnvsRead]), 200).elsewhere(Missing),
    Operation::new("GET", "/envs/{env}/files", Scopes(&[EnvsRead]), 200).elsewhere(Missing),
    Operation::new("GET", "/envs/{env}/files/{file}/versions", Scopes(&[EnvsRead]), 200).elsewhere(Missing),
    Operation::new("GET", "/access-keys", Session, 200),
    Operation::new("GET", "/account", Session, 200),
    Operation::new("GET", "/account/sessions", Session, 200),
    Operation::new("GET", "/stats", Scopes(&[StatsRead]), 200),
    Operation::new("GET", "/export", Scopes(&[ExportRead]), 200),
    Operation::new("GET", "/audit", Scopes(&[AuditRead]), 200),
    // Ends.
    Operation::new("DELETE", "/entries/{entry}/versions/{number}", Scopes(&[EntriesWrite]), 204)
        .elsewhere(Missing),
    Operation::new("DELETE", "/entries/{entry}", Scopes(&[EntriesWrite]), 204).elsewhere(Missing),
    Operation::new("DELETE", "/categories/{category}", Scopes(&[CategoriesWrite]), 204).elsewhere(Refused),
    Operation::new("DELETE", "/envs/{env}/files/{file}/versions/{number}", Scopes(&[EnvsWrite]), 204)
        .elsewhere(Missing),
    Operation::new("DELETE", "/envs/{env}/files/{file}", Scopes(&[EnvsWrite]), 204).elsewhere(Missing),
    Operation::new("DELETE", "/envs/{env}", Scopes(&[EnvsWrite]), 204).elsewhere(Missing),
    Operation::new("DELETE", "/2fa/{set}", Scopes(&[TwoFactorWrite]), 204),
    Operation::new("DELETE", "/access-keys/{key}", Session, 204),
    Operation::new("DELETE", "/account/sessions/{session}", Session, 204),
    Operation::new("DELETE", "/account/sessions", Session, 204),
    Operation::new("POST", "/account/reauth", Session, 204).with(r#"{"password": "{password}"}"#),
    Operation::new("PUT", "/account/password", Session, 200)
        .with(r#"{"currentPassword": "{password}", "newPassword": "{new_password}"}"#),
    Operation::new("DELETE", "/account/data", Fresh, 204),
    Operation::new("DELETE", "/account", Fresh, 204),
    Operation::new("POST", "/auth/sign-out", Guest, 200),
];
