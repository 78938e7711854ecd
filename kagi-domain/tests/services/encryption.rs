//! How a vault is sealed.

use kagi_domain::{
    access::{Denied, Scope},
    model::encryption::{CellCount, Encryption},
    ports::Cipher,
    seal::{KeyId, Purpose},
    services::encryption::EncryptionError,
};
use kagi_tests::{
    kagi,
    samples::{access_key, category, entry, recovery_set},
};

use crate::{acting, from, set_up};

#[tokio::test]
async fn a_person_sees_key_ids_and_numbers_of_their_own() {
    let kagi = kagi();
    let ada = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let one = kagi.categories().create(&ada, category("One", "K")).await.unwrap().category.id;
    kagi.entries().create(&ada, entry(one, "Blog", "v")).await.unwrap();
    kagi.recovery_sets().create(&ada, recovery_set("GitHub", &["a", "b"])).await.unwrap();
    let events = kagi.storage.audit_events().len();
    let seen = kagi.encryption().get(&ada).await.unwrap();
    let active = kagi.cipher.active_key().clone();
    let of = |purpose, cells| CellCount { key: active.clone(), purpose, cells };
    assert_eq!(seen.cells, [of(Purpose::EntryValue, 1), of(Purpose::RecoveryCode, 2)]);
    assert_eq!((seen.active_key.clone(), seen.under_older_keys()), (active, 0));
    assert_eq!(kagi.storage.audit_events().len(), events, "to look is no event");
}

#[tokio::test]
async fn an_access_key_is_told_nothing() {
    let kagi = kagi();
    let ada = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let issued = kagi.access_keys().create(&ada, access_key("all", Scope::ALL)).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let refused = kagi.encryption().get(&key).await.unwrap_err();
    assert!(matches!(refused, EncryptionError::Denied(Denied::SessionRequired)));
}

#[test]
fn cells_under_older_keys_are_told_apart() {
    let key = |text: &str| KeyId::from_stored(text.to_owned());
    let of = |text, purpose, cells| CellCount { key: key(text), purpose, cells };
    let cells = vec![
        of("aa", Purpose::EntryValue, 3),
        of("aa", Purpose::RecoveryCode, 2),
        of("bb", Purpose::EntryValue, 7),
    ];
    assert_eq!(Encryption { active_key: key("bb"), cells: cells.clone() }.under_older_keys(), 5);
    assert_eq!(Encryption { active_key: key("cc"), cells }.under_older_keys(), 12);
}
