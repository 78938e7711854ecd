//! Recovery sets and their codes.

use std::time::Duration;

use kagi_domain::{
    access::{Actor, Denied, Scope},
    audit::{Action, AuditResult, TargetKind},
    ids::RecoverySetId,
    model::{
        Patch,
        recovery_set::{CodeIndex, RecoverySet, RecoverySetPatch},
    },
    paging::PageRequest,
    ports::{Clock, StorageError},
    secret::SecretValue,
    services::{entries::EntryError, recovery_sets::RecoverySetError},
};
use kagi_tests::{
    TestKagi, kagi,
    samples::{access_key, category, entry, only, parse, recovery_codes, recovery_set},
};

use crate::{acting, from, set_up};

fn at(index: u64) -> CodeIndex {
    CodeIndex::new(index).unwrap()
}

async fn made(kagi: &TestKagi, actor: &Actor, codes: &[&str]) -> RecoverySet {
    kagi.recovery_sets().create(actor, recovery_set("GitHub", codes)).await.unwrap()
}

/// The code, its index, and how many are left.
async fn reveal(
    kagi: &TestKagi,
    actor: &Actor,
    id: RecoverySetId,
    index: Option<u64>,
) -> Result<(String, u8, u8), RecoverySetError> {
    let revealed = kagi.recovery_sets().reveal(actor, id, index.map(at)).await?;
    Ok((revealed.token.expose().to_owned(), revealed.index.get(), revealed.remaining))
}

fn trail(kagi: &TestKagi) -> Vec<(Action, AuditResult)> {
    let events = kagi.storage.audit_events();
    let own = events
        .iter()
        .filter(|event| event.target.as_ref().is_some_and(|it| it.kind == TargetKind::TwoFactor));
    own.map(|event| (event.action, event.result)).collect()
}

#[tokio::test]
async fn codes_come_back_as_they_went_in_each_once() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let long = "鍵".repeat(256);
    let codes = ["abcd-efgh", "same", "same", long.as_str(), "q\"\\ `$"];
    let set = made(&kagi, &ada, &codes).await;
    assert_eq!((set.total(), set.used()), (5, 0));
    for (index, code) in (0..).zip(codes) {
        let got = reveal(&kagi, &ada, set.id, None).await.unwrap();
        assert_eq!(got, (code.to_owned(), index, 4 - index));
    }
    assert!(matches!(reveal(&kagi, &ada, set.id, None).await, Err(RecoverySetError::Depleted)));
    let Err(RecoverySetError::Invalid(invalid)) = reveal(&kagi, &ada, set.id, Some(5)).await else {
        panic!("there is no sixth code");
    };
    assert_eq!(invalid.fields()[0].field, "index");
}

#[tokio::test]
async fn a_code_is_shown_again_by_its_index_and_keeps_its_first_use() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let set = made(&kagi, &ada, &["a", "b", "c"]).await;
    let then = kagi.clock.now();
    assert_eq!(reveal(&kagi, &ada, set.id, Some(1)).await.unwrap(), ("b".to_owned(), 1, 2));
    kagi.clock.advance(Duration::from_secs(1));
    assert_eq!(reveal(&kagi, &ada, set.id, Some(1)).await.unwrap(), ("b".to_owned(), 1, 2));
    let shown = kagi.recovery_sets().get(&ada, set.id).await.unwrap();
    assert_eq!((shown.codes[1].used_at, shown.used()), (Some(then), 1));
    assert_eq!(shown.updated_at, set.updated_at);
    let ok = (Action::TwoFactorReveal, AuditResult::Ok);
    assert_eq!(trail(&kagi), [(Action::TwoFactorCreate, AuditResult::Ok), ok, ok]);
    assert_eq!(reveal(&kagi, &ada, set.id, None).await.unwrap(), ("a".to_owned(), 0, 1));
    assert_eq!(reveal(&kagi, &ada, set.id, None).await.unwrap(), ("c".to_owned(), 2, 0), "b is passed over");
}

#[tokio::test]
async fn an_update_without_codes_keeps_them_and_with_codes_starts_anew() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let set = made(&kagi, &ada, &["a", "b"]).await;
    reveal(&kagi, &ada, set.id, None).await.unwrap();
    let before = (kagi.recovery_sets().get(&ada, set.id).await.unwrap(), kagi.storage.code_cells());
    kagi.clock.advance(Duration::from_secs(1));
    let label = Patch::Set(parse("work"));
    let patch = RecoverySetPatch { service: Some(parse("GitLab")), label, ..RecoverySetPatch::default() };
    let renamed = kagi.recovery_sets().update(&ada, set.id, patch).await.unwrap();
    assert_eq!((renamed.service.as_str(), &renamed.codes), ("GitLab", &before.0.codes));
    assert_eq!(renamed.updated_at, kagi.clock.now());
    assert_eq!(kagi.recovery_sets().get(&ada, set.id).await.unwrap(), renamed);
    assert_eq!(kagi.storage.code_cells(), before.1, "a rename never seals again");

    let cleared = RecoverySetPatch { label: Patch::Clear, ..RecoverySetPatch::default() };
    assert_eq!(kagi.recovery_sets().update(&ada, set.id, cleared).await.unwrap().label, None);

    let codes = Some(recovery_codes(&["x", "y", "z"]));
    let patch = RecoverySetPatch { codes, ..RecoverySetPatch::default() };
    let renewed = kagi.recovery_sets().update(&ada, set.id, patch).await.unwrap();
    assert_eq!((renewed.total(), renewed.used(), renewed.service.as_str()), (3, 0, "GitLab"));
    assert_eq!(kagi.recovery_sets().get(&ada, set.id).await.unwrap(), renewed);
    assert_eq!(reveal(&kagi, &ada, set.id, None).await.unwrap(), ("x".to_owned(), 0, 2));
    assert_eq!(kagi.storage.code_cells().len(), 3);
}

