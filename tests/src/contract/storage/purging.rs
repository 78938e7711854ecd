//! Versions that are removed.

use kagi_domain::{audit::AuditRecord, model::Revision};

use super::{
    Bench,
    versions::{history, numbers, remove, save},
};

/// A removed version is gone from the table; all others, of other entries too, are as they were.
pub async fn a_removed_version_is_gone(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (entry, versions) = history(&bench, ada, "alpha", 4).await;
    let (other, _) = history(&bench, ada, "other", 4).await;
    assert!(remove(&bench, &owner, entry.id, 2).await);
    assert!(!remove(&bench, &owner, entry.id, 2).await, "it was there once");
    assert_eq!(bench.cells().await, 7);
    assert_eq!(numbers(&bench, ada, entry.id).await, [4, 3, 1]);
    assert_eq!(numbers(&bench, ada, other.id).await, [4, 3, 2, 1]);
    for number in [1, 3, 4] {
        let cell = bench.unit().await.entries().version(&owner, entry.id, number).await.unwrap();
        assert_eq!(cell.as_ref(), Some(&versions[number as usize - 1].sealed));
    }
    let kept = bench.catalog().entry(&owner, entry.id).await.unwrap().unwrap().entry;
    assert_eq!(kept, entry, "the entry itself is not changed");
}

/// The current version stays, and what is not a version is not removed either.
pub async fn the_current_version_stays(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (entry, versions) = history(&bench, ada, "alpha", 3).await;
    for number in [0, 3, 4, u32::MAX] {
        assert!(!remove(&bench, &owner, entry.id, number).await, "{number}");
    }
    assert_eq!(bench.cells().await, 3);
    let current = bench.storage.disclose_entry(&owner, entry.id, bench.record(ada)).await;
    assert_eq!(current.unwrap().unwrap().sealed, versions[2].sealed);
}

/// A version that becomes the current one while somebody removes its number stays.
pub async fn a_version_that_becomes_current_stays(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..12 {
        let (entry, _) = history(&bench, ada, &format!("p{round}"), 1).await;
        let id = entry.id;
        bench
            .parallel(4, move |bench, index| {
                let mut entry = entry.clone();
                async move {
                    if index == 0 {
                        let second = bench.version(2);
                        return save(&bench, ada, &mut entry, &second).await.unwrap();
                    }
                    for number in [1, 2, 2] {
                        let removed = remove(&bench, &Bench::owner(ada), entry.id, number).await;
                        assert!(!removed || number == 1);
                    }
                }
            })
            .await;
        let cell = bench.storage.disclose_entry(&Bench::owner(ada), id, bench.record(ada)).await;
        assert_eq!(cell.unwrap().unwrap().version, 2);
    }
}

/// The number to keep counts the versions that are there, gaps aside.
pub async fn gaps_do_not_count_as_kept(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (mut entry, _) = history(&bench, ada, "alpha", 5).await;
    for number in [2, 4] {
        assert!(remove(&bench, &owner, entry.id, number).await);
    }
    for (number, kept) in [(6, vec![6, 5, 3]), (7, vec![7, 6, 5])] {
        (entry.version, entry.revision) = (number, entry.revision.next());
        let mut unit = bench.unit().await;
        unit.entries().update(&owner, &entry, Revision(entry.revision.0 - 1)).await.unwrap();
        unit.entries().add_version(&owner, entry.id, &bench.version(number), 3).await.unwrap();
        bench.commit(unit, ada).await;
        assert_eq!(numbers(&bench, ada, entry.id).await, kept);
    }
}

/// A disclosure beside a removal of the version either finds the cell and records it, or neither.
pub async fn a_disclosure_beside_a_purge_is_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..10 {
        let (entry, _) = history(&bench, ada, &format!("p{round}"), 2).await;
        bench
            .parallel(4, move |bench, index| async move {
                let owner = Bench::owner(ada);
                if index == 0 {
                    assert!(remove(&bench, &owner, entry.id, 1).await);
                    return;
                }
                let event = bench.event(Some(ada));
                let record = AuditRecord::new(event.clone());
                let cell = bench.storage.disclose_version(&owner, entry.id, 1, record).await.unwrap();
                assert_eq!(bench.has_event(event.id).await, cell.is_some());
            })
            .await;
    }
}
