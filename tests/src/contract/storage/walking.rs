//! Walks through a vault as a whole.

use std::collections::BTreeSet;

use kagi_domain::{
    access::Owner,
    ids::{CategoryId, EntryId},
    model::{category::CategoryListing, entry::Entry},
    paging::{PageLimit, PageRequest},
};

use super::Bench;

fn rows(rows: u64) -> PageLimit {
    PageLimit::new(rows).unwrap()
}

async fn categories(bench: &Bench, owner: &Owner, limit: u64) -> Vec<CategoryListing> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = PageRequest { limit: rows(limit), after };
        let page = bench.catalog().categories_by_id(owner, &page).await.unwrap();
        assert!(page.items.len() <= usize::from(rows(limit).rows()));
        seen.extend(page.items);
        after = page.next;
        if after.is_none() {
            return seen;
        }
    }
}

async fn entries(bench: &Bench, owner: &Owner, limit: u64) -> Vec<Entry> {
    let mut seen: Vec<Entry> = Vec::new();
    loop {
        let after = seen.last().map(place);
        let next = bench.catalog().entries_by_category(owner, after, rows(limit)).await.unwrap();
        let last = next.len() < usize::from(rows(limit).rows());
        seen.extend(next);
        if last {
            return seen;
        }
    }
}

fn place(entry: &Entry) -> (CategoryId, EntryId) {
    (entry.category, entry.id)
}

/// Categories come oldest id first, whatever their names, with the number of their entries.
pub async fn categories_come_by_id(bench: Bench) {
    let ada = bench.person("ada").await;
    let mut made = Vec::new();
    for (index, name) in ["m", "a", "z", "B", "鍵"].into_iter().enumerate() {
        let category = bench.category(ada, name).await;
        for number in 0..index {
            bench.entry(ada, &category, &format!("p{number}")).await;
        }
        made.push((category, u64::try_from(index).unwrap()));
    }
    for limit in [1, 2, 5, 1000] {
        let seen = categories(&bench, &Bench::owner(ada), limit).await;
        let seen: Vec<_> = seen.into_iter().map(|listing| (listing.category, listing.entry_count)).collect();
        assert_eq!(seen, made);
    }
    let seen = categories(&bench, &Bench::limited(ada, &["P3"]), 2).await;
    assert_eq!(seen.iter().map(|listing| listing.entry_count).collect::<Vec<_>>(), [0, 0, 0, 0, 1]);
}

/// Entries come by their categories, then by their own ids, as they were put in.
pub async fn entries_come_by_category(bench: Bench) {
    let ada = bench.person("ada").await;
    let mut made = Vec::new();
    let (one, two) = (bench.category(ada, "z").await, bench.category(ada, "a").await);
    bench.category(ada, "empty").await;
    for index in 0..9 {
        let category = if index % 3 == 0 { &one } else { &two };
        made.push(bench.entry(ada, category, &format!("p{index}")).await);
    }
    made.sort_by_key(place);
    for limit in [1, 2, 3, 9, 10] {
        assert_eq!(entries(&bench, &Bench::owner(ada), limit).await, made, "{limit} at a time");
    }
}

/// A walk gives each that was there all along once, whatever is added, moved and renamed meanwhile.
pub async fn a_walk_gives_each_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (mut stay, mut all) = (BTreeSet::new(), Vec::new());
    for index in 0..6 {
        let category = bench.category(ada, &format!("c{index}")).await;
        for number in 0..3 {
            stay.insert(bench.entry(ada, &category, &format!("p{number}")).await.id);
        }
        all.push(category);
    }
    let (mut seen, mut after) = (Vec::new(), None);
    for round in 0.. {
        let next = bench.catalog().entries_by_category(&owner, after, rows(2)).await.unwrap();
        let Some(last) = next.last() else { break };
        after = Some(place(last));
        seen.extend(next.iter().map(|entry| entry.id));
        // Bounded, or the walk would never end.
        for category in all.iter_mut().filter(|_| round < 9) {
            bench.entry(ada, category, &format!("new {round}")).await;
            let seen = category.revision;
            category.name = format!("{}{round}", ["a", "z"][round % 2].repeat(1 + round)).parse().unwrap();
            category.name = format!("{} {}", category.name, category.id).parse().unwrap();
            category.revision = seen.next();
            let mut unit = bench.unit().await;
            unit.categories().update(&owner, category, seen).await.unwrap();
            bench.commit(unit, ada).await;
        }
    }
    let unique: BTreeSet<_> = seen.iter().copied().collect();
    assert_eq!(unique.len(), seen.len(), "an entry came twice");
    assert!(unique.is_superset(&stay), "an entry was left out");
}

/// Entries beyond the owner's projects are not met.
pub async fn a_walk_keeps_to_the_limit(bench: Bench) {
    let ada = bench.person("ada").await;
    let mut wanted = Vec::new();
    for name in ["One", "Two"] {
        let category = bench.category(ada, name).await;
        for project in ["alpha", "beta", "gamma"] {
            let entry = bench.entry(ada, &category, project).await;
            wanted.extend((project != "beta").then_some(entry));
        }
    }
    let limited = Bench::limited(ada, &["ALPHA", "gamma", "delta"]);
    for limit in [1, 3, 100] {
        assert_eq!(entries(&bench, &limited, limit).await, wanted);
    }
    assert!(entries(&bench, &Bench::limited(ada, &[]), 10).await.is_empty());
}

/// Rows of other people are not met, nor after their ids.
pub async fn anothers_rows_are_not_met(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    let mut last = None;
    for name in ["One", "Two"] {
        let own = bench.category(ada, name).await;
        bench.entry(ada, &own, "alpha").await;
        let theirs = bench.category(eve, name).await;
        last = Some(bench.entry(eve, &theirs, "alpha").await);
    }
    for (user, other) in [(ada, eve), (eve, ada)] {
        let owner = Bench::owner(user);
        let own: BTreeSet<_> = entries(&bench, &owner, 1).await.into_iter().map(|entry| entry.id).collect();
        let theirs = entries(&bench, &Bench::owner(other), 1).await;
        assert_eq!((own.len(), theirs.len()), (2, 2));
        assert!(theirs.iter().all(|entry| !own.contains(&entry.id)));
        assert_eq!(categories(&bench, &owner, 1).await.len(), 2);
    }
    let after = last.as_ref().map(place);
    assert!(
        bench.catalog().entries_by_category(&Bench::owner(ada), after, rows(9)).await.unwrap().is_empty()
    );
}
