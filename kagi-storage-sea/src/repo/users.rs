//! People.

use async_trait::async_trait;
use kagi_domain::{
    access::{Owner, System},
    ids::UserId,
    model::user::{Account, PasswordHash, User},
    ports::{StorageError, UserRepository},
    text::{Email, Title},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Statement, Value, sea_query::Expr,
};

use super::met;
use crate::{
    convert,
    row::user::{Column, Entity},
    unit::SeaUnit,
};

/// Writes the one row, or the one fact in it, unless it is there. A parallel claim waits for this
/// one to end and then sees what it left.
const CLAIM: &str = "INSERT INTO installation (id, set_up_at) VALUES (1, $1) ON CONFLICT (id) \
                     DO UPDATE SET set_up_at = $1 WHERE installation.set_up_at IS NULL";

#[async_trait]
impl UserRepository for SeaUnit {
    async fn find(&mut self, _: &System, email: &Email) -> Result<Option<Account>, StorageError> {
        // SQLite has one writer at a time and needs no lock, and its dialect leaves it out.
        let query = Entity::find().filter(Column::Email.eq(email.as_str())).lock_exclusive();
        let row = self.run(async |unit| query.one(unit).await).await?;
        row.map(convert::account).transpose()
    }

    async fn insert(
        &mut self,
        _: &System,
        user: &User,
        password: Option<&PasswordHash>,
    ) -> Result<(), StorageError> {
        let row = convert::user_row(user, password).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        Ok(())
    }

    async fn claim_set_up(&mut self, _: &System, at: Timestamp) -> Result<bool, StorageError> {
        let backend = self.transaction.get_database_backend();
        let claim = Statement::from_sql_and_values(backend, CLAIM, [at.as_millis().into()]);
        Ok(self.run(async |unit| unit.execute_raw(claim).await).await?.rows_affected() > 0)
    }

    async fn set_password(
        &mut self,
        _: &System,
        id: UserId,
        password: &PasswordHash,
    ) -> Result<(), StorageError> {
        met(self.change_user(id, Column::PasswordHash, password.as_str().into()).await?)
    }

    async fn disable(&mut self, _: &System, id: UserId, at: Timestamp) -> Result<(), StorageError> {
        met(self.change_user(id, Column::DisabledAt, at.as_millis().into()).await?)
    }

    async fn rename(&mut self, owner: &Owner, name: Option<&Title>) -> Result<(), StorageError> {
        met(self.change_user(owner.user(), Column::Name, name.map(Title::to_string).into()).await?)
    }

    async fn wipe(&mut self, owner: &Owner) -> Result<(), StorageError> {
        self.empty_vault(owner).await
    }

    async fn remove(&mut self, owner: &Owner) -> Result<bool, StorageError> {
        // The vault before the person, as whoever makes an entry takes their rows: so nobody waits in
        // a ring. Sessions and access keys go by their foreign keys.
        self.empty_vault(owner).await?;
        let removal = Entity::delete_by_id(owner.user().as_uuid());
        Ok(self.run_long(async |unit| removal.exec(unit).await).await?.rows_affected > 0)
    }
}

impl SeaUnit {
    async fn change_user(&self, id: UserId, column: Column, value: Value) -> Result<u64, StorageError> {
        let change = Entity::update_many()
            .col_expr(column, Expr::val(value))
            .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
            .filter(Column::Id.eq(id.as_uuid()));
        Ok(self.run(async |unit| change.exec(unit).await).await?.rows_affected)
    }
}
