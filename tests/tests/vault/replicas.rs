//! A4: what one replica revokes, another refuses from the next request on.

use kagi_domain::{
    Kagi,
    access::{Actor, Scope},
    secret::SecretText,
    services::sign_in::{AuthError, NewPassword, SignedIn, registration},
};
use kagi_tests::samples::{access_key, secret};

use crate::vault::{Place, on_both};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery";
const TRIALS: usize = 100;

async fn sign_in(kagi: &Kagi) -> SignedIn {
    kagi.sign_in().sign_in(EMAIL, secret(PASSWORD), kagi.origin(None)).await.unwrap()
}

async fn acting(kagi: &Kagi, signed_in: &SignedIn) -> Result<Actor, AuthError> {
    kagi.sign_in().by_session(&signed_in.token, kagi.origin(None)).await.map(|visitor| visitor.actor)
}

async fn revocation_holds_on_every_replica_at_once(place: &Place) {
    let (one, (two, storage)) = (&place.kagi, place.replica().await);
    let who = registration(EMAIL, secret(PASSWORD), None).unwrap();
    one.people().add(who).await.unwrap();
    let keeper = acting(one, &sign_in(one).await).await.unwrap();
    for _ in 0..TRIALS {
        let signed_in = sign_in(one).await;
        acting(&two, &signed_in).await.expect("a fresh session works on the other replica");
        one.sign_in().sign_out(&acting(one, &signed_in).await.unwrap()).await.unwrap();
        assert_eq!(acting(&two, &signed_in).await.unwrap_err(), AuthError::Refused);

        let issued = one.access_keys().create(&keeper, access_key("ci", Scope::ALL)).await.unwrap();
        two.sign_in().by_access_key(&issued.token, two.origin(None)).await.expect("a fresh key works too");
        one.access_keys().delete(&keeper, issued.access_key.id).await.unwrap();
        let refused = two.sign_in().by_access_key(&issued.token, two.origin(None)).await;
        assert_eq!(refused.unwrap_err(), AuthError::Refused);
    }
    let signed_in = sign_in(&two).await;
    one.people().disable(&EMAIL.parse().unwrap()).await.unwrap();
    assert_eq!(acting(&two, &signed_in).await.unwrap_err(), AuthError::Refused);
    storage.close().await;
}

async fn sessions_that_are_ended_end_on_every_replica_at_once(place: &Place) {
    let (one, (two, storage)) = (&place.kagi, place.replica().await);
    let who = registration(EMAIL, secret(PASSWORD), None).unwrap();
    one.people().add(who).await.unwrap();
    let mut keeper = sign_in(one).await.token;
    let here = async |kagi: &Kagi, token: &SecretText| {
        kagi.sign_in().by_session(token, kagi.origin(None)).await.map(|visitor| visitor.actor)
    };
    for _ in 0..TRIALS {
        let person = here(one, &keeper).await.unwrap();
        let [first, second, third] = [sign_in(&two).await, sign_in(one).await, sign_in(&two).await];
        one.account().end_session(&person, first.session.id).await.unwrap();
        assert_eq!(acting(&two, &first).await.unwrap_err(), AuthError::Refused);

        acting(&two, &second).await.expect("a fresh session works on the other replica");
        one.account().end_other_sessions(&person).await.unwrap();
        for ended in [&second, &third] {
            assert_eq!(acting(&two, ended).await.unwrap_err(), AuthError::Refused);
        }

        let other = sign_in(&two).await;
        acting(&two, &other).await.expect("this one works too");
        let new = NewPassword::parse(secret(PASSWORD)).unwrap();
        let token = one.sign_in().change_password(&person, secret(PASSWORD), new).await.unwrap();
        assert_eq!(acting(&two, &other).await.unwrap_err(), AuthError::Refused);
        assert_eq!(here(&two, &keeper).await.unwrap_err(), AuthError::Refused, "the old token");
        here(&two, &token).await.expect("the new token");
        keeper = token;
    }
    let person = here(one, &keeper).await.unwrap();
    let issued = one.access_keys().create(&person, access_key("ci", Scope::ALL)).await.unwrap();
    one.account().delete(&person).await.unwrap();
    assert_eq!(here(&two, &keeper).await.unwrap_err(), AuthError::Refused);
    let refused = two.sign_in().by_access_key(&issued.token, two.origin(None)).await;
    assert_eq!(refused.unwrap_err(), AuthError::Refused);
    storage.close().await;
}

async fn replicas_print_one_link_and_make_one_first_account(place: &Place) {
    let (one, (two, storage)) = (&place.kagi, place.replica().await);
    let token = one.sign_in().set_up_token();
    assert_eq!(token.expose(), two.sign_in().set_up_token().expose());
    let make = async |kagi: &Kagi, email: &str| {
        let who = registration(email, secret(PASSWORD), None).unwrap();
        kagi.sign_in().set_up(&kagi.sign_in().set_up_token(), who, kagi.origin(None)).await.is_ok()
    };
    let outcomes = tokio::join!(make(one, EMAIL), make(&two, "bob@example.com"));
    assert!(outcomes.0 != outcomes.1, "{outcomes:?}");
    assert_eq!(place.count("SELECT COUNT(*) FROM users").await, 1);
    storage.close().await;
}

on_both! {
    revocation_holds_on_every_replica_at_once;
    sessions_that_are_ended_end_on_every_replica_at_once;
    replicas_print_one_link_and_make_one_first_account;
}
