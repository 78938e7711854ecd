//! Env projects and files.

use kagi_domain::{
    access::Owner,
    ids::{EnvFileId, EnvProjectId},
    model::env_project::{EnvFile, EnvProject},
    ports::StorageError,
};

use super::{Column, text};
use crate::row::{env_file, env_project};

pub(crate) fn env_project(row: &env_project::Model) -> Result<EnvProject, StorageError> {
    let column = |name| Column("env_projects", name);
    Ok(EnvProject {
        id: EnvProjectId::from_uuid(row.id),
        name: column("name").parse(&row.name)?,
        description: column("description").prose(row.description.as_deref())?,
        revision: column("revision").revision(row.revision)?,
        created_at: column("created_at").time(row.created_at)?,
        updated_at: column("updated_at").time(row.updated_at)?,
    })
}

pub(crate) fn env_project_row(owner: &Owner, project: &EnvProject) -> env_project::Model {
    env_project::Model {
        id: project.id.as_uuid(),
        user_id: owner.user().as_uuid(),
        name: project.name.to_string(),
        name_key: project.name.key(),
        description: text(project.description.as_ref()),
        search_text: project.search_text(),
        revision: project.revision.0,
        created_at: project.created_at.as_millis(),
        updated_at: project.updated_at.as_millis(),
    }
}

pub(crate) fn env_file(row: &env_file::Model) -> Result<EnvFile, StorageError> {
    let column = |name| Column("env_files", name);
    Ok(EnvFile {
        id: EnvFileId::from_uuid(row.id),
        project: EnvProjectId::from_uuid(row.project_id),
        file_type: column("file_type").parse(&row.file_type)?,
        size: u32::try_from(row.size).map_err(|_| column("size").corrupt())?,
        version: column("version").version(row.version)?,
        created_at: column("created_at").time(row.created_at)?,
        updated_at: column("updated_at").time(row.updated_at)?,
    })
}

pub(crate) fn env_file_row(file: &EnvFile) -> env_file::Model {
    env_file::Model {
        id: file.id.as_uuid(),
        project_id: file.project.as_uuid(),
        file_type: file.file_type.as_str().to_owned(),
        size: i64::from(file.size),
        version: i64::from(file.version),
        created_at: file.created_at.as_millis(),
        updated_at: file.updated_at.as_millis(),
    }
}
