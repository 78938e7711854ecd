//! Reads an entry's current cell with the facts that bind it: the only reader of cells.

use kagi_domain::{
    access::Owner,
    ids::{CategoryId, EntryId, UserId},
    ports::{EntryDisclosure, StorageError},
    seal::{KeyId, Sealed},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, TryGetError};
use uuid::Uuid;

use crate::{convert, convert::Column, error::within, pools::Pools};

/// Entry, current version and category in one statement. The cell is missing where the version is.
const CELL: &str = "SELECT e.user_id, e.category_id, e.project_key, e.version, \
    c.key_type, c.env_var_name, c.field_definitions, v.key_id, v.cell \
    FROM entries e \
    JOIN categories c ON c.id = e.category_id \
    LEFT JOIN entry_versions v ON v.entry_id = e.id AND v.number = e.version \
    WHERE e.id = $1 AND e.user_id = $2";

/// The cell, if the entry is the owner's and within the owner's projects. Whoever calls this hands
/// it out only after its record is durable.
pub(crate) async fn read(
    pools: &Pools,
    owner: &Owner,
    id: EntryId,
) -> Result<Option<EntryDisclosure>, StorageError> {
    let values = [id.as_uuid().into(), owner.user().as_uuid().into()];
    let statement = Statement::from_sql_and_values(pools.backend, CELL, values);
    let row = within(pools.read.query_one_raw(statement)).await?;
    let Some(row) = row else { return Ok(None) };
    let facts = within(async { Facts::read(&row) }).await?;
    let allowed = owner.projects().keys().is_none_or(|keys| keys.contains(&facts.project_key));
    if allowed { facts.into_disclosure(id).map(Some) } else { Ok(None) }
}

struct Facts {
    user: Uuid,
    category: Uuid,
    project_key: String,
    version: i64,
    key_type: String,
    env_var: Option<String>,
    fields: String,
    key_id: Option<String>,
    cell: Option<String>,
}

impl Facts {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        let read = || -> Result<Self, TryGetError> {
            Ok(Self {
                user: row.try_get_by(0)?,
                category: row.try_get_by(1)?,
                project_key: row.try_get_by(2)?,
                version: row.try_get_by(3)?,
                key_type: row.try_get_by(4)?,
                env_var: row.try_get_by(5)?,
                fields: row.try_get_by(6)?,
                key_id: row.try_get_by(7)?,
                cell: row.try_get_by(8)?,
            })
        };
        read().map_err(DbErr::from)
    }

    fn into_disclosure(self, id: EntryId) -> Result<EntryDisclosure, StorageError> {
        let (Some(key_id), Some(cell)) = (self.key_id, self.cell) else {
            return Err(Column("entry_versions", "number").corrupt());
        };
        Ok(EntryDisclosure {
            id,
            owner: UserId::from_uuid(self.user),
            category: CategoryId::from_uuid(self.category),
            shape: convert::shape(&self.key_type, self.env_var.as_deref(), &self.fields)?,
            version: Column("entries", "version").version(self.version)?,
            sealed: Sealed { key_id: KeyId::from_stored(key_id), cell },
        })
    }
}
