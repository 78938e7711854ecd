//! A proof that is limited to projects reaches no entry of another one.

use kagi_domain::{
    access::Owner,
    audit::AuditRecord,
    ids::UserId,
    model::{
        Revision,
        category::{Category, CategoryFilter},
        entry::{Entry, EntryFilter},
    },
    paging::PageRequest,
    ports::StorageError,
};

use super::Bench;
use crate::samples::{env_vars, group_shape, parse};

/// A person with an entry in each of two projects.
struct Two {
    bench: Bench,
    ada: UserId,
    category: Category,
    near: Entry,
    far: Entry,
    limit: Owner,
}

impl Two {
    /// The limit spells the project in its own way; the names are one when folded.
    async fn of(bench: Bench) -> Self {
        let ada = bench.person("ada").await;
        let category = bench.stored(ada, bench.draft_category("AWS", group_shape(&["ID", "SECRET"]))).await;
        let near = bench.kept(ada, filling(&bench, &category, "Älpha", "ID")).await;
        let far = bench.kept(ada, filling(&bench, &category, "beta", "SECRET")).await;
        Self { bench, ada, category, near, far, limit: Bench::limited(ada, &["ÄLPHA", "gamma"]) }
    }

    async fn assert_far_untouched(&self) {
        let listing = self.bench.catalog().entry(&Bench::owner(self.ada), self.far.id).await.unwrap();
        assert_eq!(listing.unwrap().entry, self.far);
        assert_eq!(self.bench.cells().await, 2);
    }
}

fn filling(bench: &Bench, category: &Category, project: &str, field: &str) -> Entry {
    Entry { filled: env_vars(&[field]), ..bench.draft_entry(category, project) }
}

/// A unit finds what is within the limit, compared folded, and nothing beyond.
pub async fn a_unit_finds_only_what_is_within(bench: Bench) {
    let two = Two::of(bench).await;
    let mut unit = two.bench.unit().await;
    assert_eq!(unit.entries().find(&two.limit, two.near.id).await.unwrap(), Some(two.near.clone()));
    assert_eq!(unit.entries().find(&two.limit, two.far.id).await.unwrap(), None);
}

/// An entry beyond the limit is neither changed nor removed, and gets no version.
pub async fn an_entry_beyond_cannot_be_changed(bench: Bench) {
    let two = Two::of(bench).await;
    for project in ["beta", "Älpha"] {
        let changed = Entry { project: parse(project), revision: Revision(2), ..two.far.clone() };
        let updated = two.bench.unit().await.entries().update(&two.limit, &changed, Revision::FIRST).await;
        assert!(updated.is_err(), "{project}");
    }
    let version = two.bench.version(2);
    let added = two.bench.unit().await.entries().add_version(&two.limit, two.far.id, &version, 1).await;
    assert!(added.is_err());
    let mut unit = two.bench.unit().await;
    assert!(!unit.entries().remove(&two.limit, two.far.id).await.unwrap());
    two.bench.commit(unit, two.ada).await;
    two.assert_far_untouched().await;
}

/// An entry is neither made in a project beyond the limit nor moved there.
pub async fn an_entry_cannot_go_beyond(bench: Bench) {
    let two = Two::of(bench).await;
    let outside = two.bench.draft_entry(&two.category, "delta");
    let first = two.bench.version(1);
    assert!(two.bench.unit().await.entries().insert(&two.limit, &outside, &first).await.is_err());
    let moved = Entry { project: parse("delta"), revision: Revision(2), ..two.near.clone() };
    assert!(two.bench.unit().await.entries().update(&two.limit, &moved, Revision::FIRST).await.is_err());
    let kept = two.bench.catalog().entry(&two.limit, two.near.id).await.unwrap().unwrap().entry;
    assert_eq!(kept, two.near);
    two.assert_far_untouched().await;
}

/// Within the limit, everything works.
pub async fn within_the_limit_all_works(bench: Bench) {
    let two = Two::of(bench).await;
    let moved = Entry { project: parse("Gamma"), version: 2, revision: Revision(2), ..two.near.clone() };
    let fresh = two.bench.draft_entry(&two.category, "älpha");
    let mut unit = two.bench.unit().await;
    unit.entries().update(&two.limit, &moved, Revision::FIRST).await.unwrap();
    unit.entries().add_version(&two.limit, moved.id, &two.bench.version(2), 5).await.unwrap();
    unit.entries().insert(&two.limit, &fresh, &two.bench.version(1)).await.unwrap();
    assert!(unit.entries().remove(&two.limit, moved.id).await.unwrap());
    two.bench.commit(unit, two.ada).await;
    two.assert_far_untouched().await;
}

/// A revision within the limit is still checked.
pub async fn within_the_limit_revisions_count(bench: Bench) {
    let two = Two::of(bench).await;
    let changed = Entry { revision: Revision(3), ..two.near.clone() };
    let updated = two.bench.unit().await.entries().update(&two.limit, &changed, Revision(2)).await;
    assert_eq!(updated, Err(StorageError::Conflict));
}

