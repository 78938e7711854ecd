//! The versions of an entry's value. The cells are not read.

use kagi_domain::{
    access::Owner,
    ids::EntryId,
    model::entry::VersionListing,
    paging::{Cursor, Page, PageRequest},
    ports::StorageError,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};
use uuid::Uuid;

use super::probe;
use crate::{
    convert,
    error::within,
    repo::reach,
    row::{
        entry,
        entry_version::{Column, Relation},
    },
    storage::SeaStorage,
};

/// A version beside its entry; empty where the page has no version.
#[derive(FromQueryResult)]
struct Row {
    number: Option<i64>,
    actor_kind: Option<String>,
    actor_id: Option<Uuid>,
    actor_name: Option<String>,
    created_at: Option<i64>,
}

impl Row {
    fn saved(self) -> Option<convert::SavedVersion> {
        Some((self.number?, self.actor_kind?, self.actor_id, self.actor_name?, self.created_at?))
    }
}

impl SeaStorage {
    /// An entry without versions on the page is one row without a version, so that one statement
    /// tells it from an entry that is not within reach.
    pub(super) async fn version_page(
        &self,
        owner: &Owner,
        id: EntryId,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError> {
        let mut versions = Relation::Entry.def().rev();
        if let Some(Cursor::Number(after)) = page.after {
            versions =
                versions.on_condition(move |_, _| Condition::all().add(Column::Number.lt(i64::from(after))));
        }
        let query = entry::Entity::find()
            .select_only()
            .columns([
                Column::Number,
                Column::ActorKind,
                Column::ActorId,
                Column::ActorName,
                Column::CreatedAt,
            ])
            .join(JoinType::LeftJoin, versions)
            .filter(reach(owner).add(entry::Column::Id.eq(id.as_uuid())))
            .order_by_desc(Column::Number)
            .limit(probe(page));
        let rows = within(query.into_model::<Row>().all(&self.pools.read)).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let saved = rows.into_iter().filter_map(Row::saved).map(convert::version_listing);
        let items = saved.collect::<Result<Vec<_>, _>>()?;
        Ok(Some(Page::cut(items, page.limit, |version| Cursor::Number(version.number))))
    }
}
