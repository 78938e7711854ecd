//! Handing out cells.

use kagi_domain::{
    audit::AuditRecord,
    model::{Revision, entry::Entry, env_project::FileType},
};

use super::Bench;
use crate::samples::{group_shape, parse};

/// The current cell comes with the facts that bind it, and with its event in the trail.
pub async fn the_current_cell_comes_with_its_facts(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.stored(ada, bench.draft_category("AWS", group_shape(&["SECRET", "ID"]))).await;
    bench.entry(ada, &category, "other").await;
    let mut entry = bench.draft_entry(&category, "alpha");
    let first = bench.version(1);
    let mut unit = bench.unit().await;
    unit.entries().insert(&owner, &entry, &first).await.unwrap();
    bench.commit(unit, ada).await;

    let event = bench.event(Some(ada));
    let record = AuditRecord::new(event.clone());
    let cell = bench.storage.disclose_entry(&owner, entry.id, record).await.unwrap().unwrap();
    assert!(bench.trail().await.contains(&event), "handed out without its event");
    assert_eq!((cell.id, cell.owner, cell.category), (entry.id, ada, category.id));
    assert_eq!((cell.version, cell.shape, cell.sealed), (1, category.shape.clone(), first.sealed));

    let second = bench.version(2);
    (entry.version, entry.revision) = (2, Revision(2));
    let mut unit = bench.unit().await;
    unit.entries().update(&owner, &entry, Revision(1)).await.unwrap();
    unit.entries().add_version(&owner, entry.id, &second, 10).await.unwrap();
    bench.commit(unit, ada).await;
    let cell = bench.storage.disclose_entry(&owner, entry.id, bench.record(ada)).await.unwrap().unwrap();
    assert_eq!((cell.version, cell.sealed), (2, second.sealed));
}

/// A current version that has a newer beside it is told of, and no other.
pub async fn a_newer_version_than_the_current_is_told_of(bench: Bench) {
    let ada = bench.person("ada").await;
    let (owner, record) = (Bench::owner(ada), || bench.record(ada));
    let category = bench.category(ada, "AWS").await;
    let (entry, other) = (bench.entry(ada, &category, "a").await, bench.entry(ada, &category, "b").await);
    let project = bench.env_project(ada, "alpha").await;
    let file = bench.env_file(ada, &project, FileType::Env).await;
    for newer in [false, true] {
        let ids = [entry.id, other.id];
        let told = bench.storage.disclose_entries(&owner, &ids, record()).await.unwrap().unwrap();
        assert_eq!(told.iter().map(|cell| cell.superseded).collect::<Vec<_>>(), [newer, false]);
        let told = bench.storage.disclose_entry(&owner, entry.id, record()).await.unwrap().unwrap();
        assert_eq!(told.superseded, newer);
        let told = bench.storage.disclose_version(&owner, entry.id, entry.version, record()).await;
        assert!(!told.unwrap().unwrap().superseded);
        for (number, expected) in [(None, newer), (Some(file.version), false)] {
            let told = bench.storage.disclose_env_file(&owner, file.place(), number, record()).await;
            assert_eq!(told.unwrap().unwrap().superseded, expected);
        }
        if newer {
            break;
        }
        let mut unit = bench.unit().await;
        unit.entries().add_version(&owner, entry.id, &bench.version(2), 10).await.unwrap();
        unit.env_files().add_version(&owner, file.place(), &bench.version(2), 10).await.unwrap();
        bench.commit(unit, ada).await;
    }
}

/// A change of metadata leaves the cell and its facts as they are.
pub async fn metadata_does_not_touch_the_cell(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.category(ada, "AWS").await;
    let entry = bench.entry(ada, &category, "alpha").await;
    let before = bench.storage.disclose_entry(&owner, entry.id, bench.record(ada)).await.unwrap().unwrap();
    let renamed = Entry { project: parse("beta"), revision: Revision(2), ..entry.clone() };
    let mut unit = bench.unit().await;
    unit.entries().update(&owner, &renamed, entry.revision).await.unwrap();
    bench.commit(unit, ada).await;
    let after = bench.storage.disclose_entry(&owner, entry.id, bench.record(ada)).await.unwrap().unwrap();
    assert_eq!((after.version, after.sealed), (before.version, before.sealed));
}

/// For an entry that is not there it is `None`, and nothing is recorded.
pub async fn a_missing_entry_leaves_no_event(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.category(ada, "AWS").await;
    let entry = bench.entry(ada, &category, "alpha").await;
    let mut unit = bench.unit().await;
    assert!(unit.entries().remove(&owner, entry.id).await.unwrap());
    bench.commit(unit, ada).await;
    let before = bench.trail().await;
    for id in [entry.id, bench.draft_entry(&category, "never").id] {
        assert!(bench.storage.disclose_entry(&owner, id, bench.record(ada)).await.unwrap().is_none());
    }
    assert_eq!(bench.trail().await, before);
}

