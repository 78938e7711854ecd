//! Nobody reaches another person's rows, by any method.

use kagi_domain::{
    ids::UserId,
    model::{
        Revision,
        category::{Category, CategoryFilter},
        entry::{Entry, EntryFilter},
    },
    paging::{Cursor, PageRequest},
    ports::{CategoryUsage, StorageError},
};

use super::Bench;
use crate::samples::parse;

/// Two people with a category, an entry and an access key each.
struct Two {
    bench: Bench,
    bob: UserId,
    category: Category,
    entry: Entry,
    mallory: UserId,
    own: Category,
}

impl Two {
    async fn of(bench: Bench) -> Self {
        let (bob, mallory) = (bench.person("bob").await, bench.person("mallory").await);
        let category = bench.category(bob, "Bob's").await;
        let entry = bench.entry(bob, &category, "alpha").await;
        let own = bench.category(mallory, "Mallory's").await;
        Self { bench, bob, category, entry, mallory, own }
    }

    /// Bob's rows are as they were.
    async fn assert_untouched(&self) {
        let owner = Bench::owner(self.bob);
        let listing = self.bench.catalog().category(&owner, self.category.id).await.unwrap().unwrap();
        assert_eq!((listing.category, listing.entry_count), (self.category.clone(), 1));
        let listing = self.bench.catalog().entry(&owner, self.entry.id).await.unwrap().unwrap();
        assert_eq!(listing.entry, self.entry);
        let disclosed = self.bench.storage.disclose_entry(&owner, self.entry.id, self.bench.record(self.bob));
        assert_eq!(disclosed.await.unwrap().unwrap().version, 1);
        assert_eq!(self.bench.cells().await, 1);
    }
}

/// A unit finds only the owner's categories and entries.
pub async fn a_unit_finds_only_the_owners_rows(bench: Bench) {
    let two = Two::of(bench).await;
    let owner = Bench::owner(two.mallory);
    let mut unit = two.bench.unit().await;
    assert_eq!(unit.categories().find(&owner, two.category.id).await.unwrap(), None);
    assert_eq!(unit.entries().find(&owner, two.entry.id).await.unwrap(), None);
    let usage = unit.categories().usage(&owner, two.category.id).await.unwrap();
    assert_eq!(usage, CategoryUsage::default());
}

/// Another's category is neither changed, held nor removed.
pub async fn anothers_category_cannot_be_changed(bench: Bench) {
    let two = Two::of(bench).await;
    let owner = Bench::owner(two.mallory);
    let changed = Category { name: parse("stolen"), revision: Revision(2), ..two.category.clone() };
    let mut unit = two.bench.unit().await;
    let updated = unit.categories().update(&owner, &changed, Revision::FIRST).await;
    assert_eq!(updated, Err(StorageError::Conflict));
    drop(unit);
    let mut unit = two.bench.unit().await;
    let held = unit.categories().hold(&owner, two.category.id, Revision::FIRST).await;
    assert_eq!(held, Err(StorageError::Conflict));
    drop(unit);
    let mut unit = two.bench.unit().await;
    assert!(!unit.categories().remove(&owner, two.category.id).await.unwrap());
    two.bench.commit(unit, two.mallory).await;
    two.assert_untouched().await;
}

/// Another's entry is neither changed nor removed, and gets no version.
pub async fn anothers_entry_cannot_be_changed(bench: Bench) {
    let two = Two::of(bench).await;
    let owner = Bench::owner(two.mallory);
    for category in [two.category.id, two.own.id] {
        let changed =
            Entry { category, project: parse("stolen"), revision: Revision(2), ..two.entry.clone() };
        let updated = two.bench.unit().await.entries().update(&owner, &changed, Revision::FIRST).await;
        assert_eq!(updated, Err(StorageError::Conflict));
    }
    let mut unit = two.bench.unit().await;
    let added = unit.entries().add_version(&owner, two.entry.id, &two.bench.version(2), 1).await;
    assert!(added.is_err());
    drop(unit);
    let mut unit = two.bench.unit().await;
    assert!(!unit.entries().remove(&owner, two.entry.id).await.unwrap());
    two.bench.commit(unit, two.mallory).await;
    two.assert_untouched().await;
}

/// An entry cannot be put into another's category.
pub async fn an_entry_cannot_enter_anothers_category(bench: Bench) {
    let two = Two::of(bench).await;
    let intruder = two.bench.draft_entry(&two.category, "mallory");
    let mut unit = two.bench.unit().await;
    let first = two.bench.version(1);
    assert!(unit.entries().insert(&Bench::owner(two.mallory), &intruder, &first).await.is_err());
    drop(unit);
    two.assert_untouched().await;
}

/// A row with the id of another's row neither replaces it nor comes to be.
pub async fn a_taken_id_replaces_nothing(bench: Bench) {
    let two = Two::of(bench).await;
    let owner = Bench::owner(two.mallory);
    let category = Category { id: two.category.id, ..two.own.clone() };
    let category = Category { name: parse("another name"), ..category };
    assert!(two.bench.unit().await.categories().insert(&owner, &category).await.is_err());
    let entry = Entry { id: two.entry.id, ..two.bench.draft_entry(&two.own, "beta") };
    let first = two.bench.version(1);
    assert!(two.bench.unit().await.entries().insert(&owner, &entry, &first).await.is_err());
    let (key, digest) = two.bench.access_key(two.bob, "bob's").await;
    let other = two.bench.digest();
    assert!(two.bench.unit().await.access_keys().insert(&owner, &key, &other).await.is_err());
    let holder = two.bench.directory().access_key(&Bench::system(), &digest).await.unwrap().unwrap();
    assert_eq!(holder.user.id, two.bob);
    two.assert_untouched().await;
}

