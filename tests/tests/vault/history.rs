//! The history of a value on its real parts.

use std::collections::BTreeSet;

use kagi_domain::{
    Kagi,
    access::Actor,
    ids::EntryId,
    model::{Patch, category::CategoryPatch, entry::EntryPatch},
    paging::PageRequest,
    secret::SecretValue,
    services::{
        categories::CategoryError,
        entries::{EntryError, VERSIONS_KEPT},
    },
};
use kagi_tests::samples::{entry, env_vars, group, group_value, text_value};

use crate::vault::{Person, Place, on_both};

async fn save(kagi: &Kagi, actor: &Actor, id: EntryId, value: SecretValue) -> Result<u32, EntryError> {
    let patch = EntryPatch { value: Some(value), ..EntryPatch::default() };
    Ok(kagi.entries().update(actor, id, patch).await?.entry.version)
}

async fn revealed(kagi: &Kagi, actor: &Actor, id: EntryId, number: u32) -> Result<String, EntryError> {
    match kagi.entries().reveal_version(actor, id, number).await?.value {
        SecretValue::Simple(text) => Ok(text.expose().to_owned()),
        SecretValue::Group(_) => panic!("the category is simple"),
    }
}

async fn numbers(kagi: &Kagi, actor: &Actor, id: EntryId) -> Vec<u32> {
    let page = kagi.entries().versions(actor, id, &PageRequest::default()).await.unwrap();
    page.items.iter().map(|version| version.number).collect()
}

async fn a_value_has_a_history(place: &Place) {
    let (kagi, ada) = (&place.kagi, Person::new(place, "ada").await);
    let (actor, id) = (&ada.actor, ada.keep(place, ada.simple, "Blog", "first").await);
    assert_eq!(save(kagi, actor, id, text_value("leaked")).await.unwrap(), 2);
    assert_eq!(save(kagi, actor, id, text_value("leaked")).await.unwrap(), 3);
    assert_eq!(kagi.entries().restore(actor, id, 1).await.unwrap().entry.version, 4);
    for (number, text) in [(1, "first"), (2, "leaked"), (3, "leaked"), (4, "first")] {
        assert_eq!(revealed(kagi, actor, id, number).await.unwrap(), text);
    }
    let versions = kagi.entries().versions(actor, id, &PageRequest::default()).await.unwrap().items;
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [4, 3, 2, 1]);
    assert!(versions.iter().all(|version| version.actor == *actor.stamp()));

    for number in [2, 3] {
        kagi.entries().purge_version(actor, id, number).await.unwrap();
        let rows = format!("SELECT COUNT(*) FROM entry_versions WHERE number = {number}");
        assert_eq!(place.count(&rows).await, 0, "it is gone from the table");
        assert!(matches!(revealed(kagi, actor, id, number).await, Err(EntryError::VersionNotFound)));
    }
    let current = kagi.entries().purge_version(actor, id, 4).await;
    assert!(matches!(current, Err(EntryError::CurrentVersion)));
    assert_eq!(numbers(kagi, actor, id).await, [4, 1]);
    assert_eq!(ada.reveal(place, id).await.as_deref(), Some("first"));

    for (action, target, count) in [
        ("entry.reveal_version", format!("{id}/2"), 1),
        ("entry.restore", format!("{id}/1"), 1),
        ("entry.purge_version", format!("{id}/3"), 1),
        ("entry.purge_version", format!("{id}/4"), 0),
    ] {
        let rows = format!(
            "SELECT COUNT(*) FROM audit_events WHERE action = '{action}' AND result = 'ok'
             AND target_type = 'entry_version' AND target_id = '{target}'"
        );
        assert_eq!(place.count(&rows).await, count, "{action} {target}");
    }
}

