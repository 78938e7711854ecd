//! The history of one value.

use std::collections::BTreeMap;

use kagi_domain::{
    access::ActorStamp,
    model::version::{NewVersion, VersionListing},
    paging::{Cursor, Page, PageRequest},
    ports::StorageError,
    seal::Sealed,
    time::Timestamp,
};

/// Versions by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Versions(BTreeMap<u32, VersionRow>);

#[derive(Debug, Clone)]
struct VersionRow {
    sealed: Sealed,
    actor: ActorStamp,
    created_at: Timestamp,
}

impl Versions {
    pub(super) fn first(version: &NewVersion) -> Self {
        Self([(version.number, row(version))].into())
    }

    pub(super) fn add(&mut self, version: &NewVersion, keep: u32) -> Result<(), StorageError> {
        if self.0.contains_key(&version.number) {
            return Err(StorageError::Internal);
        }
        self.0.insert(version.number, row(version));
        while self.0.len() > keep as usize {
            self.0.pop_first();
        }
        Ok(())
    }

    pub(super) fn cell(&self, number: u32) -> Option<Sealed> {
        self.0.get(&number).map(|row| row.sealed.clone())
    }

    /// Whether there is a version newer than this one.
    pub(super) fn has_after(&self, number: u32) -> bool {
        self.0.keys().any(|own| *own > number)
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = (u32, &Sealed)> {
        self.0.iter().map(|(number, row)| (*number, &row.sealed))
    }

    /// Removes a version that is older than the current one.
    pub(super) fn remove_below(&mut self, current: u32, number: u32) -> bool {
        number < current && self.0.remove(&number).is_some()
    }

    pub(super) fn replace(&mut self, number: u32, sealed: Sealed) {
        self.0.get_mut(&number).expect("the version is there").sealed = sealed;
    }

    pub(super) fn page(&self, page: &PageRequest) -> Page<VersionListing> {
        let rows = self.0.iter().rev().filter(|(number, _)| match page.after {
            Some(Cursor::Number(after)) => **number < after,
            _ => true,
        });
        let items = rows.map(|(number, row)| VersionListing {
            number: *number,
            actor: row.actor.clone(),
            created_at: row.created_at,
        });
        Page::cut(items.collect(), page.limit, |row: &VersionListing| Cursor::Number(row.number))
    }
}

fn row(version: &NewVersion) -> VersionRow {
    let NewVersion { sealed, actor, created_at, .. } = version;
    VersionRow { sealed: sealed.clone(), actor: actor.clone(), created_at: *created_at }
}
