//! Lists and details.

use std::iter;

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    audit::{AuditEvent, AuditFilter},
    ids::{CategoryId, EntryId, EnvFileId, EnvProjectId, RecoverySetId},
    model::{
        access_key::AccessKey,
        category::{CategoryFilter, CategoryListing},
        encryption::CellCount,
        entry::{Entry, EntryFilter, EntryListing},
        env_project::{EnvFilePlace, EnvProjectListing},
        identity::{Identity, Issuer},
        overview::Totals,
        recovery_set::RecoverySet,
        user::{Profile, Session, User},
        version::VersionListing,
    },
    paging::{Cursor, Page, PageLimit, PageRequest},
    ports::{Catalog, StorageError},
    text::ProjectName,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    convert::{self, Column},
    error::within,
    repo::reach,
    row::{access_key, entry, identity, session, shown, user},
    storage::SeaStorage,
};

mod by_id;
mod categories;
mod cells;
mod env_projects;
mod events;
mod overview;
#[cfg(test)]
mod plans;
mod projects;
mod recovery_sets;
mod search;
mod versions;

pub(crate) use by_id::ById;
mod walks;

#[async_trait]
impl Catalog for SeaStorage {
    async fn categories(
        &self,
        owner: &Owner,
        filter: &CategoryFilter,
        page: &PageRequest,
    ) -> Result<Page<CategoryListing>, StorageError> {
        self.category_page(owner, filter, page).await
    }

    async fn category(&self, owner: &Owner, id: CategoryId) -> Result<Option<CategoryListing>, StorageError> {
        self.category_listing(owner, id).await
    }

    async fn entries(
        &self,
        owner: &Owner,
        filter: &EntryFilter,
        page: &PageRequest,
    ) -> Result<Page<EntryListing>, StorageError> {
        use entry::Column;
        let mut query = shown::listed().filter(reach(owner));
        if let Some(category) = filter.category {
            query = query.filter(Column::CategoryId.eq(category.as_uuid()));
        }
        if let Some(project) = &filter.project {
            query = query.filter(Column::ProjectKey.eq(project.key()));
        }
        if let Some(environment) = filter.environment {
            query = query.filter(Column::Environment.eq(environment.as_str()));
        }
        if let Some(limit) = filter.expires_before {
            query = query.filter(Column::ExpiresAt.lte(limit.as_millis()));
        }
        if let Some(text) = &filter.search {
            query = query.filter(self.entry_search(owner, text));
        }
        if let Some(Cursor::Id(after)) = page.after {
            query = query.filter(Column::Id.lt(after));
        }
        let query = query.order_by_desc(Column::Id).limit(probe(page));
        let searches = filter.search.is_some();
        let rows = self.pools.list(searches, |read| async move { shown::all(query, &read).await }).await?;
        Ok(Page::read(rows, page.limit, |row| Cursor::Id(row.entry.id), convert::listing))
    }

    async fn entry(&self, owner: &Owner, id: EntryId) -> Result<Option<EntryListing>, StorageError> {
        self.listings.ask(ById::new(owner, id)).await
    }

