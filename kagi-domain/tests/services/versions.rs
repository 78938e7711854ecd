//! The history of a value.

use std::time::Duration;

use kagi_domain::{
    access::{Actor, Denied, Scope},
    audit::{Action, AuditResult},
    ids::EntryId,
    model::{entry::EntryPatch, version::VersionListing},
    paging::{Cursor, PageRequest},
    secret::SecretValue,
    services::entries::EntryError,
};
use kagi_tests::{
    TestKagi, kagi,
    samples::{access_key, category, entry, only, text_value},
};

use crate::{acting, from, set_up};

pub(crate) async fn save(kagi: &TestKagi, actor: &Actor, id: EntryId, value: SecretValue) -> u32 {
    let patch = EntryPatch { value: Some(value), ..EntryPatch::default() };
    kagi.entries().update(actor, id, patch).await.unwrap().entry.version
}

/// An entry with these values, the first one first.
pub(crate) async fn history(kagi: &TestKagi, actor: &Actor, values: &[&str]) -> EntryId {
    let made = kagi.categories().create(actor, category("OpenAI", "K")).await.unwrap().category;
    let id = kagi.entries().create(actor, entry(made.id, "Blog", values[0])).await.unwrap().entry.id;
    for value in &values[1..] {
        kagi.clock.advance(Duration::from_millis(5));
        save(kagi, actor, id, text_value(value)).await;
    }
    id
}

pub(crate) async fn listed(kagi: &TestKagi, actor: &Actor, id: EntryId) -> Vec<VersionListing> {
    kagi.entries().versions(actor, id, &PageRequest::default()).await.unwrap().items
}

pub(crate) async fn numbers(kagi: &TestKagi, actor: &Actor, id: EntryId) -> Vec<u32> {
    listed(kagi, actor, id).await.iter().map(|version| version.number).collect()
}

pub(crate) fn plain(value: &SecretValue) -> String {
    match value {
        SecretValue::Simple(text) => text.expose().to_owned(),
        SecretValue::Group(fields) => {
            let pairs: Vec<_> =
                fields.iter().map(|(name, text)| format!("{name}={};", text.expose())).collect();
            pairs.concat()
        }
    }
}

pub(crate) async fn value(
    kagi: &TestKagi,
    actor: &Actor,
    id: EntryId,
    number: u32,
) -> Result<String, EntryError> {
    let revealed = kagi.entries().reveal_version(actor, id, number).await?;
    assert_eq!((revealed.id, revealed.version), (id, number));
    Ok(plain(&revealed.value))
}

pub(crate) async fn current(kagi: &TestKagi, actor: &Actor, id: EntryId) -> (u32, String) {
    let revealed = kagi.entries().reveal(actor, id).await.unwrap();
    (revealed.version, plain(&revealed.value))
}

/// The newest events as action, result and target.
pub(crate) fn newest(kagi: &TestKagi, count: usize) -> Vec<(Action, AuditResult, String)> {
    let events = kagi.storage.audit_events().into_iter().rev().take(count);
    events
        .map(|event| {
            let target = event.target.unwrap();
            (event.action, event.result, format!("{} {}", target.kind.as_str(), target.id))
        })
        .collect()
}

#[tokio::test]
async fn every_save_is_listed_with_who_and_when_and_can_be_revealed() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let id = history(&kagi, &ada, &["first", "second", "second"]).await;
    let versions = listed(&kagi, &ada, id).await;
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert!(versions.iter().all(|version| version.actor == *ada.stamp()));
    assert!(versions.is_sorted_by(|newer, older| newer.created_at > older.created_at));
    for (number, text) in [(1, "first"), (2, "second"), (3, "second")] {
        assert_eq!(value(&kagi, &ada, id, number).await.unwrap(), text);
        let target = format!("entry_version {id}/{number}");
        assert_eq!(newest(&kagi, 1), [(Action::EntryRevealVersion, AuditResult::Ok, target)]);
    }
}

#[tokio::test]
async fn a_purged_version_is_gone_and_the_current_one_cannot_be_purged() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let id = history(&kagi, &ada, &["leaked", "second", "third"]).await;
    kagi.entries().purge_version(&ada, id, 1).await.unwrap();
    let target = format!("entry_version {id}/1");
    assert_eq!(newest(&kagi, 1), [(Action::EntryPurgeVersion, AuditResult::Ok, target)]);
    assert_eq!(numbers(&kagi, &ada, id).await, [3, 2]);
    assert_eq!(kagi.storage.cells().len(), 2);
    let events = kagi.storage.audit_events().len();
    let refused = kagi.entries().purge_version(&ada, id, 3).await;
    assert!(matches!(refused, Err(EntryError::CurrentVersion)));
    assert!(matches!(value(&kagi, &ada, id, 1).await, Err(EntryError::VersionNotFound)));
    assert!(matches!(kagi.entries().restore(&ada, id, 1).await, Err(EntryError::VersionNotFound)));
    assert!(matches!(kagi.entries().purge_version(&ada, id, 1).await, Err(EntryError::VersionNotFound)));
    assert_eq!(kagi.storage.audit_events().len(), events, "nothing happened, so nothing is noted");
    assert_eq!(current(&kagi, &ada, id).await, (3, "third".to_owned()));
}

