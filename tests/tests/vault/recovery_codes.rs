//! Recovery codes: each leaves once as unused, and opens only where it was sealed.

use std::collections::BTreeSet;

use kagi_domain::{
    Kagi,
    access::Actor,
    ids::RecoverySetId,
    model::recovery_set::{CodeIndex, RecoverySetPatch},
    services::{entries::EntryError, recovery_sets::RecoverySetError},
};
use kagi_tests::samples::{recovery_codes, recovery_set};

use crate::vault::{Person, Place, on_both};

const OK: &str = "SELECT COUNT(*) FROM audit_events WHERE action = 'two_factor.reveal' AND result = 'ok'";
const FAILED: &str =
    "SELECT COUNT(*) FROM audit_events WHERE action = 'two_factor.reveal' AND result = 'failed'";

async fn make(place: &Place, actor: &Actor, codes: &[&str]) -> RecoverySetId {
    place.kagi.recovery_sets().create(actor, recovery_set("GitHub", codes)).await.unwrap().id
}

async fn reveal(
    kagi: &Kagi,
    actor: &Actor,
    id: RecoverySetId,
    index: Option<u64>,
) -> Result<String, RecoverySetError> {
    let index = index.map(|index| CodeIndex::new(index).unwrap());
    kagi.recovery_sets().reveal(actor, id, index).await.map(|revealed| revealed.token.expose().to_owned())
}

