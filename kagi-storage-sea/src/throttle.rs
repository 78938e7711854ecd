//! Counts of sign-in attempts.

use async_trait::async_trait;
use kagi_domain::{
    access::System,
    ports::{Bucket, StorageError, Throttle},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, Value};

use crate::{
    convert::{self, Column},
    error::within,
    pools::Pools,
    storage::SeaStorage,
};

/// Takes the bucket's row, and its lock until the commit: parallel strikes queue here.
const TAKE: &str = "INSERT INTO throttle_buckets (digest, touched_at) VALUES ($1, $2) \
                    ON CONFLICT (digest) DO UPDATE SET touched_at = $2";
const FORGET: &str = "DELETE FROM throttle_strikes WHERE bucket = $1 AND struck_at <= $2";
const STRIKE: &str = "INSERT INTO throttle_strikes (bucket, struck_at, strikes) VALUES ($1, $2, 1) \
                      ON CONFLICT (bucket, struck_at) DO UPDATE SET strikes = throttle_strikes.strikes + 1";
const COUNT: &str =
    "SELECT CAST(coalesce(sum(strikes), 0) AS BIGINT) FROM throttle_strikes WHERE bucket = $1";
const PARDON: &str =
    "UPDATE throttle_strikes SET strikes = strikes - 1 WHERE bucket = $1 AND struck_at = $2 AND strikes > 0";
/// Rows of no strike would pile up in a bucket that is struck and pardoned all day, and every count
/// reads them all.
const TIDY: &str = "DELETE FROM throttle_strikes WHERE bucket = $1 AND struck_at = $2 AND strikes = 0";
const CLEAR: &str = "DELETE FROM throttle_buckets WHERE digest = $1";
/// Buckets that nobody has touched for a long time, a few at a time and without waiting for any.
const SWEEP: &str = "DELETE FROM throttle_buckets WHERE digest IN \
                     (SELECT digest FROM throttle_buckets WHERE touched_at < $1 ORDER BY touched_at LIMIT 8";
/// How long before a strike's window a bucket must have been left alone to be swept.
const STALE_MILLIS: i64 = 24 * 60 * 60 * 1000;

#[async_trait]
impl Throttle for SeaStorage {
    async fn strike(
        &self,
        _: &System,
        bucket: &Bucket,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<u32, StorageError> {
        let transaction = self.pools.begin().await?;
        let strikes = within(strike(&transaction, bucket, now, since)).await?;
        Pools::commit(transaction).await?;
        u32::try_from(strikes).map_err(|_| Column("throttle_strikes", "strikes").corrupt())
    }

    async fn pardon(&self, _: &System, bucket: &Bucket, at: Timestamp) -> Result<(), StorageError> {
        let strike = || [digest(bucket), at.as_millis().into()];
        self.change(PARDON, strike()).await?;
        self.change(TIDY, strike()).await
    }

    async fn clear(&self, _: &System, bucket: &Bucket) -> Result<(), StorageError> {
        self.change(CLEAR, [digest(bucket)]).await
    }
}

impl SeaStorage {
    /// One statement, which is a transaction by itself.
    async fn change<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<(), StorageError> {
        let statement = Statement::from_sql_and_values(self.pools.backend, sql, values);
        within(self.pools.write.execute_raw(statement)).await?;
        Ok(())
    }
}

async fn strike(
    transaction: &DatabaseTransaction,
    bucket: &Bucket,
    now: Timestamp,
    since: Timestamp,
) -> Result<i64, DbErr> {
    let backend = transaction.get_database_backend();
    let run = async |sql: &str, values: Vec<Value>| {
        transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await
    };
    let (now, since) = (now.as_millis(), since.as_millis());
    run(TAKE, vec![digest(bucket), now.into()]).await?;
    run(FORGET, vec![digest(bucket), since.into()]).await?;
    run(STRIKE, vec![digest(bucket), now.into()]).await?;
    let skip = if backend == DbBackend::Postgres { " FOR UPDATE SKIP LOCKED)" } else { ")" };
    run(&format!("{SWEEP}{skip}"), vec![(since - STALE_MILLIS).into()]).await?;
    let count = Statement::from_sql_and_values(backend, COUNT, [digest(bucket)]);
    transaction.query_one_raw(count).await?.map_or(Ok(0), |row| first(&row))
}

fn first(row: &QueryResult) -> Result<i64, DbErr> {
    row.try_get_by_index(0)
}

fn digest(bucket: &Bucket) -> Value {
    convert::bytes(&bucket.0).into()
}
