//! Access keys.

use std::time::Duration;

use kagi_domain::{
    access::{Denied, Scope},
    paging::PageRequest,
    ports::Clock,
    services::{access_keys::AccessKeyError, categories::CategoryError, sign_in::AuthError},
};
use kagi_tests::{
    kagi,
    samples::{access_key, category, secret},
};

use crate::{acting, from, set_up, who};

#[tokio::test]
async fn a_key_is_shown_once_and_kept_as_a_digest() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let issued = kagi.access_keys().create(&session, access_key("ci", &[Scope::EntriesRead])).await.unwrap();
    let text = issued.token.expose();
    assert_eq!((text.len(), &text[..5]), (48, "kagi_"));
    assert_eq!(issued.access_key.prefix, text[..13]);
    let page = kagi.access_keys().list(&session, None, &PageRequest::default()).await.unwrap();
    assert_eq!(page.items, [issued.access_key]);
    assert!(!format!("{:?}", kagi.storage.digests()).contains(text));
}

#[tokio::test]
async fn a_key_works_within_its_scopes_until_it_expires_or_is_revoked() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let mut new = access_key("ci", &[Scope::CategoriesRead]);
    new.expires_at = Some(kagi.clock.now().plus(Duration::from_hours(1)));
    let expiring = kagi.access_keys().create(&session, new).await.unwrap();
    let origin = || from(&kagi, "192.0.2.1");
    let key = kagi.sign_in().by_access_key(&expiring.token, origin()).await.unwrap();
    kagi.categories().list(&key, None, &PageRequest::default()).await.unwrap();
    let refused = kagi.categories().create(&key, category("X", "X")).await;
    assert!(matches!(refused, Err(CategoryError::Denied(Denied::Scope(Scope::CategoriesWrite)))));

    let revoked = kagi.access_keys().create(&session, access_key("old", Scope::ALL)).await.unwrap();
    kagi.access_keys().delete(&session, revoked.access_key.id).await.unwrap();
    assert_eq!(kagi.sign_in().by_access_key(&revoked.token, origin()).await.unwrap_err(), AuthError::Refused);
    kagi.clock.advance(Duration::from_hours(1));
    assert_eq!(
        kagi.sign_in().by_access_key(&expiring.token, origin()).await.unwrap_err(),
        AuthError::Refused
    );
    for nonsense in ["", "kagi_", "kagi_short", "Bearer x", &format!("kagi_{}", "é".repeat(43))] {
        let refused = kagi.sign_in().by_access_key(&secret(nonsense), origin()).await;
        assert_eq!(refused.unwrap_err(), AuthError::Refused);
    }
}

#[tokio::test]
async fn a_key_never_manages_keys_and_a_stale_session_makes_none() {
    let kagi = kagi();
    let signed_in = set_up(&kagi, "ada@example.com").await;
    let session = acting(&kagi, &signed_in).await;
    let issued = kagi.access_keys().create(&session, access_key("all", Scope::ALL)).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let denied = |error: AccessKeyError, expected: Denied| {
        assert!(matches!(error, AccessKeyError::Denied(denied) if denied == expected), "{error:?}");
    };
    let new = || access_key("more", &[Scope::StatsRead]);
    denied(kagi.access_keys().create(&key, new()).await.unwrap_err(), Denied::SessionRequired);
    denied(kagi.access_keys().delete(&key, issued.access_key.id).await.unwrap_err(), Denied::SessionRequired);
    let page = PageRequest::default();
    denied(kagi.access_keys().list(&key, None, &page).await.unwrap_err(), Denied::SessionRequired);
    let library = kagi.actor("program").await;
    denied(kagi.access_keys().create(&library, new()).await.unwrap_err(), Denied::SessionRequired);
    kagi.clock.advance(Duration::from_mins(10));
    let stale = acting(&kagi, &signed_in).await;
    denied(kagi.access_keys().create(&stale, new()).await.unwrap_err(), Denied::ReauthRequired);
}

#[tokio::test]
async fn an_expiry_lies_ahead_and_a_scope_is_chosen() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let mut new = access_key("ci", &[]);
    new.expires_at = Some(kagi.clock.now());
    let Err(AccessKeyError::Invalid(invalid)) = kagi.access_keys().create(&session, new).await else {
        panic!("it was accepted");
    };
    let fields: Vec<_> = invalid.fields().iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["scopes", "expiresAt"]);
}

#[tokio::test]
async fn foreign_keys_are_not_there_and_disabled_people_have_none() {
    let kagi = kagi();
    let ada = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    kagi.people().add(who("bob@example.com")).await.unwrap();
    let bob =
        kagi.sign_in().sign_in("bob@example.com", secret(crate::PASSWORD), from(&kagi, "192.0.2.2")).await;
    let bob = acting(&kagi, &bob.unwrap()).await;
    let issued = kagi.access_keys().create(&ada, access_key("ci", Scope::ALL)).await.unwrap();
    let foreign = kagi.access_keys().delete(&bob, issued.access_key.id).await;
    assert!(matches!(foreign, Err(AccessKeyError::NotFound)));
    kagi.people().disable(&"ada@example.com".parse().unwrap()).await.unwrap();
    let refused = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await;
    assert_eq!(refused.unwrap_err(), AuthError::Refused);
}
