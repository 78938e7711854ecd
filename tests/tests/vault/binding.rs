//! C1: a cell opens only where it was sealed, and whoever moves it hurts that one entry alone.

use kagi_domain::{
    ids::EntryId,
    model::entry::EntryPatch,
    secret::SecretValue,
    services::{entries::EntryError, recovery_sets::RecoverySetError},
};
use kagi_tests::samples::{recovery_set, text_value};

use crate::vault::{Person, Place, on_both};

struct Kept<'a> {
    who: &'a Person,
    id: EntryId,
    value: String,
}

async fn keep<'a>(place: &Place, people: [&'a Person; 2]) -> Vec<Kept<'a>> {
    let mut kept = Vec::new();
    for (n, who) in people.into_iter().enumerate() {
        for (m, category) in [who.simple, who.simple, who.other, who.group, who.group].into_iter().enumerate()
        {
            let value = format!("canary-{n}-{m}");
            let id = who.keep(place, category, &format!("project {m}"), &value).await;
            kept.push(Kept { who, id, value });
        }
    }
    kept
}

async fn swap(place: &Place, one: EntryId, other: EntryId) {
    let (one, other) = (place.literal(one), place.literal(other));
    place
        .tamper(&format!(
            "CREATE TABLE held AS SELECT entry_id, key_id, cell FROM entry_versions WHERE entry_id IN ({one}, {other});
             UPDATE entry_versions SET cell = (SELECT cell FROM held WHERE entry_id = {other}) WHERE entry_id = {one};
             UPDATE entry_versions SET cell = (SELECT cell FROM held WHERE entry_id = {one}) WHERE entry_id = {other};
             DROP TABLE held"
        ))
        .await;
}

async fn failures(place: &Place) -> i64 {
    place.count("SELECT COUNT(*) FROM audit_events WHERE action = 'entry.reveal' AND result = 'failed'").await
}

