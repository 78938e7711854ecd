//! Which identity opens which account.

use async_trait::async_trait;
use kagi_domain::{
    access::{Owner, System},
    ids::UserId,
    model::{
        identity::{Identity, IdentityKey, Issuer},
        user::User,
    },
    ports::{IdentityRepository, StorageError},
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use crate::{
    convert,
    row::{
        identity::{Column, Entity},
        user,
    },
    unit::SeaUnit,
};

#[async_trait]
impl IdentityRepository for SeaUnit {
    async fn holder(&mut self, _: &System, key: &IdentityKey) -> Result<Option<User>, StorageError> {
        let of = Entity::find_by_id((key.issuer.to_string(), key.subject.to_string()));
        let Some(identity) = self.run(async |unit| of.one(unit).await).await? else { return Ok(None) };
        // The person is held first, then the link is looked at again: it may have gone meanwhile.
        let person = user::Entity::find_by_id(identity.user_id).lock_exclusive();
        let person = self.run(async |unit| person.one(unit).await).await?;
        let still = Entity::find_by_id((identity.issuer, identity.subject));
        let still = still.filter(Column::UserId.eq(identity.user_id));
        let still = self.run(async |unit| still.one(unit).await).await?;
        still.and(person).as_ref().map(convert::user).transpose()
    }

    async fn link(&mut self, _: &System, user: UserId, identity: &Identity) -> Result<(), StorageError> {
        let row = convert::identity_row(user, identity).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        Ok(())
    }

    async fn unlink(&mut self, owner: &Owner, issuer: &Issuer) -> Result<bool, StorageError> {
        let removal = Entity::delete_many()
            .filter(Column::UserId.eq(owner.user().as_uuid()))
            .filter(Column::Issuer.eq(issuer.as_str()));
        Ok(self.run(async |unit| removal.exec(unit).await).await?.rows_affected > 0)
    }
}
