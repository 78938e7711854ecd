//! The end of a whole vault.

use kagi_domain::{access::Owner, ports::StorageError};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::unit::SeaUnit;

/// Everything that is in a vault, table by table, in the order in which everybody takes rows:
/// categories are held before what is in them goes, recovery sets and env projects likewise, so that nobody
/// puts anything into one meanwhile. Rows that hang from others go before them: foreign keys would find them one by
/// one, which takes SQLite many times as long.
const VAULT: [&str; 11] = [
    "UPDATE categories SET revision = revision WHERE user_id = $1",
    "DELETE FROM entry_versions WHERE entry_id IN (SELECT id FROM entries WHERE user_id = $1)",
    "DELETE FROM entries WHERE user_id = $1",
    "DELETE FROM categories WHERE user_id = $1",
    "UPDATE recovery_sets SET revision = revision WHERE user_id = $1",
    "DELETE FROM recovery_codes WHERE set_id IN (SELECT id FROM recovery_sets WHERE user_id = $1)",
    "DELETE FROM recovery_sets WHERE user_id = $1",
    "UPDATE env_projects SET revision = revision WHERE user_id = $1",
    "DELETE FROM env_file_versions WHERE file_id IN (SELECT f.id FROM env_projects p \
        JOIN env_files f ON f.project_id = p.id WHERE p.user_id = $1)",
    "DELETE FROM env_files WHERE project_id IN (SELECT id FROM env_projects WHERE user_id = $1)",
    "DELETE FROM env_projects WHERE user_id = $1",
];

/// PostgreSQL's own limit, a little above [`SeaUnit::run_long`]'s, for the rest of the transaction.
const TAKE_TIME: &str = "SET LOCAL statement_timeout = 61000";

impl SeaUnit {
    /// Removes all that a person keeps. Takes long where that is much.
    pub(super) async fn empty_vault(&self, owner: &Owner) -> Result<(), StorageError> {
        let backend = self.transaction.get_database_backend();
        if backend == DbBackend::Postgres {
            self.run(async |unit| unit.execute_unprepared(TAKE_TIME).await).await?;
        }
        for sql in VAULT {
            let statement = Statement::from_sql_and_values(backend, sql, [owner.user().as_uuid().into()]);
            self.run_long(async |unit| unit.execute_raw(statement).await).await?;
        }
        Ok(())
    }
}
