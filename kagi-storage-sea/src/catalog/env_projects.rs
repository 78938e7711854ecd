//! Env projects with their files, never a cell.

use std::collections::HashMap;

use kagi_domain::{
    access::Owner,
    ids::{EnvFileId, EnvProjectId},
    model::env_project::EnvProjectListing,
    paging::{Cursor, Page, PageRequest},
    ports::StorageError,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::{column, probe};
use crate::{
    convert,
    error::within,
    repo::env_reach,
    row::{
        env_file,
        env_project::{Column, Entity, Model},
    },
    storage::SeaStorage,
};

impl SeaStorage {
    pub(super) async fn env_project_page(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<EnvProjectListing>, StorageError> {
        let mut query = projects(owner, page);
        if let Some(text) = search {
            query = query.filter(self.holds(column(Entity, Column::SearchText), text));
        }
        let searches = search.is_some();
        let rows = self.pools.list(searches, |read| async move { query.all(&read).await }).await?;
        let files = self.files_of(&rows).await?;
        Ok(Page::read(rows, page.limit, |row| Cursor::Id(row.id), |row| listing(row, &files)))
    }

    pub(super) async fn env_project_listing(
        &self,
        owner: &Owner,
        id: EnvProjectId,
    ) -> Result<Option<EnvProjectListing>, StorageError> {
        self.one_env_project(Entity::find().filter(env_reach(owner).add(Column::Id.eq(id.as_uuid())))).await
    }

    pub(super) async fn env_project_listing_with(
        &self,
        owner: &Owner,
        file: EnvFileId,
    ) -> Result<Option<EnvProjectListing>, StorageError> {
        let own = env_file::Entity::find()
            .select_only()
            .column(env_file::Column::ProjectId)
            .filter(env_file::Column::Id.eq(file.as_uuid()));
        let has = env_reach(owner).add(Column::Id.in_subquery(own.into_query()));
        self.one_env_project(Entity::find().filter(has)).await
    }

    async fn one_env_project(
        &self,
        query: Select<Entity>,
    ) -> Result<Option<EnvProjectListing>, StorageError> {
        let row = within(query.one(&self.pools.read)).await?;
        let Some(row) = row else { return Ok(None) };
        let files = self.files_of(std::slice::from_ref(&row)).await?;
        listing(&row, &files).map(Some)
    }

    /// The files of all projects are read in one statement.
    async fn files_of(&self, rows: &[Model]) -> Result<HashMap<Uuid, Vec<env_file::Model>>, StorageError> {
        let mut of: HashMap<Uuid, Vec<_>> = HashMap::new();
        if rows.is_empty() {
            return Ok(of);
        }
        let found = within(files(rows.iter().map(|row| row.id)).all(&self.pools.read)).await?;
        for row in found {
            of.entry(row.project_id).or_default().push(row);
        }
        Ok(of)
    }
}

fn listing(
    row: &Model,
    files: &HashMap<Uuid, Vec<env_file::Model>>,
) -> Result<EnvProjectListing, StorageError> {
    let files = files.get(&row.id).into_iter().flatten().map(convert::env_file);
    let mut files = files.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(|file| file.file_type);
    Ok(EnvProjectListing { project: convert::env_project(row)?, files })
}

pub(super) fn projects(owner: &Owner, page: &PageRequest) -> Select<Entity> {
    let mut query = Entity::find().filter(env_reach(owner));
    if let Some(Cursor::Id(after)) = page.after {
        query = query.filter(Column::Id.lt(after));
    }
    query.order_by_desc(Column::Id).limit(probe(page))
}

pub(super) fn files(projects: impl Iterator<Item = Uuid>) -> Select<env_file::Entity> {
    env_file::Entity::find().filter(env_file::Column::ProjectId.is_in(projects))
}
