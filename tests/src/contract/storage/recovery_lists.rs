//! Lists of recovery sets.

use std::time::Duration;

use kagi_domain::{
    model::recovery_set::RecoverySet,
    paging::{Cursor, PageLimit, PageRequest},
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
