//! The versions of entries' values.

use kagi_domain::{access::Owner, ids::EntryId, model::entry::NewVersion, ports::StorageError, seal::Sealed};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::entries::near;
use crate::{
    convert,
    row::{
        entry,
        entry_version::{Column, Entity},
    },
    unit::SeaUnit,
};

impl SeaUnit {
    pub(super) async fn insert_version(
        &self,
        entry: EntryId,
        version: &NewVersion,
    ) -> Result<(), StorageError> {
        let row = convert::version_row(entry, version).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        Ok(())
    }

    /// Keeps the newest versions; at least one.
    pub(super) async fn forget_versions(&self, entry: EntryId, keep: u32) -> Result<(), StorageError> {
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

    pub(super) async fn version_cell(
        &self,
        owner: &Owner,
        id: EntryId,
        number: u32,
    ) -> Result<Option<Sealed>, StorageError> {
        let query = Entity::find()
            .inner_join(entry::Entity)
            .filter(near(owner, id))
            .filter(Column::Number.eq(i64::from(number)));
        let row = self.run(async |unit| query.one(unit).await).await?;
        Ok(row.map(convert::sealed))
    }

    /// The entry's own version is compared in the statement that deletes. It only ever grows, so what
    /// was below it then is not the current one, whoever saves a value at the same time.
    pub(super) async fn delete_version(
        &self,
        owner: &Owner,
        id: EntryId,
        number: u32,
    ) -> Result<bool, StorageError> {
        let number = i64::from(number);
        let beyond_it = entry::Entity::find()
            .select_only()
            .column(entry::Column::Id)
            .filter(near(owner, id).add(entry::Column::Version.gt(number)));
        let removal = Entity::delete_many()
            .filter(Column::EntryId.in_subquery(beyond_it.into_query()))
            .filter(Column::Number.eq(number));
        Ok(self.run(async |unit| removal.exec(unit).await).await?.rows_affected > 0)
    }
}
