//! The repositories, all implemented by the unit of work.

mod access_keys;
mod categories;
mod entries;
mod env_files;
mod env_projects;
mod recovery_sets;
mod sessions;
mod users;
mod versions;
mod wipe;

use kagi_domain::{access::Owner, ids::EnvProjectId, model::env_project::EnvFilePlace, ports::StorageError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::row;

/// The owner's entries, of projects within the owner's limit.
pub(crate) fn reach(owner: &Owner) -> Condition {
    let own = Condition::all().add(row::entry::Column::UserId.eq(owner.user().as_uuid()));
    match owner.projects().keys() {
        None => own,
        Some(keys) => own.add(row::entry::Column::ProjectKey.is_in(keys)),
    }
}

/// The owner's env projects, of names within the owner's limit.
pub(crate) fn env_reach(owner: &Owner) -> Condition {
    use row::env_project::Column;
    let own = Condition::all().add(Column::UserId.eq(owner.user().as_uuid()));
    match owner.projects().keys() {
        None => own,
        Some(keys) => own.add(Column::NameKey.is_in(keys)),
    }
}

/// The files of a project within reach.
fn env_files_in(owner: &Owner, project: EnvProjectId) -> Condition {
    use row::env_project::{Column, Entity};
    let near = env_reach(owner).add(Column::Id.eq(project.as_uuid()));
    let within = Entity::find().select_only().column(Column::Id).filter(near).into_query();
    Condition::all().add(row::env_file::Column::ProjectId.in_subquery(within))
}

/// The file at a place within reach.
pub(crate) fn env_file_at(owner: &Owner, place: EnvFilePlace) -> Condition {
    env_files_in(owner, place.project).add(row::env_file::Column::Id.eq(place.file.as_uuid()))
}

/// A change that must have met one row.
fn met(rows: u64) -> Result<(), StorageError> {
    if rows > 0 { Ok(()) } else { Err(StorageError::Conflict) }
}
