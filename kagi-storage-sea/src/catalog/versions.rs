//! The versions of a value. The cells are not read.

use kagi_domain::{
    access::Owner,
    ids::EntryId,
    model::{env_project::EnvFilePlace, version::VersionListing},
    paging::{Cursor, Page, PageRequest},
    ports::StorageError,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, QueryFilter, QueryResult,
    QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use super::probe;
use crate::{
    convert,
    error::within,
    history::{History, OF_ENTRIES, OF_ENV_FILES},
    repo::{env_file_at, reach},
    row::{entry, env_file},
    storage::SeaStorage,
};

impl SeaStorage {
    pub(super) async fn entry_version_page(
        &self,
        owner: &Owner,
        id: EntryId,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError> {
        self.version_page(OF_ENTRIES, entry_ids(owner, id), page).await
    }

    pub(super) async fn env_file_version_page(
        &self,
        owner: &Owner,
        place: EnvFilePlace,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError> {
        self.version_page(OF_ENV_FILES, env_file_ids(owner, place), page).await
    }

    async fn version_page(
        &self,
        history: History,
        of: SelectStatement,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError> {
        let query = versions(history, of, page);
        let rows = within(async {
            let rows = self.pools.read.query_all(&query).await?;
            rows.iter().map(saved).collect::<Result<Vec<_>, DbErr>>()
        });
        let rows = rows.await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let listing = |version| convert::version_listing(history.table, version);
        let items = rows.into_iter().flatten().map(listing).collect::<Result<Vec<_>, _>>()?;
        Ok(Some(Page::cut(items, page.limit, |version| Cursor::Number(version.number))))
    }
}

pub(super) fn entry_ids(owner: &Owner, id: EntryId) -> SelectStatement {
    use entry::{Column, Entity};
    let near = reach(owner).add(Column::Id.eq(id.as_uuid()));
    Entity::find().select_only().column(Column::Id).filter(near).into_query()
}

pub(super) fn env_file_ids(owner: &Owner, place: EnvFilePlace) -> SelectStatement {
    use env_file::{Column, Entity};
    Entity::find().select_only().column(Column::Id).filter(env_file_at(owner, place)).into_query()
}

/// The versions on a page beside what they are versions of. Without any there is one row without a
/// version, so that one statement tells that from what is not within reach.
pub(super) fn versions(history: History, of: SelectStatement, page: &PageRequest) -> SelectStatement {
    let column = |name: &'static str| Expr::col(("v", name));
    let mut theirs = Condition::all().add(column(history.of).eq(Expr::col(("p", "id"))));
    if let Some(Cursor::Number(after)) = page.after {
        theirs = theirs.add(column("number").lt(i64::from(after)));
    }
    let mut query = Query::select();
    for name in ["number", "actor_kind", "actor_id", "actor_name", "created_at"] {
        query.expr(column(name));
    }
    query
        .from_subquery(of, "p")
        .join_as(sea_orm::JoinType::LeftJoin, history.table, "v", theirs)
        .order_by(("v", "number"), Order::Desc)
        .limit(probe(page))
        .to_owned()
}

fn saved(row: &QueryResult) -> Result<Option<convert::SavedVersion>, DbErr> {
    let Some(number) = row.try_get_by_index(0)? else { return Ok(None) };
    let (kind, id) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    Ok(Some((number, kind, id, row.try_get_by_index(3)?, row.try_get_by_index(4)?)))
}
