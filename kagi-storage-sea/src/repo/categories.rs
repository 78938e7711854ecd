//! Categories.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::CategoryId,
    model::{Revision, category::Category},
    ports::{CategoryRepository, CategoryUsage, StorageError},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, Condition, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QuerySelect, sea_query::Expr,
};

use super::{met, reach};
use crate::{
    convert::{self, Column},
    row::{
        category::{self, Entity},
        entry,
    },
    unit::SeaUnit,
};

#[async_trait]
impl CategoryRepository for SeaUnit {
    async fn find(&mut self, owner: &Owner, id: CategoryId) -> Result<Option<Category>, StorageError> {
        let query = Entity::find().filter(own(owner, id));
        let row = self.run(async |unit| query.one(unit).await).await?;
        row.as_ref().map(convert::category).transpose()
    }

    async fn insert(&mut self, owner: &Owner, category: &Category) -> Result<(), StorageError> {
        let row = convert::category_row(owner, category).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        Ok(())
    }

    async fn update(
        &mut self,
        owner: &Owner,
        category: &Category,
        seen: Revision,
    ) -> Result<(), StorageError> {
        let mut row = convert::category_row(owner, category).into_active_model().reset_all();
        (row.id, row.user_id, row.created_at, row.entry_count) = (NotSet, NotSet, NotSet, NotSet);
        let change = Entity::update_many().set(row).filter(own_at(owner, category.id, seen));
        met(self.run(async |unit| change.exec(unit).await).await?.rows_affected)
    }

    async fn hold(&mut self, owner: &Owner, id: CategoryId, seen: Revision) -> Result<(), StorageError> {
        // Writing the row as it is takes its lock until the unit ends, and says whether it is the
        // one that was seen, after any wait for another unit.
        let revision = category::Column::Revision;
        let lock =
            Entity::update_many().col_expr(revision, Expr::col(revision)).filter(own_at(owner, id, seen));
        met(self.run(async |unit| lock.exec(unit).await).await?.rows_affected)
    }

    async fn usage(&mut self, owner: &Owner, id: CategoryId) -> Result<CategoryUsage, StorageError> {
        let of_category = || {
            let mine = entry::Column::UserId.eq(owner.user().as_uuid());
            entry::Entity::find().filter(mine).filter(entry::Column::CategoryId.eq(id.as_uuid()))
        };
        let entries = self.run(async |unit| of_category().count(unit).await).await?;
        let within_reach = match owner.projects().keys() {
            None => entries,
            Some(_) => self.run(async |unit| of_category().filter(reach(owner)).count(unit).await).await?,
        };
        let filled = of_category().select_only().column(entry::Column::Filled).distinct();
        let filled = filled.into_tuple::<String>();
        let mut usage =
            CategoryUsage { entries, out_of_reach: entries - within_reach, ..CategoryUsage::default() };
        for names in self.run(async |unit| filled.all(unit).await).await? {
            usage.filled.extend(Column("entries", "filled").names(&names)?);
        }
        Ok(usage)
    }

    async fn remove(&mut self, owner: &Owner, id: CategoryId) -> Result<bool, StorageError> {
        // Entries and versions go with it by their foreign keys.
        let removal = Entity::delete_many().filter(own(owner, id));
        Ok(self.run(async |unit| removal.exec(unit).await).await?.rows_affected > 0)
    }
}

fn own(owner: &Owner, id: CategoryId) -> Condition {
    Condition::all()
        .add(category::Column::Id.eq(id.as_uuid()))
        .add(category::Column::UserId.eq(owner.user().as_uuid()))
}

fn own_at(owner: &Owner, id: CategoryId, seen: Revision) -> Condition {
    own(owner, id).add(category::Column::Revision.eq(seen.0))
}