    async fn versions(
        &self,
        owner: &Owner,
        id: EntryId,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError> {
        self.entry_version_page(owner, id, page).await
    }

    async fn project_names(&self, owner: &Owner) -> Result<Vec<ProjectName>, StorageError> {
        self.projects(owner).await
    }

    async fn env_projects(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<EnvProjectListing>, StorageError> {
        self.env_project_page(owner, search, page).await
    }

    async fn env_project(
        &self,
        owner: &Owner,
        id: EnvProjectId,
    ) -> Result<Option<EnvProjectListing>, StorageError> {
        self.env_project_listing(owner, id).await
    }

    async fn env_project_with(
        &self,
        owner: &Owner,
        file: EnvFileId,
    ) -> Result<Option<EnvProjectListing>, StorageError> {
        self.env_project_listing_with(owner, file).await
    }

    async fn env_file_versions(
        &self,
        owner: &Owner,
        place: EnvFilePlace,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError> {
        self.env_file_version_page(owner, place, page).await
    }

    async fn recovery_sets(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<RecoverySet>, StorageError> {
        self.recovery_set_page(owner, search, page).await
    }

    async fn low_recovery_sets(
        &self,
        owner: &Owner,
        left: u8,
        limit: PageLimit,
    ) -> Result<Vec<RecoverySet>, StorageError> {
        self.sets_that_run_low(owner, left, limit).await
    }

    async fn recovery_set(
        &self,
        owner: &Owner,
        id: RecoverySetId,
    ) -> Result<Option<RecoverySet>, StorageError> {
        self.recovery_set_listing(owner, id).await
    }

    async fn access_keys(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<AccessKey>, StorageError> {
        use access_key::Column;
        let mut query = access_key::Entity::find().filter(Column::UserId.eq(owner.user().as_uuid()));
        if let Some(text) = search {
            query = query.filter(self.holds(Expr::col(Column::SearchText), text));
        }
        if let Some(Cursor::Id(after)) = page.after {
            query = query.filter(Column::Id.lt(after));
        }
        let query = query.order_by_desc(Column::Id).limit(probe(page));
        let searches = search.is_some();
        let rows = self.pools.list(searches, |read| async move { query.all(&read).await }).await?;
        let items = rows.iter().map(convert::access_key).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(items, page.limit, |key| Cursor::Id(key.id.as_uuid())))
    }

    async fn user(&self, owner: &Owner) -> Result<Option<User>, StorageError> {
        let query = user::Entity::find_by_id(owner.user().as_uuid());
        let row = within(query.one(&self.pools.read)).await?;
        row.as_ref().map(convert::user).transpose()
    }

    async fn profile(&self, owner: &Owner) -> Result<Option<Profile>, StorageError> {
        let query = user::Entity::find_by_id(owner.user().as_uuid());
        let row = within(query.one(&self.pools.read)).await?;
        row.as_ref().map(convert::profile).transpose()
    }

    async fn identity(&self, owner: &Owner, issuer: &Issuer) -> Result<Option<Identity>, StorageError> {
        let query = identity::Entity::find()
            .filter(identity::Column::UserId.eq(owner.user().as_uuid()))
            .filter(identity::Column::Issuer.eq(issuer.as_str()));
        let row = within(query.one(&self.pools.read)).await?;
        row.as_ref().map(convert::identity).transpose()
    }

    async fn sessions(
        &self,
        owner: &Owner,
        began: Timestamp,
        seen: Timestamp,
        page: &PageRequest,
    ) -> Result<Page<Session>, StorageError> {
        use session::Column;
        let mut query = session::Entity::find()
            .filter(Column::UserId.eq(owner.user().as_uuid()))
            .filter(Column::CreatedAt.gt(began.as_millis()))
            .filter(Column::LastSeenAt.gt(seen.as_millis()));
        if let Some(Cursor::Id(after)) = page.after {
            query = query.filter(Column::Id.lt(after));
        }
        let query = query.order_by_desc(Column::Id).limit(probe(page));
        let rows = within(query.all(&self.pools.read)).await?;
        let items = rows.iter().map(convert::session).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(items, page.limit, |session| Cursor::Id(session.id.as_uuid())))
    }

    async fn totals(&self, owner: &Owner) -> Result<Totals, StorageError> {
        self.count_all(owner).await
    }

    async fn cells(&self, owner: &Owner) -> Result<Vec<CellCount>, StorageError> {
        self.count_cells(owner).await
    }

    async fn expiring(
        &self,
        owner: &Owner,
        until: Timestamp,
        limit: PageLimit,
    ) -> Result<Vec<EntryListing>, StorageError> {
        self.expiring_until(owner, until, limit).await
    }

    async fn categories_by_id(
        &self,
        owner: &Owner,
        page: &PageRequest,
    ) -> Result<Page<CategoryListing>, StorageError> {
        self.category_walk(owner, page).await
    }

    async fn entries_by_category(
        &self,
        owner: &Owner,
        after: Option<(CategoryId, EntryId)>,
        limit: PageLimit,
    ) -> Result<Vec<Entry>, StorageError> {
        self.entry_walk(owner, after, limit).await
    }

    async fn audit_events(
        &self,
        owner: &Owner,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEvent>, StorageError> {
        self.event_page(owner, filter, page).await
    }
}

fn column<E: EntityTrait>(table: E, column: E::Column) -> SimpleExpr {
    Expr::col((table, column))
}

/// One row more than the page holds, to see whether there is a next.
fn probe(page: &PageRequest) -> u64 {
    u64::from(page.limit.rows()) + 1
}

/// How many of a category's entries are within reach.
fn count(number: i64) -> Result<u64, StorageError> {
    Column("categories", "entry_count").count(number)
}

/// So many parameters from a number on, as a list of which any or none may be meant: `(NULL, $2, $3)`.
fn listed(first: usize, count: usize) -> String {
    let parameters = (first..first + count).map(|number| format!("${number}"));
    format!("({})", iter::once("NULL".to_owned()).chain(parameters).collect::<Vec<_>>().join(", "))
}
