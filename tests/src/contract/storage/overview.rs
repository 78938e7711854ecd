//! Totals, and what expires.

use std::time::Duration;

use kagi_domain::{
    access::Owner,
    ids::EntryId,
    model::{
        category::{Category, KeyType},
        entry::{Entry, Environment},
        overview::Totals,
    },
    paging::PageLimit,
    time::Timestamp,
};

use super::Bench;
use crate::samples::group_shape;

async fn totals(bench: &Bench, owner: &Owner) -> Totals {
    bench.catalog().totals(owner).await.unwrap()
}

async fn expiring(bench: &Bench, owner: &Owner, until: Timestamp, rows: u64) -> Vec<EntryId> {
    let limit = PageLimit::new(rows).unwrap();
    let listed = bench.catalog().expiring(owner, until, limit).await.unwrap();
    listed.into_iter().map(|listing| listing.entry.id).collect()
}

/// Where nothing is, every kind is counted, as none.
pub async fn an_empty_vault_has_zeros(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    let theirs = bench.category(eve, "Theirs").await;
    bench.entry(eve, &theirs, "alpha").await;
    bench.set(eve, "GitHub", 2).await;
    for owner in [Bench::owner(ada), Bench::limited(ada, &["alpha"])] {
        let found = totals(&bench, &owner).await;
        assert_eq!(found, Totals::default());
        assert_eq!(found.categories.each(), [(KeyType::Simple, 0), (KeyType::Group, 0)]);
        assert_eq!(found.entries.each().map(|(kind, _)| kind), Environment::ALL);
        assert_eq!((found.categories.sum(), found.entries.sum()), (0, 0));
        assert!(expiring(&bench, &owner, bench.now(), 10).await.is_empty());
    }
}

/// A vault of two simple categories and a group: in `alpha` 3, 1, 2 and 0 entries by environment, in
/// `beta` one in each; and of two recovery sets.
async fn furnished(bench: &Bench, user: kagi_domain::ids::UserId) -> Vec<Category> {
    let mut categories = vec![bench.category(user, "One").await, bench.category(user, "Two").await];
    let group = bench.draft_category("Three", group_shape(&["A", "B"]));
    categories.push(bench.stored(user, group).await);
    for (environment, count) in Environment::ALL.into_iter().zip([3, 1, 2, 0]) {
        for category in &categories[..count] {
            bench.kept(user, Entry { environment, ..bench.draft_entry(category, "Alpha") }).await;
        }
        bench.kept(user, Entry { environment, ..bench.draft_entry(&categories[0], "beta") }).await;
    }
    for service in ["GitHub", "GitLab"] {
        bench.set(user, service, 3).await;
    }
    categories
}

/// Categories are counted by type, entries by environment, recovery sets as such; a removal is taken off.
pub async fn totals_count_by_kind(bench: Bench) {
    let ada = bench.person("ada").await;
    let categories = furnished(&bench, ada).await;
    let owner = Bench::owner(ada);
    let found = totals(&bench, &owner).await;
    assert_eq!(found.categories.each(), [(KeyType::Simple, 2), (KeyType::Group, 1)]);
    assert_eq!(found.entries.each().map(|(_, count)| count), [4, 2, 3, 1]);
    assert_eq!((found.categories.sum(), found.entries.sum(), found.recovery_sets), (3, 10, 2));

    let mut unit = bench.unit().await;
    unit.categories().remove(&owner, categories[1].id).await.unwrap();
    bench.commit(unit, ada).await;
    let found = totals(&bench, &owner).await;
    assert_eq!(found.categories.each(), [(KeyType::Simple, 1), (KeyType::Group, 1)]);
    assert_eq!(found.entries.each().map(|(_, count)| count), [3, 2, 2, 1]);
}

/// Beyond the owner's projects no entry counts; categories and recovery sets all do.
pub async fn totals_keep_to_the_limit(bench: Bench) {
    let ada = bench.person("ada").await;
    furnished(&bench, ada).await;
    for (projects, counts) in [
        (&["ALPHA"][..], [3, 1, 2, 0]),
        (&["beta"], [1, 1, 1, 1]),
        (&["alpha", "Beta", "gamma"], [4, 2, 3, 1]),
        (&[], [0, 0, 0, 0]),
    ] {
        let found = totals(&bench, &Bench::limited(ada, projects)).await;
        assert_eq!(found.entries.each().map(|(_, count)| count), counts, "{projects:?}");
        assert_eq!((found.categories.sum(), found.recovery_sets), (3, 2));
    }
}

/// What expires comes by its expiry, equal ones by id; what expires later, or never, does not come.
pub async fn what_expires_comes_by_its_expiry(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "c").await;
    let (now, mut made) = (bench.now(), Vec::new());
    let minutes = [Some(5), Some(1), None, Some(3), Some(1), Some(4)];
    for (index, after) in minutes.into_iter().enumerate() {
        let expires_at = after.map(|minutes| now.plus(Duration::from_mins(minutes)));
        let draft = bench.draft_entry(&category, &format!("p{index}"));
        made.push(bench.kept(ada, Entry { expires_at, ..draft }).await.id);
    }
    let owner = Bench::owner(ada);
    let until = now.plus(Duration::from_mins(4));
    let order = [made[1], made[4], made[3], made[5]];
    assert_eq!(expiring(&bench, &owner, until, 10).await, order);
    assert_eq!(expiring(&bench, &owner, until, 4).await, order);
    assert_eq!(expiring(&bench, &owner, until, 2).await, order[..2]);
    assert_eq!(expiring(&bench, &owner, until.minus(Duration::from_millis(1)), 10).await, order[..3]);
}

/// What expires beyond the owner's projects, or for somebody else, does not come.
pub async fn what_expires_keeps_to_the_limit(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    let mut of_ada = Vec::new();
    for user in [ada, eve] {
        let category = bench.category(user, "c").await;
        for project in ["alpha", "beta"] {
            let draft = bench.draft_entry(&category, project);
            let entry = bench.kept(user, Entry { expires_at: Some(bench.now()), ..draft }).await;
            of_ada.extend((user == ada).then_some(entry.id));
        }
    }
    let until = bench.now();
    assert_eq!(expiring(&bench, &Bench::owner(ada), until, 10).await, of_ada);
    assert_eq!(expiring(&bench, &Bench::limited(ada, &["BETA"]), until, 10).await, of_ada[1..]);
    assert!(expiring(&bench, &Bench::limited(ada, &[]), until, 10).await.is_empty());
}
