//! C3: what is not a key, and what a key tells.

use kagi_crypto::{KeyError, MasterKey, Sha256Digester};
use kagi_domain::secret::SecretText;

use crate::{KEY_A, KEY_B, cipher, hex, key, keyring, secret};

fn bad_keys() -> Vec<(String, KeyError)> {
    let a = KEY_A;
    vec![
        (String::new(), KeyError::Empty),
        (a[..63].to_owned(), KeyError::TooShort),
        (a[..32].to_owned(), KeyError::TooShort),
        ("zq8#Lw2!".to_owned(), KeyError::TooShort),
        (format!("{a}0"), KeyError::TooLong),
        (format!("0x{a}"), KeyError::TooLong),
        (format!("{a}{a}"), KeyError::TooLong),
        (format!("{a}\n"), KeyError::Whitespace),
        (format!(" {a}"), KeyError::Whitespace),
        (format!("{} {}", &a[..32], &a[33..]), KeyError::Whitespace),
        (format!("\"{}\"", &a[..62]), KeyError::NotHex),
        (format!("0x{}", &a[..62]), KeyError::NotHex),
        (format!("{}g", &a[..63]), KeyError::NotHex),
        (format!("{}\u{e9}", &a[..63]), KeyError::NotHex),
        (format!("{}\u{ff11}", &a[..63]), KeyError::NotHex),
        (format!("{}\0", &a[..63]), KeyError::NotHex),
        (format!("+{}", &a[..63]), KeyError::NotHex),
        ("<replace-me-with-the-output-of-openssl-rand-hex-32-before-use!!>".to_owned(), KeyError::NotHex),
        ("0".repeat(64), KeyError::Guessable),
        ("f".repeat(64), KeyError::Guessable),
        ("F".repeat(64), KeyError::Guessable),
        ("a5".repeat(32), KeyError::Guessable),
        ("deadbeef".repeat(8), KeyError::Guessable),
        ("DeadBeef".repeat(8), KeyError::Guessable),
        ("0123456789abcdef".repeat(4), KeyError::Guessable),
        ("fedcba9876543210".repeat(4), KeyError::Guessable),
        ("0123456789".repeat(7)[..64].to_owned(), KeyError::Guessable),
        (format!("{}1", "0".repeat(63)), KeyError::Guessable),
        (a[..32].repeat(2), KeyError::Guessable),
        (hex(&(0..32).collect::<Vec<_>>()), KeyError::Guessable),
        (hex(&(0..32).map(|byte| 255 - byte).collect::<Vec<_>>()), KeyError::Guessable),
        // SHA-256 of nothing, of "secret", and of "password" with a line break.
        ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(), KeyError::Guessable),
        ("2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b".to_owned(), KeyError::Guessable),
        ("6b3a55e0261b0304143f805a24924d0c1c44524821305f31d9277843b8a10f4e".to_owned(), KeyError::Guessable),
        // "change-this-key-in-production!!!" in hexadecimal.
        ("6368616e67652d746869732d6b65792d696e2d70726f64756374696f6e212121".to_owned(), KeyError::Guessable),
    ]
}

#[test]
fn bad_keys_are_refused_without_a_word_of_them() {
    for (bad, expected) in bad_keys() {
        let error = MasterKey::parse(&secret(&bad)).expect_err(&bad);
        assert_eq!(error, expected, "{bad:?}");
        let sentence = format!("KAGI_ENCRYPTION_KEY {error}");
        assert!(sentence.ends_with('.'), "{sentence}");
        let shown =
            bad.as_bytes().windows(5).any(|part| sentence.as_bytes().windows(5).any(|own| own == part));
        assert!(!shown, "{sentence:?} shows something of {bad:?}");
    }
}

#[test]
fn either_case_is_the_same_key() {
    assert_eq!(key(KEY_A).id(), key(&KEY_A.to_uppercase()).id());
    assert_ne!(key(KEY_A).id(), key(KEY_B).id());
}

#[test]
fn an_id_is_sixteen_hex_digits_that_are_not_the_key() {
    let key = key(KEY_A);
    let id = key.id().as_str();
    assert_eq!(id.len(), 16);
    assert!(id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
    assert!(!KEY_A.contains(&id[..6]));
}

#[test]
fn generated_keys_are_keys() {
    let keys: Vec<_> = (0..1000).map(|_| MasterKey::generate_hex()).collect();
    for hex in &keys {
        assert_eq!(hex.expose().to_lowercase(), hex.expose());
        MasterKey::parse(hex).unwrap();
    }
    let mut distinct: Vec<_> = keys.iter().map(SecretText::expose).collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), keys.len());
}

#[test]
fn debug_shows_no_key() {
    let ring = keyring(KEY_A);
    let digester = Sha256Digester::new(&ring);
    let shown = format!("{:?} {ring:?} {:?} {digester:?}", key(KEY_A), cipher(KEY_A)).to_lowercase();
    for part in KEY_A.as_bytes().chunks(8) {
        assert!(!shown.contains(std::str::from_utf8(part).unwrap()), "{shown}");
    }
    assert!(!shown.contains("127, 29, 12"), "not as bytes either: {shown}");
}
