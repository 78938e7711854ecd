//! Entries in a unit of work.

use std::time::Duration;

use kagi_domain::{
    ids::UserId,
    model::{
        Revision,
        entry::{Entry, Environment},
    },
    ports::{StorageError, Unique},
    text::Prose,
};

use super::Bench;
use crate::samples::{env_vars, group_shape, parse, simple_shape};

/// An entry comes back as it was put in, through the unit and through the catalogue.
pub async fn an_entry_is_kept_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.stored(ada, bench.draft_category("AWS", group_shape(&["ID", "SECRET", "R"]))).await;
    let full = Entry {
        environment: Environment::Local,
        description: Prose::parse("50 % \\ '\"\nline").unwrap(),
        notes: Prose::parse("\u{1f511}\ttab").unwrap(),
        expires_at: Some(bench.now().plus(Duration::from_millis(1))),
        filled: env_vars(&["SECRET", "ID"]),
        version: 7,
        revision: Revision(9),
        updated_at: bench.now().plus(Duration::from_secs(1)),
        ..bench.draft_entry(&category, "Ünïcode — \u{9375}")
    };
    let mut drafts = vec![full];
    for environment in Environment::ALL {
        drafts.push(Entry { environment, ..bench.draft_entry(&category, "alpha") });
    }
    for entry in drafts {
        bench.kept(ada, entry.clone()).await;
        let found = bench.unit().await.entries().find(&owner, entry.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&entry));
        let listed = bench.catalog().entry(&owner, entry.id).await.unwrap().unwrap();
        assert_eq!(listed.entry, entry);
        assert_eq!((listed.category.id, &listed.category.shape), (category.id, &category.shape));
    }
}

/// An update replaces all but the id, the category and the creation time.
pub async fn an_update_replaces_all_but_id_category_and_creation_time(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "AWS").await;
    let other = bench.category(ada, "Other").await;
    let before = bench.entry(ada, &category, "alpha").await;
    let after = Entry {
        category: other.id,
        project: parse("beta"),
        environment: Environment::Staging,
        description: Prose::parse("text").unwrap(),
        notes: Prose::parse("notes").unwrap(),
        expires_at: Some(bench.now()),
        filled: env_vars(&["X"]),
        version: 2,
        revision: before.revision.next(),
        created_at: before.created_at.plus(Duration::from_secs(9)),
        updated_at: before.updated_at.plus(Duration::from_secs(5)),
        id: before.id,
    };
    update(&bench, ada, &after, before.revision).await.unwrap();
    let wanted = Entry { category: category.id, created_at: before.created_at, ..after.clone() };
    assert_eq!(kept(&bench, ada, &before).await, wanted);
    let emptied = Entry {
        description: None,
        notes: None,
        expires_at: None,
        filled: Vec::new(),
        revision: wanted.revision.next(),
        ..wanted.clone()
    };
    update(&bench, ada, &emptied, wanted.revision).await.unwrap();
    assert_eq!(kept(&bench, ada, &before).await, emptied);
}

/// An update at another revision than the row's is a conflict and writes nothing.
pub async fn an_update_of_another_revision_conflicts(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "AWS").await;
    let before = bench.entry(ada, &category, "alpha").await;
    for seen in [Revision(0), Revision(2)] {
        let after = Entry { project: parse("beta"), revision: seen.next(), ..before.clone() };
        assert_eq!(update(&bench, ada, &after, seen).await, Err(StorageError::Conflict));
    }
    let missing = bench.draft_entry(&category, "missing");
    assert_eq!(update(&bench, ada, &missing, Revision::FIRST).await, Err(StorageError::Conflict));
    assert_eq!(kept(&bench, ada, &before).await, before);
}

/// One category has one entry for a project, folded, and an environment.
pub async fn places_are_unique_folded(bench: Bench) {
    let ada = bench.person("ada").await;
    let (category, other) = (bench.category(ada, "AWS").await, bench.category(ada, "Other").await);
    bench.entry(ada, &category, "Älpha").await;
    for spelling in ["Älpha", "älpha", "ÄLPHA", "A\u{308}lpha", "Älｐha"] {
        let twin = bench.draft_entry(&category, spelling);
        let refused = bench.unit().await.entries().insert(&Bench::owner(ada), &twin, &bench.version(1)).await;
        assert_eq!(refused, Err(StorageError::Duplicate(Unique::EntryPlace)), "{spelling}");
        assert!(bench.catalog().entry(&Bench::owner(ada), twin.id).await.unwrap().is_none());
    }
    bench.entry(ada, &other, "Älpha").await;
    let staging = Entry { environment: Environment::Staging, ..bench.draft_entry(&category, "Älpha") };
    bench.kept(ada, staging).await;
    assert_eq!(bench.cells().await, 3);
}