#[tokio::test]
async fn a_use_is_taken_back_once_and_noted_once() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let set = made(&kagi, &ada, &["a", "b"]).await;
    reveal(&kagi, &ada, set.id, None).await.unwrap();
    for _ in 0..2 {
        let back = kagi.recovery_sets().unuse(&ada, set.id, at(0)).await.unwrap();
        assert_eq!(back, set);
    }
    assert_eq!(kagi.recovery_sets().get(&ada, set.id).await.unwrap(), set);
    let unused = trail(&kagi).into_iter().filter(|(action, _)| *action == Action::TwoFactorUnuse);
    assert_eq!(unused.count(), 1, "nothing was written the second time");
    assert!(matches!(kagi.recovery_sets().unuse(&ada, set.id, at(2)).await, Err(RecoverySetError::NotFound)));
    assert_eq!(reveal(&kagi, &ada, set.id, None).await.unwrap(), ("a".to_owned(), 0, 1));
}

#[tokio::test]
async fn cells_open_nowhere_but_where_they_were_sealed() {
    let kagi = kagi();
    let (ada, bob) = (kagi.actor("ada").await, kagi.actor("bob").await);
    let set = made(&kagi, &ada, &["a0", "a1"]).await.id;
    let sibling = made(&kagi, &ada, &["b0"]).await.id;
    let foreign = made(&kagi, &bob, &["c0"]).await.id;
    let simple = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    let value = kagi.entries().create(&ada, entry(simple.id, "Blog", "value")).await.unwrap().entry.id;
    let cell = |id, index: usize| {
        let cells = kagi.storage.code_cells().into_iter().filter(|(of, _)| *of == id);
        cells.map(|(_, sealed)| sealed).nth(index).unwrap()
    };
    let own = cell(set, 0);
    let of_value = kagi.storage.cells()[0].2.clone();
    for wrong in [cell(set, 1), cell(sibling, 0), cell(foreign, 0), of_value.clone()] {
        kagi.storage.tamper_code(set, 0, wrong);
        let refused = reveal(&kagi, &ada, set, Some(0)).await;
        assert!(matches!(refused, Err(RecoverySetError::Integrity)), "{refused:?}");
        let last: Vec<_> = trail(&kagi).into_iter().rev().take(2).collect();
        let reveals = [AuditResult::Failed, AuditResult::Ok].map(|result| (Action::TwoFactorReveal, result));
        assert_eq!(last, reveals);
        assert_eq!(reveal(&kagi, &ada, set, Some(1)).await.unwrap().0, "a1");
    }
    kagi.storage.tamper(value, own.clone());
    assert!(matches!(kagi.entries().reveal(&ada, value).await, Err(EntryError::Integrity)));
    kagi.storage.tamper(value, of_value);
    let SecretValue::Simple(text) = kagi.entries().reveal(&ada, value).await.unwrap().value else {
        panic!("the category is simple");
    };
    assert_eq!(text.expose(), "value");

    // A damaged code stays marked, which can be taken back.
    assert_eq!(kagi.recovery_sets().get(&ada, set).await.unwrap().used(), 2);
    kagi.storage.tamper_code(set, 0, own.clone());
    kagi.recovery_sets().unuse(&ada, set, at(0)).await.unwrap();
    assert_eq!(reveal(&kagi, &ada, set, None).await.unwrap().0, "a0");

    // An old cell cannot come back in the place of a new code.
    let codes = Some(recovery_codes(&["new"]));
    let patch = RecoverySetPatch { codes, ..RecoverySetPatch::default() };
    kagi.recovery_sets().update(&ada, set, patch).await.unwrap();
    kagi.storage.tamper_code(set, 0, own);
    assert!(matches!(reveal(&kagi, &ada, set, None).await, Err(RecoverySetError::Integrity)));
}

