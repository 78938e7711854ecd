//! The versions of an entry's value.

use std::{collections::BTreeSet, time::Duration};

use kagi_domain::{
    access::Owner,
    audit::AuditRecord,
    ids::{EntryId, UserId},
    model::{
        entry::Entry,
        version::{NewVersion, VersionListing},
    },
    paging::{Cursor, Page, PageLimit, PageRequest},
    ports::StorageError,
    seal::Sealed,
};

use super::Bench;
use crate::samples::group_shape;

/// An entry with this many versions, and what was written of each.
pub(super) async fn history(
    bench: &Bench,
    user: UserId,
    project: &str,
    count: u32,
) -> (Entry, Vec<NewVersion>) {
    let category = bench.category(user, &format!("of {project}")).await;
    let mut entry = bench.draft_entry(&category, project);
    let mut versions = vec![bench.version(1)];
    let mut unit = bench.unit().await;
    unit.entries().insert(&Bench::owner(user), &entry, &versions[0]).await.unwrap();
    bench.commit(unit, user).await;
    for number in 2..=count {
        bench.clock.advance(Duration::from_millis(7));
        versions.push(bench.version(number));
        save(bench, user, &mut entry, &versions[number as usize - 1]).await.unwrap();
    }
    (entry, versions)
}

/// Makes this version the entry's current one.
pub(super) async fn save(
    bench: &Bench,
    user: UserId,
    entry: &mut Entry,
    version: &NewVersion,
) -> Result<(), StorageError> {
    let (owner, seen) = (Bench::owner(user), entry.revision);
    (entry.version, entry.revision) = (version.number, seen.next());
    let mut unit = bench.unit().await;
    unit.entries().update(&owner, entry, seen).await?;
    unit.entries().add_version(&owner, entry.id, version, 100).await?;
    unit.commit(bench.record(user)).await
}

pub(super) async fn remove(bench: &Bench, owner: &Owner, id: EntryId, number: u32) -> bool {
    let mut unit = bench.unit().await;
    let removed = unit.entries().remove_version(owner, id, number).await.unwrap();
    bench.commit(unit, owner.user()).await;
    removed
}

fn request(rows: u64, after: Option<u32>) -> PageRequest {
    PageRequest { limit: PageLimit::new(rows).unwrap(), after: after.map(Cursor::Number) }
}

async fn listed(bench: &Bench, user: UserId, id: EntryId, page: &PageRequest) -> Page<VersionListing> {
    bench.catalog().versions(&Bench::owner(user), id, page).await.unwrap().expect("the entry is there")
}

pub(super) async fn numbers(bench: &Bench, user: UserId, id: EntryId) -> Vec<u32> {
    let page = listed(bench, user, id, &PageRequest::default()).await;
    page.items.iter().map(|version| version.number).collect()
}

/// Versions come highest number first, each with who saved it and when.
pub async fn versions_come_newest_first_and_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    let (entry, versions) = history(&bench, ada, "alpha", 4).await;
    history(&bench, ada, "other", 2).await;
    let page = listed(&bench, ada, entry.id, &PageRequest::default()).await;
    let expected: Vec<_> = versions
        .iter()
        .rev()
        .map(|version| VersionListing {
            number: version.number,
            actor: version.actor.clone(),
            created_at: version.created_at,
        })
        .collect();
    assert_eq!((page.items, page.next), (expected, None));
}

/// A page holds no more than its limit and names the next one only when there is one; beyond the last
/// version it is empty, and not missing.
pub async fn a_page_of_versions_ends_at_its_limit(bench: Bench) {
    let ada = bench.person("ada").await;
    let (entry, _) = history(&bench, ada, "alpha", 4).await;
    for (limit, rows, next) in [(1, 1, Some(4)), (3, 3, Some(2)), (4, 4, None), (1000, 4, None)] {
        let page = listed(&bench, ada, entry.id, &request(limit, None)).await;
        assert_eq!((page.items.len(), page.next), (rows, next.map(Cursor::Number)), "limit {limit}");
    }
    let rest = listed(&bench, ada, entry.id, &request(9, Some(3))).await;
    assert_eq!(rest.items.iter().map(|version| version.number).collect::<Vec<_>>(), [2, 1]);
    for beyond in [0, 1] {
        let page = listed(&bench, ada, entry.id, &request(9, Some(beyond))).await;
        assert_eq!((page.items.len(), page.next), (0, None));
    }
    let all = listed(&bench, ada, entry.id, &request(9, Some(u32::MAX))).await;
    assert_eq!(all.items.len(), 4);
}

