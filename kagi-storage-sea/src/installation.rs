//! Facts of the installation as a whole.

use async_trait::async_trait;
use kagi_domain::{
    access::System,
    ports::{Installation, StorageError},
    seal::{KeyId, Sealed},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement};

use crate::{convert::Column, error::within, storage::SeaStorage};

const KEY_CHECK: &str = "SELECT key_id, cell FROM installation WHERE id = 1 AND cell IS NOT NULL";
/// Writes the one row, or the one fact in it, unless it is there.
const KEEP: &str = "INSERT INTO installation (id, key_id, cell) VALUES (1, $1, $2) ON CONFLICT (id) \
                    DO UPDATE SET key_id = $1, cell = $2 WHERE installation.cell IS NULL";
/// Every table that holds cells.
const CELLS: &str = "SELECT key_id, CAST(sum(cells) AS BIGINT) FROM ( \
    SELECT key_id, count(*) AS cells FROM entry_versions GROUP BY key_id \
    UNION ALL SELECT key_id, count(*) FROM recovery_codes GROUP BY key_id \
    UNION ALL SELECT key_id, count(*) FROM env_file_versions GROUP BY key_id) AS counted \
    GROUP BY key_id ORDER BY key_id";
const SET_UP: &str = "SELECT id FROM installation WHERE id = 1 AND set_up_at IS NOT NULL";

#[async_trait]
impl Installation for SeaStorage {
    async fn key_check(&self, _: &System) -> Result<Option<Sealed>, StorageError> {
        let question = Statement::from_string(self.pools.backend, KEY_CHECK);
        within(async { self.pools.read.query_one_raw(question).await?.as_ref().map(cell).transpose() }).await
    }

    async fn keep_key_check(&self, proof: &System, cell: &Sealed) -> Result<Sealed, StorageError> {
        let values = [cell.key_id.as_str().into(), cell.cell.as_str().into()];
        let keep = Statement::from_sql_and_values(self.pools.backend, KEEP, values);
        within(self.pools.write.execute_raw(keep)).await?;
        self.key_check(proof).await?.ok_or(StorageError::Internal)
    }

    async fn cells_by_key(&self, _: &System) -> Result<Vec<(KeyId, u64)>, StorageError> {
        let question = Statement::from_string(self.pools.backend, CELLS);
        let counts = within(async {
            let rows = self.pools.read.query_all_raw(question).await?;
            rows.iter().map(count).collect::<Result<Vec<_>, _>>()
        });
        let checked = |(key, cells)| Ok((key, Column("cells", "key_id").count(cells)?));
        counts.await?.into_iter().map(checked).collect()
    }

    async fn is_set_up(&self, _: &System) -> Result<bool, StorageError> {
        let question = Statement::from_string(self.pools.backend, SET_UP);
        Ok(within(self.pools.read.query_one_raw(question)).await?.is_some())
    }
}

fn cell(row: &QueryResult) -> Result<Sealed, DbErr> {
    Ok(Sealed { key_id: KeyId::from_stored(row.try_get_by_index(0)?), cell: row.try_get_by_index(1)? })
}

fn count(row: &QueryResult) -> Result<(KeyId, i64), DbErr> {
    Ok((KeyId::from_stored(row.try_get_by_index(0)?), row.try_get_by_index(1)?))
}
