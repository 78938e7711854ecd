//! C6: initialisation vectors do not repeat.

use std::collections::HashSet;

use kagi_crypto::Cell;
use kagi_domain::ports::Cipher;

use crate::{KEY_A, bytes, cipher, context, count};

#[test]
fn a_million_seals_repeat_no_iv() {
    let (cipher, context, plaintext) = (cipher(KEY_A), context(), bytes(b"x"));
    let runs = count(1_000_000);
    let mut seen = HashSet::with_capacity(runs);
    for _ in 0..runs {
        let cell: Cell = cipher.seal(&context, &plaintext).unwrap().cell.parse().unwrap();
        assert!(seen.insert(cell.iv), "an IV came twice");
    }
    // Every bit of the twelve bytes is drawn: none stays the same.
    let ever = |fold: fn(u8, u8) -> u8, start| {
        seen.iter().fold([start; 12], |all, iv| std::array::from_fn(|i| fold(all[i], iv[i])))
    };
    assert_eq!(ever(|a, b| a | b, 0), [255; 12]);
    assert_eq!(ever(|a, b| a & b, 255), [0; 12]);
}
