//! Stepping up at the provider, and which identity opens whose account.

use std::time::Duration;

use kagi_domain::{
    Policy,
    access::{Actor, Denied, Scope},
    audit::{Action, AuditResult},
    services::sign_in::{Outcome, SignedIn, SsoError},
};
use kagi_tests::{
    TestKagi, kagi_with_provider,
    samples::{access_key, secret},
};

use super::{EMAIL, SUBJECT, fresh, return_to, sign_in_as, vault};
use crate::{PASSWORD, acting, from, set_up, who};

fn last(kagi: &TestKagi) -> (Action, AuditResult) {
    let event = kagi.storage.audit_events().pop().unwrap();
    (event.action, event.result)
}

async fn link(kagi: &TestKagi, actor: &Actor, subject: &str) -> Result<Outcome, SsoError> {
    let departure = kagi.sign_in().depart_to_link(actor, String::new()).await?;
    assert!(departure.url.contains("prompt=login"));
    let claims = fresh(kagi, kagi.provider.claims(subject, None));
    return_to(kagi, departure, claims, Some(actor)).await
}

async fn by_provider(kagi: &TestKagi) -> SignedIn {
    sign_in_as(kagi, kagi.provider.claims(SUBJECT, Some(EMAIL))).await.unwrap()
}

#[tokio::test]
async fn a_linked_identity_opens_the_account() {
    let kagi = vault();
    let ada = acting(&kagi, &set_up(&kagi, EMAIL).await).await;
    assert!(matches!(link(&kagi, &ada, SUBJECT).await, Ok(Outcome::Linked(Some(_)))));
    assert_eq!(last(&kagi), (Action::IdentityLink, AuditResult::Ok));
    assert_eq!(by_provider(&kagi).await.user.id, ada.user());
    assert!(matches!(link(&kagi, &ada, SUBJECT).await, Ok(Outcome::Linked(None))), "again is fine");
    assert!(matches!(link(&kagi, &ada, "6e3b").await, Err(SsoError::LinkTaken)), "a second one is not");

    kagi.sign_in().unlink(&ada).await.unwrap();
    assert_eq!(last(&kagi), (Action::IdentityUnlink, AuditResult::Ok));
    assert_eq!(kagi.sign_in().identity(&ada).await.unwrap(), None);
    let refused = sign_in_as(&kagi, kagi.provider.claims(SUBJECT, Some(EMAIL))).await;
    assert!(matches!(refused, Err(SsoError::EmailTaken)), "it opens nothing any more");
    kagi.sign_in().unlink(&ada).await.expect("again is fine");
}

#[tokio::test]
async fn an_identity_of_somebody_else_is_not_linked() {
    let kagi = vault();
    let ada = by_provider(&kagi).await;
    kagi.people().add(who("bob@example.com")).await.unwrap();
    let bob = kagi.sign_in().sign_in("bob@example.com", secret(PASSWORD), from(&kagi, "192.0.2.1")).await;
    let bob = acting(&kagi, &bob.unwrap()).await;
    assert!(matches!(link(&kagi, &bob, SUBJECT).await, Err(SsoError::LinkTaken)));
    assert_eq!(by_provider(&kagi).await.user.id, ada.user.id);
}

#[tokio::test]
async fn linking_takes_the_session_that_asked_and_a_fresh_sign_in() {
    let kagi = vault();
    let first = set_up(&kagi, EMAIL).await;
    let ada = acting(&kagi, &first).await;
    let claims = || fresh(&kagi, kagi.provider.claims(SUBJECT, None));
    let depart = || async { kagi.sign_in().depart_to_link(&ada, String::new()).await };
    let nobody = return_to(&kagi, depart().await.unwrap(), claims(), None).await;
    assert!(matches!(nobody, Err(SsoError::OtherPerson)), "signed out meanwhile");
    let again = kagi.sign_in().sign_in(EMAIL, secret(PASSWORD), from(&kagi, "192.0.2.1")).await.unwrap();
    let other = acting(&kagi, &again).await;
    let elsewhere = return_to(&kagi, depart().await.unwrap(), claims(), Some(&other)).await;
    assert!(matches!(elsewhere, Err(SsoError::OtherPerson)), "another session");
    let silent = kagi.provider.claims(SUBJECT, None);
    let silent = return_to(&kagi, depart().await.unwrap(), silent, Some(&ada)).await;
    assert!(matches!(silent, Err(SsoError::NotFresh)), "the provider asked for nothing");
    assert_eq!(kagi.sign_in().identity(&ada).await.unwrap(), None);

    kagi.clock.advance(Duration::from_mins(10));
    let stale = depart().await;
    assert!(matches!(stale, Err(SsoError::Denied(Denied::ReauthRequired))));
    assert!(matches!(kagi.sign_in().unlink(&ada).await, Err(SsoError::Denied(Denied::ReauthRequired))));
}

