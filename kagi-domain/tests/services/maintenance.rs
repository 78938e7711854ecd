//! The keyring must fit the database before anybody is served.

use std::sync::Arc;

use kagi_domain::{
    Kagi,
    seal::KeyId,
    services::{embedded::EmbeddedError, maintenance::KeyCheckError},
};
use kagi_tests::{
    FakeCipher, MemoryStorage, TestKagi, kagi,
    samples::{category, entry, recovery_set},
};

fn under(kagi: &TestKagi, active: &str, others: &[&str]) -> Kagi {
    let key = |text: &&str| KeyId::from_stored((*text).to_owned());
    let cipher = FakeCipher::new(key(&active), others.iter().map(key));
    Kagi::builder(
        Arc::new(kagi.storage.clone()),
        Arc::new(cipher),
        Arc::new(kagi.digester),
        kagi.clock.clone(),
        kagi.entropy.clone(),
    )
    .build()
}

#[tokio::test]
async fn another_key_is_refused_and_changes_nothing() {
    let kagi = kagi();
    under(&kagi, "one", &[]).maintenance().check_keys().await.unwrap();
    for _ in 0..2 {
        let wrong = under(&kagi, "two", &[]).maintenance().check_keys().await;
        assert_eq!(wrong.unwrap_err(), KeyCheckError::WrongKey);
    }
    under(&kagi, "one", &[]).maintenance().check_keys().await.unwrap();
    under(&kagi, "two", &["one"]).maintenance().check_keys().await.unwrap();
    let embedded = under(&kagi, "two", &[]).embedded("program").await;
    assert_eq!(embedded.unwrap_err(), EmbeddedError::Key(KeyCheckError::WrongKey));
}

#[tokio::test]
async fn cells_under_a_key_that_is_gone_are_counted() {
    let kagi = kagi();
    let first = under(&kagi, "one", &[]);
    let actor = first.embedded("program").await.unwrap();
    let made = first.categories().create(&actor, category("OpenAI", "K")).await.unwrap().category;
    first.entries().create(&actor, entry(made.id, "Blog", "v")).await.unwrap();
    let second = under(&kagi, "two", &["one"]);
    second.entries().create(&actor, entry(made.id, "Shop", "v")).await.unwrap();
    let gone = under(&kagi, "one", &[]).maintenance().check_keys().await;
    assert_eq!(gone.unwrap_err(), KeyCheckError::CellsUnderUnknownKeys(1));
}

#[tokio::test]
async fn codes_count_as_sealed_cells() {
    let kagi = kagi();
    let first = under(&kagi, "one", &[]);
    let actor = first.embedded("program").await.unwrap();
    first.recovery_sets().create(&actor, recovery_set("GitHub", &["a", "b", "c"])).await.unwrap();
    let second = under(&kagi, "two", &["one"]);
    second.recovery_sets().create(&actor, recovery_set("GitLab", &["a", "b"])).await.unwrap();
    let gone = under(&kagi, "one", &[]).maintenance().check_keys().await;
    assert_eq!(gone.unwrap_err(), KeyCheckError::CellsUnderUnknownKeys(2));
    let stranger = MemoryStorage::new();
    let copy = Kagi::builder(
        Arc::new(stranger.clone()),
        Arc::new(FakeCipher::default()),
        Arc::new(kagi.digester),
        kagi.clock.clone(),
        kagi.entropy.clone(),
    );
    // Without a key check nobody knows whether the key is right: sealed codes forbid to make one.
    let copy = copy.build();
    let actor = copy.embedded("program").await.unwrap();
    copy.recovery_sets().create(&actor, recovery_set("GitHub", &["a", "b", "c"])).await.unwrap();
    stranger.lose_key_check();
    assert_eq!(copy.maintenance().check_keys().await.unwrap_err(), KeyCheckError::CheckMissing(3));
}

#[tokio::test]
async fn an_embedded_name_has_one_vault_and_odd_names_are_refused() {
    let kagi = kagi();
    let (one, again, other) = (kagi.actor("blog").await, kagi.actor("blog").await, kagi.actor("shop").await);
    assert_eq!(one.user(), again.user());
    assert_ne!(one.user(), other.user());
    for odd in ["", "Blog", "a b", "a@b", &"x".repeat(65)] {
        assert_eq!(kagi.embedded(odd).await.unwrap_err(), EmbeddedError::Name, "{odd}");
    }
    assert!(kagi.sign_in().needs_set_up().await.unwrap(), "a library's vault is not the first account");
}
