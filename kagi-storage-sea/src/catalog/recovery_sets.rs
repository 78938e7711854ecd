//! Recovery sets with their codes' uses, never a cell.

use kagi_domain::{
    access::Owner,
    ids::RecoverySetId,
    model::recovery_set::RecoverySet,
    paging::{Cursor, Page, PageRequest},
    ports::StorageError,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{column, probe};
use crate::{
    convert,
    error::within,
    row::recovery_set::{Column, Entity, Listed},
    storage::SeaStorage,
};

impl SeaStorage {
    pub(super) async fn recovery_set_page(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<RecoverySet>, StorageError> {
        let mut query = Listed::find().filter(Column::UserId.eq(owner.user().as_uuid()));
        if let Some(text) = search {
            query = query.filter(self.holds(column(Entity, Column::SearchText), text));
        }
        if let Some(Cursor::Id(after)) = page.after {
            query = query.filter(Column::Id.lt(after));
        }
        let query = query.order_by_desc(Column::Id).limit(probe(page)).into_model::<Listed>();
        let rows = within(query.all(&self.pools.read)).await?;
        let items = rows.iter().map(convert::recovery_set).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(items, page.limit, |set| Cursor::Id(set.id.as_uuid())))
    }

    pub(super) async fn recovery_set_listing(
        &self,
        owner: &Owner,
        id: RecoverySetId,
    ) -> Result<Option<RecoverySet>, StorageError> {
        let query = Listed::find().filter(Column::Id.eq(id.as_uuid()));
        let query = query.filter(Column::UserId.eq(owner.user().as_uuid())).into_model::<Listed>();
        let row = within(query.one(&self.pools.read)).await?;
        row.as_ref().map(convert::recovery_set).transpose()
    }
}
