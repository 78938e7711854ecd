//! Generated secrets.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, AtomicU8, Ordering},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use kagi_domain::{
    generate::{InvalidSize, SecretFormat, SecretRecipe, SecretSize},
    ports::Entropy,
};
use kagi_tests::{SeededEntropy, kagi};
use proptest::prelude::*;

fn recipe(format: SecretFormat, bytes: u64) -> SecretRecipe {
    SecretRecipe { format, size: SecretSize::new(bytes).unwrap() }
}

fn made(format: SecretFormat, bytes: u64, entropy: &dyn Entropy) -> String {
    recipe(format, bytes).make(entropy).expose().to_owned()
}

/// The next bytes are 0, 1, 2, …
#[derive(Default)]
struct Counting(AtomicU8);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        for byte in buffer {
            *byte = self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Whether 62^characters is at least 256^bytes, by counting in base 256.
fn holds(characters: usize, bytes: usize) -> bool {
    let mut power = vec![1_u8];
    for _ in 0..characters {
        let mut carry = 0_u32;
        for digit in &mut power {
            let product = u32::from(*digit) * 62 + carry;
            *digit = u8::try_from(product & 255).unwrap();
            carry = product >> 8;
        }
        if carry > 0 {
            power.push(u8::try_from(carry).unwrap());
        }
    }
    power.len() > bytes
}

proptest! {
    #[test]
    fn each_format_has_its_alphabet_and_length(seed: u64, bytes in 16_u64..=64) {
        let entropy = SeededEntropy::new(seed);
        let size = usize::try_from(bytes).unwrap();
        let hex = made(SecretFormat::Hex, bytes, &entropy);
        prop_assert_eq!(hex.len(), 2 * size);
        prop_assert!(hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
        let base64 = made(SecretFormat::Base64, bytes, &entropy);
        prop_assert_eq!(STANDARD.decode(base64).unwrap().len(), size);
        let url = made(SecretFormat::Base64Url, bytes, &entropy);
        prop_assert_eq!(URL_SAFE_NO_PAD.decode(url).unwrap().len(), size);
        let letters = made(SecretFormat::Alphanumeric, bytes, &entropy);
        prop_assert!(letters.bytes().all(|b| b.is_ascii_alphanumeric()));
        prop_assert!(holds(letters.len(), size), "at least the bits of the bytes");
        prop_assert!(!holds(letters.len() - 1, size), "and no character more than that takes");
    }

    #[test]
    fn other_sizes_are_refused(bytes: u64) {
        prop_assume!(!(16..=64).contains(&bytes));
        prop_assert_eq!(SecretSize::new(bytes), Err(InvalidSize));
    }
}

#[test]
fn the_spelling_is_that_of_the_random_bytes() {
    let first: Vec<u8> = (0..64).collect();
    for bytes in [16, 33, 64] {
        let size = usize::try_from(bytes).unwrap();
        let hex = first[..size].iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        assert_eq!(made(SecretFormat::Hex, bytes, &Counting::default()), hex);
        let base64 = STANDARD.encode(&first[..size]);
        assert_eq!(made(SecretFormat::Base64, bytes, &Counting::default()), base64);
    }
    for (bytes, characters) in [(16, 22), (32, 43), (64, 86)] {
        assert_eq!(made(SecretFormat::Alphanumeric, bytes, &Counting::default()).len(), characters);
    }
}

/// One byte over and over, then others of which each gives a `9`.
struct Repeating(u8, AtomicBool);

impl Entropy for Repeating {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(if self.1.swap(true, Ordering::SeqCst) { 61 } else { self.0 });
    }
}

/// Each character stands for four bytes, and the eight bytes that are left over for none; taking
/// the remainder alone, the first eight characters would come more often.
#[test]
fn no_character_is_more_likely_than_another() {
    let first = |byte: u8| {
        let text = made(SecretFormat::Alphanumeric, 16, &Repeating(byte, AtomicBool::default()));
        text.chars().next().unwrap()
    };
    let firsts: Vec<char> = (0..=u8::MAX).map(first).collect();
    for letter in ('A'..='Z').chain('a'..='z').chain('0'..='8') {
        assert_eq!(firsts.iter().filter(|found| **found == letter).count(), 4, "{letter}");
    }
    assert!(firsts[248..].iter().all(|found| *found == '9'), "these are drawn again");

    let entropy = SeededEntropy::new(7);
    let text: String = (0..4000).map(|_| made(SecretFormat::Alphanumeric, 64, &entropy)).collect();
    let expected = text.len() / 62;
    for letter in ('A'..='Z').chain('a'..='z').chain('0'..='9') {
        let count = text.matches(letter).count();
        assert!(count.abs_diff(expected) < expected / 14, "{letter}: {count} of about {expected}");
    }
}

#[test]
fn no_two_are_alike_and_none_is_recorded() {
    let kagi = kagi();
    let before = kagi.storage.audit_events().len();
    let mut seen = HashSet::new();
    for format in SecretFormat::ALL {
        assert_eq!(SecretFormat::from_text(format.as_str()), Some(format));
        for _ in 0..500 {
            assert!(seen.insert(kagi.generate(recipe(format, 16)).expose().to_owned()));
        }
    }
    assert_eq!(kagi.storage.audit_events().len(), before);
    assert_eq!(SecretFormat::from_text("HEX"), None);
}
