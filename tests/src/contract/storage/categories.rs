//! Categories in a unit of work.

use std::time::Duration;

use kagi_domain::{
    model::{Revision, category::Category},
    ports::{CategoryUsage, StorageError, Unique},
    text::Prose,
};

use super::Bench;
use crate::samples::{env_vars, group_shape, parse, simple_shape};

/// A category comes back as it was put in, through the unit and through the catalogue.
pub async fn a_category_is_kept_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let plain = bench.draft_category("plain", simple_shape("OPENAI_API_KEY"));
    let none_public =
        Category { public_names: Some(Vec::new()), ..bench.draft_category("none", simple_shape("A")) };
    let full = Category {
        public_names: Some(env_vars(&["REGION"])),
        description: Prose::parse("For \"billing\"; 50 %\nand\tmore \u{1f511} \\ '").unwrap(),
        icon: Some(parse("openai")),
        color: Some(parse("#3366ff")),
        revision: Revision(41),
        updated_at: bench.now().plus(Duration::from_millis(1)),
        ..bench.draft_category("AWS — \u{9375} '\"\\%_", group_shape(&["ZONE", "REGION", "A_KEY", "b"]))
    };
    for category in [plain, none_public, full] {
        bench.stored(ada, category.clone()).await;
        let found = bench.unit().await.categories().find(&owner, category.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&category));
        let listed = bench.catalog().category(&owner, category.id).await.unwrap().unwrap();
        assert_eq!((listed.category, listed.entry_count), (category, 0));
    }
}

/// An update replaces all but the id and the creation time.
pub async fn an_update_replaces_all_but_id_and_creation_time(bench: Bench) {
    let ada = bench.person("ada").await;
    let before = bench.category(ada, "before").await;
    let after = Category {
        name: parse("after"),
        shape: group_shape(&["B", "A"]),
        public_names: Some(env_vars(&["A"])),
        description: Prose::parse("text").unwrap(),
        icon: Some(parse("aws")),
        color: Some(parse("#000000")),
        revision: before.revision.next(),
        created_at: before.created_at.plus(Duration::from_secs(9)),
        updated_at: before.updated_at.plus(Duration::from_secs(5)),
        ..before.clone()
    };
    update(&bench, ada, &after, before.revision).await.unwrap();
    let kept = bench.catalog().category(&Bench::owner(ada), before.id).await.unwrap().unwrap().category;
    assert_eq!(kept, Category { created_at: before.created_at, ..after.clone() });
    let emptied = Category {
        public_names: None,
        description: None,
        icon: None,
        color: None,
        revision: after.revision.next(),
        ..after.clone()
    };
    update(&bench, ada, &emptied, after.revision).await.unwrap();
    let kept = bench.catalog().category(&Bench::owner(ada), before.id).await.unwrap().unwrap().category;
    assert_eq!(kept, Category { created_at: before.created_at, ..emptied });
}

/// An update at another revision than the row's is a conflict and writes nothing.
pub async fn an_update_of_another_revision_conflicts(bench: Bench) {
    let ada = bench.person("ada").await;
    let before = bench.category(ada, "before").await;
    for seen in [Revision(0), Revision(2)] {
        let after = Category { name: parse("after"), revision: seen.next(), ..before.clone() };
        assert_eq!(update(&bench, ada, &after, seen).await, Err(StorageError::Conflict));
    }
    let missing = bench.draft_category("missing", simple_shape("A"));
    assert_eq!(update(&bench, ada, &missing, Revision::FIRST).await, Err(StorageError::Conflict));
    let kept = bench.catalog().category(&Bench::owner(ada), before.id).await.unwrap().unwrap().category;
    assert_eq!(kept, before);
}

/// Holding a row checks its revision and changes nothing.
pub async fn a_hold_checks_the_revision_and_changes_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.category(ada, "c").await;
    let missing = bench.draft_category("missing", simple_shape("A"));
    for (id, seen) in [(category.id, Revision(0)), (category.id, Revision(2)), (missing.id, Revision::FIRST)]
    {
        let held = bench.unit().await.categories().hold(&owner, id, seen).await;
        assert_eq!(held, Err(StorageError::Conflict));
    }
    let mut unit = bench.unit().await;
    unit.categories().hold(&owner, category.id, category.revision).await.unwrap();
    bench.commit(unit, ada).await;
    let kept = bench.catalog().category(&owner, category.id).await.unwrap().unwrap().category;
    assert_eq!(kept, category);
}

/// Two spellings that fold to one name are one name within an owner, and two between owners.
pub async fn names_are_unique_folded_within_an_owner(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    bench.category(ada, "Äpfel API").await;
    for spelling in ["Äpfel API", "äpfel api", "ÄPFEL API", "A\u{308}pfel API", "Äpfel ＡＰＩ"] {
        let twin = bench.draft_category(spelling, simple_shape("A"));
        let refused = bench.unit().await.categories().insert(&Bench::owner(ada), &twin).await;
        assert_eq!(refused, Err(StorageError::Duplicate(Unique::CategoryName)), "{spelling}");
        assert!(bench.catalog().category(&Bench::owner(ada), twin.id).await.unwrap().is_none());
    }
    bench.category(bob, "Äpfel API").await;
    bench.category(ada, "Apfel API").await;
}

