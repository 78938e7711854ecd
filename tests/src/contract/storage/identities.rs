//! Identities elsewhere: each opens one account, until it is taken away.

use std::time::Duration;

use kagi_domain::{
    ids::UserId,
    model::identity::{Identity, IdentityKey},
    ports::{StorageError, Unique},
};

use super::Bench;
use crate::samples::parse;

const ISSUER: &str = "https://id.example/realms/team";

fn key(issuer: &str, subject: &str) -> IdentityKey {
    IdentityKey { issuer: parse(issuer), subject: parse(subject) }
}

async fn try_link(bench: &Bench, user: UserId, key: &IdentityKey) -> Result<(), StorageError> {
    let identity = Identity { key: key.clone(), linked_at: bench.now() };
    let mut unit = bench.unit().await;
    unit.identities().link(&Bench::system(), user, &identity).await?;
    unit.commit(bench.record(user)).await
}

async fn holder(bench: &Bench, key: &IdentityKey) -> Option<UserId> {
    let found = bench.unit().await.identities().holder(&Bench::system(), key).await.unwrap();
    found.map(|user| user.id)
}

/// An identity comes back as it was linked, with its person, disabled or not.
pub async fn an_identity_opens_its_account(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let (first, second) = (key(ISSUER, "one"), key(ISSUER, "two"));
    let linked_at = bench.now();
    try_link(&bench, ada, &first).await.unwrap();
    bench.clock.advance(Duration::from_millis(7));
    try_link(&bench, bob, &second).await.unwrap();
    let mut unit = bench.unit().await;
    unit.users().disable(&Bench::system(), bob, bench.now()).await.unwrap();
    bench.commit(unit, bob).await;

    assert_eq!(holder(&bench, &first).await, Some(ada));
    let found = bench.unit().await.identities().holder(&Bench::system(), &second).await.unwrap().unwrap();
    assert_eq!((found.id, found.disabled_at), (bob, Some(bench.now())));
    let of = |user| {
        let bench = bench.clone();
        async move { bench.catalog().identity(&Bench::owner(user), &parse(ISSUER)).await.unwrap() }
    };
    assert_eq!(of(ada).await, Some(Identity { key: first, linked_at }));
    assert_eq!(of(bob).await.unwrap().key, second);
}

/// Issuer and subject count byte by byte: whoever is nearly somebody is nobody.
pub async fn identities_are_exact(bench: Bench) {
    let ada = bench.person("ada").await;
    try_link(&bench, ada, &key(ISSUER, "Ada-1")).await.unwrap();
    let other = "https://id.example/realms/Team";
    for (issuer, subject) in [(ISSUER, "ada-1"), (ISSUER, "Ada-1/"), (ISSUER, "Ada%1"), (other, "Ada-1")] {
        assert_eq!(holder(&bench, &key(issuer, subject)).await, None, "{issuer} {subject}");
    }
    assert_eq!(bench.catalog().identity(&Bench::owner(ada), &parse(other)).await.unwrap(), None);
}

/// An identity opens one account, and an account has one identity of an issuer; of another it may have more.
pub async fn an_identity_is_linked_once(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let twice = Err(StorageError::Duplicate(Unique::Identity));
    try_link(&bench, ada, &key(ISSUER, "one")).await.unwrap();
    assert_eq!(try_link(&bench, bob, &key(ISSUER, "one")).await, twice);
    assert_eq!(try_link(&bench, ada, &key(ISSUER, "two")).await, twice);
    try_link(&bench, ada, &key("https://other.example", "one")).await.unwrap();
    try_link(&bench, bob, &key(ISSUER, "two")).await.unwrap();
    assert_eq!(holder(&bench, &key(ISSUER, "one")).await, Some(ada));
    let nobody = bench.draft_user("nobody@example.com").id;
    assert_eq!(try_link(&bench, nobody, &key(ISSUER, "three")).await, Err(StorageError::Conflict));
}

/// Of parallel links of one identity, one wins.
pub async fn one_of_parallel_links_wins(bench: Bench) {
    let mut people = Vec::new();
    for name in ["a", "b", "c", "d"] {
        people.push(bench.person(name).await);
    }
    let link = |bench: Bench, index: usize| {
        let user = people[index];
        async move { try_link(&bench, user, &key(ISSUER, "one")).await }
    };
    let outcomes = bench.parallel(4, link).await;
    let lost = Err(StorageError::Duplicate(Unique::Identity));
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == lost).count(), 3, "{outcomes:?}");
}

/// An identity is taken away by its owner, from its issuer, and goes with its person.
pub async fn an_identity_is_taken_away(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let other = "https://other.example";
    for (user, issuer, subject) in [(ada, ISSUER, "one"), (ada, other, "one"), (bob, ISSUER, "two")] {
        try_link(&bench, user, &key(issuer, subject)).await.unwrap();
    }
    let mut unit = bench.unit().await;
    assert!(unit.identities().unlink(&Bench::owner(ada), &parse(ISSUER)).await.unwrap());
    assert!(!unit.identities().unlink(&Bench::owner(ada), &parse(ISSUER)).await.unwrap());
    bench.commit(unit, ada).await;
    assert_eq!(holder(&bench, &key(ISSUER, "one")).await, None);
    assert_eq!(holder(&bench, &key(other, "one")).await, Some(ada));
    assert_eq!(holder(&bench, &key(ISSUER, "two")).await, Some(bob));

    let mut unit = bench.unit().await;
    assert!(unit.users().remove(&Bench::owner(bob)).await.unwrap());
    bench.commit(unit, bob).await;
    assert_eq!(holder(&bench, &key(ISSUER, "two")).await, None);
    try_link(&bench, ada, &key(ISSUER, "two")).await.unwrap();
}
