//! Env projects and their files.

pub(crate) mod compare;
pub(crate) mod conflict;
pub(crate) mod difference;
pub(crate) mod download;
pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod grid;
pub(crate) mod history;
pub(crate) mod project;

use kagi_domain::{ids::EnvProjectId, model::env_project::FileType};

/// The address of a project.
pub(crate) fn project_path(id: EnvProjectId) -> String {
    format!("/envs/{id}")
}

/// The address of one of its files, whether it is there or not.
pub(crate) fn file_path(id: EnvProjectId, file_type: FileType) -> String {
    format!("/envs/{id}/files/{file_type}")
}
