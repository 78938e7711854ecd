//! The keyring and the cipher, held against their contract, known answers and another
//! implementation. Names in the tests' docs (C2 …) are those of the acceptance list.

#![cfg(test)]

mod contract;
mod format;
mod independent;
mod interop;
mod ivs;
mod keys;
mod sources;
mod tokens;
mod vault;

use kagi_crypto::{Keyring, MasterKey, RingCipher};
use kagi_domain::{
    ids::{CategoryId, EntryId, UserId},
    model::category::KeyType,
    seal::SealContext,
    secret::{SecretBytes, SecretText},
};
use uuid::Uuid;

/// A: made up, of no use anywhere.
const KEY_A: &str = "7f1d0c3b9a5e48f26d8471b05ce93a6f2e14d7c8905b3f6a1c8e7d2049b5f3a8";
/// B: another.
const KEY_B: &str = "c2a9514e7d03f68b1e5a9c47d280f36b94e7150dab3c62f87e91d04a5b6c38f1";

fn secret(text: &str) -> SecretText {
    SecretText::new(text.to_owned())
}

fn bytes(text: &[u8]) -> SecretBytes {
    SecretBytes::new(text.to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|n| char::from_digit(n.into(), 16))
        .collect()
}

fn key(hex: &str) -> MasterKey {
    MasterKey::parse(&secret(hex)).unwrap()
}

fn keyring(hex: &str) -> Keyring {
    Keyring::from_hex(&secret(hex)).unwrap()
}

fn cipher(hex: &str) -> RingCipher {
    RingCipher::new(keyring(hex))
}

fn context() -> SealContext {
    SealContext::entry_value(
        UserId::from_uuid(Uuid::from_u128(0x11)),
        CategoryId::from_uuid(Uuid::from_u128(0x22)),
        EntryId::from_uuid(Uuid::from_u128(0x33)),
        7,
        KeyType::Group,
    )
}

/// A count for a long loop: a tenth of it unless the whole suite is asked for.
fn count(full: usize) -> usize {
    if std::env::var_os("KAGI_TEST_FULL").is_some_and(|full| full == "1") { full } else { full / 10 }
}
