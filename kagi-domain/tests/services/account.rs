//! A person's own account.

use std::time::Duration;

use kagi_domain::{
    access::{Actor, Denied, Origin, Scope, System},
    audit::{Action, AuditResult},
    ids::{IdSource, SessionId},
    model::{
        Patch,
        user::{ProfilePatch, Session, User, UserAgent},
    },
    paging::PageRequest,
    ports::{Digester, Storage, StorageError},
    services::{
        account::AccountError,
        entries::EntryError,
        sign_in::{AuthError, NewPassword, SignInError},
    },
    text::Title,
};
use kagi_tests::{
    SeededEntropy, TestKagi, kagi,
    samples::{access_key, category, entry, parse, secret, user},
};

use crate::{PASSWORD, acting, from, set_up};

pub(crate) const EMAIL: &str = "ada@example.com";
pub(crate) const NEW: &str = "another horse battery";

pub(crate) fn new_password() -> NewPassword {
    NewPassword::parse(secret(NEW)).unwrap()
}

pub(crate) async fn sign_in(
    kagi: &TestKagi,
    password: &str,
) -> Result<kagi_domain::services::sign_in::SignedIn, SignInError> {
    kagi.sign_in().sign_in(EMAIL, secret(password), from(kagi, "192.0.2.1")).await
}

pub(crate) async fn is_dead(kagi: &TestKagi, token: &kagi_domain::secret::SecretText) -> bool {
    let found = kagi.sign_in().by_session(token, from(kagi, "192.0.2.1")).await;
    found.is_err_and(|error| error == AuthError::Refused)
}

/// The last event's action and result.
pub(crate) fn last(kagi: &TestKagi) -> (Action, AuditResult) {
    let event = kagi.storage.audit_events().pop().unwrap();
    (event.action, event.result)
}

/// Ada, signed in.
pub(crate) async fn ada(kagi: &TestKagi) -> Actor {
    acting(kagi, &set_up(kagi, EMAIL).await).await
}

#[tokio::test]
async fn a_profile_is_shown_and_changed() {
    let kagi = kagi();
    let ada = ada(&kagi).await;
    let before = kagi.account().profile(&ada).await.unwrap();
    assert_eq!(
        (before.user.email.as_str(), before.user.name.clone(), before.has_password),
        (EMAIL, None, true)
    );
    for (name, expected) in
        [(Patch::Set(parse("Ada")), Some("Ada")), (Patch::Keep, Some("Ada")), (Patch::Clear, None)]
    {
        let after = kagi.account().update(&ada, ProfilePatch { name }).await.unwrap();
        assert_eq!(after.user.name.as_ref().map(Title::as_str), expected);
        assert_eq!(kagi.account().profile(&ada).await.unwrap(), after);
        assert_eq!(last(&kagi), (Action::AccountUpdate, AuditResult::Ok));
    }
}

#[tokio::test]
async fn whoever_has_no_session_has_no_account_to_manage() {
    let kagi = kagi();
    let ada = ada(&kagi).await;
    let issued = kagi.access_keys().create(&ada, access_key("ci", Scope::ALL)).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let library = kagi.actor("library").await;
    for actor in [&key, &library] {
        let account = kagi.account();
        let denied = [
            account.profile(actor).await.map(drop),
            account.update(actor, ProfilePatch::default()).await.map(drop),
            account.sessions(actor, &PageRequest::default()).await.map(drop),
            account.end_session(actor, ada.session_id().unwrap()).await,
            account.end_other_sessions(actor).await,
            account.wipe(actor).await,
            account.delete(actor).await,
        ];
        for outcome in denied {
            assert!(matches!(outcome, Err(AccountError::Denied(Denied::SessionRequired))), "{outcome:?}");
        }
        let changed = kagi.sign_in().change_password(actor, secret(PASSWORD), new_password()).await;
        assert!(matches!(changed, Err(SignInError::Denied(Denied::SessionRequired))));
    }
    assert!(kagi.account().profile(&ada).await.is_ok());
}

