//! Env projects and files, without contents, and a revealed content.

use kagi_domain::{
    dotenv::Diagnostic,
    model::env_project::{EnvFile, EnvProjectListing},
    services::env_projects::{RevealedEnvFile, SavedEnvFile},
};

use super::exposed::Exposed;
use crate::{api::answer::View, schema::view};

view! {
    /// An env project: the env files of one project.
    pub(crate) struct EnvProjectView as "EnvProject" {
        /// Its id.
        id: String = "id",
        /// Its name.
        name: String = "name",
        /// What it is for.
        description: Option<String> = "description",
        /// How many files it has.
        file_count: usize = "fileCount",
        /// When it was made.
        created_at: String = "createdAt",
        /// When it was last changed. Its files' changes are none of its own.
        updated_at: String = "updatedAt",
    }
}

view! {
    /// An env project with its files.
    pub(crate) struct EnvProjectDetailView as "EnvProjectDetail" {
        /// Its id.
        id: String = "id",
        /// Its name.
        name: String = "name",
        /// What it is for.
        description: Option<String> = "description",
        /// How many files it has.
        file_count: usize = "fileCount",
        /// Its files, at most one of each type. The contents are not here.
        files: Vec<EnvFileView> = "files",
        /// When it was made.
        created_at: String = "createdAt",
        /// When it was last changed. Its files' changes are none of its own.
        updated_at: String = "updatedAt",
    }
}

view! {
    /// An env file. The content is not here.
    pub(crate) struct EnvFileView as "EnvFile" {
        /// Its id. A file that is made again after its deletion has another one.
        id: String = "id",
        /// Its project's id.
        project_id: String = "projectId",
        /// `env`, `env.local`, `env.production` or `env.development`.
        file_type: &'static str = "fileType",
        /// The number of its content, from 1.
        version: u32 = "version",
        /// How long its content is, in bytes.
        size: u32 = "size",
        /// When it was made.
        created_at: String = "createdAt",
        /// When it was last saved.
        updated_at: String = "updatedAt",
    }
}

view! {
    /// A file that was saved, and what parsers will make of it.
    pub(crate) struct SavedEnvFileView as "SavedEnvFile" {
        /// Its id. A file that is made again after its deletion has another one.
        id: String = "id",
        /// Its project's id.
        project_id: String = "projectId",
        /// `env`, `env.local`, `env.production` or `env.development`.
        file_type: &'static str = "fileType",
        /// The number of its content, from 1.
        version: u32 = "version",
        /// How long its content is, in bytes.
        size: u32 = "size",
        /// What to know about its content, in the order of its lines; at most 500.
        diagnostics: Vec<DiagnosticView> = "diagnostics",
        /// When it was made.
        created_at: String = "createdAt",
        /// When it was last saved.
        updated_at: String = "updatedAt",
    }
}

view! {
    /// A remark on a line of an env file. It holds nothing of the text.
    pub(crate) struct DiagnosticView as "Diagnostic" {
        /// The line, from 1; of an assignment that goes over several, the first.
        line: u32 = "line",
        /// What it is, for programs, such as `duplicate-key`.
        code: &'static str = "code",
        /// What it is, for people.
        message: String = "message",
    }
}

view! {
    /// The content of an env file.
    pub(crate) struct RevealedEnvFileView as "RevealedEnvFile" {
        /// Its id.
        id: String = "id",
        /// Its project's id.
        project_id: String = "projectId",
        /// `env`, `env.local`, `env.production` or `env.development`.
        file_type: &'static str = "fileType",
        /// The content, byte for byte as it was saved.
        content: Exposed = "content",
        /// The number of its content, from 1.
        version: u32 = "version",
    }
}

impl View for EnvProjectView {}

impl View for EnvProjectDetailView {
    fn room(&self) -> usize {
        512 * (self.files.len() + 1)
    }
}

impl View for SavedEnvFileView {
    fn room(&self) -> usize {
        512 + 256 * self.diagnostics.len()
    }
}

impl View for RevealedEnvFileView {
    fn room(&self) -> usize {
        self.content.room() + 512
    }
}

impl From<EnvProjectListing> for EnvProjectView {
    fn from(listing: EnvProjectListing) -> Self {
        let EnvProjectDetailView { id, name, description, file_count, created_at, updated_at, .. } =
            listing.into();
        Self { id, name, description, file_count, created_at, updated_at }
    }
}

impl From<EnvProjectListing> for EnvProjectDetailView {
    fn from(EnvProjectListing { project, files }: EnvProjectListing) -> Self {
        Self {
            id: project.id.to_string(),
            name: project.name.to_string(),
            description: project.description.map(|description| description.as_str().to_owned()),
            file_count: files.len(),
            files: files.into_iter().map(EnvFileView::from).collect(),
            created_at: project.created_at.to_string(),
            updated_at: project.updated_at.to_string(),
        }
    }
}

impl From<EnvFile> for EnvFileView {
    fn from(file: EnvFile) -> Self {
        Self {
            id: file.id.to_string(),
            project_id: file.project.to_string(),
            file_type: file.file_type.as_str(),
            version: file.version,
            size: file.size,
            created_at: file.created_at.to_string(),
            updated_at: file.updated_at.to_string(),
        }
    }
}

impl From<SavedEnvFile> for SavedEnvFileView {
    fn from(saved: SavedEnvFile) -> Self {
        let EnvFileView { id, project_id, file_type, version, size, created_at, updated_at } =
            saved.file.into();
        let diagnostics = saved.diagnostics.into_iter().map(DiagnosticView::from).collect();
        Self { id, project_id, file_type, version, size, diagnostics, created_at, updated_at }
    }
}

impl From<Diagnostic> for DiagnosticView {
    fn from(diagnostic: Diagnostic) -> Self {
        let code = diagnostic.code;
        Self { line: diagnostic.line, code: code.as_str(), message: code.to_string() }
    }
}

impl From<RevealedEnvFile> for RevealedEnvFileView {
    fn from(revealed: RevealedEnvFile) -> Self {
        Self {
            id: revealed.id.to_string(),
            project_id: revealed.project.to_string(),
            file_type: revealed.file_type.as_str(),
            content: Exposed::text(revealed.content),
            version: revealed.version,
        }
    }
}
