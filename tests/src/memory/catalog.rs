//! Lists and details of what is committed.

use std::collections::BTreeMap;

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    audit::{AuditEvent, AuditFilter},
    ids::{CategoryId, EntryId, EnvProjectId, RecoverySetId},
    model::{
        access_key::AccessKey,
        category::{Category, CategoryFilter, CategoryListing},
        encryption::CellCount,
        entry::{Entry, EntryFilter, EntryListing},
        env_project::{EnvFilePlace, EnvProjectListing},
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
use uuid::Uuid;

use super::{MemoryStorage, env_projects::EnvProjectRow, recovery_sets::RecoverySetRow};

/// The row after which a page starts, in lists of newest first.
fn before(page: &PageRequest, id: Uuid) -> bool {
    match &page.after {
        Some(Cursor::Id(after)) => id < *after,
        _ => true,
    }
}

#[async_trait]
impl Catalog for MemoryStorage {
    async fn categories(
        &self,
        owner: &Owner,
        filter: &CategoryFilter,
        page: &PageRequest,
    ) -> Result<Page<CategoryListing>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let found =
            |row: &&Category| filter.search.as_ref().is_none_or(|text| row.search_text().contains(text));
        let mut rows: Vec<_> = state.categories_of(owner).filter(found).collect();
        rows.sort_by_key(|row| row.name.key());
        if let Some(Cursor::Key(after)) = &page.after {
            rows.retain(|row| row.name.key() > *after);
        }
        let items = rows.into_iter().map(|row| state.category_listing(owner, row)).collect();
        Ok(Page::cut(items, page.limit, |row| Cursor::Key(row.category.name.key())))
    }

    async fn category(&self, owner: &Owner, id: CategoryId) -> Result<Option<CategoryListing>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        Ok(state.category(owner, id).map(|category| state.category_listing(owner, category)))
    }

    async fn entries(
        &self,
        owner: &Owner,
        filter: &EntryFilter,
        page: &PageRequest,
    ) -> Result<Page<EntryListing>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let wanted = |entry: &&Entry| before(page, entry.id.as_uuid()) && state.matches(owner, entry, filter);
        let rows = state.entries_of(owner).rev().filter(wanted);
        let items = rows.map(|entry| state.entry_listing(owner, entry)).collect::<Result<_, _>>()?;
        Ok(Page::cut(items, page.limit, |row: &EntryListing| Cursor::Id(row.entry.id.as_uuid())))
    }

    async fn entry(&self, owner: &Owner, id: EntryId) -> Result<Option<EntryListing>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        state.entry(owner, id).map(|row| state.entry_listing(owner, &row.entry)).transpose()
    }

    async fn versions(
        &self,
        owner: &Owner,
        id: EntryId,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        Ok(state.entry(owner, id).map(|row| row.versions.page(page)))
    }

    async fn env_projects(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<EnvProjectListing>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let wanted = |row: &&EnvProjectRow| {
            let found = search.is_none_or(|text| row.project.search_text().contains(text));
            before(page, row.project.id.as_uuid()) && found
        };
        let items = state.env_projects_of(owner).rev().filter(wanted).map(EnvProjectRow::listing).collect();
        Ok(Page::cut(items, page.limit, |row: &EnvProjectListing| Cursor::Id(row.project.id.as_uuid())))
    }

    async fn env_project(
        &self,
        owner: &Owner,
        id: EnvProjectId,
    ) -> Result<Option<EnvProjectListing>, StorageError> {
        self.shared.answers()?;
        Ok(self.shared.state().env_project(owner, id).map(EnvProjectRow::listing))
    }

    async fn env_file_versions(
        &self,
        owner: &Owner,
        place: EnvFilePlace,
        page: &PageRequest,
    ) -> Result<Option<Page<VersionListing>>, StorageError> {
        self.shared.answers()?;
        Ok(self.shared.state().env_file(owner, place).map(|row| row.versions.page(page)))
    }

    async fn project_names(&self, owner: &Owner) -> Result<Vec<ProjectName>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let mut names = BTreeMap::new();
        for entry in state.entries_of(owner) {
            names.entry(entry.project.key()).or_insert_with(|| entry.project.clone());
        }
        Ok(names.into_values().collect())
    }

    async fn recovery_sets(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<RecoverySet>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let wanted = |set: &RecoverySet| {
            before(page, set.id.as_uuid()) && search.is_none_or(|text| set.search_text().contains(text))
        };
        let items = state.recovery_sets_of(owner).rev().map(RecoverySetRow::shown).filter(wanted).collect();
        Ok(Page::cut(items, page.limit, |set: &RecoverySet| Cursor::Id(set.id.as_uuid())))
    }

    async fn low_recovery_sets(
        &self,
        owner: &Owner,
        left: u8,
        limit: PageLimit,
    ) -> Result<Vec<RecoverySet>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let mut sets: Vec<_> = state.recovery_sets_of(owner).map(RecoverySetRow::shown).collect();
        sets.retain(|set| set.remaining() <= usize::from(left));
        sets.sort_by_key(|set| (set.remaining(), set.id));
        sets.truncate(usize::from(limit.rows()));
        Ok(sets)
    }

    async fn recovery_set(
        &self,
        owner: &Owner,
        id: RecoverySetId,
    ) -> Result<Option<RecoverySet>, StorageError> {
        self.shared.answers()?;
        Ok(self.shared.state().recovery_set(owner, id).map(RecoverySetRow::shown))
    }

    async fn access_keys(
        &self,
        owner: &Owner,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<AccessKey>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let rows = state.access_keys.values().rev().filter(|row| row.owner == owner.user());
        let keys = rows.map(|row| &row.access_key).filter(|key| before(page, key.id.as_uuid()));
        let found = keys.filter(|key| search.is_none_or(|text| key.name.key().contains(text)));
        let items = found.map(|key| self.shared.as_used(key)).collect();
        Ok(Page::cut(items, page.limit, |key: &AccessKey| Cursor::Id(key.id.as_uuid())))
    }

    async fn user(&self, owner: &Owner) -> Result<Option<User>, StorageError> {
        self.shared.answers()?;
        Ok(self.shared.state().users.get(&owner.user()).map(|account| account.user.clone()))
    }

    async fn profile(&self, owner: &Owner) -> Result<Option<Profile>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let account = state.users.get(&owner.user());
        Ok(account
            .map(|account| Profile { user: account.user.clone(), has_password: account.password.is_some() }))
    }

    async fn sessions(
        &self,
        owner: &Owner,
        began: Timestamp,
        seen: Timestamp,
        page: &PageRequest,
    ) -> Result<Page<Session>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let own = state.sessions.values().rev().filter(|row| row.session.user == owner.user());
        let sessions = own.map(|row| self.shared.as_seen(&row.session));
        let live = |session: &Session| session.created_at > began && session.last_seen_at > seen;
        let items = sessions.filter(|session| live(session) && before(page, session.id.as_uuid()));
        Ok(Page::cut(items.collect(), page.limit, |session: &Session| Cursor::Id(session.id.as_uuid())))
    }

    async fn totals(&self, owner: &Owner) -> Result<Totals, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let mut totals = Totals::default();
        state.categories_of(owner).for_each(|row| totals.categories.add(row.shape.key_type(), 1));
        state.entries_of(owner).for_each(|entry| totals.entries.add(entry.environment, 1));
        let sets = state.recovery_sets.values().filter(|row| row.owner == owner.user());
        totals.recovery_sets = u64::try_from(sets.count()).unwrap_or(u64::MAX);
        totals.env_projects = state.env_projects_of(owner).count() as u64;
        totals.env_files = state.env_projects_of(owner).map(|row| row.files.len() as u64).sum();
        Ok(totals)
    }

    async fn cells(&self, owner: &Owner) -> Result<Vec<CellCount>, StorageError> {
        self.shared.answers()?;
        Ok(self.shared.state().cells_of(owner))
    }

    async fn expiring(
        &self,
        owner: &Owner,
        until: Timestamp,
        limit: PageLimit,
    ) -> Result<Vec<EntryListing>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let expiry = |entry: &Entry| entry.expires_at.filter(|at| *at <= until);
        let mut rows: Vec<_> = state.entries_of(owner).filter(|entry| expiry(entry).is_some()).collect();
        rows.sort_by_key(|entry| (entry.expires_at, entry.id));
        rows.truncate(usize::from(limit.rows()));
        rows.into_iter().map(|entry| state.entry_listing(owner, entry)).collect()
    }

    async fn categories_by_id(
        &self,
        owner: &Owner,
        page: &PageRequest,
    ) -> Result<Page<CategoryListing>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let wanted = |row: &&Category| !matches!(page.after, Some(Cursor::Id(id)) if row.id.as_uuid() <= id);
        let rows = state.categories_of(owner).filter(wanted);
        let items = rows.map(|row| state.category_listing(owner, row)).collect();
        Ok(Page::cut(items, page.limit, |row| Cursor::Id(row.category.id.as_uuid())))
    }

    async fn entries_by_category(
        &self,
        owner: &Owner,
        after: Option<(CategoryId, EntryId)>,
        limit: PageLimit,
    ) -> Result<Vec<Entry>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let mut rows: Vec<_> =
            state.entries_of(owner).map(|entry| ((entry.category, entry.id), entry)).collect();
        rows.retain(|(key, _)| after.is_none_or(|after| *key > after));
        rows.sort_by_key(|(key, _)| *key);
        Ok(rows.into_iter().map(|(_, entry)| entry.clone()).take(usize::from(limit.rows())).collect())
    }

    async fn audit_events(
        &self,
        owner: &Owner,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEvent>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let wanted = |event: &&AuditEvent| {
            event.owner == Some(owner.user())
                && before(page, event.id.as_uuid())
                && filter.action.is_none_or(|action| event.action == action)
                && filter.since.is_none_or(|since| event.created_at >= since)
                && filter.until.is_none_or(|until| event.created_at < until)
        };
        let mut items: Vec<_> = state.audit.iter().filter(wanted).cloned().collect();
        items.sort_by_key(|event| std::cmp::Reverse(event.id));
        Ok(Page::cut(items, page.limit, |event| Cursor::Id(event.id.as_uuid())))
    }
}
