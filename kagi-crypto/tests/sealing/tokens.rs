//! Digests, and the machine's clock and randomness.

use kagi_crypto::{Sha256Digester, SystemClock, SystemEntropy};
use kagi_domain::ports::{Clock, Digester, Entropy};

use crate::{KEY_A, KEY_B, hex, keyring, secret};

#[test]
fn digests_are_sha_256_whatever_the_keyring() {
    let known = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ];
    for key in [KEY_A, KEY_B] {
        let digester = Sha256Digester::new(&keyring(key));
        for (text, digest) in known {
            assert_eq!(hex(digester.digest(&secret(text)).as_bytes()), digest);
        }
    }
}

#[test]
fn the_clock_tells_this_century() {
    let (earlier, later) = (SystemClock.now(), SystemClock.now());
    assert!(earlier > "2026-01-01T00:00:00Z".parse().unwrap());
    assert!(later.since(earlier).as_secs() < 60);
}

#[test]
fn entropy_fills_the_whole_buffer() {
    let mut ever = [0_u8; 64];
    for _ in 0..64 {
        let mut drawn = [0; 64];
        SystemEntropy.fill(&mut drawn);
        ever.iter_mut().zip(drawn).for_each(|(all, new)| *all |= new);
    }
    assert_eq!(ever, [255; 64]);
    SystemEntropy.fill(&mut []);
}