/// Another's access key is not removed.
pub async fn anothers_access_key_cannot_be_removed(bench: Bench) {
    let two = Two::of(bench).await;
    let (key, digest) = two.bench.access_key(two.bob, "bob's").await;
    let mut unit = two.bench.unit().await;
    assert!(!unit.access_keys().remove(&Bench::owner(two.mallory), key.id).await.unwrap());
    two.bench.commit(unit, two.mallory).await;
    let holder = two.bench.directory().access_key(&Bench::system(), &digest).await.unwrap();
    assert_eq!(holder.unwrap().access_key, key);
}

/// Lists and details show only the owner's rows, whatever is asked for.
pub async fn the_catalogue_shows_only_the_owners_rows(bench: Bench) {
    let two = Two::of(bench).await;
    two.bench.access_key(two.bob, "bob's").await;
    let owner = Bench::owner(two.mallory);
    let (catalog, all) = (two.bench.catalog(), PageRequest::default());
    assert!(catalog.category(&owner, two.category.id).await.unwrap().is_none());
    assert!(catalog.entry(&owner, two.entry.id).await.unwrap().is_none());
    let categories = catalog.categories(&owner, &CategoryFilter::default(), &all).await.unwrap();
    let listed: Vec<_> = categories.items.iter().map(|row| (row.category.id, row.entry_count)).collect();
    assert_eq!(listed, [(two.own.id, 0)]);
    let searched = CategoryFilter { search: Some("bob".to_owned()) };
    assert!(catalog.categories(&owner, &searched, &all).await.unwrap().items.is_empty());
    let filters = [
        EntryFilter::default(),
        EntryFilter { category: Some(two.category.id), ..EntryFilter::default() },
        EntryFilter { project: Some(parse("alpha")), ..EntryFilter::default() },
        EntryFilter { search: Some("alpha".to_owned()), ..EntryFilter::default() },
        EntryFilter { search: Some("bob".to_owned()), ..EntryFilter::default() },
    ];
    for filter in filters {
        assert!(catalog.entries(&owner, &filter, &all).await.unwrap().items.is_empty(), "{filter:?}");
    }
    assert!(catalog.project_names(&owner).await.unwrap().is_empty());
    for search in [None, Some("bob")] {
        assert!(catalog.access_keys(&owner, search, &all).await.unwrap().items.is_empty());
    }
    assert_eq!(catalog.user(&owner).await.unwrap().unwrap().id, two.mallory);
}

/// A cursor that names another's row leads to the owner's rows only.
pub async fn anothers_cursor_leads_nowhere_else(bench: Bench) {
    let two = Two::of(bench).await;
    let later = two.bench.category(two.bob, "Z").await;
    two.bench.entry(two.bob, &later, "alpha").await;
    let owner = Bench::owner(two.mallory);
    let after = |after| PageRequest { after: Some(after), ..PageRequest::default() };
    let page = after(Cursor::Key("a".to_owned()));
    let categories = two.bench.catalog().categories(&owner, &CategoryFilter::default(), &page).await.unwrap();
    assert_eq!(categories.items.iter().map(|row| row.category.id).collect::<Vec<_>>(), [two.own.id]);
    let page = after(Cursor::Id(uuid::Uuid::max()));
    let entries = two.bench.catalog().entries(&owner, &EntryFilter::default(), &page).await.unwrap();
    assert!(entries.items.is_empty());
    assert!(two.bench.catalog().access_keys(&owner, None, &page).await.unwrap().items.is_empty());
}

/// Another's cell is not disclosed, and the attempt leaves no event.
pub async fn anothers_cell_is_not_disclosed(bench: Bench) {
    let two = Two::of(bench).await;
    let owner = Bench::owner(two.mallory);
    let event = two.bench.event(Some(two.mallory));
    let record = kagi_domain::audit::AuditRecord::new(event.clone());
    assert!(two.bench.storage.disclose_entry(&owner, two.entry.id, record).await.unwrap().is_none());
    assert!(!two.bench.has_event(event.id).await);
    two.assert_untouched().await;
}

/// Removing one's own category leaves another's entries in a project of the same name alone.
pub async fn equal_names_do_not_meet(bench: Bench) {
    let two = Two::of(bench).await;
    let twin = two.bench.category(two.mallory, "Bob's").await;
    two.bench.entry(two.mallory, &twin, "alpha").await;
    let owner = Bench::owner(two.mallory);
    let usage = two.bench.unit().await.categories().usage(&owner, twin.id).await.unwrap();
    assert_eq!(usage.entries, 1);
    let mut unit = two.bench.unit().await;
    assert!(unit.categories().remove(&owner, twin.id).await.unwrap());
    two.bench.commit(unit, two.mallory).await;
    two.assert_untouched().await;
}