#[tokio::test]
async fn no_access_key_links_confirms_or_unlinks() {
    let kagi = vault();
    let ada = acting(&kagi, &set_up(&kagi, EMAIL).await).await;
    let issued = kagi.access_keys().create(&ada, access_key("ci", Scope::ALL)).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let sign_in = kagi.sign_in();
    let denied = [
        sign_in.depart_to_link(&key, String::new()).await.map(drop),
        sign_in.depart_to_confirm(&key, String::new()).await.map(drop),
        sign_in.unlink(&key).await,
        sign_in.identity(&key).await.map(drop),
    ];
    for outcome in denied {
        assert!(matches!(outcome, Err(SsoError::Denied(Denied::SessionRequired))), "{outcome:?}");
    }
}

#[tokio::test]
async fn the_only_way_in_stays() {
    let kagi = vault();
    let claims = fresh(&kagi, kagi.provider.claims(SUBJECT, Some(EMAIL)));
    let ada = acting(&kagi, &sign_in_as(&kagi, claims).await.unwrap()).await;
    assert!(matches!(kagi.sign_in().unlink(&ada).await, Err(SsoError::OnlyWayIn)));

    let off = kagi_with_provider(Policy { passwords: false, ..Policy::default() });
    let claims = fresh(&off, off.provider.claims(SUBJECT, Some(EMAIL)));
    let ada = acting(&off, &sign_in_as(&off, claims).await.unwrap()).await;
    assert!(matches!(off.sign_in().unlink(&ada).await, Err(SsoError::OnlyWayIn)));
}

#[tokio::test]
async fn signing_in_again_at_the_provider_is_a_step_up() {
    let kagi = vault();
    let first = by_provider(&kagi).await;
    let ada = acting(&kagi, &first).await;
    kagi.clock.advance(Duration::from_hours(1));
    assert_eq!(kagi.authorize_fresh(&ada).await.unwrap_err(), Denied::ReauthRequired);
    let depart = || async { kagi.sign_in().depart_to_confirm(&ada, "/settings".to_owned()).await.unwrap() };
    let claims = |subject| kagi.provider.claims(subject, Some(EMAIL));

    let silent = return_to(&kagi, depart().await, claims(SUBJECT), Some(&ada)).await;
    assert!(matches!(silent, Err(SsoError::NotFresh)));
    let mut old = fresh(&kagi, claims(SUBJECT));
    old.authenticated_at = Some(kagi.now().minus(Duration::from_secs(61)));
    let old = return_to(&kagi, depart().await, old, Some(&ada)).await;
    assert!(matches!(old, Err(SsoError::NotFresh)), "from before the departure");
    let other = return_to(&kagi, depart().await, fresh(&kagi, claims("6e3b")), Some(&ada)).await;
    assert!(matches!(other, Err(SsoError::OtherPerson)));

    let outcome = return_to(&kagi, depart().await, fresh(&kagi, claims(SUBJECT)), Some(&ada)).await.unwrap();
    let Outcome::Confirmed(renewed) = outcome else { panic!("it was to be confirmed: {outcome:?}") };
    assert_eq!(renewed.session.id, first.session.id);
    kagi.authorize_fresh(&acting(&kagi, &renewed).await).await.unwrap();
    assert_eq!(last(&kagi), (Action::Reauth, AuditResult::Ok));
    assert!(kagi.sign_in().by_session(&first.token, from(&kagi, "192.0.2.1")).await.is_err(), "a new token");
}

/// What was asked for in a session counts in that session, and it may end while its person is away.
#[tokio::test]
async fn a_session_that_ended_meanwhile_links_nothing() {
    let kagi = vault();
    let ada = acting(&kagi, &set_up(&kagi, EMAIL).await).await;
    let departure = kagi.sign_in().depart_to_link(&ada, String::new()).await.unwrap();
    kagi.sign_in().sign_out(&ada).await.unwrap();
    let claims = fresh(&kagi, kagi.provider.claims(SUBJECT, None));
    let refused = return_to(&kagi, departure, claims, Some(&ada)).await;
    assert!(matches!(refused, Err(SsoError::Denied(Denied::SessionRequired))), "{refused:?}");
    let refused = sign_in_as(&kagi, kagi.provider.claims(SUBJECT, Some(EMAIL))).await;
    assert!(matches!(refused, Err(SsoError::EmailTaken)), "{refused:?}");
}