/// Paging gives each version that was there all along once, whatever else comes and goes.
pub async fn paging_versions_gives_each_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let (mut entry, _) = history(&bench, ada, "alpha", 9).await;
    let mut seen = Vec::new();
    let mut page = listed(&bench, ada, entry.id, &request(2, None)).await;
    for gone in [8, 4, 2] {
        seen.extend(page.items.iter().map(|version| version.number));
        assert!(remove(&bench, &Bench::owner(ada), entry.id, gone).await);
        let next = bench.version(entry.version + 1);
        save(&bench, ada, &mut entry, &next).await.unwrap();
        let next = PageRequest { limit: PageLimit::new(2).unwrap(), after: page.next };
        page = listed(&bench, ada, entry.id, &next).await;
    }
    seen.extend(page.items.iter().map(|version| version.number));
    let once: BTreeSet<_> = seen.iter().copied().collect();
    assert_eq!(once.len(), seen.len(), "{seen:?}");
    assert!(once.is_superset(&BTreeSet::from([9, 7, 6, 5, 3, 1])), "{seen:?}");
}

/// Any version comes with the facts that bind it, and with its event in the trail.
pub async fn any_version_comes_with_its_facts(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.stored(ada, bench.draft_category("AWS", group_shape(&["SECRET", "ID"]))).await;
    let mut entry = bench.draft_entry(&category, "alpha");
    let versions = [1, 2, 3].map(|number| bench.version(number));
    let mut unit = bench.unit().await;
    unit.entries().insert(&owner, &entry, &versions[0]).await.unwrap();
    bench.commit(unit, ada).await;
    for version in &versions[1..] {
        save(&bench, ada, &mut entry, version).await.unwrap();
    }
    for version in &versions {
        let event = bench.event(Some(ada));
        let record = AuditRecord::new(event.clone());
        let cell = bench.storage.disclose_version(&owner, entry.id, version.number, record).await;
        let cell = cell.unwrap().unwrap();
        assert!(bench.trail().await.contains(&event), "handed out without its event");
        assert_eq!((cell.id, cell.owner, cell.category), (entry.id, ada, category.id));
        assert_eq!((cell.version, &cell.shape), (version.number, &category.shape));
        assert_eq!(cell.sealed, version.sealed);
        let found = bench.unit().await.entries().version(&owner, entry.id, version.number).await;
        assert_eq!(found.unwrap().as_ref(), Some(&version.sealed));
    }
}

/// A version that is not there is `None`, and nothing is recorded.
pub async fn a_missing_version_leaves_no_event(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (entry, _) = history(&bench, ada, "alpha", 3).await;
    let category = bench.category(ada, "none").await;
    let missing = bench.draft_entry(&category, "never").id;
    assert!(remove(&bench, &owner, entry.id, 2).await);
    let before = bench.trail().await;
    for (id, number) in [(entry.id, 0), (entry.id, 2), (entry.id, 4), (entry.id, u32::MAX), (missing, 1)] {
        let told = bench.storage.disclose_version(&owner, id, number, bench.record(ada)).await;
        assert!(told.unwrap().is_none(), "{number}");
        let found = bench.unit().await.entries().version(&owner, id, number).await;
        assert_eq!(found, Ok(None), "{number}");
    }
    assert!(bench.catalog().versions(&owner, missing, &PageRequest::default()).await.unwrap().is_none());
    assert_eq!(bench.trail().await, before);
}

