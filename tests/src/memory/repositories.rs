//! The repositories of a unit.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::{AccessKeyId, CategoryId, EntryId},
    model::{Revision, access_key::AccessKey, category::Category, entry::Entry, version::NewVersion},
    ports::{
        AccessKeyRepository, CategoryRepository, CategoryUsage, EntryRepository, StorageError, TokenDigest,
        Unique, VersionHistory,
    },
    seal::Sealed,
};

use super::{
    state::{CategoryRow, EntryRow, KeyRow},
    unit::MemoryUnit,
    versions::Versions,
};

mod people;

impl MemoryUnit {
    fn category_name_is_free(&self, owner: &Owner, category: &Category) -> Result<(), StorageError> {
        let taken = |other: &Category| other.id != category.id && other.name.key() == category.name.key();
        if self.state.categories_of(owner).any(taken) {
            return Err(StorageError::Duplicate(Unique::CategoryName));
        }
        Ok(())
    }

    /// The category's entries compete for a place whether or not they are within reach.
    fn place_is_free(&self, entry: &Entry) -> Result<(), StorageError> {
        // Folding is slow, so it comes last: vaults of tests may be large.
        let (place, key) = ((entry.category, entry.environment), entry.project.key());
        let others = self.state.entries.values().map(|row| &row.entry).filter(|other| other.id != entry.id);
        let mut beside = others.filter(|other| (other.category, other.environment) == place);
        if beside.any(|other| other.project.key() == key) {
            return Err(StorageError::Duplicate(Unique::EntryPlace));
        }
        Ok(())
    }

    fn may_stand_in_its_project(owner: &Owner, entry: &Entry) -> Result<(), StorageError> {
        if owner.projects().allows(&entry.project) { Ok(()) } else { Err(StorageError::Internal) }
    }
}

#[async_trait]
impl CategoryRepository for MemoryUnit {
    async fn find(&mut self, owner: &Owner, id: CategoryId) -> Result<Option<Category>, StorageError> {
        self.shared.answers()?;
        Ok(self.state.category(owner, id).cloned())
    }

    async fn insert(&mut self, owner: &Owner, category: &Category) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.person_is_there(owner.user())?;
        self.category_name_is_free(owner, category)?;
        if self.state.categories.contains_key(&category.id) {
            return Err(StorageError::Internal);
        }
        let row = CategoryRow { owner: owner.user(), category: category.clone() };
        self.state.categories.insert(category.id, row);
        Ok(())
    }

    async fn update(
        &mut self,
        owner: &Owner,
        category: &Category,
        seen: Revision,
    ) -> Result<(), StorageError> {
        self.hold(owner, category.id, seen).await?;
        self.category_name_is_free(owner, category)?;
        let row = self.state.categories.get_mut(&category.id).ok_or(StorageError::Conflict)?;
        row.category = Category { created_at: row.category.created_at, ..category.clone() };
        Ok(())
    }

    async fn hold(&mut self, owner: &Owner, id: CategoryId, seen: Revision) -> Result<(), StorageError> {
        self.shared.answers()?;
        match self.state.category(owner, id) {
            Some(category) if category.revision == seen => Ok(()),
            _ => Err(StorageError::Conflict),
        }
    }

    async fn usage(&mut self, owner: &Owner, id: CategoryId) -> Result<CategoryUsage, StorageError> {
        self.shared.answers()?;
        let mut usage = CategoryUsage::default();
        let rows = self.state.entries.values();
        for row in rows.filter(|row| row.owner == owner.user() && row.entry.category == id) {
            usage.entries += 1;
            usage.out_of_reach += u64::from(!owner.projects().allows(&row.entry.project));
            usage.filled.extend(row.entry.filled.iter().cloned());
        }
        Ok(usage)
    }

    async fn remove(&mut self, owner: &Owner, id: CategoryId) -> Result<bool, StorageError> {
        self.shared.answers()?;
        if self.state.category(owner, id).is_none() {
            return Ok(false);
        }
        self.state.entries.retain(|_, row| row.entry.category != id);
        Ok(self.state.categories.remove(&id).is_some())
    }
}

#[async_trait]
impl EntryRepository for MemoryUnit {
    async fn find(&mut self, owner: &Owner, id: EntryId) -> Result<Option<Entry>, StorageError> {
        self.shared.answers()?;
        Ok(self.state.entry(owner, id).map(|row| row.entry.clone()))
    }

    async fn insert(&mut self, owner: &Owner, entry: &Entry, first: &NewVersion) -> Result<(), StorageError> {
        self.shared.answers()?;
        Self::may_stand_in_its_project(owner, entry)?;
        self.state.category(owner, entry.category).ok_or(StorageError::Conflict)?;
        if self.state.entries.contains_key(&entry.id) {
            return Err(StorageError::Internal);
        }
        self.place_is_free(entry)?;
        let versions = Versions::first(first);
        self.state.entries.insert(entry.id, EntryRow { owner: owner.user(), entry: entry.clone(), versions });
        Ok(())
    }

    async fn update(&mut self, owner: &Owner, entry: &Entry, seen: Revision) -> Result<(), StorageError> {
        self.shared.answers()?;
        Self::may_stand_in_its_project(owner, entry)?;
        let row = self.state.entry(owner, entry.id).ok_or(StorageError::Conflict)?;
        if row.entry.revision != seen {
            return Err(StorageError::Conflict);
        }
        let (category, created_at) = (row.entry.category, row.entry.created_at);
        let entry = Entry { category, created_at, ..entry.clone() };
        self.place_is_free(&entry)?;
        let row = self.state.entry_mut(owner, entry.id).ok_or(StorageError::Conflict)?;
        row.entry = entry;
        Ok(())
    }

    async fn remove(&mut self, owner: &Owner, id: EntryId) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let there = self.state.entry(owner, id).is_some();
        Ok(there && self.state.entries.remove(&id).is_some())
    }
}

#[async_trait]
impl VersionHistory<EntryId> for MemoryUnit {
    async fn add_version(
        &mut self,
        owner: &Owner,
        id: EntryId,
        version: &NewVersion,
        keep: u32,
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.entry_mut(owner, id).ok_or(StorageError::Conflict)?.versions.add(version, keep)
    }

    async fn version(
        &mut self,
        owner: &Owner,
        id: EntryId,
        number: u32,
    ) -> Result<Option<Sealed>, StorageError> {
        self.shared.answers()?;
        Ok(self.state.entry(owner, id).and_then(|row| row.versions.cell(number)))
    }

    async fn remove_version(
        &mut self,
        owner: &Owner,
        id: EntryId,
        number: u32,
    ) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let row = self.state.entry_mut(owner, id);
        Ok(row.is_some_and(|row| row.versions.remove_below(row.entry.version, number)))
    }
}

#[async_trait]
impl AccessKeyRepository for MemoryUnit {
    async fn insert(
        &mut self,
        owner: &Owner,
        key: &AccessKey,
        digest: &TokenDigest,
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.person_is_there(owner.user())?;
        if self.state.access_keys.contains_key(&key.id) {
            return Err(StorageError::Internal);
        }
        let row = KeyRow { owner: owner.user(), access_key: key.clone(), digest: *digest };
        self.state.access_keys.insert(key.id, row);
        Ok(())
    }

    async fn remove(&mut self, owner: &Owner, id: AccessKeyId) -> Result<bool, StorageError> {
        self.shared.answers()?;
        match self.state.access_keys.get(&id) {
            Some(row) if row.owner == owner.user() => Ok(self.state.access_keys.remove(&id).is_some()),
            _ => Ok(false),
        }
    }
}
