//! The groups of operations, by the first part of their path.

use serde_json::{Value, json};

/// First part of the path, title, what it is about; in the order of the document.
const TAGS: [(&str, &str, &str); 15] = [
    (
        "categories",
        "Categories",
        "Types and formats of keys: the environment variable of a simple one, the fields of a group.",
    ),
    (
        "entries",
        "Entries",
        "Values by project and environment. A value leaves only by a reveal, and each save keeps a version.",
    ),
    (
        "2fa",
        "Recovery codes",
        "Two-factor recovery codes, revealed one at a time; which are used is remembered.",
    ),
    ("envs", "Env files", "Whole `.env` files by project, kept byte for byte."),
    ("ai", "AI generate", "Env files from plain words. The model sees names, never values."),
    ("render", "Output", "Ready-to-paste `.env` files for a target."),
    ("import", "Import", "Existing `.env` files become categories and entries."),
    ("secrets", "Generator", "Fresh secrets that touch no vault."),
    ("stats", "Overview", "The vault at a glance."),
    ("export", "Export", "The vault's metadata in one file, without a value."),
    ("audit", "Audit trail", "What happened to the vault, by whom, with what result."),
    (
        "access-keys",
        "Access keys",
        "Credentials for scripts, with scopes and limits. Only people manage them.",
    ),
    ("account", "Account", "The person, their password and their sessions."),
    ("auth", "Signing in", "Sessions in a cookie, as browsers use them."),
    ("openapi", "Reference", "This description."),
];

/// The tag of a path.
pub(super) fn of(path: &str) -> Option<&'static str> {
    let first = path.split('/').nth(1)?;
    let first = if first == "docs" { "openapi" } else { first };
    TAGS.iter().find(|(segment, ..)| *segment == first).map(|(_, title, _)| *title)
}

/// The document's `tags`: those that operations have.
pub(super) fn all(used: &[&str]) -> Value {
    let tags = TAGS.iter().filter(|(_, title, _)| used.contains(title));
    tags.map(|(_, title, about)| json!({"name": title, "description": about})).collect()
}
