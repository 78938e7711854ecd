//! Lists of recovery sets.

use std::time::Duration;

use kagi_domain::{
    access::Owner,
    model::recovery_set::RecoverySet,
    paging::{Cursor, PageLimit, PageRequest},
    ports::CodePick,
    text::fold,
};

use super::Bench;
use crate::samples::parse;

/// Sets come newest id first, each once however they are paged, whatever comes and goes.
pub async fn sets_come_newest_first_page_by_page(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let mut made = Vec::new();
    for index in 0..9_usize {
        bench.clock.advance(Duration::from_millis(1));
        made.push(bench.set(ada, "Same", index % 3 + 1).await.0);
    }
    made.reverse();
    let all = bench.catalog().recovery_sets(&owner, None, &PageRequest::default()).await.unwrap();
    assert_eq!((&all.items, all.next), (&made, None));
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = PageRequest { limit: PageLimit::new(4).unwrap(), after };
        let page = bench.catalog().recovery_sets(&owner, None, &page).await.unwrap();
        assert!(page.items.len() <= 4);
        seen.extend(page.items);
        bench.set(ada, "newer", 1).await;
        let mut unit = bench.unit().await;
        assert!(unit.recovery_sets().remove(&owner, seen.last().unwrap().id).await.unwrap());
        bench.commit(unit, ada).await;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, made);
    let beyond = PageRequest { after: Some(Cursor::Id(uuid::Uuid::nil())), ..PageRequest::default() };
    assert!(bench.catalog().recovery_sets(&owner, None, &beyond).await.unwrap().items.is_empty());
}

/// A search finds what occurs in service or label, folded and literal.
pub async fn search_covers_service_and_label(bench: Bench) {
    let ada = bench.person("ada").await;
    let rows = [("GitHub", Some("ÄDA 100%")), ("Git_Lab", None), ("ＡＷＳ root", Some("git\\x"))];
    let mut made = Vec::new();
    for (service, label) in rows {
        bench.clock.advance(Duration::from_millis(1));
        let set = RecoverySet { label: label.map(parse), ..bench.draft_set(service, 2) };
        bench.kept_set(ada, &set).await;
        made.push(set.id);
    }
    for (text, wanted) in [
        ("git", &[2, 1, 0][..]),
        ("GITHUB", &[0]),
        ("äda", &[0]),
        ("%", &[0]),
        ("_", &[1]),
        ("\\", &[2]),
        ("aws R", &[2]),
        ("github a", &[]),
        ("g%", &[]),
    ] {
        let text = fold(text);
        let page = PageRequest::default();
        let found = bench.catalog().recovery_sets(&Bench::owner(ada), Some(&text), &page).await;
        let found: Vec<_> = found.unwrap().items.into_iter().map(|set| set.id).collect();
        assert_eq!(found, wanted.iter().map(|index| made[*index]).collect::<Vec<_>>(), "{text}");
    }
}

/// Sets come by how few of their codes are unused, equal ones by id, none with more than asked for;
/// a use counts at once, and nobody else's set comes.
pub async fn the_lowest_sets_come_first(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    bench.set(eve, "Theirs", 1).await;
    let mut made = Vec::new();
    for codes in [3, 1, 4, 2, 1] {
        bench.clock.advance(Duration::from_millis(1));
        made.push(bench.set(ada, "GitHub", codes).await.0.id);
    }
    let low = async |owner: &Owner, left: u8, rows: u64| {
        let limit = PageLimit::new(rows).unwrap();
        let sets = bench.catalog().low_recovery_sets(owner, left, limit).await.unwrap();
        sets.into_iter().map(|set| (set.id, set.remaining())).collect::<Vec<_>>()
    };
    let owner = Bench::owner(ada);
    let expected = [(made[1], 1), (made[4], 1), (made[3], 2)];
    assert_eq!(low(&owner, 2, 10).await, expected);
    assert_eq!(low(&owner, 2, 2).await, expected[..2]);
    assert_eq!(low(&owner, 1, 10).await, expected[..2]);
    assert_eq!(low(&owner, 0, 10).await, []);
    // Sets belong to no project.
    assert_eq!(low(&Bench::limited(ada, &[]), 2, 10).await, expected);

    bench.disclose(ada, made[0], CodePick::FirstUnused).await;
    bench.disclose(ada, made[4], CodePick::FirstUnused).await;
    let expected = [(made[4], 0), (made[1], 1), (made[0], 2), (made[3], 2)];
    assert_eq!(low(&owner, 2, 10).await, expected);
}
