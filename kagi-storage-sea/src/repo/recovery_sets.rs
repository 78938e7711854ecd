//! Recovery sets and their codes.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::RecoverySetId,
    model::{
        Revision,
        recovery_set::{CodeIndex, RecoverySet},
    },
    ports::{NewCode, RecoverySetRepository, StorageError},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, QueryTrait, sea_query::Expr,
};

use super::met;
use crate::{
    convert,
    row::{
        recovery_code,
        recovery_set::{Column, Entity, Listed},
    },
    unit::SeaUnit,
};

#[async_trait]
impl RecoverySetRepository for SeaUnit {
    async fn find(&mut self, owner: &Owner, id: RecoverySetId) -> Result<Option<RecoverySet>, StorageError> {
        if !self.hold_set(owner, id).await? {
            return Ok(None);
        }
        // A statement of its own after the lock: it sees what the unit that was waited for left.
        let query = Listed::find().filter(own(owner, id)).into_model::<Listed>();
        let row = self.run(async |unit| query.one(unit).await).await?;
        row.as_ref().map(convert::recovery_set).transpose()
    }

    async fn insert(
        &mut self,
        owner: &Owner,
        set: &RecoverySet,
        codes: &[NewCode],
    ) -> Result<(), StorageError> {
        let row = convert::recovery_set_row(owner, set).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        self.insert_codes(set.id, codes).await
    }

    async fn update(&mut self, owner: &Owner, set: &RecoverySet, seen: Revision) -> Result<(), StorageError> {
        let mut row = convert::recovery_set_row(owner, set).into_active_model().reset_all();
        (row.id, row.user_id, row.created_at) = (NotSet, NotSet, NotSet);
        let at = own(owner, set.id).add(Column::Revision.eq(seen.0));
        let change = Entity::update_many().set(row).filter(at);
        met(self.run(async |unit| change.exec(unit).await).await?.rows_affected)
    }

    async fn replace_codes(
        &mut self,
        owner: &Owner,
        id: RecoverySetId,
        codes: &[NewCode],
    ) -> Result<(), StorageError> {
        // A set has a code at least: where none is met, there is no such set.
        let removal = recovery_code::Entity::delete_many().filter(of(owner, id));
        met(self.run(async |unit| removal.exec(unit).await).await?.rows_affected)?;
        self.insert_codes(id, codes).await
    }

    async fn unuse(
        &mut self,
        owner: &Owner,
        id: RecoverySetId,
        index: CodeIndex,
    ) -> Result<bool, StorageError> {
        use recovery_code::Column;
        let used =
            of(owner, id).add(Column::Position.eq(i64::from(index.get()))).add(Column::UsedAt.is_not_null());
        let change = recovery_code::Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(Option::<i64>::None))
            .filter(used);
        Ok(self.run(async |unit| change.exec(unit).await).await?.rows_affected > 0)
    }

    async fn remove(&mut self, owner: &Owner, id: RecoverySetId) -> Result<bool, StorageError> {
        // The codes go with it by their foreign key.
        let removal = Entity::delete_many().filter(own(owner, id));
        Ok(self.run(async |unit| removal.exec(unit).await).await?.rows_affected > 0)
    }
}

impl SeaUnit {
    /// Takes the lock of the owner's set until the unit ends; `false` when there is no such set.
    /// Whoever changes a set or uses a code takes it first.
    pub(crate) async fn hold_set(&self, owner: &Owner, id: RecoverySetId) -> Result<bool, StorageError> {
        let lock = Entity::update_many()
            .col_expr(Column::Revision, Expr::col(Column::Revision))
            .filter(own(owner, id));
        Ok(self.run(async |unit| lock.exec(unit).await).await?.rows_affected > 0)
    }

    async fn insert_codes(&self, set: RecoverySetId, codes: &[NewCode]) -> Result<(), StorageError> {
        let rows = (0..).zip(codes).map(|(position, code)| convert::code_row(set, position, code));
        let insertion = recovery_code::Entity::insert_many(rows.map(IntoActiveModel::into_active_model));
        self.run(async |unit| insertion.exec_without_returning(unit).await).await?;
        Ok(())
    }
}

fn own(owner: &Owner, id: RecoverySetId) -> Condition {
    Condition::all().add(Column::Id.eq(id.as_uuid())).add(Column::UserId.eq(owner.user().as_uuid()))
}

/// The codes of the owner's set.
fn of(owner: &Owner, id: RecoverySetId) -> Condition {
    let sets = Entity::find().select_only().column(Column::Id).filter(own(owner, id)).into_query();
    Condition::all().add(recovery_code::Column::SetId.in_subquery(sets))
}
