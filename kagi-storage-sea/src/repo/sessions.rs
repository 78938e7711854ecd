//! Sign-ins.

use async_trait::async_trait;
use kagi_domain::{
    access::{Owner, System},
    ids::{SessionId, UserId},
    model::user::Session,
    ports::{SessionRepository, StorageError, TokenDigest},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};

use crate::{
    convert,
    row::session::{Column, Entity},
    unit::SeaUnit,
};

#[async_trait]
impl SessionRepository for SeaUnit {
    async fn insert(
        &mut self,
        _: &System,
        session: &Session,
        digest: &TokenDigest,
    ) -> Result<(), StorageError> {
        let row = convert::session_row(session, digest).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        Ok(())
    }

    async fn renew(
        &mut self,
        _: &System,
        id: SessionId,
        digest: &TokenDigest,
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        let change = Entity::update_many()
            .col_expr(Column::TokenDigest, Expr::val(convert::bytes(digest)))
            .col_expr(Column::AuthenticatedAt, Expr::val(at.as_millis()))
            .filter(Column::Id.eq(id.as_uuid()));
        Ok(self.run(async |unit| change.exec(unit).await).await?.rows_affected > 0)
    }

    async fn remove(&mut self, _: &System, id: SessionId) -> Result<bool, StorageError> {
        self.remove_sessions(Condition::all().add(Column::Id.eq(id.as_uuid()))).await
    }

    async fn end(&mut self, owner: &Owner, id: SessionId) -> Result<bool, StorageError> {
        self.remove_sessions(of(owner).add(Column::Id.eq(id.as_uuid()))).await
    }

    async fn end_others(&mut self, owner: &Owner, keep: SessionId) -> Result<(), StorageError> {
        self.remove_sessions(of(owner).add(Column::Id.ne(keep.as_uuid()))).await?;
        Ok(())
    }

    async fn remove_all(&mut self, _: &System, user: UserId) -> Result<(), StorageError> {
        self.remove_sessions(Condition::all().add(Column::UserId.eq(user.as_uuid()))).await?;
        Ok(())
    }

    async fn remove_stale(
        &mut self,
        _: &System,
        began: Timestamp,
        seen: Timestamp,
    ) -> Result<(), StorageError> {
        let stale = Condition::any()
            .add(Column::CreatedAt.lt(began.as_millis()))
            .add(Column::LastSeenAt.lt(seen.as_millis()));
        self.remove_sessions(stale).await?;
        Ok(())
    }
}

impl SeaUnit {
    async fn remove_sessions(&self, which: Condition) -> Result<bool, StorageError> {
        let removal = Entity::delete_many().filter(which);
        Ok(self.run(async |unit| removal.exec(unit).await).await?.rows_affected > 0)
    }
}

fn of(owner: &Owner) -> Condition {
    Condition::all().add(Column::UserId.eq(owner.user().as_uuid()))
}
