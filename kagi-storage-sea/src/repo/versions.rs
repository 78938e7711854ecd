//! The versions of entries' values and of env files' contents. What is within reach is given as a query
//! for ids, so that it is judged in the statement that reads or deletes.

use kagi_domain::{
    model::version::NewVersion,
    ports::StorageError,
    seal::{KeyId, Sealed},
};
use sea_orm::{
    ConnectionTrait, DbErr, Statement, Value,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{history::History, unit::SeaUnit};

impl SeaUnit {
    pub(super) async fn insert_version(
        &self,
        history: History,
        of: Uuid,
        version: &NewVersion,
    ) -> Result<(), StorageError> {
        let History { table, of: column } = history;
        let sql = format!(
            "INSERT INTO {table} ({column}, number, key_id, cell, actor_kind, actor_id, actor_name, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        );
        let NewVersion { number, sealed, actor, created_at } = version;
        let values: [Value; 8] = [
            of.into(),
            i64::from(*number).into(),
            sealed.key_id.as_str().into(),
            sealed.cell.as_str().into(),
            actor.kind.as_str().into(),
            actor.id.into(),
            actor.name.as_str().into(),
            created_at.as_millis().into(),
        ];
        self.change(sql, values).await
    }

    /// Keeps the newest versions; at least one.
    pub(super) async fn forget_versions(
        &self,
        history: History,
        of: Uuid,
        keep: u32,
    ) -> Result<(), StorageError> {
        let History { table, of: column } = history;
        let sql = format!(
            "DELETE FROM {table} WHERE {column} = $1 AND number <= \
             (SELECT number FROM {table} WHERE {column} = $1 ORDER BY number DESC LIMIT 1 OFFSET $2)"
        );
        self.change(sql, [of.into(), i64::from(Ord::max(keep, 1)).into()]).await
    }

    async fn change(&self, sql: String, values: impl IntoIterator<Item = Value>) -> Result<(), StorageError> {
        let statement = Statement::from_sql_and_values(self.transaction.get_database_backend(), sql, values);
        self.run(async |unit| unit.execute_raw(statement).await).await?;
        Ok(())
    }

    pub(super) async fn version_cell(
        &self,
        history: History,
        within: SelectStatement,
        number: u32,
    ) -> Result<Option<Sealed>, StorageError> {
        let query = Query::select()
            .columns(["key_id", "cell"])
            .from(history.table)
            .and_where(Expr::col(history.of).in_subquery(within))
            .and_where(Expr::col("number").eq(i64::from(number)))
            .to_owned();
        self.run(async |unit| {
            let Some(row) = unit.query_one(&query).await? else { return Ok(None) };
            let key_id = KeyId::from_stored(row.try_get_by_index(0)?);
            Ok::<_, DbErr>(Some(Sealed { key_id, cell: row.try_get_by_index(1)? }))
        })
        .await
    }

    /// `beyond_it` gives what is within reach and has a current version beyond the number. A current
    /// version only ever grows, so what is below it when the statement runs is not the current one,
    /// whoever saves at the same time.
    pub(super) async fn delete_version(
        &self,
        history: History,
        beyond_it: SelectStatement,
        number: u32,
    ) -> Result<bool, StorageError> {
        let removal = Query::delete()
            .from_table(history.table)
            .and_where(Expr::col(history.of).in_subquery(beyond_it))
            .and_where(Expr::col("number").eq(i64::from(number)))
            .to_owned();
        Ok(self.run(async |unit| unit.execute(&removal).await).await?.rows_affected() > 0)
    }
}