/// The reveal of what this person can reach fails closed, is audited, and tells nothing.
async fn fails(place: &Place, who: &Person, id: EntryId) {
    let before = failures(place).await;
    let error = place.kagi.entries().reveal(&who.actor, id).await.unwrap_err();
    assert!(matches!(error, EntryError::Integrity), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(failures(place).await - before, 1);
}

/// The row left this person's reach: as for what never was, nothing is disclosed and nothing is written down.
async fn is_out_of_reach(place: &Place, who: &Person, id: EntryId) {
    let events = "SELECT COUNT(*) FROM audit_events";
    let before = place.count(events).await;
    let error = place.kagi.entries().reveal(&who.actor, id).await.unwrap_err();
    assert!(matches!(error, EntryError::NotFound), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(place.count(events).await, before);
}

/// Every entry but `broken` reveals its value; those fail closed, are audited, and tell nothing.
async fn check(place: &Place, kept: &[Kept<'_>], broken: &[EntryId]) {
    let before = failures(place).await;
    for Kept { who, id, value } in kept {
        if broken.contains(id) {
            fails(place, who, *id).await;
        } else {
            assert_eq!(who.reveal(place, *id).await.as_deref(), Some(value.as_str()));
        }
    }
    assert_eq!(failures(place).await - before, i64::try_from(broken.len()).unwrap());
}

async fn swapped_cells_fail_closed(place: &Place) {
    let (ada, bob) = (Person::new(place, "ada").await, Person::new(place, "bob").await);
    let kept = keep(place, [&ada, &bob]).await;
    check(place, &kept, &[]).await;
    for (n, one) in kept.iter().enumerate() {
        for other in kept.iter().skip(n + 1) {
            swap(place, one.id, other.id).await;
            check(place, &kept, &[one.id, other.id]).await;
            swap(place, one.id, other.id).await;
        }
    }
    check(place, &kept, &[]).await;
}

/// A recovery code's cell is no entry's and an entry's no code's, though both are of one person.
async fn a_cell_of_a_recovery_code_fails_closed(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let entry = ada.keep(place, ada.simple, "Blog", "canary").await;
    let sets = place.kagi.recovery_sets();
    let set = sets.create(&ada.actor, recovery_set("GitHub", &["canary"])).await.unwrap().id;
    let (at_entry, at_code) = (place.literal(entry), place.literal(set));
    place
        .tamper(&format!(
            "CREATE TABLE held AS SELECT cell FROM entry_versions WHERE entry_id = {at_entry};
             UPDATE entry_versions SET cell = (SELECT cell FROM recovery_codes WHERE set_id = {at_code})
                WHERE entry_id = {at_entry};
             UPDATE recovery_codes SET cell = (SELECT cell FROM held) WHERE set_id = {at_code};
             DROP TABLE held"
        ))
        .await;
    fails(place, &ada, entry).await;
    let failed = "SELECT COUNT(*) FROM audit_events WHERE action = 'two_factor.reveal' AND result = 'failed'";
    let before = place.count(failed).await;
    let error = sets.reveal(&ada.actor, set, None).await.unwrap_err();
    assert!(matches!(error, RecoverySetError::Integrity), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(place.count(failed).await - before, 1);
}

async fn a_changed_owner_or_category_fails_closed(place: &Place) {
    let (ada, bob) = (Person::new(place, "ada").await, Person::new(place, "bob").await);
    let kept = keep(place, [&ada, &bob]).await;
    let stolen = place.literal(kept[0].id);
    let (ada_id, bob_id) = (place.literal(ada.actor.user()), place.literal(bob.actor.user()));
    let (simple, other) = (place.literal(ada.simple), place.literal(ada.other));

    place.tamper(&format!("UPDATE entries SET user_id = {bob_id} WHERE id = {stolen}")).await;
    fails(place, &bob, kept[0].id).await;
    is_out_of_reach(place, &ada, kept[0].id).await;
    // The thief takes a category along, so that nothing but the seal is in their way.
    place
        .tamper(&format!("UPDATE categories SET user_id = {bob_id}, name_key = 'x' WHERE id = {simple}"))
        .await;
    fails(place, &bob, kept[0].id).await;
    is_out_of_reach(place, &ada, kept[0].id).await;
    place.tamper(&format!("UPDATE categories SET user_id = {ada_id} WHERE id = {simple}")).await;
    place.tamper(&format!("UPDATE entries SET user_id = {ada_id} WHERE id = {stolen}")).await;
    check(place, &kept, &[]).await;

    place
        .tamper(&format!(
            "UPDATE entries SET category_id = {other}, project_key = 'moved' WHERE id = {stolen}"
        ))
        .await;
    check(place, &kept, &[kept[0].id]).await;
    place.tamper(&format!("UPDATE entries SET category_id = {simple} WHERE id = {stolen}")).await;
    check(place, &kept, &[]).await;
}

async fn a_rolled_back_version_fails_closed(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let id = ada.keep(place, ada.simple, "Blog", "canary first").await;
    let patch = EntryPatch { value: Some(text_value("canary second")), ..EntryPatch::default() };
    place.kagi.entries().update(&ada.actor, id, patch).await.unwrap();
    assert_eq!(ada.reveal(place, id).await.as_deref(), Some("canary second"));
    let row = place.literal(id);
    place
        .tamper(&format!(
            "UPDATE entry_versions SET cell = (SELECT cell FROM entry_versions WHERE entry_id = {row} AND number = 1)
             WHERE entry_id = {row} AND number = 2"
        ))
        .await;
    fails(place, &ada, id).await;
}

/// The row of the entry says that an old version is the current one. Its cell is whole, but a newer is
/// there. Without that row nothing tells.
async fn an_entry_that_was_turned_back_fails_closed(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let (id, other) = (with_history(place, &ada, "One").await, with_history(place, &ada, "Two").await);
    let row = place.literal(id);
    let turn = async |to: u32| {
        place.tamper(&format!("UPDATE entries SET version = {to} WHERE id = {row}")).await;
    };
    for old in [1, 2] {
        turn(old).await;
        fails(place, &ada, id).await;
        assert_eq!(ada.reveal(place, other).await.as_deref(), Some("canary third"));
    }
    turn(3).await;
    assert_eq!(ada.reveal(place, id).await.as_deref(), Some("canary third"));
    // What the model says that nobody can tell: the newest row is gone, and the entry says so too.
    turn(2).await;
    place.tamper(&format!("DELETE FROM entry_versions WHERE entry_id = {row} AND number = 3")).await;
    assert_eq!(ada.reveal(place, id).await.as_deref(), Some("canary second"));
}

/// An entry's history of `first`, `second` and `third`.
async fn with_history(place: &Place, who: &Person, project: &str) -> EntryId {
    let id = who.keep(place, who.simple, project, "canary first").await;
    for text in ["canary second", "canary third"] {
        let patch = EntryPatch { value: Some(text_value(text)), ..EntryPatch::default() };
        place.kagi.entries().update(&who.actor, id, patch).await.unwrap();
    }
    id
}

/// Exchanges the cells of two versions.
async fn swap_versions(place: &Place, (one, m): (EntryId, u32), (other, n): (EntryId, u32)) {
    let (one, other) = (place.literal(one), place.literal(other));
    let (one, other) =
        (format!("entry_id = {one} AND number = {m}"), format!("entry_id = {other} AND number = {n}"));
    place
        .tamper(&format!(
            "CREATE TABLE held AS SELECT entry_id, number, cell FROM entry_versions WHERE ({one}) OR ({other});
             UPDATE entry_versions SET cell = (SELECT cell FROM held WHERE {other}) WHERE {one};
             UPDATE entry_versions SET cell = (SELECT cell FROM held WHERE {one}) WHERE {other};
             DROP TABLE held"
        ))
        .await;
}

/// Every version but `broken` reveals its value; those are neither shown nor restored.
async fn check_versions(place: &Place, who: &Person, ids: [EntryId; 2], broken: &[(EntryId, u32)]) {
    let entries = place.kagi.entries();
    let failed =
        "SELECT COUNT(*) FROM audit_events WHERE target_type = 'entry_version' AND result = 'failed'";
    let (before, rows) =
        (place.count(failed).await, place.count("SELECT COUNT(*) FROM entry_versions").await);
    for id in ids {
        for (number, text) in [(1, "canary first"), (2, "canary second"), (3, "canary third")] {
            let revealed = entries.reveal_version(&who.actor, id, number).await;
            if broken.contains(&(id, number)) {
                for error in
                    [revealed.unwrap_err(), entries.restore(&who.actor, id, number).await.unwrap_err()]
                {
                    assert!(matches!(error, EntryError::Integrity), "{error:?}");
                    assert!(!format!("{error} {error:?}").contains("canary"));
                }
            } else {
                let SecretValue::Simple(value) = revealed.unwrap().value else { panic!("it is simple") };
                assert_eq!(value.expose(), text);
            }
        }
    }
    assert_eq!(place.count(failed).await - before, 2 * i64::try_from(broken.len()).unwrap());
    assert_eq!(place.count("SELECT COUNT(*) FROM entry_versions").await, rows, "nothing was restored");
}

async fn swapped_versions_fail_closed(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let (one, two) = (with_history(place, &ada, "One").await, with_history(place, &ada, "Two").await);
    check_versions(place, &ada, [one, two], &[]).await;
    // Within an entry, old with old and old with current; between entries, of the same number too.
    for (this, that) in
        [((one, 1), (one, 2)), ((one, 1), (one, 3)), ((one, 1), (two, 1)), ((one, 2), (two, 3))]
    {
        swap_versions(place, this, that).await;
        check_versions(place, &ada, [one, two], &[this, that]).await;
        swap_versions(place, this, that).await;
    }
    check_versions(place, &ada, [one, two], &[]).await;
}

on_both! {
    swapped_cells_fail_closed;
    a_cell_of_a_recovery_code_fails_closed;
    a_changed_owner_or_category_fails_closed;
    a_rolled_back_version_fails_closed;
    an_entry_that_was_turned_back_fails_closed;
    swapped_versions_fail_closed;
}