/// Somebody without a password, in a session that began otherwise.
pub(crate) async fn without_password(kagi: &TestKagi) -> Actor {
    let ids = IdSource::new(SeededEntropy::default());
    let sso: User = user("sso@example.com", &kagi.clock, &ids);
    let (token, now) = (secret(&"s".repeat(43)), kagi.now());
    let session = Session {
        id: SessionId::mint(&*kagi.clock, &ids),
        user: sso.id,
        created_at: now,
        last_seen_at: now,
        authenticated_at: now,
        user_agent: None,
    };
    let event = kagi.storage.audit_events().pop().unwrap();
    let mut unit = kagi.storage.begin().await.unwrap();
    unit.users().insert(&System::for_tests(), &sso, None).await.unwrap();
    unit.sessions().insert(&System::for_tests(), &session, &kagi.digester.digest(&token)).await.unwrap();
    unit.commit(kagi_domain::audit::AuditRecord::new(event)).await.unwrap();
    kagi.sign_in().by_session(&token, from(kagi, "192.0.2.1")).await.unwrap().actor
}

/// A sign-in from a browser that calls itself so.
async fn sign_in_with(kagi: &TestKagi, agent: &str) -> Session {
    let origin = Origin { user_agent: UserAgent::read(agent), ..from(kagi, "192.0.2.1") };
    kagi.sign_in().sign_in(EMAIL, secret(PASSWORD), origin).await.unwrap().session
}

#[tokio::test]
async fn sessions_that_work_are_listed() {
    let kagi = kagi();
    let first = set_up(&kagi, EMAIL).await;
    let ada = acting(&kagi, &first).await;
    kagi.clock.advance(Duration::from_hours(6));
    let firefox = sign_in_with(&kagi, "Firefox\r\n").await;
    let listed = kagi.account().sessions(&ada, &PageRequest::default()).await.unwrap();
    let seen: Vec<_> = listed.items.iter().map(|row| (row.session.id, row.current)).collect();
    assert_eq!(seen, [(firefox.id, false), (first.session.id, true)]);
    assert_eq!(listed.items[0].session.user_agent, UserAgent::read("Firefox"));
    assert_eq!(listed.items[1].session.user_agent, None);

    // The first reaches its idle limit and is refused: it is not listed either.
    kagi.clock.advance(Duration::from_hours(6));
    assert!(is_dead(&kagi, &first.token).await);
    let late = acting(&kagi, &sign_in(&kagi, PASSWORD).await.unwrap()).await;
    let listed = kagi.account().sessions(&late, &PageRequest::default()).await.unwrap();
    let seen: Vec<_> = listed.items.iter().map(|row| (row.session.id, row.current)).collect();
    assert_eq!(seen, [(late.session_id().unwrap(), true), (firefox.id, false)]);
}

#[tokio::test]
async fn sessions_are_ended_one_by_one_or_all_others_at_once() {
    let kagi = kagi();
    let first = set_up(&kagi, EMAIL).await;
    let ada = acting(&kagi, &first).await;
    let others = [sign_in(&kagi, PASSWORD).await.unwrap(), sign_in(&kagi, PASSWORD).await.unwrap()];
    let sso = without_password(&kagi).await;
    let foreign = kagi.account().end_session(&ada, sso.session_id().unwrap()).await;
    assert!(matches!(foreign, Err(AccountError::SessionNotFound)));
    kagi.account().end_session(&ada, others[0].session.id).await.unwrap();
    assert_eq!(last(&kagi), (Action::SessionDelete, AuditResult::Ok));
    let again = kagi.account().end_session(&ada, others[0].session.id).await;
    assert!(matches!(again, Err(AccountError::SessionNotFound)));
    assert!(is_dead(&kagi, &others[0].token).await && !is_dead(&kagi, &others[1].token).await);
    kagi.account().end_other_sessions(&ada).await.unwrap();
    assert_eq!(last(&kagi), (Action::SessionDelete, AuditResult::Ok));
    assert!(is_dead(&kagi, &others[1].token).await && !is_dead(&kagi, &first.token).await);
    kagi.account().profile(&sso).await.expect("nobody else is signed out");
    kagi.account().end_session(&ada, first.session.id).await.unwrap();
    assert!(is_dead(&kagi, &first.token).await);
}

/// A vault of one category and one entry.
async fn furnish(kagi: &TestKagi, actor: &Actor) {
    let made = kagi.categories().create(actor, category("One", "TOKEN")).await.unwrap();
    kagi.entries().create(actor, entry(made.category.id, "Blog", "value")).await.unwrap();
}

async fn is_empty(kagi: &TestKagi, actor: &Actor) -> bool {
    let categories = kagi.categories().list(actor, None, &PageRequest::default()).await.unwrap();
    categories.items.is_empty() && kagi.storage.cells().is_empty()
}

