//! Look-ups before a person is known.

use std::collections::HashMap;

use async_trait::async_trait;
use kagi_domain::{
    access::System,
    model::user::Account,
    ports::{Directory, KeyHolder, SessionHolder, StorageError, TokenDigest},
    text::Email,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QueryResult,
    QueryTrait,
};

use crate::{
    convert,
    error::{classify, corrupt, within},
    pools::Pools,
    row::{access_key, session, user},
    storage::SeaStorage,
    together::{Question, Texts, Told, keys},
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
        static TEXTS: Texts = Texts::new();
        let build = |digests| {
            let query = access_key::Entity::find().filter(access_key::Column::Digest.is_in(digests));
            query.find_also_related(user::Entity).build(pools.backend)
        };
        let digests = keys(questions.iter().map(|question| convert::bytes(&question.0)));
        let statement = TEXTS.statement(pools.backend, digests, build);
        let rows = within(pools.read.query_all_raw(statement)).await?;
        let digests = questions.iter().map(|question| question.0);
        Ok(told(&rows, access_key::Column::Digest, key_holder, digests))
    }
}

fn key_holder(row: &QueryResult) -> Result<KeyHolder, StorageError> {
    let (key, owner) = pair::<access_key::Model, user::Model>(row)?;
    let owner = owner.ok_or_else(|| corrupt("access_keys", "user_id"))?;
    Ok(KeyHolder { access_key: convert::access_key(&key)?, user: convert::user(&owner)? })
}

/// Whose session is this?
pub(crate) struct BySession(pub(crate) TokenDigest);

impl Question for BySession {
    type Found = SessionHolder;

    async fn read(pools: &Pools, questions: &[&Self]) -> Result<Vec<Told<SessionHolder>>, StorageError> {
        static TEXTS: Texts = Texts::new();
        let build = |digests| {
            let query = session::Entity::find().filter(session::Column::TokenDigest.is_in(digests));
            query.find_also_related(user::Entity).build(pools.backend)
        };
        let digests = keys(questions.iter().map(|question| convert::bytes(&question.0)));
        let statement = TEXTS.statement(pools.backend, digests, build);
        let rows = within(pools.read.query_all_raw(statement)).await?;
        let digests = questions.iter().map(|question| question.0);
        Ok(told(&rows, session::Column::TokenDigest, session_holder, digests))
    }
}

fn session_holder(row: &QueryResult) -> Result<SessionHolder, StorageError> {
    let (session, person) = pair::<session::Model, user::Model>(row)?;
    let person = person.ok_or_else(|| corrupt("sessions", "user_id"))?;
    Ok(SessionHolder { session: convert::session(&session)?, user: convert::user(&person)? })
}

/// What SeaORM puts before the columns of the first and of the second table.
const FIRST: &str = "A_";
const SECOND: &str = "B_";

/// A row of two tables, of which the second may have none.
fn pair<A: FromQueryResult, B: FromQueryResult>(row: &QueryResult) -> Result<(A, Option<B>), StorageError> {
    let read = || Ok((A::from_query_result(row, FIRST)?, B::from_query_result_optional(row, SECOND)?));
    read().map_err(|error| classify(&error))
}

/// A damaged row fails whoever asked for it, and nobody else.
fn told<F: Clone>(
    rows: &[QueryResult],
    digest: impl IdenStatic,
    holder: impl Fn(&QueryResult) -> Result<F, StorageError>,
    digests: impl Iterator<Item = TokenDigest>,
) -> Vec<Told<F>> {
    let own = |row: &QueryResult| row.try_get::<Vec<u8>>(FIRST, digest.as_str()).ok();
    let found: HashMap<_, _> = rows.iter().filter_map(|row| Some((own(row)?, holder(row)))).collect();
    digests.map(|digest| found.get(digest.as_bytes().as_slice()).cloned().transpose()).collect()
}
