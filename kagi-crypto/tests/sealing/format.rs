//! C2: one cell, one text.

use std::iter;

use kagi_crypto::Cell;
use kagi_domain::{
    ports::Cipher,
    seal::{KeyId, Sealed},
};

use crate::{KEY_A, bytes, cipher, context, count};

const IV: &str = "AAECAwQFBgcICQoL";
const TAG: &str = "AAECAwQFBgcICQoLDA0ODw==";

fn parsed(text: &str) -> Option<Cell> {
    text.parse().ok()
}

#[test]
fn reads_the_canonical_form() {
    for ciphertext in ["", "AA==", "AAE=", "AAEC", "+/+/", "AAECAw=="] {
        let text = format!("{IV}:{TAG}:{ciphertext}");
        let cell = parsed(&text).unwrap();
        assert_eq!(cell.to_string(), text);
        assert_eq!((cell.iv[11], cell.tag[15]), (11, 15));
    }
}

#[test]
fn refuses_everything_else() {
    let bad = [
        String::new(),
        "::".to_owned(),
        format!("{IV}:{TAG}"),
        format!("{IV}:{TAG}:AAEC:"),
        format!(":{IV}:{TAG}:AAEC"),
        format!("{IV};{TAG};AAEC"),
        // Eleven and thirteen bytes of IV.
        format!("AAECAwQFBgcICQo=:{TAG}:AAEC"),
        format!("AAECAwQFBgcICQoLDA==:{TAG}:AAEC"),
        // Twelve, fifteen and seventeen bytes of tag.
        format!("{IV}:{IV}:AAEC"),
        format!("{IV}:AAECAwQFBgcICQoLDA0O:AAEC"),
        format!("{IV}:AAECAwQFBgcICQoLDA0ODxA=:AAEC"),
        // Padding: missing, half, too much, in the middle, alone.
        format!("{IV}:{TAG}:AA"),
        format!("{IV}:{TAG}:AA="),
        format!("{IV}:{TAG}:AA==="),
        format!("{IV}:{TAG}:AAEC="),
        format!("{IV}:{TAG}:AA==AAEC"),
        format!("{IV}:{TAG}:="),
        format!("{IV}:{TAG}:===="),
        format!("{IV}:{}:AAEC", TAG.trim_end_matches('=')),
        // Bits that nothing reads.
        format!("{IV}:{TAG}:AB=="),
        format!("{IV}:{TAG}:AAF="),
        format!("{IV}:AAECAwQFBgcICQoLDA0ODx==:AAEC"),
        // Another alphabet, whitespace, other characters.
        format!("{IV}:{TAG}:-_-_"),
        format!(" {IV}:{TAG}:AAEC"),
        format!("{IV}:{TAG}:AAEC\n"),
        format!("{IV}:{TAG}:AA EC"),
        format!("{IV}:{TAG}:AA\r\nEC"),
        format!("{IV}:{TAG}:AAE\0"),
        format!("{IV}:{TAG}:AAE\u{410}"),
        format!("\u{feff}{IV}:{TAG}:AAEC"),
    ];
    for text in bad {
        assert!(parsed(&text).is_none(), "{text:?}");
    }
}

/// A small, seeded generator (`SplitMix64`): a failure can be run again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap()
    }
}

/// Characters that mean something in a cell, and some that do not.
const ALPHABET: [char; 16] =
    ['A', 'B', 'Q', 'g', 'w', '9', '+', '/', '-', '_', '=', ':', '\n', '\0', '\u{e9}', '\u{1f511}'];

fn mutate(dice: &mut Dice, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(chars.len() + 1);
        let new = ALPHABET[dice.roll(ALPHABET.len())];
        match dice.roll(6) {
            0 => chars.insert(at, new),
            1 if at < chars.len() => drop(chars.remove(at)),
            2 if at < chars.len() => chars[at] = new,
            3 => chars.truncate(at),
            4 if at < chars.len() => chars.rotate_left(at),
            _ => chars = chars.iter().copied().chain(iter::once(new)).collect(),
        }
    }
    chars.into_iter().collect()
}

#[test]
fn a_million_mutations_neither_panic_nor_open() {
    let cipher = cipher(KEY_A);
    let seeds: Vec<Sealed> =
        (0..5).map(|length| cipher.seal(&context(), &bytes(&vec![7; length * 5])).unwrap()).collect();
    let mut dice = Dice(0x6b61_6769);
    let (mut well_formed, runs) = (0, count(1_000_000));
    for _ in 0..runs {
        let seed = &seeds[dice.roll(seeds.len())];
        let cell = mutate(&mut dice, &seed.cell);
        let unchanged = cell == seed.cell;
        if let Some(parsed) = parsed(&cell) {
            assert_eq!(parsed.to_string(), cell, "parse then encode is the identity");
            well_formed += 1;
        }
        let key_id = if dice.roll(8) == 0 { KeyId::from_stored(cell.clone()) } else { seed.key_id.clone() };
        let known = key_id == seed.key_id;
        let opens = cipher.open(&context(), &Sealed { key_id, cell }).is_ok();
        assert_eq!(opens, unchanged && known);
    }
    assert!(well_formed > runs / 100, "the mutations reach beyond the parser");
}