#[tokio::test]
async fn a_vault_is_emptied_whole_or_not_at_all() {
    let kagi = kagi();
    let ada = ada(&kagi).await;
    let issued = kagi.access_keys().create(&ada, access_key("ci", Scope::ALL)).await.unwrap();
    furnish(&kagi, &ada).await;
    kagi.storage.fail_next_commit(StorageError::Unavailable);
    assert!(matches!(kagi.account().wipe(&ada).await, Err(AccountError::Storage(StorageError::Unavailable))));
    (0..5).for_each(|_| kagi.storage.fail_next_commit(StorageError::Conflict));
    assert!(matches!(kagi.account().wipe(&ada).await, Err(AccountError::Storage(StorageError::Conflict))));
    assert!(!is_empty(&kagi, &ada).await);
    (0..4).for_each(|_| kagi.storage.fail_next_commit(StorageError::Conflict));
    kagi.account().wipe(&ada).await.unwrap();
    assert_eq!(last(&kagi), (Action::AccountWipe, AuditResult::Ok));
    assert!(is_empty(&kagi, &ada).await);
    kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.expect("keys stay");
    furnish(&kagi, &ada).await;

    kagi.clock.advance(Actor::FRESH);
    for outcome in [kagi.account().wipe(&ada).await, kagi.account().delete(&ada).await] {
        assert!(matches!(outcome, Err(AccountError::Denied(Denied::ReauthRequired))), "{outcome:?}");
    }
    assert!(!is_empty(&kagi, &ada).await);
}

#[tokio::test]
async fn a_deleted_account_is_gone_and_the_installation_stays_set_up() {
    let kagi = kagi();
    let first = set_up(&kagi, EMAIL).await;
    let ada = acting(&kagi, &first).await;
    let issued = kagi.access_keys().create(&ada, access_key("ci", Scope::ALL)).await.unwrap();
    furnish(&kagi, &ada).await;
    kagi.account().delete(&ada).await.unwrap();
    let own = kagi.storage.audit_events().into_iter().filter(|event| event.owner == Some(ada.user()));
    let actions: Vec<_> = own.map(|event| event.action).collect();
    assert_eq!(actions.first(), Some(&Action::SetUp), "the trail outlives the person");
    assert_eq!(actions.last(), Some(&Action::AccountDelete));
    assert!(is_dead(&kagi, &first.token).await && kagi.storage.cells().is_empty());
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await;
    assert_eq!(key.unwrap_err(), AuthError::Refused);
    assert!(matches!(sign_in(&kagi, PASSWORD).await, Err(SignInError::WrongCredentials)));
    assert!(!kagi.sign_in().needs_set_up().await.unwrap(), "the set-up link does not open again");

    // Whoever still holds the actor of a request that was under way is told so, and leaves nothing.
    assert!(matches!(kagi.account().profile(&ada).await, Err(AccountError::Gone)));
    let renamed = kagi.account().update(&ada, ProfilePatch { name: Patch::Set(parse("Ghost")) }).await;
    assert!(matches!(renamed, Err(AccountError::Gone)));
    assert!(matches!(kagi.account().delete(&ada).await, Err(AccountError::Gone)));
    let ghost = kagi.categories().create(&ada, category("Ghost", "TOKEN")).await;
    assert!(ghost.is_err() && is_empty(&kagi, &ada).await);
    kagi.people().add(crate::who(EMAIL)).await.expect("the address is free");
}

#[tokio::test]
async fn what_is_made_beside_a_wipe_or_a_deletion_is_refused_cleanly() {
    let kagi = kagi();
    let ada = ada(&kagi).await;
    for delete in [false, true] {
        let one = kagi.categories().create(&ada, category("One", "TOKEN")).await.unwrap().category.id;
        let makers: Vec<_> = (0..8)
            .map(|n| {
                let (kagi, ada) = (kagi.clone(), ada.clone());
                let new = entry(one, &format!("Project {n}"), "value");
                tokio::spawn(async move { kagi.entries().create(&ada, new).await })
            })
            .collect();
        tokio::task::yield_now().await;
        if delete {
            kagi.account().delete(&ada).await.unwrap();
        } else {
            kagi.account().wipe(&ada).await.unwrap();
        }
        for made in makers {
            let made = made.await.unwrap();
            assert!(matches!(made, Ok(_) | Err(EntryError::CategoryNotFound)), "{made:?}");
        }
        assert!(kagi.storage.cells().is_empty());
    }
}