#[tokio::test]
async fn what_is_not_there_is_told_apart_from_what_is_out_of_reach() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let eve = kagi.actor("eve").await;
    let id = history(&kagi, &session, &["first", "second"]).await;
    let mut new = access_key("ci", Scope::ALL);
    new.projects = only(&["Shop"]);
    let issued = kagi.access_keys().create(&session, new).await.unwrap();
    let limited = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let mut new = access_key("ci", Scope::ALL);
    new.projects = only(&["BLOG"]);
    let issued = kagi.access_keys().create(&session, new).await.unwrap();
    let within = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let (cells, events) = (kagi.storage.cells(), kagi.storage.audit_events().len());
    for number in [0, 3, u32::MAX] {
        assert!(matches!(value(&kagi, &session, id, number).await, Err(EntryError::VersionNotFound)));
        let restored = kagi.entries().restore(&session, id, number).await;
        assert!(matches!(restored, Err(EntryError::VersionNotFound)));
        let purged = kagi.entries().purge_version(&session, id, number).await;
        assert!(matches!(purged, Err(EntryError::VersionNotFound)));
    }
    for actor in [&eve, &limited] {
        let versions = kagi.entries().versions(actor, id, &PageRequest::default()).await;
        assert!(matches!(versions, Err(EntryError::NotFound)));
        for number in [0, 1, 2, 3] {
            assert!(matches!(value(&kagi, actor, id, number).await, Err(EntryError::NotFound)));
            assert!(matches!(kagi.entries().restore(actor, id, number).await, Err(EntryError::NotFound)));
            let purged = kagi.entries().purge_version(actor, id, number).await;
            assert!(matches!(purged, Err(EntryError::NotFound)));
        }
    }
    assert_eq!((kagi.storage.cells(), kagi.storage.audit_events().len()), (cells, events));
    assert_eq!(value(&kagi, &within, id, 1).await.unwrap(), "first");
    assert_eq!(kagi.entries().restore(&within, id, 1).await.unwrap().entry.version, 3);
    let versions = listed(&kagi, &within, id).await;
    assert_eq!(versions[0].actor, *within.stamp(), "who restored is who saved");
    kagi.entries().purge_version(&within, id, 1).await.unwrap();
}

#[tokio::test]
async fn each_operation_asks_for_its_scope_and_its_own_cursor() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let id = history(&kagi, &session, &["first", "second"]).await;
    let others =
        |scope: Scope| -> Vec<Scope> { Scope::ALL.iter().copied().filter(|other| *other != scope).collect() };
    for scope in [Scope::EntriesRead, Scope::EntriesReveal, Scope::EntriesWrite] {
        let new = access_key("ci", &others(scope));
        let issued = kagi.access_keys().create(&session, new).await.unwrap();
        let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
        let errors = match scope {
            Scope::EntriesRead => {
                vec![kagi.entries().versions(&key, id, &PageRequest::default()).await.err()]
            }
            Scope::EntriesReveal => vec![value(&kagi, &key, id, 1).await.err()],
            _ => vec![
                kagi.entries().restore(&key, id, 1).await.err(),
                kagi.entries().purge_version(&key, id, 1).await.err(),
            ],
        };
        for error in errors {
            assert!(matches!(error, Some(EntryError::Denied(Denied::Scope(denied))) if denied == scope));
        }
    }
    let page = PageRequest { after: Some(Cursor::Number(2)), ..PageRequest::default() };
    let rest = kagi.entries().versions(&session, id, &page).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
}

#[tokio::test]
async fn a_version_that_does_not_open_is_neither_shown_nor_restored() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let id = history(&kagi, &ada, &["first", "second", "third"]).await;
    let second = kagi.storage.cells()[1].2.clone();
    kagi.storage.tamper_version(id, 1, second);
    let cells = kagi.storage.cells();
    let target = format!("entry_version {id}/1");
    assert!(matches!(value(&kagi, &ada, id, 1).await, Err(EntryError::Integrity)));
    let reveal = Action::EntryRevealVersion;
    let expected = [AuditResult::Failed, AuditResult::Ok].map(|result| (reveal, result, target.clone()));
    assert_eq!(newest(&kagi, 2), expected);
    assert!(matches!(kagi.entries().restore(&ada, id, 1).await, Err(EntryError::Integrity)));
    let failed = (Action::EntryRestore, AuditResult::Failed, target);
    assert_eq!(newest(&kagi, 2), [failed, expected[0].clone()]);
    assert_eq!(kagi.storage.cells(), cells);
    assert_eq!(kagi.entries().get(&ada, id).await.unwrap().entry.version, 3);
    for (number, text) in [(2, "second"), (3, "third")] {
        assert_eq!(value(&kagi, &ada, id, number).await.unwrap(), text);
    }
    kagi.entries().purge_version(&ada, id, 1).await.unwrap();
}

#[tokio::test]
async fn without_a_trail_nothing_is_shown_restored_or_purged() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let id = history(&kagi, &ada, &["first", "second"]).await;
    let cells = kagi.storage.cells();
    kagi.storage.fail_audit(true);
    assert!(matches!(value(&kagi, &ada, id, 1).await, Err(EntryError::Storage(_))));
    assert!(matches!(kagi.entries().restore(&ada, id, 1).await, Err(EntryError::Storage(_))));
    assert!(matches!(kagi.entries().purge_version(&ada, id, 1).await, Err(EntryError::Storage(_))));
    kagi.storage.fail_audit(false);
    assert_eq!(kagi.storage.cells(), cells);
    assert_eq!(value(&kagi, &ada, id, 1).await.unwrap(), "first");
}
