//! The fakes keep their ports' promises, or no test that stands on them means anything.

use std::{collections::BTreeSet, time::Duration};

use kagi_domain::{
    ports::{Clock, Digester, Entropy, HasherError, PasswordHasher, Storage, StorageError},
    seal::KeyId,
    services::entries::EntryError,
};
use kagi_tests::{
    FakeCipher, FakeDigester, FakeHasher, MemoryStorage, SeededEntropy, TestClock, TestKagi,
    contract::cipher::{Ciphers, cipher_contract},
    kagi, samples,
};

#[test]
fn the_cipher_keeps_the_contract() {
    let [a, b] = ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"].map(|id| KeyId::from_stored(id.to_owned()));
    let both = FakeCipher::new(b.clone(), [a.clone()]);
    cipher_contract(&Ciphers { a: &FakeCipher::new(a, []), b: &FakeCipher::new(b, []), both: &both });
}

#[test]
fn digests_are_stable_and_distinct() {
    let digest = |text: &str| FakeDigester.digest(&samples::secret(text));
    assert!(FakeDigester.same(&digest("one"), &digest("one")));
    assert!(!FakeDigester.same(&digest("one"), &digest("two")));
    assert_eq!(FakeDigester.set_up_token().expose().len(), 43);
}

#[test]
fn entropy_repeats_itself_by_seed_only() {
    let draw = |entropy: &SeededEntropy| {
        let mut bytes = [0; 11];
        entropy.fill(&mut bytes);
        bytes
    };
    let (one, same, other) = (SeededEntropy::new(1), SeededEntropy::new(1), SeededEntropy::new(2));
    let drawn: BTreeSet<_> = (0..1000).map(|_| draw(&one)).collect();
    assert_eq!(drawn.len(), 1000);
    let first = draw(&same);
    assert!(drawn.contains(&first));
    assert_ne!(draw(&other), first);
}

#[test]
fn the_clock_stands_still_until_it_is_moved() {
    let clock = TestClock::default();
    let before = clock.now();
    assert_eq!(clock.now(), before);
    clock.advance(Duration::from_millis(5));
    assert_eq!(clock.now().since(before), Duration::from_millis(5));
}

#[tokio::test]
async fn the_hasher_knows_right_from_wrong() {
    let hasher = FakeHasher::default();
    let hash = hasher.hash(samples::secret("right")).await.unwrap();
    assert_ne!(hash, hasher.hash(samples::secret("right")).await.unwrap());
    assert!(!hash.as_str().contains("right"));
    assert!(hasher.verify(samples::secret("right"), Some(hash.clone())).await.unwrap());
    assert!(!hasher.verify(samples::secret("wrong"), Some(hash)).await.unwrap());
    assert!(!hasher.verify(samples::secret("right"), None).await.unwrap());
    assert_eq!(hasher.checks(), 3);
    hasher.set_busy(true);
    assert_eq!(hasher.hash(samples::secret("right")).await, Err(HasherError::Busy));
}

/// A vault with one entry.
async fn with_entry() -> (TestKagi, kagi_domain::access::Actor, kagi_domain::ids::EntryId) {
    let vault = kagi();
    let actor = vault.actor("tests").await;
    let category = vault.categories().create(&actor, samples::category("OpenAI", "OPENAI_API_KEY")).await;
    let category = category.unwrap().category.id;
    let entry = vault.entries().create(&actor, samples::entry(category, "alpha", "sk-canary")).await;
    (vault, actor, entry.unwrap().entry.id)
}

#[tokio::test]
async fn nobody_sees_plaintext_when_the_trail_cannot_be_written() {
    let (vault, actor, id) = with_entry().await;
    assert!(vault.entries().reveal(&actor, id).await.is_ok());
    let before = vault.storage.audit_events();
    vault.storage.fail_audit(true);
    let refused = vault.entries().reveal(&actor, id).await;
    assert!(matches!(refused, Err(EntryError::Storage(StorageError::Unavailable))));
    assert_eq!(vault.storage.audit_events(), before);
    vault.storage.fail_audit(false);
    assert!(vault.entries().reveal(&actor, id).await.is_ok());
}

#[tokio::test]
async fn a_failed_commit_changes_nothing() {
    let (vault, actor, id) = with_entry().await;
    let (events, cells) = (vault.storage.audit_events(), vault.storage.cells());
    vault.storage.fail_next_commit(StorageError::Internal);
    assert!(vault.entries().delete(&actor, id).await.is_err());
    assert_eq!((vault.storage.audit_events(), vault.storage.cells()), (events, cells));
    vault.entries().delete(&actor, id).await.unwrap();
    assert!(vault.storage.cells().is_empty());
}

#[tokio::test]
async fn a_database_that_is_gone_answers_nothing() {
    let storage = MemoryStorage::new();
    storage.set_unavailable(true);
    assert_eq!(storage.ping().await, Err(StorageError::Unavailable));
    assert!(storage.begin().await.is_err());
    storage.set_unavailable(false);
    assert_eq!(storage.ping().await, Ok(()));
}

#[tokio::test]
async fn a_moved_cell_does_not_open() {
    let (vault, actor, id) = with_entry().await;
    let category = vault.categories().create(&actor, samples::category("Other", "OTHER")).await.unwrap();
    let other = vault.entries().create(&actor, samples::entry(category.category.id, "b", "sk-other")).await;
    let other = other.unwrap().entry.id;
    let (_, _, moved) = vault.storage.cells().into_iter().find(|(entry, ..)| *entry == other).unwrap();
    vault.storage.tamper(id, moved);
    assert!(matches!(vault.entries().reveal(&actor, id).await, Err(EntryError::Integrity)));
    assert!(vault.entries().reveal(&actor, other).await.is_ok());
}
