//! Rows as lists show them, and which of them a list wants.

use kagi_domain::{
    access::Owner,
    model::{
        category::{Category, CategoryListing},
        entry::{Entry, EntryFilter, EntryListing},
    },
    ports::StorageError,
    text::ProjectName,
};

use super::state::State;

impl State {
    pub(super) fn category_listing(&self, owner: &Owner, category: &Category) -> CategoryListing {
        let entries = self.entries_of(owner).filter(|entry| entry.category == category.id);
        CategoryListing { category: category.clone(), entry_count: entries.count() as u64 }
    }

    pub(super) fn entry_listing(&self, owner: &Owner, entry: &Entry) -> Result<EntryListing, StorageError> {
        let category = self.category(owner, entry.category).ok_or(StorageError::Corrupt)?;
        Ok(EntryListing { entry: entry.clone(), category: category.into() })
    }

    pub(super) fn matches(&self, owner: &Owner, entry: &Entry, filter: &EntryFilter) -> bool {
        let in_project = |project: &ProjectName| project.key() == entry.project.key();
        let found = |text: &String| {
            let category = self.category(owner, entry.category);
            let of_category = category.is_some_and(|category| category.entry_search_text().contains(text));
            of_category || entry.search_text().contains(text)
        };
        filter.category.is_none_or(|id| id == entry.category)
            && filter.project.as_ref().is_none_or(in_project)
            && filter.environment.is_none_or(|environment| environment == entry.environment)
            && filter.expires_before.is_none_or(|end| entry.expires_at.is_some_and(|at| at <= end))
            && filter.search.as_ref().is_none_or(found)
    }
}
