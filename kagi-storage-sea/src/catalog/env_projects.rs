//! Env projects with their files, never a cell.

use std::collections::HashMap;

use kagi_domain::{
    access::Owner,
    ids::EnvProjectId,
    model::env_project::{EnvFile, EnvProjectListing},
    paging::{Cursor, Page, PageRequest},
    ports::StorageError,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
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
        let items = self.env_projects_with_files(&rows).await?;
        Ok(Page::cut(items, page.limit, |listing| Cursor::Id(listing.project.id.as_uuid())))
    }

    pub(super) async fn env_project_listing(
        &self,
        owner: &Owner,
        id: EnvProjectId,
    ) -> Result<Option<EnvProjectListing>, StorageError> {
        let query = Entity::find().filter(env_reach(owner).add(Column::Id.eq(id.as_uuid())));
        let row = within(query.one(&self.pools.read)).await?;
        match row {
            Some(row) => Ok(self.env_projects_with_files(&[row]).await?.pop()),
            None => Ok(None),
        }
    }

    /// The files of all projects are read in one statement.
    async fn env_projects_with_files(&self, rows: &[Model]) -> Result<Vec<EnvProjectListing>, StorageError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let found = within(files(rows.iter().map(|row| row.id)).all(&self.pools.read)).await?;
        let mut files: HashMap<Uuid, Vec<EnvFile>> = HashMap::new();
        for row in &found {
            files.entry(row.project_id).or_default().push(convert::env_file(row)?);
        }
        let listing = |row: &Model| {
            let mut files = files.remove(&row.id).unwrap_or_default();
            files.sort_by_key(|file| file.file_type);
            Ok(EnvProjectListing { project: convert::env_project(row)?, files })
        };
        rows.iter().map(listing).collect()
    }
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
