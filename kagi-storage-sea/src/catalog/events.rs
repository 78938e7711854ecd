//! The trail, for its owner.

use kagi_domain::{
    access::Owner,
    audit::{Action, AuditEvent, AuditFilter},
    ids::AuditEventId,
    paging::{Cursor, Page, PageRequest},
    ports::StorageError,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::probe;
use crate::{
    convert,
    error::within,
    row::audit_event::{Column, Entity},
    storage::SeaStorage,
};

/// The condition of the index of rare actions, in its own words: only then do both databases take it.
const RARE: &str = "action <> 'entry.reveal'";

impl SeaStorage {
    /// Ids bound the walk, so that a page costs the same wherever its time is; the time itself decides.
    pub(super) async fn event_page(
        &self,
        owner: &Owner,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEvent>, StorageError> {
        let mut query = Entity::find().filter(Column::UserId.eq(owner.user().as_uuid()));
        if let Some(action) = filter.action {
            query = query.filter(Column::Action.eq(action.as_str()));
            if action != Action::EntryReveal {
                query = query.filter(Expr::cust(RARE));
            }
        }
        if let Some(since) = filter.since {
            query = query.filter(Column::CreatedAt.gte(since.as_millis()));
        }
        if let Some(until) = filter.until {
            query = query.filter(Column::CreatedAt.lt(until.as_millis()));
        }
        if let Some(first) = filter.first_id() {
            query = query.filter(Column::Id.gte(first.as_uuid()));
        }
        let after = match page.after {
            Some(Cursor::Id(after)) => Some(after),
            _ => None,
        };
        let end = filter.end_id().map(AuditEventId::as_uuid);
        // The lower of the two, as one bound: SQLite would search by either alone.
        if let Some(below) = [after, end].into_iter().flatten().min() {
            query = query.filter(Column::Id.lt(below));
        }
        let query = query.order_by_desc(Column::Id).limit(probe(page));
        let rows = within(query.all(&self.pools.read)).await?;
        let items = rows.iter().map(convert::event).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(items, page.limit, |event| Cursor::Id(event.id.as_uuid())))
    }
}
