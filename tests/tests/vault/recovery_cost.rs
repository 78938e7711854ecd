//! P7 for recovery sets: what each operation costs in statements, however large sets and vault are.

use kagi_domain::{
    model::recovery_set::{CodeIndex, RecoverySetPatch},
    paging::PageRequest,
};
use kagi_tests::samples::{parse, recovery_codes, recovery_set};

use crate::vault::{Person, Place, on_both};

/// The operations' costs in a vault of `sets` sets and one of `codes` codes.
async fn costs(place: &Place, name: &str, sets: usize, codes: usize) -> Vec<(&'static str, u64)> {
    let actor = Person::new(place, name).await.actor;
    let recovery = place.kagi.recovery_sets();
    let texts: Vec<String> = (0..codes).map(|n| format!("code {n}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for n in 0..sets {
        recovery.create(&actor, recovery_set(&format!("Service {n}"), &texts)).await.unwrap();
    }
    let id = recovery.create(&actor, recovery_set("GitHub", &texts)).await.unwrap().id;
    let page = PageRequest::default();
    let first = CodeIndex::new(0).unwrap();
    let renamed = RecoverySetPatch { service: Some(parse("GitLab")), ..RecoverySetPatch::default() };
    let renewed = RecoverySetPatch { codes: Some(recovery_codes(&texts)), ..RecoverySetPatch::default() };
    vec![
        ("list recovery sets", place.cost(recovery.list(&actor, None, &page)).await),
        ("search recovery sets", place.cost(recovery.list(&actor, Some("git"), &page)).await),
        ("list the sets that run low", place.cost(recovery.running_low(&actor)).await),
        ("get a recovery set", place.cost(recovery.get(&actor, id)).await),
        ("make a recovery set", place.cost(recovery.create(&actor, recovery_set("New", &texts))).await),
        ("reveal a code", place.cost(recovery.reveal(&actor, id, None)).await),
        ("reveal a used code again", place.cost(recovery.reveal(&actor, id, Some(first))).await),
        ("take a use back", place.cost(recovery.unuse(&actor, id, first)).await),
        ("change a recovery set", place.cost(recovery.update(&actor, id, renamed)).await),
        ("replace the codes", place.cost(recovery.update(&actor, id, renewed)).await),
        ("delete a recovery set", place.cost(recovery.delete(&actor, id)).await),
    ]
}

async fn recovery_sets_cost_what_is_written_down(place: &Place) {
    let expected = [
        ("list recovery sets", 1),
        ("search recovery sets", 1),
        ("list the sets that run low", 1),
        ("get a recovery set", 1),
        ("make a recovery set", 3),
        ("reveal a code", 4),
        ("reveal a used code again", 3),
        ("take a use back", 4),
        ("change a recovery set", 4),
        ("replace the codes", 6),
        ("delete a recovery set", 2),
    ];
    assert_eq!(costs(place, "small", 0, 1).await, expected);
    assert_eq!(costs(place, "large", 30, 100).await, expected, "a larger vault costs no more");
}

on_both! {
    recovery_sets_cost_what_is_written_down;
}
