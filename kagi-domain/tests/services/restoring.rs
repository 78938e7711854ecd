//! Bringing old values back, and how many there are.

use kagi_domain::{
    access::Actor,
    audit::{Action, AuditResult},
    ids::CategoryId,
    model::{Patch, category::CategoryPatch},
    ports::StorageError,
    services::entries::{EntryError, VERSIONS_KEPT},
};
use kagi_tests::{
    TestKagi, kagi,
    samples::{entry, env_vars, group, group_value, text_value},
};

use crate::versions::{current, history, newest, numbers, save, value};

async fn shape(kagi: &TestKagi, actor: &Actor, id: CategoryId, fields: &[&str]) {
    let patch = CategoryPatch { fields: Patch::Set(env_vars(fields)), ..CategoryPatch::default() };
    kagi.categories().update(actor, id, patch).await.unwrap();
}

#[tokio::test]
async fn a_restore_is_a_new_version_and_overwrites_nothing() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let id = history(&kagi, &ada, &["first", "second"]).await;
    let cells = kagi.storage.cells();
    let restored = kagi.entries().restore(&ada, id, 1).await.unwrap();
    assert_eq!((restored.entry.version, restored.entry.revision.0), (3, 3));
    assert_eq!(newest(&kagi, 1), [(Action::EntryRestore, AuditResult::Ok, format!("entry_version {id}/1"))]);
    assert_eq!(current(&kagi, &ada, id).await, (3, "first".to_owned()));
    // The current one can be restored as well; it is a save like any other.
    assert_eq!(kagi.entries().restore(&ada, id, 3).await.unwrap().entry.version, 4);
    let after = kagi.storage.cells();
    assert_eq!(after[..2], cells[..], "what was there is as it was");
    let texts: std::collections::BTreeSet<_> = after.iter().map(|(_, _, sealed)| &sealed.cell).collect();
    assert_eq!(texts.len(), 4, "each version is sealed for itself");
    for (number, text) in [(1, "first"), (2, "second"), (3, "first"), (4, "first")] {
        assert_eq!(value(&kagi, &ada, id, number).await.unwrap(), text);
    }
    assert_eq!(kagi.entries().get(&ada, id).await.unwrap().entry.version, 4);
}

#[tokio::test]
async fn the_newest_hundred_are_kept_and_no_number_is_used_again() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let id = history(&kagi, &ada, &["v1"]).await;
    let mut there = vec![1];
    for number in 2..=230 {
        let made = if number % 7 == 0 {
            kagi.entries().restore(&ada, id, *there.last().unwrap()).await.unwrap().entry.version
        } else {
            save(&kagi, &ada, id, text_value(&format!("v{number}"))).await
        };
        assert_eq!(made, number, "numbers go on, whatever was purged");
        there.push(number);
        there.drain(..there.len().saturating_sub(VERSIONS_KEPT as usize));
        // The newest but one, where it matters most that its number stays unused; and an old one.
        for gone in [there.len() - 2, there.len() / 2].into_iter().filter(|_| number % 5 == 0) {
            kagi.entries().purge_version(&ada, id, there.remove(gone)).await.unwrap();
        }
        let kept: Vec<_> = there.iter().rev().copied().collect();
        assert_eq!(numbers(&kagi, &ada, id).await, kept);
    }
    assert_eq!(kagi.storage.cells().len(), there.len());
}

#[tokio::test]
async fn a_group_is_restored_only_while_its_category_has_the_fields() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let aws = kagi.categories().create(&ada, group("AWS", &["ID", "OLD", "SECRET"])).await.unwrap().category;
    let mut new = entry(aws.id, "Blog", "");
    new.value = group_value(&[("OLD", "o"), ("ID", "i")]);
    let id = kagi.entries().create(&ada, new).await.unwrap().entry.id;
    save(&kagi, &ada, id, group_value(&[("SECRET", "s")])).await;
    save(&kagi, &ada, id, group_value(&[("ID", "j")])).await;
    shape(&kagi, &ada, aws.id, &["SECRET", "ID"]).await;
    let (cells, events) = (kagi.storage.cells(), kagi.storage.audit_events().len());
    let Err(EntryError::Invalid(invalid)) = kagi.entries().restore(&ada, id, 1).await else {
        panic!("a field that is gone came back");
    };
    assert_eq!(invalid.fields().len(), 1);
    assert_eq!(invalid.fields()[0].field, "value.OLD");
    assert!(invalid.fields()[0].message.contains("add it again"));
    assert_eq!((kagi.storage.cells(), kagi.storage.audit_events().len()), (cells, events));
    // To look at it is still possible, and so is a version that fits.
    assert_eq!(value(&kagi, &ada, id, 1).await.unwrap(), "OLD=o;ID=i;");
    let restored = kagi.entries().restore(&ada, id, 2).await.unwrap().entry;
    assert_eq!((restored.version, restored.filled), (4, env_vars(&["SECRET"])));
    shape(&kagi, &ada, aws.id, &["OLD", "SECRET", "ID"]).await;
    let restored = kagi.entries().restore(&ada, id, 1).await.unwrap().entry;
    assert_eq!((restored.version, restored.filled), (5, env_vars(&["OLD", "ID"])));
    assert_eq!(current(&kagi, &ada, id).await, (5, "OLD=o;ID=i;".to_owned()));
}

#[tokio::test]
async fn what_somebody_else_changed_in_between_is_tried_again_five_times_in_all() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let id = history(&kagi, &ada, &["first"]).await;
    let conflicts = |count| (0..count).for_each(|_| kagi.storage.fail_next_commit(StorageError::Conflict));
    let gives_up = |error: EntryError| matches!(error, EntryError::Storage(StorageError::Conflict));
    conflicts(4);
    assert_eq!(save(&kagi, &ada, id, text_value("second")).await, 2);
    conflicts(4);
    assert_eq!(kagi.entries().restore(&ada, id, 1).await.unwrap().entry.version, 3);
    conflicts(5);
    assert!(gives_up(kagi.entries().restore(&ada, id, 1).await.unwrap_err()));
    conflicts(4);
    kagi.entries().purge_version(&ada, id, 1).await.unwrap();
    conflicts(5);
    assert!(gives_up(kagi.entries().purge_version(&ada, id, 2).await.unwrap_err()));
    assert_eq!(numbers(&kagi, &ada, id).await, [3, 2]);
    // Anything else is not tried again.
    kagi.storage.fail_next_commit(StorageError::Unavailable);
    assert!(kagi.entries().restore(&ada, id, 2).await.is_err());
    assert_eq!(numbers(&kagi, &ada, id).await, [3, 2]);
}
