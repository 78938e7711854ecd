//! Totals, and what expires.

use std::collections::BTreeSet;

use kagi_domain::{
    access::Owner,
    model::{
        category::KeyType,
        entry::{EntryListing, Environment},
        overview::Totals,
    },
    paging::PageLimit,
    ports::StorageError,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, Statement, Value,
};

use super::listed;
use crate::{
    convert,
    error::{classify, within},
    repo::reach,
    row::{entry::Column, shown},
    storage::SeaStorage,
};

impl SeaStorage {
    /// One statement, so that all numbers are of one moment.
    pub(super) async fn count_all(&self, owner: &Owner) -> Result<Totals, StorageError> {
        let limit = owner.projects().keys();
        let sql = totals(limit.as_ref().map(BTreeSet::len));
        let user = Value::from(owner.user().as_uuid());
        let values = std::iter::once(user).chain(limit.into_iter().flatten().map(Value::from));
        let question = Statement::from_sql_and_values(self.pools.backend, sql, values);
        let row = within(self.pools.read.query_one_raw(question)).await?;
        row.as_ref().map_or(Ok(Totals::default()), read)
    }

    pub(super) async fn expiring_until(
        &self,
        owner: &Owner,
        until: Timestamp,
        limit: PageLimit,
    ) -> Result<Vec<EntryListing>, StorageError> {
        let query = shown::listed()
            .filter(reach(owner).add(Column::ExpiresAt.lte(until.as_millis())))
            .order_by_asc(Column::ExpiresAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(limit.rows()));
        let rows = within(shown::all(query, &self.pools.read)).await?;
        Ok(rows.iter().filter_map(|row| convert::listing(row).ok()).collect())
    }
}

/// The columns in the order in which [`read`] takes them. Without a limit each environment is a range
/// of `entries_by_environment` that is counted in the index. With one the entries of the projects are
/// met once; a condition or a group by environment would lead SQLite past the index of projects.
pub(super) fn totals(projects: Option<usize>) -> String {
    let mut columns: Vec<_> = KeyType::ALL
        .iter()
        .map(|kind| {
            format!("(SELECT count(*) FROM categories WHERE user_id = $1 AND key_type = '{}')", kind.as_str())
        })
        .collect();
    columns.push("(SELECT count(*) FROM recovery_sets WHERE user_id = $1)".to_owned());
    let environments = Environment::ALL.iter().map(|environment| environment.as_str());
    let within = projects.map(|projects| listed(2, projects));
    let named = within.as_ref().map_or(String::new(), |keys| format!(" AND name_key IN {keys}"));
    columns.push(format!("(SELECT count(*) FROM env_projects WHERE user_id = $1{named})"));
    columns.push(format!(
        "(SELECT count(*) FROM env_projects p JOIN env_files f ON f.project_id = p.id WHERE user_id = $1{named})"
    ));
    let Some(within) = within else {
        columns.extend(environments.map(|name| {
            format!("(SELECT count(*) FROM entries WHERE user_id = $1 AND environment = '{name}')")
        }));
        return format!("SELECT {}", columns.join(", "));
    };
    columns.extend(environments.map(|name| format!("count(*) FILTER (WHERE environment = '{name}')")));
    format!("SELECT {} FROM entries WHERE user_id = $1 AND project_key IN {within}", columns.join(", "))
}

fn read(row: &QueryResult) -> Result<Totals, StorageError> {
    let mut totals = Totals::default();
    let mut column = 0;
    let mut next = |table| {
        let number: i64 = row.try_get_by_index(column).map_err(|error| classify(&error))?;
        column += 1;
        convert::Column(table, "count").count(number)
    };
    for kind in KeyType::ALL {
        totals.categories.add(kind, next("categories")?);
    }
    totals.recovery_sets = next("recovery_sets")?;
    totals.env_projects = next("env_projects")?;
    totals.env_files = next("env_files")?;
    for environment in Environment::ALL {
        totals.entries.add(environment, next("entries")?);
    }
    Ok(totals)
}
