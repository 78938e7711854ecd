//! The short way to a vault.

use std::sync::Arc;

use kagi_crypto::{Keyring, vault};
use kagi_domain::{access::Scope, services::embedded::EmbeddedError};
use kagi_tests::MemoryStorage;

use crate::{KEY_A, KEY_B, key, keyring};

#[tokio::test]
async fn a_storage_and_a_keyring_make_a_vault() {
    let kagi = vault(Arc::new(MemoryStorage::new()), keyring(KEY_A)).build();
    let actor = kagi.embedded("blog").await.unwrap();
    let owner = actor.authorize(Scope::EntriesRead).unwrap();
    let again = kagi.embedded("blog").await.unwrap().authorize(Scope::EntriesRead).unwrap();
    assert_eq!(owner.user(), again.user());
}

#[tokio::test]
async fn another_key_is_turned_away_and_a_rotated_ring_is_not() {
    let storage = Arc::new(MemoryStorage::new());
    vault(storage.clone(), keyring(KEY_A)).build().embedded("blog").await.unwrap();
    let other = vault(storage.clone(), keyring(KEY_B)).build().embedded("blog").await;
    assert!(matches!(other, Err(EmbeddedError::Key(_))), "{other:?}");
    let rotating = Keyring::new(key(KEY_B), vec![key(KEY_A)]);
    assert!(vault(storage, rotating).build().embedded("blog").await.is_ok());
}