/// An entry cannot move into another's place, and may respell its own.
pub async fn an_update_cannot_take_a_place(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "AWS").await;
    bench.entry(ada, &category, "alpha").await;
    let before = bench.entry(ada, &category, "beta").await;
    let revision = before.revision.next();
    let taken = Entry { project: parse("ALPHA"), revision, ..before.clone() };
    let refused = update(&bench, ada, &taken, before.revision).await;
    assert_eq!(refused, Err(StorageError::Duplicate(Unique::EntryPlace)));
    assert_eq!(kept(&bench, ada, &before).await, before);
    let respelt = Entry { project: parse("BETA"), revision, ..before.clone() };
    update(&bench, ada, &respelt, before.revision).await.unwrap();
    assert_eq!(kept(&bench, ada, &before).await, respelt);
}

/// Versions beyond the number to keep are forgotten, the oldest first, of this entry only.
pub async fn the_oldest_versions_are_forgotten(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.category(ada, "AWS").await;
    let mut entry = bench.entry(ada, &category, "alpha").await;
    bench.entry(ada, &category, "other").await;
    for number in 2..=6 {
        let seen = entry.revision;
        (entry.version, entry.revision) = (number, seen.next());
        let version = bench.version(number);
        let mut unit = bench.unit().await;
        unit.entries().update(&owner, &entry, seen).await.unwrap();
        unit.entries().add_version(&owner, entry.id, &version, 3).await.unwrap();
        bench.commit(unit, ada).await;
        let disclosed = bench.storage.disclose_entry(&owner, entry.id, bench.record(ada)).await;
        let disclosed = disclosed.unwrap().unwrap();
        assert_eq!((disclosed.version, disclosed.sealed), (number, version.sealed));
        assert_eq!(bench.cells().await, u64::from(number.min(3)) + 1);
    }
    let mut unit = bench.unit().await;
    unit.entries().add_version(&owner, entry.id, &bench.version(7), 1).await.unwrap();
    bench.commit(unit, ada).await;
    assert_eq!(bench.cells().await, 2);
}

/// A version's number stands once in an entry.
pub async fn a_version_is_never_replaced(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.category(ada, "AWS").await;
    let entry = bench.draft_entry(&category, "alpha");
    let first = bench.version(1);
    let mut unit = bench.unit().await;
    unit.entries().insert(&owner, &entry, &first).await.unwrap();
    bench.commit(unit, ada).await;
    let again = bench.unit().await.entries().add_version(&owner, entry.id, &bench.version(1), 9).await;
    assert!(again.is_err());
    let disclosed = bench.storage.disclose_entry(&owner, entry.id, bench.record(ada)).await;
    assert_eq!(disclosed.unwrap().unwrap().sealed, first.sealed);
}

/// A removed entry takes its versions along and frees its place.
pub async fn a_removal_takes_the_versions(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.category(ada, "AWS").await;
    let entry = bench.entry(ada, &category, "alpha").await;
    let mut unit = bench.unit().await;
    unit.entries().add_version(&owner, entry.id, &bench.version(2), 9).await.unwrap();
    assert!(unit.entries().remove(&owner, entry.id).await.unwrap());
    assert!(!unit.entries().remove(&owner, entry.id).await.unwrap());
    bench.commit(unit, ada).await;
    assert_eq!(bench.cells().await, 0);
    assert!(bench.catalog().entry(&owner, entry.id).await.unwrap().is_none());
    bench.entry(ada, &category, "alpha").await;
}

/// An entry without a category cannot be.
pub async fn an_entry_needs_its_category(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.draft_category("missing", simple_shape("A"));
    let entry = bench.draft_entry(&category, "alpha");
    let refused = bench.unit().await.entries().insert(&Bench::owner(ada), &entry, &bench.version(1)).await;
    assert!(refused.is_err());
    assert_eq!(bench.cells().await, 0);
}

async fn kept(bench: &Bench, user: UserId, entry: &Entry) -> Entry {
    bench.catalog().entry(&Bench::owner(user), entry.id).await.unwrap().unwrap().entry
}

async fn update(bench: &Bench, user: UserId, entry: &Entry, seen: Revision) -> Result<(), StorageError> {
    let mut unit = bench.unit().await;
    unit.entries().update(&Bench::owner(user), entry, seen).await?;
    unit.commit(bench.record(user)).await
}
