//! Set-up, sign-up, sessions.

use std::time::Duration;

use kagi_domain::{
    Policy, SignUp,
    access::{Denied, Leaving, Origin},
    audit::{Action, AuditResult, Target, TargetKind},
    services::sign_in::{AuthError, NewPassword, SignInError, registration},
};
use kagi_tests::{kagi, kagi_with, samples::secret};

use crate::{PASSWORD, acting, from, set_up, who};

#[tokio::test]
async fn the_set_up_link_works_once_and_only_with_its_token() {
    let kagi = kagi();
    assert!(kagi.sign_in().needs_set_up().await.unwrap());
    let origin = || from(&kagi, "192.0.2.1");
    let wrong = kagi.sign_in().set_up(&secret("guess"), who("eve@example.com"), origin()).await;
    assert!(matches!(wrong, Err(SignInError::SetUpClosed)));
    assert!(kagi.sign_in().needs_set_up().await.unwrap());

    let signed_in = set_up(&kagi, "ada@example.com").await;
    assert_eq!(acting(&kagi, &signed_in).await.user(), signed_in.user.id);
    assert!(!kagi.sign_in().needs_set_up().await.unwrap());
    let token = kagi.sign_in().set_up_token();
    let again = kagi.sign_in().set_up(&token, who("eve@example.com"), origin()).await;
    assert!(matches!(again, Err(SignInError::SetUpClosed)));
}

#[tokio::test]
async fn of_parallel_set_ups_one_makes_the_first_account() {
    let kagi = kagi();
    let tries = (0..8).map(|n| {
        let kagi = kagi.clone();
        tokio::spawn(async move {
            let token = kagi.sign_in().set_up_token();
            let who = who(&format!("person{n}@example.com"));
            kagi.sign_in().set_up(&token, who, from(&kagi, "192.0.2.1")).await.is_ok()
        })
    });
    let mut made = 0;
    for outcome in tries.collect::<Vec<_>>() {
        made += usize::from(outcome.await.unwrap());
    }
    assert_eq!(made, 1);
}

#[tokio::test]
async fn unknown_wrong_and_disabled_look_alike() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    kagi.people().add(who("gone@example.com")).await.unwrap();
    kagi.people().disable(&"gone@example.com".parse().unwrap()).await.unwrap();
    let before = kagi.hasher.checks();
    let cases = [
        ("nobody@example.com", PASSWORD),
        ("not an address", PASSWORD),
        ("ada@example.com", "wrong password"),
        ("gone@example.com", PASSWORD),
    ];
    for (n, (email, password)) in cases.into_iter().enumerate() {
        let ip = format!("198.51.100.{n}");
        let refused = kagi.sign_in().sign_in(email, secret(password), from(&kagi, &ip)).await;
        assert!(matches!(refused, Err(SignInError::WrongCredentials)), "{email}");
        let last = kagi.storage.audit_events().pop().unwrap();
        assert_eq!((last.action, last.result), (Action::SignIn, AuditResult::Failed));
    }
    assert_eq!(kagi.hasher.checks() - before, cases.len(), "each case costs one check");
}

#[tokio::test]
async fn every_spelling_of_an_address_signs_in() {
    let kagi = kagi();
    let first = set_up(&kagi, "ada@example.com").await;
    for email in [" Ada@Example.COM ", "\u{ff41}da@example.com"] {
        let signed_in =
            kagi.sign_in().sign_in(email, secret(PASSWORD), from(&kagi, "192.0.2.1")).await.unwrap();
        assert_eq!(signed_in.user.id, first.user.id);
        assert_ne!(signed_in.token.expose(), first.token.expose());
    }
}

#[tokio::test]
async fn sessions_end_when_idle_when_old_and_when_signed_out() {
    let kagi = kagi();
    let policy = Policy::default();
    let origin = || from(&kagi, "192.0.2.1");
    let idle = set_up(&kagi, "ada@example.com").await;
    kagi.clock.advance(policy.session_idle.checked_sub(Duration::from_millis(1)).unwrap());
    kagi.sign_in().by_session(&idle.token, origin()).await.unwrap();
    kagi.clock.advance(policy.session_idle);
    assert_eq!(kagi.sign_in().by_session(&idle.token, origin()).await.unwrap_err(), AuthError::Refused);

    let old = kagi.sign_in().sign_in("ada@example.com", secret(PASSWORD), origin()).await.unwrap();
    let step = Duration::from_hours(1);
    let steps = u32::try_from(policy.session_max.as_secs() / step.as_secs()).unwrap();
    for _ in 1..steps {
        kagi.clock.advance(step);
        kagi.sign_in().by_session(&old.token, origin()).await.unwrap();
    }
    kagi.clock.advance(step);
    assert_eq!(kagi.sign_in().by_session(&old.token, origin()).await.unwrap_err(), AuthError::Refused);

    let ended = kagi.sign_in().sign_in("ada@example.com", secret(PASSWORD), origin()).await.unwrap();
    kagi.sign_in().sign_out(&acting(&kagi, &ended).await).await.unwrap();
    assert_eq!(kagi.sign_in().by_session(&ended.token, origin()).await.unwrap_err(), AuthError::Refused);
}

