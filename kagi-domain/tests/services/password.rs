//! A person replaces their own password.

use std::time::Duration;

use kagi_domain::{
    access::{Actor, Denied, Scope},
    audit::{Action, AuditResult},
    ports::StorageError,
    services::sign_in::{NewPassword, SignInError},
};
use kagi_tests::{
    kagi,
    samples::{access_key, parse, secret},
};

use crate::{
    PASSWORD,
    account::{EMAIL, NEW, ada, is_dead, last, new_password, sign_in, without_password},
    acting, from, set_up,
};

#[tokio::test]
async fn a_new_password_ends_all_other_sessions_and_renews_this_one() {
    let kagi = kagi();
    let first = set_up(&kagi, EMAIL).await;
    let other = sign_in(&kagi, PASSWORD).await.unwrap();
    let ada = acting(&kagi, &first).await;
    let issued = kagi.access_keys().create(&ada, access_key("ci", Scope::ALL)).await.unwrap();
    kagi.clock.advance(Actor::FRESH);
    let token = kagi.sign_in().change_password(&ada, secret(PASSWORD), new_password()).await.unwrap();
    assert_eq!(last(&kagi), (Action::AccountPassword, AuditResult::Ok));
    assert!(is_dead(&kagi, &first.token).await && is_dead(&kagi, &other.token).await);
    let visitor = kagi.sign_in().by_session(&token, from(&kagi, "192.0.2.1")).await.unwrap();
    assert_eq!(
        (visitor.session.id, visitor.session.created_at),
        (first.session.id, first.session.created_at)
    );
    kagi.authorize_fresh(&visitor.actor).await.unwrap();
    assert!(matches!(sign_in(&kagi, PASSWORD).await, Err(SignInError::WrongCredentials)));
    sign_in(&kagi, NEW).await.unwrap();
    kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.expect("keys stay");
}

#[tokio::test]
async fn a_wrong_current_password_is_counted_by_the_session() {
    let kagi = kagi();
    let first = set_up(&kagi, EMAIL).await;
    let other = sign_in(&kagi, PASSWORD).await.unwrap();
    let ada = acting(&kagi, &first).await;
    let change =
        async |current: &str| kagi.sign_in().change_password(&ada, secret(current), new_password()).await;
    for _ in 0..4 {
        assert!(matches!(change("wrong").await, Err(SignInError::WrongCredentials)));
        assert_eq!(last(&kagi), (Action::AccountPassword, AuditResult::Failed));
    }
    let checks = kagi.hasher.checks();
    assert!(matches!(change("wrong").await, Err(SignInError::Throttled { .. })));
    assert!(matches!(change(PASSWORD).await, Err(SignInError::Throttled { .. })));
    assert_eq!(kagi.hasher.checks() - checks, 1, "what is throttled is not looked at");
    assert!(!is_dead(&kagi, &first.token).await && !is_dead(&kagi, &other.token).await);
    kagi.clock.advance(Duration::from_mins(15));
    change(PASSWORD).await.unwrap();
    for _ in 0..4 {
        assert!(
            matches!(change("wrong").await, Err(SignInError::WrongCredentials)),
            "the count began afresh"
        );
    }
}

#[tokio::test]
async fn a_password_that_was_replaced_meanwhile_is_not_overwritten() {
    let kagi = kagi();
    let first = set_up(&kagi, EMAIL).await;
    let ada = acting(&kagi, &first).await;
    let (looked, go_on) = kagi.hasher.pause_next_check();
    let slow = kagi.clone();
    let slow =
        tokio::spawn(
            async move { slow.sign_in().change_password(&ada, secret(PASSWORD), new_password()).await },
        );
    looked.await.unwrap();
    let theirs = NewPassword::parse(secret("the operator's choice")).unwrap();
    kagi.people().reset_password(&parse(EMAIL), theirs).await.unwrap();
    go_on.send(()).unwrap();
    assert!(matches!(slow.await.unwrap(), Err(SignInError::WrongCredentials)));
    assert!(matches!(sign_in(&kagi, NEW).await, Err(SignInError::WrongCredentials)));
    sign_in(&kagi, "the operator's choice").await.unwrap();
    assert!(is_dead(&kagi, &first.token).await);
}

#[tokio::test]
async fn a_session_that_ended_meanwhile_changes_no_password() {
    let kagi = kagi();
    let first = set_up(&kagi, EMAIL).await;
    let other = acting(&kagi, &sign_in(&kagi, PASSWORD).await.unwrap()).await;
    let ada = acting(&kagi, &first).await;
    let (looked, go_on) = kagi.hasher.pause_next_check();
    let slow = kagi.clone();
    let slow =
        tokio::spawn(
            async move { slow.sign_in().change_password(&ada, secret(PASSWORD), new_password()).await },
        );
    looked.await.unwrap();
    kagi.account().end_session(&other, first.session.id).await.unwrap();
    go_on.send(()).unwrap();
    assert!(matches!(slow.await.unwrap(), Err(SignInError::Denied(Denied::SessionRequired))));
    sign_in(&kagi, PASSWORD).await.expect("the password is the old one");
    kagi.account().profile(&other).await.expect("and nobody else was signed out");
}

#[tokio::test]
async fn a_change_is_tried_again_and_all_or_nothing() {
    let kagi = kagi();
    let first = set_up(&kagi, EMAIL).await;
    let ada = acting(&kagi, &first).await;
    kagi.storage.fail_next_commit(StorageError::Unavailable);
    let failed = kagi.sign_in().change_password(&ada, secret(PASSWORD), new_password()).await;
    assert!(matches!(failed, Err(SignInError::Storage(StorageError::Unavailable))));
    assert!(!is_dead(&kagi, &first.token).await);
    kagi.storage.fail_next_commit(StorageError::Conflict);
    kagi.sign_in().change_password(&ada, secret(PASSWORD), new_password()).await.unwrap();
    sign_in(&kagi, NEW).await.unwrap();
}

#[tokio::test]
async fn a_busy_hasher_costs_no_strike() {
    let kagi = kagi();
    let ada = ada(&kagi).await;
    for _ in 0..30 {
        // The check comes through, the new hash does not.
        let (looked, go_on) = kagi.hasher.pause_next_check();
        let (slow, ada) = (kagi.clone(), ada.clone());
        let mut slow = tokio::spawn(async move {
            slow.sign_in().change_password(&ada, secret(PASSWORD), new_password()).await
        });
        tokio::select! {
            looked = looked => looked.unwrap(),
            early = &mut slow => panic!("it is not looked at: {early:?}"),
        }
        kagi.hasher.set_busy(true);
        go_on.send(()).unwrap();
        assert!(matches!(slow.await.unwrap(), Err(SignInError::Busy)));
        kagi.hasher.set_busy(false);
    }
    kagi.sign_in().change_password(&ada, secret(PASSWORD), new_password()).await.unwrap();
}

#[tokio::test]
async fn somebody_without_a_password_is_told_so() {
    let kagi = kagi();
    set_up(&kagi, EMAIL).await;
    let sso = without_password(&kagi).await;
    assert!(!kagi.account().profile(&sso).await.unwrap().has_password);
    let checks = kagi.hasher.checks();
    let refused = kagi.sign_in().change_password(&sso, secret(""), new_password()).await;
    let Err(SignInError::Invalid(invalid)) = refused else { panic!("{refused:?}") };
    assert_eq!(invalid.fields()[0].field, "currentPassword");
    assert!(invalid.fields()[0].message.contains("no password"));
    assert_eq!(kagi.hasher.checks(), checks);
}