/// A hundred at once want a code of ten; where there can be replicas, half of them on another.
async fn a_hundred_reveals_of_ten_codes_give_each_once(place: &Place) {
    let ada = Person::new(place, "ada").await.actor;
    let codes: Vec<String> = (0..10).map(|n| format!("code-{n}")).collect();
    let texts: Vec<&str> = codes.iter().map(String::as_str).collect();
    let id = make(place, &ada, &texts).await;
    let (replica, storage) = place.replica().await;
    // A SQLite file belongs to one server.
    let other = if place.folder().is_some() { &place.kagi } else { &replica };
    let reveals: Vec<_> = (0..100)
        .map(|n| {
            let (kagi, ada) = ([&place.kagi, other][n % 2].clone(), ada.clone());
            tokio::spawn(async move { reveal(&kagi, &ada, id, None).await })
        })
        .collect();
    let (mut got, mut depleted) = (Vec::new(), 0);
    for outcome in reveals {
        match outcome.await.unwrap() {
            Ok(code) => got.push(code),
            Err(RecoverySetError::Depleted) => depleted += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    got.sort();
    assert_eq!((got, depleted), (codes, 90));
    assert_eq!(place.count(OK).await, 10);
    let set = place.kagi.recovery_sets().get(&ada, id).await.unwrap();
    assert_eq!((set.used(), set.total()), (10, 10));
    storage.close().await;
}

/// While codes are revealed, new ones take their place: what is marked among the new ones is what
/// somebody got of them, and no code is got twice.
async fn new_codes_beside_reveals_are_never_marked_for_old_ones(place: &Place) {
    let ada = Person::new(place, "ada").await.actor;
    for round in 0..10 {
        let old: Vec<String> = (0..6).map(|n| format!("old-{round}-{n}")).collect();
        let id = make(place, &ada, &old.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let reveals: Vec<_> = (0..6)
            .map(|_| {
                let (kagi, ada) = (place.kagi.clone(), ada.clone());
                tokio::spawn(async move { reveal(&kagi, &ada, id, None).await.unwrap() })
            })
            .collect();
        let new: Vec<String> = (0..8).map(|n| format!("new-{round}-{n}")).collect();
        let codes = recovery_codes(&new.iter().map(String::as_str).collect::<Vec<_>>());
        let patch = RecoverySetPatch { codes: Some(codes), ..RecoverySetPatch::default() };
        place.kagi.recovery_sets().update(&ada, id, patch).await.unwrap();
        let mut got = BTreeSet::new();
        for code in reveals {
            assert!(got.insert(code.await.unwrap()), "a code was got twice");
        }
        let set = place.kagi.recovery_sets().get(&ada, id).await.unwrap();
        let marked: Vec<_> = set.codes.iter().map(|code| code.used_at.is_some()).collect();
        assert_eq!(marked, new.iter().map(|code| got.contains(code)).collect::<Vec<_>>());
    }
}

/// A code that is revealed and taken back by many at once is still got by one at a time.
async fn uses_taken_back_beside_reveals_are_all_counted(place: &Place) {
    let ada = Person::new(place, "ada").await.actor;
    let id = make(place, &ada, &["only"]).await;
    let tasks: Vec<_> = (0..40)
        .map(|n| {
            let (kagi, ada) = (place.kagi.clone(), ada.clone());
            tokio::spawn(async move {
                if n % 2 == 0 {
                    return reveal(&kagi, &ada, id, None).await.is_ok();
                }
                kagi.recovery_sets().unuse(&ada, id, CodeIndex::new(0).unwrap()).await.unwrap();
                false
            })
        })
        .collect();
    let mut got = 0;
    for task in tasks {
        got += i64::from(task.await.unwrap());
    }
    let back = place.count("SELECT COUNT(*) FROM audit_events WHERE action = 'two_factor.unuse'").await;
    let used = place.kagi.recovery_sets().get(&ada, id).await.unwrap().used();
    assert_eq!(place.count(OK).await, got);
    assert_eq!(got - back, i64::try_from(used).unwrap(), "each use was taken back once at most");
}

/// Where a code's cell stands.
fn code(place: &Place, set: RecoverySetId, position: u64) -> (&'static str, String) {
    ("recovery_codes", format!("set_id = {} AND position = {position}", place.literal(set)))
}

async fn swap(place: &Place, one: &(&str, String), other: &(&str, String)) {
    let ((table, place_one), (other_table, place_other)) = (one, other);
    place
        .tamper(&format!(
            "CREATE TABLE held AS SELECT cell FROM {table} WHERE {place_one};
             UPDATE {table} SET cell = (SELECT cell FROM {other_table} WHERE {place_other}) WHERE {place_one};
             UPDATE {other_table} SET cell = (SELECT cell FROM held) WHERE {place_other};
             DROP TABLE held"
        ))
        .await;
}

async fn swapped_cells_of_codes_fail_closed(place: &Place) {
    let (ada, bob) = (Person::new(place, "ada").await, Person::new(place, "bob").await);
    let set = make(place, &ada.actor, &["canary-0", "canary-1"]).await;
    let sibling = make(place, &ada.actor, &["canary-2"]).await;
    let foreign = make(place, &bob.actor, &["canary-3"]).await;
    let entry = ada.keep(place, ada.simple, "Blog", "canary-4").await;
    let codes = [
        (&ada, set, 0, "canary-0"),
        (&ada, set, 1, "canary-1"),
        (&ada, sibling, 0, "canary-2"),
        (&bob, foreign, 0, "canary-3"),
    ];
    // Every code but those at `broken` is revealed; those fail closed, are audited, and tell nothing.
    let check = async |broken: &[usize]| {
        let before = place.count(FAILED).await;
        for (n, (who, set, index, text)) in codes.iter().enumerate() {
            let got = reveal(&place.kagi, &who.actor, *set, Some(*index)).await;
            if broken.contains(&n) {
                let error = got.unwrap_err();
                assert!(matches!(error, RecoverySetError::Integrity), "{error:?}");
                assert!(!format!("{error} {error:?}").contains("canary"));
            } else {
                assert_eq!(got.unwrap(), *text);
            }
        }
        assert_eq!(place.count(FAILED).await - before, i64::try_from(broken.len()).unwrap());
    };
    check(&[]).await;
    for one in 0..codes.len() {
        let at = |n: usize| code(place, codes[n].1, codes[n].2);
        for other in one + 1..codes.len() {
            swap(place, &at(one), &at(other)).await;
            check(&[one, other]).await;
            swap(place, &at(one), &at(other)).await;
        }
        let value = ("entry_versions", format!("entry_id = {}", place.literal(entry)));
        swap(place, &at(one), &value).await;
        check(&[one]).await;
        let refused = place.kagi.entries().reveal(&ada.actor, entry).await.unwrap_err();
        assert!(matches!(refused, EntryError::Integrity), "{refused:?}");
        swap(place, &at(one), &value).await;
        assert_eq!(ada.reveal(place, entry).await.as_deref(), Some("canary-4"));
    }
    check(&[]).await;
}

/// A code's row that is moved to another set, or a set that is given to another person, opens no
/// more; nor does an old cell in the place of a new code.
async fn moved_and_returned_codes_fail_closed(place: &Place) {
    let (ada, bob) = (Person::new(place, "ada").await.actor, Person::new(place, "bob").await.actor);
    let set = make(place, &ada, &["a0", "a1"]).await;
    let target = make(place, &ada, &["b0"]).await;
    let (moved, (of_set, of_target)) = (code(place, set, 1).1, (place.literal(set), place.literal(target)));
    place.tamper(&format!("UPDATE recovery_codes SET set_id = {of_target} WHERE {moved}")).await;
    let refused = reveal(&place.kagi, &ada, target, Some(1)).await.unwrap_err();
    assert!(matches!(refused, RecoverySetError::Integrity), "{refused:?}");
    let moved = code(place, target, 1).1;
    place.tamper(&format!("UPDATE recovery_codes SET set_id = {of_set} WHERE {moved}")).await;
    assert_eq!(reveal(&place.kagi, &ada, set, Some(1)).await.unwrap(), "a1");

    let (thief, owner) = (place.literal(bob.user()), place.literal(ada.user()));
    place.tamper(&format!("UPDATE recovery_sets SET user_id = {thief} WHERE id = {of_set}")).await;
    let refused = reveal(&place.kagi, &bob, set, None).await.unwrap_err();
    assert!(matches!(refused, RecoverySetError::Integrity), "{refused:?}");
    place.tamper(&format!("UPDATE recovery_sets SET user_id = {owner} WHERE id = {of_set}")).await;
    assert_eq!(reveal(&place.kagi, &ada, set, Some(0)).await.unwrap(), "a0");

    place
        .tamper(&format!(
            "CREATE TABLE held AS SELECT cell FROM recovery_codes WHERE {}",
            code(place, set, 0).1
        ))
        .await;
    let codes = Some(recovery_codes(&["new"]));
    let patch = RecoverySetPatch { codes, ..RecoverySetPatch::default() };
    place.kagi.recovery_sets().update(&ada, set, patch).await.unwrap();
    place
        .tamper(&format!(
            "UPDATE recovery_codes SET cell = (SELECT cell FROM held) WHERE {}",
            code(place, set, 0).1
        ))
        .await;
    let refused = reveal(&place.kagi, &ada, set, None).await.unwrap_err();
    assert!(matches!(refused, RecoverySetError::Integrity), "{refused:?}");
}

on_both! {
    a_hundred_reveals_of_ten_codes_give_each_once;
    new_codes_beside_reveals_are_never_marked_for_old_ones;
    uses_taken_back_beside_reveals_are_all_counted;
    swapped_cells_of_codes_fail_closed;
    moved_and_returned_codes_fail_closed;
}
