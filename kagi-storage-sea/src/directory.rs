//! Look-ups before a person is known.

use async_trait::async_trait;
use kagi_domain::{
    access::System,
    model::user::Account,
    ports::{Directory, KeyHolder, SessionHolder, StorageError, TokenDigest},
    text::Email,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    convert,
    error::{corrupt, within},
    row::{access_key, session, user},
    storage::SeaStorage,
};

#[async_trait]
impl Directory for SeaStorage {
    async fn access_key(&self, _: &System, digest: &TokenDigest) -> Result<Option<KeyHolder>, StorageError> {
        let query = access_key::Entity::find()
            .filter(access_key::Column::Digest.eq(convert::bytes(digest)))
            .find_also_related(user::Entity);
        let Some((key, owner)) = within(query.one(&self.pools.read)).await? else { return Ok(None) };
        let owner = owner.ok_or_else(|| corrupt("access_keys", "user_id"))?;
        Ok(Some(KeyHolder { access_key: convert::access_key(&key)?, user: convert::user(&owner)? }))
    }

    async fn session(&self, _: &System, digest: &TokenDigest) -> Result<Option<SessionHolder>, StorageError> {
        let query = session::Entity::find()
            .filter(session::Column::TokenDigest.eq(convert::bytes(digest)))
            .find_also_related(user::Entity);
        let Some((session, person)) = within(query.one(&self.pools.read)).await? else { return Ok(None) };
        let person = person.ok_or_else(|| corrupt("sessions", "user_id"))?;
        Ok(Some(SessionHolder { session: convert::session(&session)?, user: convert::user(&person)? }))
    }

    async fn account(&self, _: &System, email: &Email) -> Result<Option<Account>, StorageError> {
        let query = user::Entity::find().filter(user::Column::Email.eq(email.as_str()));
        let row = within(query.one(&self.pools.read)).await?;
        row.map(convert::account).transpose()
    }
}
