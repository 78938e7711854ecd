//! Cells by key and purpose. The cells are not read.

use std::collections::BTreeSet;

use kagi_domain::{
    access::Owner,
    model::encryption::CellCount,
    ports::StorageError,
    seal::{KeyId, Purpose},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};

use super::listed;
use crate::{
    convert::Column,
    error::{corrupt, within},
    storage::SeaStorage,
};

/// What a vault has cells of.
const KEPT: [Purpose; 3] = [Purpose::EntryValue, Purpose::RecoveryCode, Purpose::EnvFile];

impl SeaStorage {
    /// One statement, so that all numbers are of one moment.
    pub(super) async fn count_cells(&self, owner: &Owner) -> Result<Vec<CellCount>, StorageError> {
        let limit = owner.projects().keys();
        let sql = cells(limit.as_ref().map(BTreeSet::len));
        let user = Value::from(owner.user().as_uuid());
        let values = std::iter::once(user).chain(limit.into_iter().flatten().map(Value::from));
        let question = Statement::from_sql_and_values(self.pools.backend, sql, values);
        let rows = within(async {
            let rows = self.pools.read.query_all_raw(question).await?;
            rows.iter().map(row).collect::<Result<Vec<_>, DbErr>>()
        });
        let mut counts = rows.await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        counts.sort();
        Ok(counts)
    }
}

/// Entries are met by their owner's index, their versions by the entry's; the same for codes and files.
pub(super) fn cells(projects: Option<usize>) -> String {
    let within = |column| {
        projects.map_or(String::new(), |projects| format!(" AND {column} IN {}", listed(2, projects)))
    };
    let (entries, named) = (within("e.project_key"), within("p.name_key"));
    let [value, code, file] = KEPT.map(Purpose::label);
    format!(
        "SELECT v.key_id, '{value}', count(*) FROM entries e JOIN entry_versions v ON v.entry_id = e.id \
            WHERE e.user_id = $1{entries} GROUP BY v.key_id \
        UNION ALL \
        SELECT c.key_id, '{code}', count(*) FROM recovery_sets s JOIN recovery_codes c ON c.set_id = s.id \
            WHERE s.user_id = $1 GROUP BY c.key_id \
        UNION ALL \
        SELECT h.key_id, '{file}', count(*) FROM env_projects p JOIN env_files f ON f.project_id = p.id \
            JOIN env_file_versions h ON h.file_id = f.id WHERE p.user_id = $1{named} GROUP BY h.key_id"
    )
}

fn row(row: &QueryResult) -> Result<(String, String, i64), DbErr> {
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
}

fn read((key, label, count): (String, String, i64)) -> Result<CellCount, StorageError> {
    let purpose = KEPT.into_iter().find(|purpose| purpose.label() == label);
    let purpose = purpose.ok_or_else(|| corrupt("cells", "purpose"))?;
    let cells = Column("cells", "key_id").count(count)?;
    Ok(CellCount { key: KeyId::from_stored(key), purpose, cells })
}
