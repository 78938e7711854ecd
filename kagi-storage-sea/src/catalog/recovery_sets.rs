//! Recovery sets with their codes' uses, never a cell.

use kagi_domain::{
    access::Owner,
    ids::RecoverySetId,
    model::recovery_set::RecoverySet,
    paging::{Cursor, Page, PageLimit, PageRequest},
    ports::StorageError,
};
use sea_orm::{
    ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::{column, probe};
use crate::{
    convert,
    error::within,
    row::recovery_set::{Column, Entity, Listed},
    storage::SeaStorage,
};

/// How many of a set's codes are unused.
const UNUSED: &str = "(SELECT count(*) FROM recovery_codes c \
                      WHERE c.set_id = recovery_sets.id AND c.used_at IS NULL)";

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
        let searches = search.is_some();
        let rows = self.pools.list(searches, |read| async move { query.all(&read).await }).await?;
        Ok(Page::read(rows, page.limit, |row| Cursor::Id(row.id), convert::recovery_set))
    }

    pub(super) async fn sets_that_run_low(
        &self,
        owner: &Owner,
        left: u8,
        limit: PageLimit,
    ) -> Result<Vec<RecoverySet>, StorageError> {
        let unused = Expr::cust(UNUSED);
        let query = Listed::find()
            .filter(Column::UserId.eq(owner.user().as_uuid()))
            .filter(unused.clone().lte(i64::from(left)))
            .order_by(unused, Order::Asc)
            .order_by_asc(Column::Id)
            .limit(u64::from(limit.rows()))
            .into_model::<Listed>();
        let rows = within(query.all(&self.pools.read)).await?;
        Ok(rows.iter().filter_map(|row| convert::recovery_set(row).ok()).collect())
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
