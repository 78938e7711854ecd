//! Recognises keys that somebody typed or copied instead of drawing them. A random key is taken
//! for one of them less than once in 2^45.

use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

/// Texts of which people take the SHA-256, on purpose or because a variable was empty.
const HASHED: [&str; 10] =
    ["", "0", "kagi", "password", "secret", "changeme", "change-me", "test", "admin", "example"];

/// Keys that stand in well-known documents: the 256-bit key of NIST SP 800-38A.
const PRINTED: [[u8; 32]; 1] = [[
    0x60, 0x3d, 0xeb, 0x10, 0x15, 0xca, 0x71, 0xbe, 0x2b, 0x73, 0xae, 0xf0, 0x85, 0x7d, 0x77, 0x81, 0x1f,
    0x35, 0x2c, 0x07, 0x3b, 0x61, 0x08, 0xd7, 0x2d, 0x98, 0x10, 0xa3, 0x09, 0x14, 0xdf, 0xf4,
]];

/// Whether anybody could guess the key.
pub(crate) fn is_guessable(key: &[u8; 32]) -> bool {
    let digits = Zeroizing::new(key.iter().flat_map(|byte| [byte >> 4, byte & 15]).collect::<Vec<u8>>());
    repeats(&digits)
        || counts(key, 255)
        || counts(&digits, 15)
        || has_few_digits(&digits)
        || is_text(key)
        || PRINTED.contains(key)
        || HASHED.iter().any(|text| is_hash_of(key, text))
}

/// The same up to 32 digits again and again: all equal, `deadbeef`, a UUID twice.
fn repeats(digits: &[u8]) -> bool {
    (1..=digits.len() / 2).any(|period| digits.iter().zip(digits.iter().skip(period)).all(|(a, b)| a == b))
}

/// Steps of one width, as 00 01 02 … or fedcba….
fn counts(values: &[u8], mask: u8) -> bool {
    let mut steps = values.iter().zip(values.iter().skip(1)).map(|(a, b)| b.wrapping_sub(*a) & mask);
    let first = steps.next();
    steps.all(|step| Some(step) == first)
}

/// At most seven different digits of sixteen.
fn has_few_digits(digits: &[u8]) -> bool {
    digits.iter().fold(0_u16, |seen, digit| seen | 1 << (digit & 15)).count_ones() < 8
}

/// A passphrase written in hexadecimal.
fn is_text(key: &[u8; 32]) -> bool {
    key.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The SHA-256 of a text, with or without the line break that `echo` adds.
fn is_hash_of(key: &[u8; 32], text: &str) -> bool {
    ["", "\n"].iter().any(|end| digest(&SHA256, format!("{text}{end}").as_bytes()).as_ref() == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key without a pattern: SHA-256 of a sentence that nobody hashes.
    fn sound() -> [u8; 32] {
        digest(&SHA256, b"a key that only this test has").as_ref().try_into().unwrap()
    }

    #[test]
    fn a_random_key_is_sound() {
        assert!(!is_guessable(&sound()));
    }

    #[test]
    fn each_rule_finds_its_own() {
        let digits = |key: &[u8; 32]| key.iter().flat_map(|b| [b >> 4, b & 15]).collect::<Vec<_>>();
        let mut next = 200_u8;
        let counting: [u8; 32] = std::array::from_fn(|_| {
            next = next.wrapping_sub(7);
            next
        });
        assert!(counts(&counting, 255) && !counts(&sound(), 255));
        let twice: [u8; 32] = std::array::from_fn(|i| sound()[i % 16]);
        assert!(repeats(&digits(&twice)) && !repeats(&digits(&sound())));
        let mut poor = [0x12; 32];
        poor[31] = 0x37;
        assert!(has_few_digits(&digits(&poor)) && !has_few_digits(&digits(&sound())));
        assert!(is_text(b"replace me with a real key, pls!") && !is_text(&sound()));
        let hashed: [u8; 32] = digest(&SHA256, b"changeme\n").as_ref().try_into().unwrap();
        assert!(is_guessable(&hashed));
        assert!(is_guessable(&PRINTED[0]));
    }
}
