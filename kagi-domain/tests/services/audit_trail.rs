//! The trail as its owner reads it.

use kagi_domain::{
    access::{Denied, Scope},
    audit::{Action, AuditFilter, AuditResult},
    paging::PageRequest,
    ports::Cipher,
    seal::SealContext,
    secret::SecretBytes,
    services::audit_trail::AuditTrailError,
};
use kagi_tests::{
    kagi,
    samples::{access_key, category, entry},
};

use crate::{acting, from, set_up};

#[tokio::test]
async fn events_of_one_request_come_in_their_order() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let category = kagi.categories().create(&ada, category("One", "K")).await.unwrap().category.id;
    let id = kagi.entries().create(&ada, entry(category, "Blog", "v")).await.unwrap().entry.id;
    let wrong = kagi.cipher.seal(&SealContext::key_check(), &SecretBytes::new(Vec::new())).unwrap();
    kagi.storage.tamper(id, wrong);
    let filter = AuditFilter { action: Some(Action::EntryReveal), ..AuditFilter::default() };
    for round in 1..=40 {
        kagi.entries().reveal(&ada, id).await.unwrap_err();
        // The clock stands still: only the ids tell which was first.
        let seen = kagi.audit_trail().list(&ada, &filter, &PageRequest::default()).await.unwrap().items;
        let results: Vec<_> = seen.iter().map(|event| event.result).collect();
        assert_eq!(results, [AuditResult::Failed, AuditResult::Ok].repeat(round));
    }
}

#[tokio::test]
async fn an_owner_sees_refusals_and_others_see_nothing() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let issued = kagi.access_keys().create(&session, access_key("ci", &[Scope::StatsRead])).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let page = PageRequest::default();
    let refused = kagi.audit_trail().list(&key, &AuditFilter::default(), &page).await.unwrap_err();
    assert!(matches!(refused, AuditTrailError::Denied(Denied::Scope(Scope::AuditRead))));
    let seen = kagi.audit_trail().list(&session, &AuditFilter::default(), &page).await.unwrap().items;
    let event = &seen[0];
    assert_eq!((event.action, event.result), (Action::AccessDenied, AuditResult::Denied));
    assert_eq!(event.actor, *key.stamp());
    assert!(seen.iter().all(|event| event.owner == Some(session.user())));

    let eve = kagi.actor("eve").await;
    let theirs = kagi.audit_trail().list(&eve, &AuditFilter::default(), &page).await.unwrap().items;
    assert_eq!(theirs.iter().map(|event| event.action).collect::<Vec<_>>(), [Action::UserCreate]);
}