#[tokio::test]
async fn a_step_up_gives_a_new_token_and_ten_minutes() {
    let kagi = kagi();
    let first = set_up(&kagi, "ada@example.com").await;
    kagi.clock.advance(Duration::from_mins(10));
    let stale = acting(&kagi, &first).await;
    assert_eq!(kagi.authorize_fresh(&stale).await.unwrap_err(), Denied::ReauthRequired);

    let wrong = kagi.sign_in().reauthenticate(&stale, secret("wrong password")).await;
    assert!(matches!(wrong, Err(SignInError::WrongCredentials)));
    let renewed = kagi.sign_in().reauthenticate(&stale, secret(PASSWORD)).await.unwrap();
    assert_eq!(renewed.session.id, first.session.id);
    assert_eq!(renewed.session.created_at, first.session.created_at, "the absolute limit runs on");
    kagi.authorize_fresh(&acting(&kagi, &renewed).await).await.unwrap();
    let old = kagi.sign_in().by_session(&first.token, from(&kagi, "192.0.2.1")).await;
    assert_eq!(old.unwrap_err(), AuthError::Refused);
}

#[tokio::test]
async fn sign_up_obeys_the_policy_and_tells_taken_addresses() {
    let closed = kagi();
    let refused = closed.sign_in().sign_up(who("ada@example.com"), from(&closed, "192.0.2.1")).await;
    assert!(matches!(refused, Err(SignInError::SignUpClosed)));

    let open = kagi_with(Policy { sign_up: SignUp::Open, ..Policy::default() });
    open.sign_in().sign_up(who("ada@example.com"), from(&open, "192.0.2.1")).await.unwrap();
    for _ in 0..20 {
        let taken = open.sign_in().sign_up(who("ADA@example.com"), from(&open, "192.0.2.1")).await;
        assert!(matches!(taken, Err(SignInError::EmailTaken)));
    }
    let throttled = open.sign_in().sign_up(who("ADA@example.com"), from(&open, "192.0.2.1")).await;
    assert!(matches!(throttled, Err(SignInError::Throttled { .. })), "asking for addresses is slowed down");
}

#[tokio::test]
async fn passwords_can_be_switched_off() {
    let kagi = kagi_with(Policy { passwords: false, ..Policy::default() });
    let refused = kagi.sign_in().sign_in("a@b.example", secret(PASSWORD), from(&kagi, "192.0.2.1")).await;
    assert!(matches!(refused, Err(SignInError::PasswordsOff)));
}

#[test]
fn a_registration_names_all_its_mistakes() {
    let invalid = registration("nobody", secret("short"), Some("a\nb")).unwrap_err();
    let fields: Vec<_> = invalid.fields().iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["email", "password", "name"]);
    assert!(registration("a@b.example", secret(&"鍵".repeat(1025)), None).is_err());
    assert!(registration("a@b.example", secret(&"鍵".repeat(12)), Some(" ")).is_ok());
}

#[tokio::test]
async fn a_password_that_is_replaced_while_it_is_checked_opens_nothing() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    let (looked, go_on) = kagi.hasher.pause_next_check();
    let slow = kagi.clone();
    let slow = tokio::spawn(async move {
        slow.sign_in().sign_in("ada@example.com", secret(PASSWORD), from(&slow, "192.0.2.1")).await
    });
    looked.await.unwrap();
    let new = NewPassword::parse(secret("another horse battery")).unwrap();
    kagi.people().reset_password(&"ada@example.com".parse().unwrap(), new).await.unwrap();
    go_on.send(()).unwrap();
    assert!(matches!(slow.await.unwrap(), Err(SignInError::WrongCredentials)));
}

#[tokio::test]
async fn whoever_goes_on_keeps_a_session_of_one_minute() {
    let policy = Policy { session_idle: Duration::from_mins(1), ..Policy::default() };
    let kagi = kagi_with(policy);
    let signed_in = set_up(&kagi, "ada@example.com").await;
    for _ in 0..10 {
        kagi.clock.advance(Duration::from_secs(20));
        kagi.sign_in().by_session(&signed_in.token, from(&kagi, "192.0.2.1")).await.unwrap();
    }
    kagi.clock.advance(Duration::from_mins(1));
    let idle = kagi.sign_in().by_session(&signed_in.token, from(&kagi, "192.0.2.1")).await;
    assert_eq!(idle.unwrap_err(), AuthError::Refused);
}

#[tokio::test]
async fn a_session_begun_from_another_ends_that_one() {
    let kagi = kagi();
    let before = set_up(&kagi, "ada@example.com").await;
    let bystander = acting(&kagi, &before).await;
    kagi.people().add(who("bob@example.com")).await.unwrap();
    let leaving = || Origin { leaves: Leaving::of(&bystander), ..from(&kagi, "192.0.2.1") };
    let wrong = kagi.sign_in().sign_in("bob@example.com", secret("wrong"), leaving()).await;
    assert!(matches!(wrong, Err(SignInError::WrongCredentials)));
    acting(&kagi, &before).await;

    for _ in 0..2 {
        let bob = kagi.sign_in().sign_in("bob@example.com", secret(PASSWORD), leaving()).await.unwrap();
        acting(&kagi, &bob).await;
        let ended = kagi.sign_in().by_session(&before.token, from(&kagi, "192.0.2.1")).await;
        assert_eq!(ended.unwrap_err(), AuthError::Refused);
    }
    let outs: Vec<_> =
        kagi.storage.audit_events().into_iter().filter(|event| event.action == Action::SignOut).collect();
    let [out] = outs.as_slice() else { panic!("it ended once: {outs:?}") };
    assert_eq!((out.owner, &out.actor), (Some(before.user.id), bystander.stamp()));
    assert_eq!(out.target, Some(Target::new(TargetKind::Session, before.session.id)));
}
