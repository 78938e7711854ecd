//! Env files, and the versions of their contents.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::EnvProjectId,
    model::{
        env_project::{EnvFile, EnvFilePlace, FileType},
        version::NewVersion,
    },
    ports::{EnvFileRepository, StorageError, VersionHistory},
    seal::Sealed,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, Condition, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement,
};

use super::{env_file_at, env_files_in, met};
use crate::{
    convert,
    history::OF_ENV_FILES,
    row::env_file::{Column, Entity},
    unit::SeaUnit,
};

#[async_trait]
impl EnvFileRepository for SeaUnit {
    async fn find(&mut self, owner: &Owner, place: EnvFilePlace) -> Result<Option<EnvFile>, StorageError> {
        self.file_where(env_file_at(owner, place)).await
    }

    async fn find_type(
        &mut self,
        owner: &Owner,
        project: EnvProjectId,
        file_type: FileType,
    ) -> Result<Option<EnvFile>, StorageError> {
        self.file_where(env_files_in(owner, project).add(Column::FileType.eq(file_type.as_str()))).await
    }

    async fn insert(
        &mut self,
        owner: &Owner,
        file: &EnvFile,
        first: &NewVersion,
    ) -> Result<(), StorageError> {
        // Proves that the project is within reach, and keeps it there.
        self.hold_env_project(owner, file.project).await?;
        let row = convert::env_file_row(file).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        self.insert_version(OF_ENV_FILES, file.id.as_uuid(), first).await
    }

    async fn update(&mut self, owner: &Owner, file: &EnvFile, seen: u32) -> Result<(), StorageError> {
        let mut row = convert::env_file_row(file).into_active_model().reset_all();
        (row.id, row.project_id, row.file_type, row.created_at) = (NotSet, NotSet, NotSet, NotSet);
        let at = env_file_at(owner, file.place()).add(Column::Version.eq(i64::from(seen)));
        let change = Entity::update_many().set(row).filter(at);
        met(self.run(async |unit| change.exec(unit).await).await?.rows_affected)
    }

    async fn remove(&mut self, owner: &Owner, place: EnvFilePlace) -> Result<bool, StorageError> {
        // The versions go with it by their foreign key.
        let removal = Entity::delete_many().filter(env_file_at(owner, place));
        Ok(self.run(async |unit| removal.exec(unit).await).await?.rows_affected > 0)
    }
}

#[async_trait]
impl VersionHistory<EnvFilePlace> for SeaUnit {
    async fn add_version(
        &mut self,
        owner: &Owner,
        id: EnvFilePlace,
        version: &NewVersion,
        keep: u32,
    ) -> Result<(), StorageError> {
        let there = Entity::find().filter(env_file_at(owner, id));
        met(self.run(async |unit| there.count(unit).await).await?)?;
        self.insert_version(OF_ENV_FILES, id.file.as_uuid(), version).await?;
        self.forget_versions(OF_ENV_FILES, id.file.as_uuid(), keep).await
    }

    async fn version(
        &mut self,
        owner: &Owner,
        id: EnvFilePlace,
        number: u32,
    ) -> Result<Option<Sealed>, StorageError> {
        self.version_cell(OF_ENV_FILES, ids(env_file_at(owner, id)), number).await
    }

    async fn remove_version(
        &mut self,
        owner: &Owner,
        id: EnvFilePlace,
        number: u32,
    ) -> Result<bool, StorageError> {
        let beyond_it = env_file_at(owner, id).add(Column::Version.gt(i64::from(number)));
        self.delete_version(OF_ENV_FILES, ids(beyond_it), number).await
    }
}

impl SeaUnit {
    async fn file_where(&self, condition: Condition) -> Result<Option<EnvFile>, StorageError> {
        let query = Entity::find().filter(condition);
        let row = self.run(async |unit| query.one(unit).await).await?;
        row.as_ref().map(convert::env_file).transpose()
    }
}

fn ids(condition: Condition) -> SelectStatement {
    Entity::find().select_only().column(Column::Id).filter(condition).into_query()
}
