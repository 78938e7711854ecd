//! Entries, and the versions of their values.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::{CategoryId, EntryId},
    model::{Revision, entry::Entry, version::NewVersion},
    ports::{EntryRepository, StorageError, VersionHistory},
    seal::Sealed,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::NotSet,
    ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{met, reach};
use crate::{
    convert,
    history::OF_ENTRIES,
    row::{
        category,
        entry::{self, Entity},
        shown,
    },
    unit::SeaUnit,
};

#[async_trait]
impl EntryRepository for SeaUnit {
    async fn find(&mut self, owner: &Owner, id: EntryId) -> Result<Option<Entry>, StorageError> {
        let query = shown::entries().filter(near(owner, id));
        let rows = self.run(async |unit| shown::all(query, unit).await).await?;
        rows.first().map(convert::entry).transpose()
    }

    async fn insert(&mut self, owner: &Owner, entry: &Entry, first: &NewVersion) -> Result<(), StorageError> {
        if !owner.projects().allows(&entry.project) {
            return Err(StorageError::Conflict);
        }
        // Counts the entry, and proves that the category is the owner's.
        met(self.count(owner, entry.category, 1).await?)?;
        let row = convert::entry_row(owner, entry).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        self.insert_version(OF_ENTRIES, entry.id.as_uuid(), first).await
    }

    async fn update(&mut self, owner: &Owner, entry: &Entry, seen: Revision) -> Result<(), StorageError> {
        if !owner.projects().allows(&entry.project) {
            return Err(StorageError::Conflict);
        }
        let mut row = convert::entry_row(owner, entry).into_active_model().reset_all();
        (row.id, row.user_id, row.category_id, row.created_at) = (NotSet, NotSet, NotSet, NotSet);
        let seen = near(owner, entry.id).add(entry::Column::Revision.eq(seen.0));
        let change = Entity::update_many().set(row).filter(seen);
        met(self.run(async |unit| change.exec(unit).await).await?.rows_affected)
    }

    async fn remove(&mut self, owner: &Owner, id: EntryId) -> Result<bool, StorageError> {
        let Some(category) = self.category_of(owner, id).await? else { return Ok(false) };
        // The category's row first, as whoever removes a category does: so nobody waits in a ring.
        self.count(owner, category, -1).await?;
        let removal = Entity::delete_many().filter(near(owner, id));
        if self.run(async |unit| removal.exec(unit).await).await?.rows_affected > 0 {
            return Ok(true);
        }
        // Another unit removed it while this one waited.
        self.count(owner, category, 1).await?;
        Ok(false)
    }
}

#[async_trait]
impl VersionHistory<EntryId> for SeaUnit {
    async fn add_version(
        &mut self,
        owner: &Owner,
        id: EntryId,
        version: &NewVersion,
        keep: u32,
    ) -> Result<(), StorageError> {
        self.category_of(owner, id).await?.ok_or(StorageError::Conflict)?;
        self.insert_version(OF_ENTRIES, id.as_uuid(), version).await?;
        self.forget_versions(OF_ENTRIES, id.as_uuid(), keep).await
    }

    async fn version(
        &mut self,
        owner: &Owner,
        id: EntryId,
        number: u32,
    ) -> Result<Option<Sealed>, StorageError> {
        self.version_cell(OF_ENTRIES, ids(near(owner, id)), number).await
    }

    async fn remove_version(
        &mut self,
        owner: &Owner,
        id: EntryId,
        number: u32,
    ) -> Result<bool, StorageError> {
        let beyond_it = near(owner, id).add(entry::Column::Version.gt(i64::from(number)));
        self.delete_version(OF_ENTRIES, ids(beyond_it), number).await
    }
}

impl SeaUnit {
    async fn category_of(&self, owner: &Owner, id: EntryId) -> Result<Option<CategoryId>, StorageError> {
        let query = Entity::find().filter(near(owner, id)).select_only().column(entry::Column::CategoryId);
        let query = query.into_tuple::<Uuid>();
        let id = self.run(async |unit| query.one(unit).await).await?;
        Ok(id.map(CategoryId::from_uuid))
    }

    /// Adds to the owner's category's number of entries; tells how many categories that met.
    async fn count(&self, owner: &Owner, id: CategoryId, more: i64) -> Result<u64, StorageError> {
        let count = category::Column::EntryCount;
        let change = category::Entity::update_many()
            .col_expr(count, Expr::col(count).add(more))
            .filter(category::Column::Id.eq(id.as_uuid()))
            .filter(category::Column::UserId.eq(owner.user().as_uuid()));
        Ok(self.run(async |unit| change.exec(unit).await).await?.rows_affected)
    }
}

fn ids(condition: Condition) -> SelectStatement {
    Entity::find().select_only().column(entry::Column::Id).filter(condition).into_query()
}

fn near(owner: &Owner, id: EntryId) -> Condition {
    reach(owner).add(entry::Column::Id.eq(id.as_uuid()))
}
