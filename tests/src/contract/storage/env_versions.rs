//! The versions of env files' contents.

use kagi_domain::{
    audit::AuditRecord,
    model::env_project::FileType,
    paging::{Cursor, PageLimit, PageRequest},
};

use super::{
    Bench,
    env_files::{history, numbers, removed},
};

/// Versions come highest number first, with who saved them and when, page by page.
pub async fn versions_come_newest_first_page_by_page(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (file, versions) = history(&bench, ada, "alpha", 5).await;
    history(&bench, ada, "other", 2).await;
    let all = bench.catalog().env_file_versions(&owner, file.place(), &PageRequest::default()).await;
    let all = all.unwrap().unwrap();
    assert!(all.next.is_none());
    for (listed, version) in all.items.iter().zip(versions.iter().rev()) {
        assert_eq!((listed.number, &listed.actor), (version.number, &version.actor));
        assert_eq!(listed.created_at, version.created_at);
    }
    let page = |rows, after: Option<u32>| PageRequest {
        limit: PageLimit::new(rows).unwrap(),
        after: after.map(Cursor::Number),
    };
    for (rows, after, expected) in [
        (2, None, &[5, 4][..]),
        (2, Some(4), &[3, 2]),
        (9, Some(4), &[3, 2, 1]),
        (9, Some(1), &[]),
        (9, Some(0), &[]),
    ] {
        assert_eq!(numbers(&bench, &owner, file.place(), &page(rows, after)).await, expected);
    }
    let cut = bench.catalog().env_file_versions(&owner, file.place(), &page(2, Some(4))).await;
    assert_eq!(cut.unwrap().unwrap().next, Some(Cursor::Number(2)));
}

/// No version is ever replaced; the oldest beyond the number to keep are forgotten, gaps aside; the
/// current one stays, whoever removes it.
pub async fn versions_are_kept_forgotten_and_removed(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (mut file, versions) = history(&bench, ada, "alpha", 5).await;
    let (other, _) = history(&bench, ada, "other", 3).await;
    let all = PageRequest::default();
    for number in 1..=5 {
        let again = bench.version(number);
        let added = bench.unit().await.env_files().add_version(&owner, file.place(), &again, 100).await;
        assert!(added.is_err(), "{number}");
    }
    for number in [0, 5, 6, u32::MAX] {
        assert!(!removed(&bench, &owner, file.place(), number).await, "{number}");
    }
    for number in [2, 4] {
        assert!(removed(&bench, &owner, file.place(), number).await);
        assert!(!removed(&bench, &owner, file.place(), number).await, "it was there once");
    }
    assert_eq!(numbers(&bench, &owner, file.place(), &all).await, [5, 3, 1]);
    for version in versions.iter().filter(|version| version.number % 2 == 1) {
        let cell = bench.unit().await.env_files().version(&owner, file.place(), version.number).await;
        assert_eq!(cell.unwrap().as_ref(), Some(&version.sealed));
    }
    for (number, kept) in [(6, vec![6, 5, 3]), (7, vec![7, 6, 5])] {
        file.version = number;
        let mut unit = bench.unit().await;
        unit.env_files().update(&owner, &file, number - 1).await.unwrap();
        unit.env_files().add_version(&owner, file.place(), &bench.version(number), 3).await.unwrap();
        bench.commit(unit, ada).await;
        assert_eq!(numbers(&bench, &owner, file.place(), &all).await, kept);
    }
    assert_eq!(numbers(&bench, &owner, other.place(), &all).await, [3, 2, 1]);
    let mut unit = bench.unit().await;
    assert_eq!(unit.env_files().remove(&owner, file.place()).await, Ok(true));
    bench.commit(unit, ada).await;
    assert_eq!(bench.cells().await, 3);
    assert!(bench.catalog().env_file_versions(&owner, file.place(), &all).await.unwrap().is_none());
}

/// Any version, and the current one without a number, comes with the facts that bind it and with its
/// event in the trail; one that is not there is `None`, and nothing is recorded.
pub async fn any_version_comes_with_its_facts(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (file, versions) = history(&bench, ada, "alpha", 3).await;
    for (asked, number) in [(None, 3), (Some(1), 1), (Some(2), 2), (Some(3), 3)] {
        let event = bench.event(Some(ada));
        let record = AuditRecord::new(event.clone());
        let cell = bench.storage.disclose_env_file(&owner, file.place(), asked, record).await;
        let cell = cell.unwrap().unwrap();
        assert!(bench.trail().await.contains(&event), "handed out without its event");
        assert_eq!((cell.id, cell.owner, cell.project), (file.id, ada, file.project));
        assert_eq!((cell.file_type, cell.version), (FileType::Env, number));
        assert_eq!(cell.sealed, versions[number as usize - 1].sealed);
    }
    let before = bench.trail().await.len();
    for number in [0, 4, u32::MAX] {
        let told = bench.storage.disclose_env_file(&owner, file.place(), Some(number), bench.record(ada));
        assert!(told.await.unwrap().is_none(), "{number}");
    }
    assert_eq!(bench.trail().await.len(), before);
}