/// Another's versions are neither listed, read, disclosed nor removed; likewise those of an entry
/// beyond a limit to projects.
pub async fn versions_out_of_reach_are_not_there(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    let (entry, versions) = history(&bench, ada, "alpha", 3).await;
    let strangers = [
        Bench::owner(eve),
        Bench::limited(eve, &["alpha"]),
        Bench::limited(ada, &["beta"]),
        Bench::limited(ada, &[]),
    ];
    let before = bench.trail().await.len();
    for (index, owner) in strangers.iter().enumerate() {
        let page = bench.catalog().versions(owner, entry.id, &PageRequest::default()).await.unwrap();
        assert!(page.is_none(), "{index}");
        for number in 1..=3 {
            let found = bench.unit().await.entries().version(owner, entry.id, number).await;
            assert_eq!(found, Ok(None), "{index}");
            let record = bench.record(owner.user());
            let told = bench.storage.disclose_version(owner, entry.id, number, record).await;
            assert!(told.unwrap().is_none(), "{index}");
            let mut unit = bench.unit().await;
            assert!(!unit.entries().remove_version(owner, entry.id, number).await.unwrap(), "{index}");
        }
    }
    assert_eq!(bench.trail().await.len(), before);
    assert_eq!(bench.cells().await, 3);
    let within = Bench::limited(ada, &["ALPHA"]);
    let page = bench.catalog().versions(&within, entry.id, &PageRequest::default()).await.unwrap();
    assert_eq!(page.unwrap().items.len(), 3);
    let cell = bench.storage.disclose_version(&within, entry.id, 1, bench.record(ada)).await.unwrap();
    assert_eq!(cell.unwrap().sealed, versions[0].sealed);
    assert!(remove(&bench, &within, entry.id, 1).await);
}

/// Many at once, of current and old versions, each get their own, each with its own event.
pub async fn many_at_once_get_their_own_version(bench: Bench) {
    let ada = bench.person("ada").await;
    let (entry, versions) = history(&bench, ada, "alpha", 4).await;
    let cells: Vec<Sealed> = versions.into_iter().map(|version| version.sealed).collect();
    let told = bench.parallel(48, move |bench, index| {
        let (cells, id) = (cells.clone(), entry.id);
        async move {
            let event = bench.event(Some(ada));
            let (owner, record) = (Bench::owner(ada), AuditRecord::new(event.clone()));
            let number = u32::try_from(index % 5).unwrap();
            let cell = match number {
                0 => bench.storage.disclose_entry(&owner, id, record).await,
                number => bench.storage.disclose_version(&owner, id, number, record).await,
            };
            let (cell, expected) = (cell.unwrap().unwrap(), if number == 0 { 4 } else { number });
            assert_eq!((cell.version, &cell.sealed), (expected, &cells[expected as usize - 1]));
            event.id
        }
    });
    let events: BTreeSet<_> = told.await.into_iter().collect();
    let trail = bench.trail().await;
    assert_eq!(trail.iter().filter(|event| events.contains(&event.id)).count(), 48);
}

/// Values that are saved and restored in parallel, and tried again after a conflict, each become one
/// version; their numbers are distinct and none is lost.
pub async fn parallel_saves_and_restores_lose_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    let (entry, versions) = history(&bench, ada, "alpha", 1).await;
    let (id, first) = (entry.id, versions[0].sealed.clone());
    let made = bench.parallel(6, move |bench, task| {
        let first = first.clone();
        async move {
            let mut made = Vec::new();
            while made.len() < 4 {
                let mut unit = bench.unit().await;
                let owner = Bench::owner(ada);
                let mut entry = unit.entries().find(&owner, id).await.unwrap().unwrap();
                let mut version = bench.version(entry.version + 1);
                if task % 2 == 0 {
                    assert_eq!(unit.entries().version(&owner, id, 1).await, Ok(Some(first.clone())));
                    version.sealed = first.clone();
                }
                drop(unit);
                match save(&bench, ada, &mut entry, &version).await {
                    Ok(()) => made.push(version.number),
                    Err(error) => assert_eq!(error, StorageError::Conflict),
                }
            }
            made
        }
    });
    let mut made: Vec<_> = made.await.into_iter().flatten().collect();
    made.sort_unstable();
    assert_eq!(made, (2..=25).collect::<Vec<_>>());
    assert_eq!(numbers(&bench, ada, id).await, (1..=25).rev().collect::<Vec<_>>());
}