/// Many at once each get their own cell, each with its own event, once; those of others get nothing.
pub async fn many_at_once_get_their_own(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let category = bench.category(ada, "AWS").await;
    let mut cells = Vec::new();
    for index in 0..6 {
        let (entry, first) = (bench.draft_entry(&category, &format!("p{index}")), bench.version(1));
        let mut unit = bench.unit().await;
        unit.entries().insert(&Bench::owner(ada), &entry, &first).await.unwrap();
        bench.commit(unit, ada).await;
        cells.push((entry.id, first.sealed));
    }
    let events = bench.parallel(48, |bench, index| {
        let (id, sealed) = cells[index % cells.len()].clone();
        async move {
            let who = if index % 8 == 7 { bob } else { ada };
            let event = bench.event(Some(who));
            let record = AuditRecord::new(event.clone());
            let cell = bench.storage.disclose_entry(&Bench::owner(who), id, record).await.unwrap();
            match cell {
                Some(cell) => assert!(who == ada && cell.id == id && cell.sealed == sealed),
                None => assert_eq!(who, bob),
            }
            assert_eq!(bench.has_event(event.id).await, who == ada);
            (event.id, who == ada)
        }
    });
    let events = events.await;
    let trail = bench.trail().await;
    for (id, expected) in events {
        assert_eq!(trail.iter().filter(|event| event.id == id).count(), usize::from(expected));
    }
}

/// A disclosure beside a removal either finds the cell and records it, or neither.
pub async fn a_disclosure_beside_a_removal_is_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "AWS").await;
    for round in 0..10 {
        let entry = bench.entry(ada, &category, &format!("p{round}")).await;
        bench
            .parallel(4, move |bench, index| async move {
                let owner = Bench::owner(ada);
                if index == 0 {
                    let mut unit = bench.unit().await;
                    assert!(unit.entries().remove(&owner, entry.id).await.unwrap());
                    bench.commit(unit, ada).await;
                    return;
                }
                let event = bench.event(Some(ada));
                let record = AuditRecord::new(event.clone());
                let cell = bench.storage.disclose_entry(&owner, entry.id, record).await.unwrap();
                assert_eq!(bench.has_event(event.id).await, cell.is_some());
            })
            .await;
    }
}

/// A caller that goes away does not keep others from their cells.
pub async fn a_caller_that_leaves_disturbs_nobody(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.category(ada, "AWS").await;
    let entry = bench.entry(ada, &category, "alpha").await;
    for _ in 0..20 {
        let mut leaving = Box::pin(bench.storage.disclose_entry(&owner, entry.id, bench.record(ada)));
        std::future::poll_fn(|context| {
            drop(leaving.as_mut().poll(context));
            std::task::Poll::Ready(())
        })
        .await;
        drop(leaving);
        let event = bench.event(Some(ada));
        let record = AuditRecord::new(event.clone());
        assert!(bench.storage.disclose_entry(&owner, entry.id, record).await.unwrap().is_some());
        assert!(bench.has_event(event.id).await);
    }
}

/// Several cells come in the order in which they are named, with all their events; with one out of reach
/// among them none comes, and nothing is recorded.
pub async fn several_cells_come_together_or_none(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    let owner = Bench::owner(ada);
    let category = bench.category(ada, "One").await;
    let mut ids = Vec::new();
    // More than one statement reads at once.
    for index in 0..40 {
        let project = if index == 7 { "far".to_owned() } else { format!("p{index}") };
        ids.push(bench.entry(ada, &category, &project).await.id);
    }
    ids.reverse();
    let events: Vec<_> = ids.iter().map(|_| bench.event(Some(ada))).collect();
    let record = || {
        let mut events = events.iter().cloned();
        let first = AuditRecord::new(events.next().unwrap());
        events.fold(first, AuditRecord::and)
    };
    let before = bench.trail().await;
    let theirs = bench.category(eve, "One").await;
    let stranger = bench.entry(eve, &theirs, "p0").await.id;
    let never = bench.draft_entry(&category, "never").id;
    let base = bench.trail().await.len();
    let near: Vec<String> = (0..40).map(|index| format!("p{index}")).collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    for (owner, ids) in [
        (Bench::owner(ada), [&ids[..], &[stranger]].concat()),
        (Bench::owner(ada), [&[never], &ids[..]].concat()),
        (Bench::owner(eve), ids.clone()),
        (Bench::limited(ada, &near), ids.clone()),
    ] {
        let told = bench.storage.disclose_entries(&owner, &ids, record()).await;
        assert!(told.unwrap().is_none());
    }
    assert_eq!(bench.trail().await.len(), base);
    let told = bench.storage.disclose_entries(&owner, &ids, record()).await.unwrap().unwrap();
    assert_eq!(told.iter().map(|cell| cell.id).collect::<Vec<_>>(), ids);
    let trail = bench.trail().await;
    assert!(events.iter().all(|event| trail.contains(event) && !before.contains(event)));
    for cell in &told {
        let one = bench.storage.disclose_entry(&owner, cell.id, bench.record(ada)).await.unwrap().unwrap();
        assert_eq!((&one.sealed, one.version), (&cell.sealed, cell.version));
    }
}
