//! Whom an identity signs in, and when a first sign-in makes an account.

use std::time::Duration;

use kagi_domain::{
    Policy, SignUp,
    access::Denied,
    audit::{Action, AuditResult},
    ports::Claims,
    services::sign_in::{SsoError, SsoPolicy},
    text::Title,
};
use kagi_tests::{TestKagi, kagi_with_provider, samples::parse};

use super::{EMAIL, SUBJECT, sign_in_as, vault};
use crate::{acting, set_up};

fn last(kagi: &TestKagi) -> (Action, AuditResult) {
    let event = kagi.storage.audit_events().pop().unwrap();
    (event.action, event.result)
}

fn with(sso: SsoPolicy) -> TestKagi {
    kagi_with_provider(Policy { sso, ..Policy::default() })
}

#[tokio::test]
async fn a_first_sign_in_makes_an_account_and_a_second_finds_it() {
    let kagi = vault();
    let name = Some(parse::<Title>("Ada Lovelace"));
    let claims = Claims { name: name.clone(), ..kagi.provider.claims(SUBJECT, Some("ADA@example.com")) };
    let first = sign_in_as(&kagi, claims).await.unwrap();
    assert_eq!((first.user.email.as_str(), &first.user.name), (EMAIL, &name));
    assert_eq!(last(&kagi), (Action::SignUp, AuditResult::Ok));
    assert!(!kagi.sign_in().needs_set_up().await.unwrap(), "there is somebody now");
    let ada = acting(&kagi, &first).await;
    assert!(!kagi.account().profile(&ada).await.unwrap().has_password);
    assert_eq!(kagi.sign_in().identity(&ada).await.unwrap().unwrap().key.subject.as_str(), SUBJECT);

    // Whatever the provider says of address and name later: it is the same person.
    let second =
        sign_in_as(&kagi, kagi.provider.claims(SUBJECT, Some("countess@example.com"))).await.unwrap();
    assert_eq!(second.user, first.user);
    assert_ne!(second.session.id, first.session.id);
    assert_eq!(last(&kagi), (Action::SignIn, AuditResult::Ok));
}

/// The rule of `sub`: an address is not who somebody is.
#[tokio::test]
async fn an_address_that_moves_to_another_subject_opens_nothing() {
    let kagi = vault();
    let ada = sign_in_as(&kagi, kagi.provider.claims(SUBJECT, Some(EMAIL))).await.unwrap();
    let heir = sign_in_as(&kagi, kagi.provider.claims("6e3b", Some(EMAIL))).await;
    assert!(matches!(heir, Err(SsoError::EmailTaken)));
    let shouted = sign_in_as(&kagi, kagi.provider.claims("5D2A", Some("other@example.com"))).await.unwrap();
    assert_ne!(shouted.user.id, ada.user.id, "subjects are exact");
}

#[tokio::test]
async fn an_account_with_the_same_address_is_not_taken_over() {
    let kagi = vault();
    let local = set_up(&kagi, EMAIL).await;
    let before = kagi.storage.digests().len();
    let refused = sign_in_as(&kagi, kagi.provider.claims(SUBJECT, Some("Ada@Example.COM"))).await;
    assert!(matches!(refused, Err(SsoError::EmailTaken)));
    assert_eq!(kagi.storage.digests().len(), before, "no session began");
    let ada = acting(&kagi, &local).await;
    assert_eq!(kagi.sign_in().identity(&ada).await.unwrap(), None, "nothing was linked");
}

#[tokio::test]
async fn the_operator_decides_who_gets_an_account() {
    let closed = with(SsoPolicy { sign_up: SignUp::Closed, ..SsoPolicy::default() });
    let refused = sign_in_as(&closed, closed.provider.claims(SUBJECT, Some(EMAIL))).await;
    assert!(matches!(refused, Err(SsoError::SignUpClosed)));

    let team = with(SsoPolicy { domains: ["team.example".to_owned()].into(), ..SsoPolicy::default() });
    let refused = sign_in_as(&team, team.provider.claims(SUBJECT, Some(EMAIL))).await;
    assert!(matches!(refused, Err(SsoError::DomainRefused)));
    let refused = sign_in_as(&team, team.provider.claims(SUBJECT, None)).await;
    assert!(matches!(refused, Err(SsoError::EmailUnverified)));
    for kagi in [&closed, &team] {
        assert!(kagi.sign_in().needs_set_up().await.unwrap(), "nothing is half-made");
        assert!(kagi.storage.digests().is_empty());
    }
    sign_in_as(&team, team.provider.claims(SUBJECT, Some("ada@Team.example"))).await.unwrap();
}

#[tokio::test]
async fn whoever_is_disabled_is_told_so_and_stays_out() {
    let kagi = vault();
    sign_in_as(&kagi, kagi.provider.claims(SUBJECT, Some(EMAIL))).await.unwrap();
    kagi.people().disable(&parse(EMAIL)).await.unwrap();
    let refused = sign_in_as(&kagi, kagi.provider.claims(SUBJECT, Some(EMAIL))).await;
    assert!(matches!(refused, Err(SsoError::Disabled)));
    assert_eq!(last(&kagi), (Action::SignIn, AuditResult::Denied));
    assert!(kagi.storage.digests().is_empty());
}

#[tokio::test]
async fn parallel_first_sign_ins_make_one_account() {
    let kagi = vault();
    let tries = (0..6).map(|n| {
        let kagi = kagi.clone();
        tokio::spawn(async move {
            let code = format!("code {n}");
            kagi.provider.prepare(&code, kagi.provider.claims(SUBJECT, Some(EMAIL)));
            let browser = super::depart(&kagi).await;
            let returned = browser.returned(&code);
            let origin = super::here(&kagi);
            let arrived = kagi.sign_in().arrive(returned, Some(&browser.keepsake), None, origin).await;
            super::entered(arrived.unwrap()).user.id
        })
    });
    let mut people = std::collections::BTreeSet::new();
    for outcome in tries.collect::<Vec<_>>() {
        people.insert(outcome.await.unwrap());
    }
    assert_eq!(people.len(), 1);
}

/// A provider that lets somebody in because they are signed in there anyway has confirmed nothing.
#[tokio::test]
async fn a_sign_in_is_as_fresh_as_the_provider_says() {
    let kagi = vault();
    let claims = || kagi.provider.claims(SUBJECT, Some(EMAIL));
    let (now, long_ago) = (kagi.now(), kagi.now().minus(Duration::from_mins(10)));
    let future = now.plus(Duration::from_hours(1));
    for (at, is_fresh) in [(None, false), (Some(long_ago), false), (Some(now), true), (Some(future), true)] {
        let signed_in = sign_in_as(&kagi, Claims { authenticated_at: at, ..claims() }).await.unwrap();
        assert!(signed_in.session.authenticated_at <= now, "{at:?}");
        let outcome = kagi.authorize_fresh(&acting(&kagi, &signed_in).await).await;
        assert_eq!(outcome.map(drop), if is_fresh { Ok(()) } else { Err(Denied::ReauthRequired) }, "{at:?}");
    }
}
