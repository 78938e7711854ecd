//! The projects that entries name.

use kagi_domain::{access::Owner, ports::StorageError, text::ProjectName};
use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::{
    error::{corrupt, within},
    storage::SeaStorage,
};

/// Steps from one folded name to the next in the index, so that the cost grows with the projects
/// and not with the entries; of each name's spellings it takes the newest entry's.
const PROJECTS: &str = "WITH RECURSIVE steps (project_key) AS ( \
    SELECT min(project_key) FROM entries WHERE user_id = $1 \
    UNION ALL \
    SELECT (SELECT min(e.project_key) FROM entries e WHERE e.user_id = $1 AND e.project_key > s.project_key) \
    FROM steps s WHERE s.project_key IS NOT NULL) \
    SELECT s.project_key, (SELECT e.project_name FROM entries e \
        WHERE e.user_id = $1 AND e.project_key = s.project_key ORDER BY e.id DESC LIMIT 1) \
    FROM steps s WHERE s.project_key IS NOT NULL ORDER BY s.project_key";

impl SeaStorage {
    pub(super) async fn projects(&self, owner: &Owner) -> Result<Vec<ProjectName>, StorageError> {
        let values = [owner.user().as_uuid().into()];
        let question = Statement::from_sql_and_values(self.pools.backend, PROJECTS, values);
        let rows = within(async {
            let rows = self.pools.read.query_all_raw(question).await?;
            let pair = |row: &sea_orm::QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
            rows.iter().map(pair).collect::<Result<Vec<(String, String)>, DbErr>>()
        });
        let limit = owner.projects().keys();
        let allowed = |key: &String| limit.as_ref().is_none_or(|keys| keys.contains(key));
        let named = rows.await?.into_iter().filter(|(key, _)| allowed(key));
        named.map(|(_, name)| name.parse().map_err(|_| corrupt("entries", "project_name"))).collect()
    }
}
