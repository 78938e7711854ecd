//! Requests in plain words.

use kagi_domain::{
    fields::Fields,
    model::env_project::FileType,
    plan::{Prompt, PromptError, holds_a_secret},
    services::composer::ComposeRequest,
    text::ProjectName,
};

use super::{
    Raw,
    raw::{parsed, refuse},
};
use crate::{
    problem::{Code, Problem},
    schema::input,
};

input! {
    /// What an `.env` file is needed for.
    pub(crate) struct ComposeDraft as "ComposeInput" {
        /// In plain words of any language, 1 to 2000 characters, without any key or password.
        pub(crate) prompt: Raw<String> = "prompt",
        /// What "this project" means, 1 to 255 characters.
        pub(crate) project: Raw<String> = "currentProjectName",
        /// The file it is for: `env`, `env.local`, `env.production` or `env.development`.
        pub(crate) file_type: Raw<String> = "fileType",
        /// Only say what would be in the file; reveal nothing.
        pub(crate) preview: Raw<bool> = "preview",
        /// Leave the model out: the built-in matcher selects.
        pub(crate) offline: Raw<bool> = "offline",
    }
}

/// What was asked for.
pub(crate) struct Asked {
    pub(crate) request: ComposeRequest,
    /// Whether no value is wanted.
    pub(crate) preview: bool,
}

impl ComposeDraft {
    /// The request. A prompt that holds something like a key is a problem of its own: it must not
    /// look like any other mistake, and comes before them.
    pub(crate) fn into_request(self) -> Result<Asked, Problem> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let prompt = match self.prompt.needed(f, "prompt").map(|text| Prompt::parse(&text)) {
            Some(Err(error @ PromptError::Secret)) => {
                return Err(Problem::new(Code::PromptContainsSecret, error.to_string()));
            }
            Some(prompt) => f.take("prompt", prompt),
            None => None,
        };
        let project = self.project.optional(f, "currentProjectName");
        let project: Option<ProjectName> = parsed(f, "currentProjectName", project);
        // It goes wherever the prompt goes.
        if project.as_ref().is_some_and(|project| holds_a_secret(project.as_str())) {
            return Err(Problem::new(Code::PromptContainsSecret, PromptError::Secret.to_string()));
        }
        let file_type = self.file_type.optional(f, "fileType").and_then(|text| file_type(f, &text));
        let preview = self.preview.optional(f, "preview").unwrap_or_default();
        let offline = self.offline.optional(f, "offline").unwrap_or_default();
        let prompt = fields.finish(prompt)?;
        Ok(Asked { request: ComposeRequest { prompt, project, file_type, offline }, preview })
    }
}

fn file_type(fields: &mut Fields, text: &str) -> Option<FileType> {
    const CHOICES: &str = "Choose env, env.local, env.production or env.development.";
    text.parse().ok().or_else(|| refuse(fields, "fileType", CHOICES))
}
