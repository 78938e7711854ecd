//! Env projects, and contents of their files.

use kagi_domain::{
    fields::{Fields, Invalid},
    model::env_project::{EnvContent, EnvFileDraft, EnvProjectPatch, NewEnvProject},
    secret::SecretText,
};

use super::{
    Raw,
    raw::{parsed, prose, prose_patch},
};
use crate::schema::input;

input! {
    /// What to make or change of an env project.
    pub(crate) struct EnvProjectDraft as "EnvProjectInput" {
        /// The name, 1 to 255 characters.
        pub(crate) name: Raw<String> = "name",
        /// What it is for, at most 1000 characters.
        pub(crate) description: Raw<String> = "description",
    }
}

input! {
    /// What to save as one of a project's files.
    pub(crate) struct ContentDraft as "EnvFileInput" {
        /// Which file: `env`, `env.local`, `env.production` or `env.development`.
        pub(crate) file_type: Raw<String> = "fileType",
        /// The content, at most 256 KiB of UTF-8 without NUL, kept byte for byte.
        pub(crate) content: Raw<SecretText> = "content",
        /// The version that the content is based on, 0 for a file that is not there. With another one than
        /// the current nothing is saved; without one, whatever is there gets a version more.
        pub(crate) base_version: Raw<u64> = "baseVersion",
    }
}

impl EnvProjectDraft {
    /// A new project.
    pub(crate) fn into_new(self) -> Result<NewEnvProject, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let name = self.name.needed(f, "name");
        let name = parsed(f, "name", name);
        let description = prose(f, "description", self.description);
        let name = fields.finish(name)?;
        Ok(NewEnvProject { name, description })
    }

    /// A change of a project.
    pub(crate) fn into_patch(self) -> Result<EnvProjectPatch, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let name = self.name.change(f, "name");
        let patch = EnvProjectPatch {
            name: parsed(f, "name", name),
            description: prose_patch(f, "description", self.description),
            seen: None,
        };
        fields.finish(Some(patch))
    }
}

impl ContentDraft {
    /// A content to save.
    pub(crate) fn into_draft(self) -> Result<EnvFileDraft, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let file_type = self.file_type.needed(f, "fileType");
        let file_type = parsed(f, "fileType", file_type);
        let content = self.content.needed(f, "content");
        let content = content.and_then(|text| f.take("content", EnvContent::new(text)));
        // No file ever gets to a version beyond the largest: it is as stale as any other.
        let base_version = self.base_version.optional(f, "baseVersion");
        let base_version = base_version.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        let (file_type, content) = fields.finish(file_type.zip(content))?;
        Ok(EnvFileDraft { file_type, content, base_version })
    }
}
