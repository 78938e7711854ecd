//! Lists of the catalogue: order, pages, counts.

use std::{collections::BTreeSet, time::Duration};

use kagi_domain::{
    access::{ProjectLimit, Scope},
    ids::{CategoryId, EntryId, UserId},
    model::{
        access_key::AccessKey,
        category::{CategoryFilter, CategoryListing},
        entry::{EntryFilter, EntryListing},
    },
    paging::{Cursor, Page, PageLimit, PageRequest},
};

use super::Bench;
use crate::samples::only;

/// Names whose order by code point differs from what collations make of them.
const NAMES: [&str; 12] = [
    "zebra",
    "Apple",
    "_under",
    "éclair",
    "Zoo",
    "~tilde",
    "apple pie",
    "9 lives",
    "É",
    "-",
    "鍵",
    "\u{1f511}",
];

fn request(rows: u64, after: Option<Cursor>) -> PageRequest {
    PageRequest { limit: PageLimit::new(rows).unwrap(), after }
}

async fn categories(bench: &Bench, user: UserId, page: PageRequest) -> Page<CategoryListing> {
    let filter = CategoryFilter::default();
    bench.catalog().categories(&Bench::owner(user), &filter, &page).await.unwrap()
}

async fn entries(bench: &Bench, user: UserId, page: PageRequest) -> Page<EntryListing> {
    bench.catalog().entries(&Bench::owner(user), &EntryFilter::default(), &page).await.unwrap()
}

async fn access_keys(bench: &Bench, user: UserId, page: PageRequest) -> Page<AccessKey> {
    bench.catalog().access_keys(&Bench::owner(user), None, &page).await.unwrap()
}

/// Categories come by their folded names, by code point.
pub async fn categories_come_by_folded_name(bench: Bench) {
    let ada = bench.person("ada").await;
    for name in NAMES {
        bench.category(ada, name).await;
    }
    let page = categories(&bench, ada, PageRequest::default()).await;
    let listed: Vec<_> = page.items.iter().map(|row| row.category.name.key()).collect();
    assert_eq!(listed.len(), NAMES.len());
    assert!(listed.is_sorted(), "{listed:?}");
    assert_eq!(page.next, None);
}

/// Project names come by their folded names, by code point, each once.
pub async fn project_names_come_once_by_folded_name(bench: Bench) {
    let ada = bench.person("ada").await;
    let (one, two) = (bench.category(ada, "One").await, bench.category(ada, "Two").await);
    assert!(bench.catalog().project_names(&Bench::owner(ada)).await.unwrap().is_empty());
    for name in NAMES {
        bench.entry(ada, &one, name).await;
    }
    bench.entry(ada, &two, "ZEBRA").await;
    bench.entry(ada, &two, "É").await;
    let names = bench.catalog().project_names(&Bench::owner(ada)).await.unwrap();
    let keys: Vec<_> = names.iter().map(kagi_domain::text::ProjectName::key).collect();
    assert_eq!(keys.len(), NAMES.len());
    assert!(keys.is_sorted(), "{keys:?}");
}

/// Entries and access keys come newest id first.
pub async fn entries_and_keys_come_newest_first(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "c").await;
    let (mut made, mut keys) = (Vec::new(), Vec::new());
    for index in 0..6 {
        bench.clock.advance(Duration::from_millis(1));
        made.push(bench.entry(ada, &category, &format!("p{}", index * 7 % 6)).await.id);
        keys.push(bench.access_key(ada, &format!("k{}", index * 7 % 6)).await.0.id);
    }
    made.reverse();
    keys.reverse();
    let listed = entries(&bench, ada, PageRequest::default()).await.items;
    assert_eq!(listed.iter().map(|row| row.entry.id).collect::<Vec<_>>(), made);
    let listed = access_keys(&bench, ada, PageRequest::default()).await.items;
    assert_eq!(listed.iter().map(|key| key.id).collect::<Vec<_>>(), keys);
}

/// A page holds no more rows than its limit and names the next one only when there is one.
pub async fn a_page_ends_at_its_limit(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "c0").await;
    for index in 1..4 {
        bench.category(ada, &format!("c{index}")).await;
    }
    for index in 0..4 {
        bench.entry(ada, &category, &format!("p{index}")).await;
        bench.access_key(ada, &format!("k{index}")).await;
    }
    for (limit, rows, more) in [(1, 1, true), (3, 3, true), (4, 4, false), (5, 4, false), (1000, 4, false)] {
        let page = categories(&bench, ada, request(limit, None)).await;
        assert_eq!((page.items.len(), page.next.is_some()), (rows, more), "limit {limit}");
        let page = entries(&bench, ada, request(limit, None)).await;
        assert_eq!((page.items.len(), page.next.is_some()), (rows, more), "limit {limit}");
        let page = access_keys(&bench, ada, request(limit, None)).await;
        assert_eq!((page.items.len(), page.next.is_some()), (rows, more), "limit {limit}");
    }
    let beyond = request(5, Some(Cursor::Id(uuid::Uuid::nil())));
    assert!(entries(&bench, ada, beyond).await.items.is_empty());
}

