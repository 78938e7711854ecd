//! Categories with the number of their entries.
//!
//! Without a project limit the number stands in the row. With one it is counted: a category has at
//! most one entry for each project and environment, so the count is short, whatever the vault's size.

use std::collections::HashMap;

use kagi_domain::{
    access::Owner,
    ids::CategoryId,
    model::category::{CategoryFilter, CategoryListing},
    paging::{Cursor, Page, PageRequest},
    ports::StorageError,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{column, count, probe};
use crate::{
    convert,
    error::within,
    repo::reach,
    row::{
        category::{Column, Entity, Model},
        entry,
    },
    storage::SeaStorage,
};

impl SeaStorage {
    pub(super) async fn category_page(
        &self,
        owner: &Owner,
        filter: &CategoryFilter,
        page: &PageRequest,
    ) -> Result<Page<CategoryListing>, StorageError> {
        let mut query = Entity::find().filter(Column::UserId.eq(owner.user().as_uuid()));
        if let Some(text) = &filter.search {
            query = query.filter(self.holds(column(Entity, Column::SearchText), text));
        }
        if let Some(Cursor::Key(after)) = &page.after {
            query = query.filter(Column::NameKey.gt(after.as_str()));
        }
        let query = query.order_by_asc(Column::NameKey).limit(probe(page));
        let searches = filter.search.is_some();
        let rows = self.pools.list(searches, |read| async move { query.all(&read).await }).await?;
        let within_reach = self.counts_within_reach(owner, &rows).await?;
        let listing = |row: &Model| listing(row, within_reach.as_ref());
        Ok(Page::read(rows, page.limit, |row| Cursor::Key(row.name_key.clone()), listing))
    }

    pub(super) async fn category_listing(
        &self,
        owner: &Owner,
        id: CategoryId,
    ) -> Result<Option<CategoryListing>, StorageError> {
        let query = Entity::find_by_id(id.as_uuid()).filter(Column::UserId.eq(owner.user().as_uuid()));
        let row = within(query.one(&self.pools.read)).await?;
        Ok(self.listings(owner, row.as_slice()).await?.pop())
    }

    pub(super) async fn listings(
        &self,
        owner: &Owner,
        rows: &[Model],
    ) -> Result<Vec<CategoryListing>, StorageError> {
        let within_reach = self.counts_within_reach(owner, rows).await?;
        rows.iter().map(|row| listing(row, within_reach.as_ref())).collect()
    }

    /// `None` when the owner has no limit.
    async fn counts_within_reach(
        &self,
        owner: &Owner,
        rows: &[Model],
    ) -> Result<Option<HashMap<Uuid, i64>>, StorageError> {
        if owner.projects().keys().is_none() {
            return Ok(None);
        }
        let counts = entry::Entity::find()
            .select_only()
            .column(entry::Column::CategoryId)
            .column_as(entry::Column::Id.count(), "entries")
            .filter(reach(owner))
            .filter(entry::Column::CategoryId.is_in(rows.iter().map(|row| row.id)))
            .group_by(entry::Column::CategoryId)
            .into_tuple::<(Uuid, i64)>();
        Ok(Some(within(counts.all(&self.pools.read)).await?.into_iter().collect()))
    }
}

/// A category with the number of its entries, which stands in the row where nothing limits the reach.
fn listing(row: &Model, within_reach: Option<&HashMap<Uuid, i64>>) -> Result<CategoryListing, StorageError> {
    let entries = within_reach.map_or(row.entry_count, |counts| counts.get(&row.id).copied().unwrap_or(0));
    Ok(CategoryListing { category: convert::category(row)?, entry_count: count(entries)? })
}