/// Usage counts the entries beyond the limit, says how many there are, and tells their fields.
pub async fn usage_tells_what_is_beyond(bench: Bench) {
    let two = Two::of(bench).await;
    let usage = two.bench.unit().await.categories().usage(&two.limit, two.category.id).await.unwrap();
    assert_eq!((usage.entries, usage.out_of_reach), (2, 1));
    assert_eq!(usage.filled, env_vars(&["ID", "SECRET"]).into_iter().collect());
    let nothing = Bench::limited(two.ada, &[]);
    let usage = two.bench.unit().await.categories().usage(&nothing, two.category.id).await.unwrap();
    assert_eq!((usage.entries, usage.out_of_reach), (2, 2));
}

/// Lists, details, counts and project names keep to the limit; categories are not of a project.
pub async fn the_catalogue_keeps_to_the_limit(bench: Bench) {
    let two = Two::of(bench).await;
    let (catalog, all) = (two.bench.catalog(), PageRequest::default());
    assert!(catalog.entry(&two.limit, two.near.id).await.unwrap().is_some());
    assert!(catalog.entry(&two.limit, two.far.id).await.unwrap().is_none());
    let filters = [
        (EntryFilter::default(), 1),
        (EntryFilter { project: Some(parse("beta")), ..EntryFilter::default() }, 0),
        (EntryFilter { project: Some(parse("älpha")), ..EntryFilter::default() }, 1),
        (EntryFilter { search: Some("beta".to_owned()), ..EntryFilter::default() }, 0),
        (EntryFilter { category: Some(two.category.id), ..EntryFilter::default() }, 1),
    ];
    for (filter, rows) in filters {
        let page = catalog.entries(&two.limit, &filter, &all).await.unwrap();
        assert_eq!(page.items.len(), rows, "{filter:?}");
    }
    assert_eq!(catalog.project_names(&two.limit).await.unwrap(), [parse("Älpha")]);
    let listing = catalog.category(&two.limit, two.category.id).await.unwrap().unwrap();
    assert_eq!(listing.entry_count, 1);
    let page = catalog.categories(&two.limit, &CategoryFilter::default(), &all).await.unwrap();
    assert_eq!(page.items.iter().map(|row| row.entry_count).collect::<Vec<_>>(), [1]);
}

/// A limit to no project reaches no entry.
pub async fn an_empty_limit_reaches_nothing(bench: Bench) {
    let two = Two::of(bench).await;
    let nothing = Bench::limited(two.ada, &[]);
    let (catalog, all) = (two.bench.catalog(), PageRequest::default());
    assert!(catalog.entries(&nothing, &EntryFilter::default(), &all).await.unwrap().items.is_empty());
    assert!(catalog.entry(&nothing, two.near.id).await.unwrap().is_none());
    assert!(catalog.project_names(&nothing).await.unwrap().is_empty());
    let listing = catalog.category(&nothing, two.category.id).await.unwrap().unwrap();
    assert_eq!(listing.entry_count, 0);
    assert!(two.bench.unit().await.entries().find(&nothing, two.near.id).await.unwrap().is_none());
    let record = two.bench.record(two.ada);
    assert!(two.bench.storage.disclose_entry(&nothing, two.near.id, record).await.unwrap().is_none());
}

/// A cell beyond the limit is not disclosed, and the attempt leaves no event.
pub async fn a_cell_beyond_is_not_disclosed(bench: Bench) {
    let two = Two::of(bench).await;
    let event = two.bench.event(Some(two.ada));
    let record = AuditRecord::new(event.clone());
    assert!(two.bench.storage.disclose_entry(&two.limit, two.far.id, record).await.unwrap().is_none());
    assert!(!two.bench.has_event(event.id).await);
    let near = two.bench.storage.disclose_entry(&two.limit, two.near.id, two.bench.record(two.ada)).await;
    assert_eq!(near.unwrap().unwrap().id, two.near.id);
}

/// A limited proof of one person reaches nothing in another's project of the same name.
pub async fn a_limit_does_not_reach_another_person(bench: Bench) {
    let two = Two::of(bench).await;
    let mallory = two.bench.person("mallory").await;
    let limit = Bench::limited(mallory, &["Älpha", "beta"]);
    let all = PageRequest::default();
    assert!(two.bench.unit().await.entries().find(&limit, two.near.id).await.unwrap().is_none());
    assert!(two.bench.catalog().entry(&limit, two.near.id).await.unwrap().is_none());
    let page = two.bench.catalog().entries(&limit, &EntryFilter::default(), &all).await.unwrap();
    assert!(page.items.is_empty());
    let record = two.bench.record(mallory);
    assert!(two.bench.storage.disclose_entry(&limit, two.near.id, record).await.unwrap().is_none());
}