/// Paging through categories gives each that was there all along once, whatever else comes and goes.
pub async fn paging_categories_gives_each_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let mut stay = BTreeSet::new();
    let mut go: Vec<CategoryId> = Vec::new();
    for (index, name) in NAMES.iter().enumerate() {
        let category = bench.category(ada, name).await;
        if index % 4 == 0 {
            go.push(category.id);
        } else {
            stay.insert(category.id);
        }
    }
    let (mut seen, mut after, mut round) = (Vec::new(), None, 0);
    loop {
        let page = categories(&bench, ada, request(2, after)).await;
        seen.extend(page.items.iter().map(|row| row.category.id));
        if let Some(id) = go.pop() {
            let mut unit = bench.unit().await;
            unit.categories().remove(&Bench::owner(ada), id).await.unwrap();
            bench.commit(unit, ada).await;
        }
        // Before, between and after; bounded, or the last page would never come.
        for name in ["0", "mm", "\u{10ffff}"].iter().filter(|_| round < 9) {
            bench.category(ada, &format!("{name}{round}")).await;
        }
        round += 1;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_each_once(&seen, &stay);
}

/// Paging through entries gives each that was there all along once, whatever else comes and goes.
pub async fn paging_entries_gives_each_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "c").await;
    let mut stay = BTreeSet::new();
    let mut go: Vec<EntryId> = Vec::new();
    for index in 0..17 {
        bench.clock.advance(Duration::from_millis(index % 2));
        let entry = bench.entry(ada, &category, &format!("p{index}")).await;
        if index % 4 == 0 {
            go.push(entry.id);
        } else {
            stay.insert(entry.id);
        }
    }
    let (mut seen, mut after, mut round) = (Vec::new(), None, 0);
    loop {
        let page = entries(&bench, ada, request(2, after)).await;
        seen.extend(page.items.iter().map(|row| row.entry.id));
        if let Some(id) = go.pop() {
            let mut unit = bench.unit().await;
            unit.entries().remove(&Bench::owner(ada), id).await.unwrap();
            bench.commit(unit, ada).await;
        }
        bench.entry(ada, &category, &format!("new {round}")).await;
        round += 1;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_each_once(&seen, &stay);
}

/// Paging through access keys gives each that was there all along once.
pub async fn paging_access_keys_gives_each_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let mut stay = BTreeSet::new();
    for index in 0..9 {
        stay.insert(bench.access_key(ada, &format!("k{index}")).await.0.id);
    }
    let last = *stay.iter().next().unwrap();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = access_keys(&bench, ada, request(2, after)).await;
        seen.extend(page.items.iter().map(|key| key.id));
        bench.access_key(ada, "new").await;
        if stay.remove(&last) {
            let mut unit = bench.unit().await;
            unit.access_keys().remove(&Bench::owner(ada), last).await.unwrap();
            bench.commit(unit, ada).await;
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_each_once(&seen, &stay);
}

/// Paging keeps to the filter.
pub async fn paging_keeps_to_the_filter(bench: Bench) {
    let ada = bench.person("ada").await;
    let (one, two) = (bench.category(ada, "One").await, bench.category(ada, "Two").await);
    let mut wanted = BTreeSet::new();
    for index in 0..7 {
        wanted.insert(bench.entry(ada, &one, &format!("find {index}")).await.id);
        bench.entry(ada, &one, &format!("other {index}")).await;
        bench.entry(ada, &two, &format!("find {index}")).await;
    }
    let filter =
        EntryFilter { category: Some(one.id), search: Some("find".to_owned()), ..EntryFilter::default() };
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = request(3, after);
        let page = bench.catalog().entries(&Bench::owner(ada), &filter, &page).await.unwrap();
        seen.extend(page.items.iter().map(|row| row.entry.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), wanted.len());
    assert_each_once(&seen, &wanted);
}

/// A category's listing counts its entries.
pub async fn a_listing_counts_the_entries(bench: Bench) {
    let ada = bench.person("ada").await;
    let (one, two) = (bench.category(ada, "One").await, bench.category(ada, "Two").await);
    bench.category(ada, "Zero").await;
    for (category, count) in [(&one, 1), (&two, 3)] {
        for index in 0..count {
            bench.entry(ada, category, &format!("p{index}")).await;
        }
    }
    let listed = categories(&bench, ada, PageRequest::default()).await.items;
    assert_eq!(listed.iter().map(|row| row.entry_count).collect::<Vec<_>>(), [1, 3, 0]);
    let listing = bench.catalog().category(&Bench::owner(ada), two.id).await.unwrap().unwrap();
    assert_eq!(listing.entry_count, 3);
}

/// An access key is listed as it was put in.
pub async fn an_access_key_is_listed_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    let limits = [ProjectLimit::All, only(&[]), only(&["Älpha", "b,\"c\"", "\u{1f511}"])];
    for (index, projects) in limits.into_iter().enumerate() {
        let mut key = bench.draft_access_key("CI — \u{9375} '");
        key.projects = projects;
        key.scopes = Scope::ALL.iter().copied().skip(index).collect();
        key.expires_at = (index > 0).then(|| bench.now().plus(Duration::from_millis(1)));
        let digest = bench.digest();
        let mut unit = bench.unit().await;
        unit.access_keys().insert(&Bench::owner(ada), &key, &digest).await.unwrap();
        bench.commit(unit, ada).await;
        let listed = access_keys(&bench, ada, PageRequest::default()).await.items;
        assert!(listed.contains(&key), "{key:?}");
        let holder = bench.directory().access_key(&Bench::system(), &digest).await.unwrap().unwrap();
        assert_eq!(holder.access_key, key);
    }
}

fn assert_each_once<T: Ord + std::fmt::Debug>(seen: &[T], wanted: &BTreeSet<T>) {
    let unique: BTreeSet<_> = seen.iter().collect();
    assert_eq!(unique.len(), seen.len(), "a row came twice: {seen:?}");
    for row in wanted {
        assert!(unique.contains(row), "{row:?} was left out of {seen:?}");
    }
}