#[tokio::test]
async fn without_a_trail_nobody_gets_a_code_and_none_is_used_up() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let set = made(&kagi, &ada, &["a"]).await;
    kagi.storage.fail_audit(true);
    let refused = reveal(&kagi, &ada, set.id, None).await;
    assert!(matches!(refused, Err(RecoverySetError::Storage(StorageError::Unavailable))));
    kagi.storage.fail_audit(false);
    kagi.storage.fail_next_commit(StorageError::Unavailable);
    assert!(reveal(&kagi, &ada, set.id, None).await.is_err());
    kagi.storage.fail_next_commit(StorageError::Unavailable);
    let patch = RecoverySetPatch { codes: Some(recovery_codes(&["x"])), ..RecoverySetPatch::default() };
    assert!(kagi.recovery_sets().update(&ada, set.id, patch).await.is_err());
    assert_eq!(kagi.recovery_sets().get(&ada, set.id).await.unwrap(), set);
    assert_eq!(reveal(&kagi, &ada, set.id, None).await.unwrap().0, "a");
}

#[tokio::test]
async fn each_call_asks_for_its_scope_and_other_people_find_nothing() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let eve = kagi.actor("eve").await;
    let set = made(&kagi, &session, &["a", "b"]).await;
    let scopes = [Scope::TwoFactorRead, Scope::TwoFactorWrite, Scope::TwoFactorReveal];
    for scope in scopes {
        let mut new = access_key("ci", &[scope]);
        // Sets belong to no project, so a limit to projects keeps nobody from them.
        new.projects = only(&["Blog"]);
        let issued = kagi.access_keys().create(&session, new).await.unwrap();
        let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
        let sets = kagi.recovery_sets();
        let outcomes = [
            (Scope::TwoFactorRead, sets.get(&key, set.id).await.err()),
            (Scope::TwoFactorRead, sets.list(&key, None, &PageRequest::default()).await.err()),
            (Scope::TwoFactorRead, sets.running_low(&key).await.err()),
            (Scope::TwoFactorReveal, sets.reveal(&key, set.id, None).await.err()),
            (Scope::TwoFactorWrite, sets.unuse(&key, set.id, at(0)).await.err()),
            (Scope::TwoFactorWrite, sets.update(&key, set.id, RecoverySetPatch::default()).await.err()),
            (Scope::TwoFactorWrite, sets.create(&key, recovery_set("x", &["c"])).await.err()),
            (
                Scope::TwoFactorWrite,
                sets.delete(&key, RecoverySetId::from_uuid(uuid::Uuid::nil())).await.err(),
            ),
        ];
        for (needed, error) in outcomes {
            let denied = matches!(&error, Some(RecoverySetError::Denied(Denied::Scope(it))) if *it == needed);
            assert_eq!(denied, needed != scope, "{needed} with {scope}: {error:?}");
        }
    }
    let before = kagi.storage.code_cells();
    let sets = kagi.recovery_sets();
    for error in [
        sets.get(&eve, set.id).await.err(),
        sets.reveal(&eve, set.id, None).await.err(),
        sets.reveal(&eve, set.id, Some(at(9))).await.err(),
        sets.unuse(&eve, set.id, at(0)).await.err(),
        sets.update(&eve, set.id, RecoverySetPatch::default()).await.err(),
        sets.delete(&eve, set.id).await.err(),
    ] {
        assert!(matches!(error, Some(RecoverySetError::NotFound)), "{error:?}");
    }
    assert!(sets.list(&eve, None, &PageRequest::default()).await.unwrap().items.is_empty());
    assert_eq!(kagi.storage.code_cells(), before);
    sets.delete(&session, set.id).await.unwrap();
    assert_eq!(trail(&kagi).last(), Some(&(Action::TwoFactorDelete, AuditResult::Ok)));
}

#[tokio::test]
async fn sets_run_low_from_two_codes_left() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let low = async |actor: &Actor| {
        let sets = kagi.recovery_sets().running_low(actor).await.unwrap();
        sets.iter().map(|set| (set.id, set.remaining())).collect::<Vec<_>>()
    };
    let full = made(&kagi, &ada, &["a", "b", "c"]).await;
    assert_eq!(low(&ada).await, []);
    reveal(&kagi, &ada, full.id, None).await.unwrap();
    kagi.clock.advance(Duration::from_millis(1));
    let few = made(&kagi, &ada, &["a"]).await;
    assert_eq!(low(&ada).await, [(few.id, 1), (full.id, 2)]);
    assert_eq!(low(&kagi.actor("eve").await).await, []);
}

#[tokio::test]
async fn a_change_that_began_with_another_revision_changes_nothing() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let set = kagi.recovery_sets().create(&ada, recovery_set("GitHub", &["old"])).await.unwrap();
    let renewed = |seen, code: &str| RecoverySetPatch {
        codes: Some(recovery_codes(&[code])),
        seen,
        ..RecoverySetPatch::default()
    };
    let update = async |patch| kagi.recovery_sets().update(&ada, set.id, patch).await;
    let theirs = update(renewed(None, "theirs")).await.unwrap();
    let stale = update(renewed(Some(set.revision), "mine")).await;
    assert!(matches!(stale, Err(RecoverySetError::Stale)));
    assert_eq!(reveal(&kagi, &ada, set.id, None).await.unwrap(), ("theirs".to_owned(), 0, 0));
    update(renewed(Some(theirs.revision), "mine")).await.unwrap();
}