/// A category cannot take another's name by an update, and may respell its own.
pub async fn an_update_cannot_take_a_name(bench: Bench) {
    let ada = bench.person("ada").await;
    bench.category(ada, "OpenAI").await;
    let other = bench.category(ada, "AWS").await;
    let revision = other.revision.next();
    let taken = Category { name: parse("OPENAI"), revision, ..other.clone() };
    let refused = update(&bench, ada, &taken, other.revision).await;
    assert_eq!(refused, Err(StorageError::Duplicate(Unique::CategoryName)));
    let respelt = Category { name: parse("aws"), revision, ..other.clone() };
    update(&bench, ada, &respelt, other.revision).await.unwrap();
    let kept = bench.catalog().category(&Bench::owner(ada), other.id).await.unwrap().unwrap().category;
    assert_eq!(kept, respelt);
}

/// A removed category takes its entries and their versions along, and nothing else.
pub async fn a_removal_takes_entries_and_versions(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (gone, stays) = (bench.category(ada, "gone").await, bench.category(ada, "stays").await);
    let lost = bench.entry(ada, &gone, "alpha").await;
    let kept = bench.entry(ada, &stays, "alpha").await;
    let mut unit = bench.unit().await;
    unit.entries().add_version(&owner, lost.id, &bench.version(2), 10).await.unwrap();
    bench.commit(unit, ada).await;
    assert_eq!(bench.cells().await, 3);

    let mut unit = bench.unit().await;
    assert!(unit.categories().remove(&owner, gone.id).await.unwrap());
    assert!(!unit.categories().remove(&owner, gone.id).await.unwrap());
    bench.commit(unit, ada).await;
    assert_eq!(bench.cells().await, 1);
    assert!(bench.catalog().entry(&owner, lost.id).await.unwrap().is_none());
    assert!(bench.catalog().entry(&owner, kept.id).await.unwrap().is_some());
    let record = bench.record(ada);
    assert!(bench.storage.disclose_entry(&owner, lost.id, record).await.unwrap().is_none());
    bench.category(ada, "gone").await;
}

/// Usage counts the category's entries and gathers the fields that they fill.
pub async fn usage_counts_entries_and_fields(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.draft_category("AWS", group_shape(&["ID", "SECRET", "REGION"]));
    let category = bench.stored(ada, category).await;
    let other = bench.stored(ada, bench.draft_category("Other", group_shape(&["ELSE"]))).await;
    bench.entry(ada, &other, "alpha").await;
    let usage = bench.unit().await.categories().usage(&owner, category.id).await.unwrap();
    assert_eq!(usage, CategoryUsage::default());

    for (project, filled) in [("alpha", &["SECRET", "ID"]), ("beta", &["ID", "REGION"])] {
        let mut entry = bench.draft_entry(&category, project);
        entry.filled = env_vars(filled);
        bench.kept(ada, entry).await;
    }
    let filled = env_vars(&["ID", "REGION", "SECRET"]).into_iter().collect();
    let usage = bench.unit().await.categories().usage(&owner, category.id).await.unwrap();
    assert_eq!(usage, CategoryUsage { entries: 2, out_of_reach: 0, filled });
}

/// Usage follows the current values, not earlier ones.
pub async fn usage_follows_the_current_values(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.stored(ada, bench.draft_category("AWS", group_shape(&["ID", "SECRET"]))).await;
    let mut entry = bench.entry(ada, &category, "alpha").await;
    (entry.filled, entry.version, entry.revision) = (env_vars(&["SECRET"]), 2, Revision(2));
    let mut unit = bench.unit().await;
    unit.entries().update(&owner, &entry, Revision(1)).await.unwrap();
    unit.entries().add_version(&owner, entry.id, &bench.version(2), 10).await.unwrap();
    let usage = unit.categories().usage(&owner, category.id).await.unwrap();
    assert_eq!(usage.filled, env_vars(&["SECRET"]).into_iter().collect());
    assert!(unit.entries().remove(&owner, entry.id).await.unwrap());
    let usage = unit.categories().usage(&owner, category.id).await.unwrap();
    assert_eq!(usage, CategoryUsage::default());
}

async fn update(
    bench: &Bench,
    user: kagi_domain::ids::UserId,
    category: &Category,
    seen: Revision,
) -> Result<(), StorageError> {
    let mut unit = bench.unit().await;
    unit.categories().update(&Bench::owner(user), category, seen).await?;
    unit.commit(bench.record(user)).await
}
