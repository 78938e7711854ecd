//! Entries and their values.

use kagi_domain::{
    fields::Fields,
    model::{
        category::Shape,
        entry::{EntryPatch, Environment, NewEntry},
    },
    secret::{SecretFields, SecretText, SecretValue},
    text::EnvVarName,
};

use super::{
    Raw,
    raw::{Kind, parsed, prose, prose_patch, refuse},
};
use crate::{problem::Problem, schema::input};

input! {
    /// What to make or change of an entry.
    pub(crate) struct EntryDraft as "EntryInput" {
        /// Its category, for good.
        pub(crate) category_id: Raw<String> = "categoryId",
        /// Its project, 1 to 255 characters.
        pub(crate) project_name: Raw<String> = "projectName",
        /// `production`, `staging`, `development` or `local`.
        pub(crate) environment: Raw<String> = "environment",
        /// A text for a simple category, an object of texts for a group.
        pub(crate) value: Raw<SecretDraft> = "value",
        /// What it is for, at most 1000 characters.
        pub(crate) description: Raw<String> = "description",
        /// Remarks, at most 2000 characters.
        pub(crate) notes: Raw<String> = "notes",
        /// When its value stops working, RFC 3339.
        pub(crate) expires_at: Raw<String> = "expiresAt",
    }
}

/// A value as it came in.
pub(crate) enum SecretDraft {
    /// One text.
    Text(SecretText),
    /// Named fields, at most one more than a group can have.
    Fields(Vec<(String, Raw<SecretText>)>),
}

impl Kind for SecretDraft {
    const EXPECTED: &'static str = "Give a text, or for a group its fields by name.";
}

impl EntryDraft {
    /// A new entry.
    pub(crate) fn into_new(self) -> Result<NewEntry, Problem> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let category = self.category_id.needed(f, "categoryId");
        let category = parsed(f, "categoryId", category);
        let project = self.project_name.needed(f, "projectName");
        let project = parsed(f, "projectName", project);
        let place = self.environment.optional(f, "environment").and_then(|text| environment(f, &text));
        let value = self.value.needed(f, "value").and_then(|value| secret_value(f, value));
        let description = prose(f, "description", self.description);
        let notes = prose(f, "notes", self.notes);
        let expires_at = self.expires_at.optional(f, "expiresAt");
        let expires_at = parsed(f, "expiresAt", expires_at);
        let ((category, project), value) = fields.finish(category.zip(project).zip(value))?;
        let environment = place.unwrap_or_default();
        Ok(NewEntry { category, project, environment, value, description, notes, expires_at })
    }

    /// A change of an entry.
    pub(crate) fn into_patch(self) -> Result<EntryPatch, Problem> {
        let mut fields = Fields::new();
        let f = &mut fields;
        if !matches!(self.category_id, Raw::Absent) {
            f.refuse("categoryId", "An entry cannot move to another category; make a new entry instead.");
        }
        let project = self.project_name.change(f, "projectName");
        let patch = EntryPatch {
            project: parsed(f, "projectName", project),
            environment: self.environment.change(f, "environment").and_then(|text| environment(f, &text)),
            value: self.value.change(f, "value").and_then(|value| secret_value(f, value)),
            description: prose_patch(f, "description", self.description),
            notes: prose_patch(f, "notes", self.notes),
            expires_at: self.expires_at.patch(f, "expiresAt", |f, text| f.take("expiresAt", text.parse())),
            seen: None,
        };
        Ok(fields.finish(Some(patch))?)
    }
}

/// Reads an environment's name.
pub(crate) fn environment(fields: &mut Fields, text: &str) -> Option<Environment> {
    const CHOICES: &str = "Choose production, staging, development or local.";
    Environment::from_text(text).or_else(|| refuse(fields, "environment", CHOICES))
}

/// Reads a value; whether it fits its category is the service's to say.
fn secret_value(fields: &mut Fields, draft: SecretDraft) -> Option<SecretValue> {
    let given = match draft {
        SecretDraft::Text(text) => return Some(SecretValue::Simple(text)),
        SecretDraft::Fields(given) => given,
    };
    if given.len() > Shape::MAX_FIELDS {
        return refuse(fields, "value", "A group has at most 100 fields.");
    }
    let mut group = SecretFields::new();
    for (name, text) in given {
        add_field(fields, &mut group, &name, text);
    }
    Some(SecretValue::Group(group))
}

fn add_field(fields: &mut Fields, group: &mut SecretFields, name: &str, text: Raw<SecretText>) {
    // A name that is no name may be a value in the wrong place: it is not repeated.
    let Some(name) = fields.take("value", name.parse::<EnvVarName>()) else { return };
    let Some(text) = text.needed(fields, &format!("value.{name}")) else { return };
    if group.insert(name, text).is_err() {
        fields.refuse("value", "Each field must be named once.");
    }
}
