//! Access keys.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::AccessKeyId,
    model::access_key::AccessKey,
    ports::{AccessKeyRepository, StorageError, TokenDigest},
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::{
    convert,
    row::access_key::{Column, Entity},
    unit::SeaUnit,
};

#[async_trait]
impl AccessKeyRepository for SeaUnit {
    async fn insert(
        &mut self,
        owner: &Owner,
        key: &AccessKey,
        digest: &TokenDigest,
    ) -> Result<(), StorageError> {
        let row = convert::access_key_row(owner, key, digest).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        Ok(())
    }

    async fn remove(&mut self, owner: &Owner, id: AccessKeyId) -> Result<bool, StorageError> {
        let removal = Entity::delete_many()
            .filter(Column::Id.eq(id.as_uuid()))
            .filter(Column::UserId.eq(owner.user().as_uuid()));
        Ok(self.run(async |unit| removal.exec(unit).await).await?.rows_affected > 0)
    }
}
