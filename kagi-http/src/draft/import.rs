//! Files that become entries.

use kagi_domain::{
    fields::{Fields, Invalid},
    model::{entry::Environment, env_project::EnvContent},
    secret::SecretText,
    services::entries::import::{Choice, IMPORTED_LINES, ImportSource},
};

use super::{
    Raw, environment,
    raw::{list, parsed, refuse},
};
use crate::schema::input;

/// The project of entries for which none is named.
const IMPORTED: &str = "Imported";

input! {
    /// A file, and where its values are to go.
    pub(crate) struct ImportPreviewDraft as "ImportPreviewInput" {
        /// The file, at most 256 KiB of UTF-8 without NUL.
        pub(crate) content: Raw<SecretText> = "content",
        /// The project of the entries, 1 to 255 characters: `Imported` unless told.
        pub(crate) project_name: Raw<String> = "projectName",
        /// Their environment: `production` unless told.
        pub(crate) environment: Raw<String> = "environment",
    }
}

input! {
    /// A file, where its values are to go, and what of it.
    pub(crate) struct ImportDraft as "ImportInput" {
        /// The file of the preview.
        pub(crate) content: Raw<SecretText> = "content",
        /// The project of the preview: `Imported` unless told.
        pub(crate) project_name: Raw<String> = "projectName",
        /// The environment of the preview.
        pub(crate) environment: Raw<String> = "environment",
        /// The `choice` of each line that is to become an entry, as the preview gave it.
        pub(crate) choices: Raw<Vec<String>> = "choices",
    }
}

impl ImportPreviewDraft {
    /// What to plan.
    pub(crate) fn into_source(self) -> Result<ImportSource, Invalid> {
        let mut fields = Fields::new();
        let source = source(&mut fields, self.content, self.project_name, self.environment);
        fields.finish(source)
    }
}

impl ImportDraft {
    /// What to import, and what was confirmed of it.
    pub(crate) fn into_import(self) -> Result<(ImportSource, Vec<Choice>), Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let source = source(f, self.content, self.project_name, self.environment);
        let choices = self.choices.needed(f, "choices").and_then(|texts| choices(f, &texts));
        fields.finish(source.zip(choices))
    }
}

fn source(
    fields: &mut Fields,
    content: Raw<SecretText>,
    project: Raw<String>,
    place: Raw<String>,
) -> Option<ImportSource> {
    let content = content.needed(fields, "content");
    let content = content.and_then(|text| fields.take("content", EnvContent::new(text)));
    let project = project.optional(fields, "projectName").unwrap_or_else(|| IMPORTED.to_owned());
    let project = parsed(fields, "projectName", Some(project));
    let environment = match place.optional(fields, "environment") {
        Some(text) => environment(fields, &text),
        None => Some(Environment::default()),
    };
    let ((content, project), environment) = content.zip(project).zip(environment)?;
    Some(ImportSource { content, project, environment })
}

fn choices(fields: &mut Fields, texts: &[String]) -> Option<Vec<Choice>> {
    match texts.len() {
        0 => refuse(fields, "choices", "Confirm at least one line."),
        1..=IMPORTED_LINES => list(fields, "choices", texts),
        _ => refuse(fields, "choices", "Confirm at most 1000 lines."),
    }
}
