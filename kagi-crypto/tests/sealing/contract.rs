//! The port's contract, on the real cipher.

use kagi_crypto::{Keyring, RingCipher, Sha256Digester};
use kagi_tests::contract::cipher::{Ciphers, cipher_contract, digester_contract};

use crate::{KEY_A, KEY_B, cipher, key, keyring};

#[test]
fn keeps_the_cipher_contract() {
    let both = RingCipher::new(Keyring::new(key(KEY_B), vec![key(KEY_A), key(KEY_B)]));
    cipher_contract(&Ciphers { a: &cipher(KEY_A), b: &cipher(KEY_B), both: &both });
}

#[test]
fn keeps_the_digester_contract() {
    let digester = |hex| Sha256Digester::new(&keyring(hex));
    digester_contract(&digester(KEY_A), &digester(KEY_A), &digester(KEY_B));
}

#[test]
fn works_from_many_threads() {
    let cipher = cipher(KEY_A);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| cipher_contract(&Ciphers { a: &cipher, b: &crate::cipher(KEY_B), both: &both() }));
        }
    });
}

fn both() -> RingCipher {
    RingCipher::new(Keyring::new(key(KEY_B), vec![key(KEY_A)]))
}
