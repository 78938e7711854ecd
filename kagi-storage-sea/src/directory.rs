//! Look-ups before a person is known.

use std::collections::HashMap;

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
    pools::Pools,
    row::{access_key, session, user},
    storage::SeaStorage,
    together::{Question, Told, keys},
};

#[async_trait]
impl Directory for SeaStorage {
    async fn access_key(&self, _: &System, digest: &TokenDigest) -> Result<Option<KeyHolder>, StorageError> {
        self.access_keys.ask(ByKey(*digest)).await
    }

    async fn session(&self, _: &System, digest: &TokenDigest) -> Result<Option<SessionHolder>, StorageError> {
        self.sessions.ask(BySession(*digest)).await
    }

    async fn account(&self, _: &System, email: &Email) -> Result<Option<Account>, StorageError> {
        let query = user::Entity::find().filter(user::Column::Email.eq(email.as_str()));
        let row = within(query.one(&self.pools.read)).await?;
        row.map(convert::account).transpose()
    }
}

/// Whose access key is this?
pub(crate) struct ByKey(pub(crate) TokenDigest);

impl Question for ByKey {
    type Found = KeyHolder;

    async fn read(pools: &Pools, questions: &[&Self]) -> Result<Vec<Told<KeyHolder>>, StorageError> {
        let digests = keys(questions.iter().map(|question| convert::bytes(&question.0)));
        let query = access_key::Entity::find()
            .filter(access_key::Column::Digest.is_in(digests))
            .find_also_related(user::Entity);
        let rows = within(query.all(&pools.read)).await?;
        let holders = rows.into_iter().map(|(key, owner)| (key.digest.clone(), key_holder(&key, owner)));
        Ok(told(&holders.collect(), questions.iter().map(|question| question.0)))
    }
}

fn key_holder(key: &access_key::Model, owner: Option<user::Model>) -> Result<KeyHolder, StorageError> {
    let owner = owner.ok_or_else(|| corrupt("access_keys", "user_id"))?;
    Ok(KeyHolder { access_key: convert::access_key(key)?, user: convert::user(&owner)? })
}

/// Whose session is this?
pub(crate) struct BySession(pub(crate) TokenDigest);

impl Question for BySession {
    type Found = SessionHolder;

    async fn read(pools: &Pools, questions: &[&Self]) -> Result<Vec<Told<SessionHolder>>, StorageError> {
        let digests = keys(questions.iter().map(|question| convert::bytes(&question.0)));
        let query = session::Entity::find()
            .filter(session::Column::TokenDigest.is_in(digests))
            .find_also_related(user::Entity);
        let rows = within(query.all(&pools.read)).await?;
        let holders = rows
            .into_iter()
            .map(|(session, who)| (session.token_digest.clone(), session_holder(&session, who)));
        Ok(told(&holders.collect(), questions.iter().map(|question| question.0)))
    }
}

fn session_holder(
    session: &session::Model,
    person: Option<user::Model>,
) -> Result<SessionHolder, StorageError> {
    let person = person.ok_or_else(|| corrupt("sessions", "user_id"))?;
    Ok(SessionHolder { session: convert::session(session)?, user: convert::user(&person)? })
}

/// A damaged row fails whoever asked for it, and nobody else.
fn told<F: Clone>(
    found: &HashMap<Vec<u8>, Result<F, StorageError>>,
    digests: impl Iterator<Item = TokenDigest>,
) -> Vec<Told<F>> {
    digests.map(|digest| found.get(digest.as_bytes().as_slice()).cloned().transpose()).collect()
}