async fn the_newest_hundred_are_kept(place: &Place) {
    let (kagi, ada) = (&place.kagi, Person::new(place, "ada").await);
    let (actor, id) = (&ada.actor, ada.keep(place, ada.simple, "Blog", "v1").await);
    let mut there = vec![1];
    for number in 2..=125 {
        let made = if number % 7 == 0 {
            kagi.entries().restore(actor, id, there[0]).await.unwrap().entry.version
        } else {
            save(kagi, actor, id, text_value(&format!("v{number}"))).await.unwrap()
        };
        assert_eq!(made, number);
        there.push(number);
        there.drain(..there.len().saturating_sub(VERSIONS_KEPT as usize));
        if number % 25 == 0 {
            kagi.entries().purge_version(actor, id, there.remove(there.len() - 2)).await.unwrap();
        }
    }
    assert_eq!(place.count("SELECT COUNT(*) FROM entry_versions").await, i64::try_from(there.len()).unwrap());
    there.reverse();
    assert_eq!(numbers(kagi, actor, id).await, there);
}

async fn parallel_restores_and_saves_lose_nothing(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let id = ada.keep(place, ada.simple, "Blog", "first").await;
    let changes: Vec<_> = (0..20)
        .map(|n| {
            let (kagi, actor) = (place.kagi.clone(), ada.actor.clone());
            tokio::spawn(async move {
                let saved = format!("v{n}");
                let (made, text) = if n % 2 == 0 {
                    let restored = kagi.entries().restore(&actor, id, 1).await;
                    (restored.map(|listing| listing.entry.version), "first".to_owned())
                } else {
                    (save(&kagi, &actor, id, text_value(&saved)).await, saved)
                };
                Some((made.ok()?, text))
            })
        })
        .collect();
    let (mut made, mut restored) = (BTreeSet::from([1]), 0);
    for change in changes {
        let Some((number, text)) = change.await.unwrap() else { continue };
        restored += usize::from(text == "first");
        assert!(made.insert(number), "two changes got version {number}");
        assert_eq!(revealed(&place.kagi, &ada.actor, id, number).await.unwrap(), text);
    }
    assert!(restored > 0 && made.len() > 2, "{restored} of {}", made.len());
    let listed: BTreeSet<_> = numbers(&place.kagi, &ada.actor, id).await.into_iter().collect();
    assert_eq!(listed, made, "each acknowledged change is a version, and nothing else is");
    assert_eq!(made, (1..=u32::try_from(made.len()).unwrap()).collect());
}

/// A restore locks the category as a save does: a field that the old value fills is either still
/// there when it comes back, or it does not come back.
async fn a_field_is_not_removed_while_it_comes_back(place: &Place) {
    let (kagi, ada) = (&place.kagi, Person::new(place, "ada").await);
    for round in 0..16 {
        let new = group(&format!("Group {round}"), &["KEPT", "GONE"]);
        let category = kagi.categories().create(&ada.actor, new).await.unwrap().category.id;
        let mut new = entry(category, "Blog", "");
        new.value = group_value(&[("GONE", "x")]);
        let id = kagi.entries().create(&ada.actor, new).await.unwrap().entry.id;
        save(kagi, &ada.actor, id, group_value(&[("KEPT", "y")])).await.unwrap();
        let restore = {
            let (kagi, actor) = (kagi.clone(), ada.actor.clone());
            tokio::spawn(async move { kagi.entries().restore(&actor, id, 1).await })
        };
        let removal = {
            let (kagi, actor) = (kagi.clone(), ada.actor.clone());
            let fields = Patch::Set(env_vars(&["KEPT"]));
            let patch = CategoryPatch { fields, ..CategoryPatch::default() };
            tokio::spawn(async move { kagi.categories().update(&actor, category, patch).await })
        };
        match (restore.await.unwrap(), removal.await.unwrap()) {
            (Ok(_), Err(CategoryError::FieldInUse)) | (Err(EntryError::Invalid(_)), Ok(_)) => {}
            both => panic!("{both:?}"),
        }
    }
}

on_both! {
    a_value_has_a_history;
    the_newest_hundred_are_kept;
    parallel_restores_and_saves_lose_nothing;
    a_field_is_not_removed_while_it_comes_back;
}
