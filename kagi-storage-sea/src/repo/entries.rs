//! Entries and the versions of their values.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::{CategoryId, EntryId},
    model::{
        Revision,
        entry::{Entry, NewVersion},
    },
    ports::{EntryRepository, StorageError},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{met, reach};
use crate::{
    convert,
    row::{
        category,
        entry::{self, Entity},
        entry_version,
    },
    unit::SeaUnit,
};

#[async_trait]
impl EntryRepository for SeaUnit {
    async fn find(&mut self, owner: &Owner, id: EntryId) -> Result<Option<Entry>, StorageError> {
        let query = Entity::find().filter(near(owner, id));
        let row = self.run(async |unit| query.one(unit).await).await?;
        row.as_ref().map(convert::entry).transpose()
    }

    async fn insert(&mut self, owner: &Owner, entry: &Entry, first: &NewVersion) -> Result<(), StorageError> {
        if !owner.projects().allows(&entry.project) {
            return Err(StorageError::Conflict);
        }
        // Counts the entry, and proves that the category is the owner's.
        met(self.count(owner, entry.category, 1).await?)?;
        let row = convert::entry_row(owner, entry).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        self.insert_version(entry.id, first).await
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

    async fn add_version(
        &mut self,
        owner: &Owner,
        id: EntryId,
        version: &NewVersion,
        keep: u32,
    ) -> Result<(), StorageError> {
        self.category_of(owner, id).await?.ok_or(StorageError::Conflict)?;
        self.insert_version(id, version).await?;
        self.forget_versions(id, keep).await
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

    async fn insert_version(&self, entry: EntryId, version: &NewVersion) -> Result<(), StorageError> {
        let row = convert::version_row(entry, version).into_active_model();
        self.run(async |unit| entry_version::Entity::insert(row).exec_without_returning(unit).await).await?;
        Ok(())
    }

    /// Keeps the newest versions; at least one.
    async fn forget_versions(&self, entry: EntryId, keep: u32) -> Result<(), StorageError> {
        use entry_version::{Column, Entity};
        let of_entry = Column::EntryId.eq(entry.as_uuid());
        let newest_beyond = Entity::find()
            .filter(of_entry.clone())
            .order_by_desc(Column::Number)
            .offset(u64::from(Ord::max(keep, 1)))
            .limit(1)
            .select_only()
            .column(Column::Number)
            .into_tuple::<i64>();
        let Some(number) = self.run(async |unit| newest_beyond.one(unit).await).await? else { return Ok(()) };
        let old = Entity::delete_many().filter(of_entry).filter(Column::Number.lte(number));
        self.run(async |unit| old.exec(unit).await).await?;
        Ok(())
    }
}

fn near(owner: &Owner, id: EntryId) -> Condition {
    reach(owner).add(entry::Column::Id.eq(id.as_uuid()))
}
