//! Walks through a vault as a whole, in orders that never change for a row.

use kagi_domain::{
    access::Owner,
    ids::{CategoryId, EntryId},
    model::{category::CategoryListing, entry::Entry},
    paging::{Cursor, Page, PageLimit, PageRequest},
    ports::StorageError,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

use super::{column, probe};
use crate::{
    convert,
    error::within,
    repo::reach,
    row::{
        category,
        entry::{Column, Entity},
        shown,
    },
    storage::SeaStorage,
};

/// Always true. The condition of the index of this order, in its own words: only then is it taken.
const IN_ORDER: &str = "created_at >= -62167219200000";

impl SeaStorage {
    pub(super) async fn category_walk(
        &self,
        owner: &Owner,
        page: &PageRequest,
    ) -> Result<Page<CategoryListing>, StorageError> {
        use category::Column;
        let mut query = category::Entity::find().filter(Column::UserId.eq(owner.user().as_uuid()));
        if let Some(Cursor::Id(after)) = page.after {
            query = query.filter(Column::Id.gt(after));
        }
        let query = query.order_by_asc(Column::Id).limit(probe(page));
        let rows = within(query.all(&self.pools.read)).await?;
        let items = self.listings(owner, &rows).await?;
        Ok(Page::cut(items, page.limit, |listing| Cursor::Id(listing.category.id.as_uuid())))
    }

    pub(super) async fn entry_walk(
        &self,
        owner: &Owner,
        after: Option<(CategoryId, EntryId)>,
        limit: PageLimit,
    ) -> Result<Vec<Entry>, StorageError> {
        let rows = within(shown::all(entries(owner, after, limit), &self.pools.read)).await?;
        rows.iter().map(convert::entry).collect()
    }
}

pub(super) fn entries(
    owner: &Owner,
    after: Option<(CategoryId, EntryId)>,
    limit: PageLimit,
) -> Select<Entity> {
    let mut query = shown::entries().filter(reach(owner)).filter(Expr::cust(IN_ORDER));
    if let Some((category, id)) = after {
        let place = Expr::tuple([column(Entity, Column::CategoryId), column(Entity, Column::Id)]);
        let last = Expr::tuple([category.as_uuid().into(), id.as_uuid().into()]);
        query = query.filter(place.gt(last));
    }
    query.order_by_asc(Column::CategoryId).order_by_asc(Column::Id).limit(u64::from(limit.rows()))
}
