//! The operator's commands.

use kagi_domain::services::{
    people::PeopleError,
    sign_in::{AuthError, NewPassword, SignInError},
};
use kagi_tests::{kagi, samples::secret};

use crate::{PASSWORD, from, set_up, who};

#[tokio::test]
async fn a_reset_ends_sessions_and_the_old_password() {
    let kagi = kagi();
    let signed_in = set_up(&kagi, "ada@example.com").await;
    let fresh = NewPassword::parse(secret("another good password")).unwrap();
    kagi.people().reset_password(&"ada@example.com".parse().unwrap(), fresh).await.unwrap();
    let origin = || from(&kagi, "192.0.2.1");
    assert_eq!(kagi.sign_in().by_session(&signed_in.token, origin()).await.unwrap_err(), AuthError::Refused);
    let old = kagi.sign_in().sign_in("ada@example.com", secret(PASSWORD), origin()).await;
    assert!(matches!(old, Err(SignInError::WrongCredentials)));
    kagi.sign_in().sign_in("ada@example.com", secret("another good password"), origin()).await.unwrap();
    let nobody = NewPassword::parse(secret("another good password")).unwrap();
    let missing = kagi.people().reset_password(&"x@example.com".parse().unwrap(), nobody).await;
    assert!(matches!(missing, Err(PeopleError::NotFound)));
}

#[tokio::test]
async fn disabling_ends_sessions() {
    let kagi = kagi();
    let signed_in = set_up(&kagi, "ada@example.com").await;
    kagi.people().disable(&"ada@example.com".parse().unwrap()).await.unwrap();
    let refused = kagi.sign_in().by_session(&signed_in.token, from(&kagi, "192.0.2.1")).await;
    assert_eq!(refused.unwrap_err(), AuthError::Refused);
}

#[tokio::test]
async fn the_first_account_is_ensured_once() {
    let kagi = kagi();
    assert!(kagi.people().ensure_first(who("admin@example.com")).await.unwrap().is_some());
    assert!(kagi.people().ensure_first(who("other@example.com")).await.unwrap().is_none());
    assert!(!kagi.sign_in().needs_set_up().await.unwrap());
    let taken = kagi.people().add(who("ADMIN@example.com")).await;
    assert!(matches!(taken, Err(PeopleError::EmailTaken)));
}
