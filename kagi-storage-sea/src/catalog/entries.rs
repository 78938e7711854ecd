//! Entries by project, category, environment, expiry and text.
//!
//! SQLite plans without knowing how many rows a filter leaves, and prefers the index that gives the
//! order. Where that would walk through the whole vault, a plus sign takes a column out of its
//! choice; PostgreSQL keeps statistics and needs no help.

use kagi_domain::{
    access::{Owner, ProjectLimit},
    model::entry::{EntryFilter, EntryListing},
    paging::{Cursor, Page, PageRequest},
    ports::StorageError,
};
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, IdenStatic, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use super::{column, listing, probe};
use crate::{
    error::within,
    repo::reach,
    row::{
        category,
        entry::{Column, Entity},
    },
    storage::SeaStorage,
};

impl SeaStorage {
    pub(super) async fn entry_page(
        &self,
        owner: &Owner,
        filter: &EntryFilter,
        page: &PageRequest,
    ) -> Result<Page<EntryListing>, StorageError> {
        let limited = *owner.projects() != ProjectLimit::All;
        let mut query = Entity::find().filter(reach(owner)).find_also_related(category::Entity);
        if let Some(category) = filter.category {
            query = query.filter(Column::CategoryId.eq(category.as_uuid()));
        }
        if let Some(project) = &filter.project {
            query = query.filter(Column::ProjectKey.eq(project.key()));
        }
        if let Some(environment) = filter.environment {
            // Four environments leave many rows; a category or a project leaves fewer.
            let narrowed = limited || filter.category.is_some() || filter.project.is_some();
            query = query.filter(self.plain(Column::Environment, narrowed).eq(environment.as_str()));
        }
        if let Some(limit) = filter.expires_before {
            query = query.filter(Column::ExpiresAt.lte(limit.as_millis()));
        }
        if let Some(text) = &filter.search {
            query = query.filter(self.entry_search(owner, text));
        }
        if let Some(Cursor::Id(after)) = page.after {
            query = query.filter(Column::Id.lt(after));
        }
        // Few projects, or few that expire, are faster sorted than picked from all in order.
        let newest_first = self.plain(Column::Id, limited || filter.expires_before.is_some());
        let query = query.order_by(newest_first, Order::Desc).limit(probe(page));
        let rows = within(query.all(&self.pools.read)).await?;
        let items = rows.iter().map(|(entry, category)| listing(entry, category.as_ref()));
        let items = items.collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(items, page.limit, |listing| Cursor::Id(listing.entry.id.as_uuid())))
    }

    /// A column, on SQLite out of its indexes if `aside`.
    fn plain(&self, name: Column, aside: bool) -> SimpleExpr {
        match self.pools.backend {
            DbBackend::Sqlite if aside => Expr::cust(format!("+\"entries\".\"{}\"", name.as_str())),
            _ => column(Entity, name),
        }
    }

    /// An entry is found by its own text or by its category's. The categories that match are found
    /// once, not for every entry.
    fn entry_search(&self, owner: &Owner, text: &str) -> SimpleExpr {
        let categories = category::Entity::find()
            .select_only()
            .column(category::Column::Id)
            .filter(category::Column::UserId.eq(owner.user().as_uuid()))
            .filter(self.holds(column(category::Entity, category::Column::EntrySearchText), text));
        let own = self.holds(column(Entity, Column::SearchText), text);
        own.or(Column::CategoryId.in_subquery(categories.into_query()))
    }
}
