//! Texts that are out to be misread as a part of an `.env` file, the same for the same seed.

use crate::ambient::SeededEntropy;

/// What stands among the printable characters of ASCII.
const OTHERS: [char; 14] = [
    '\n', '\r', '\t', '\u{b}', '\u{1b}', '\u{7f}', '\u{85}', '\u{a0}', 'é', '鍵', '🔑', '\u{2028}',
    '\u{feff}', '\u{202e}',
];

/// Pieces that mean something to some reader.
const PIECES: [&str; 48] = [
    "\\",
    "\\\\",
    "\\\\\\",
    "\\n",
    "\\r",
    "\\t",
    "\\\"",
    "\\'",
    "\\`",
    "\\$",
    "\\$$",
    "\\q",
    "'",
    "\"",
    "`",
    "'\\''",
    "''",
    "\"\"",
    "$",
    "$$",
    "$A",
    "${A}",
    "${A:-d}",
    "${:-$}",
    "${",
    "}",
    "$(",
    "$(A)",
    "`A`",
    "$'",
    "$\"",
    "#",
    " #",
    "\t#",
    "=",
    "=\"",
    ": ",
    "\n",
    "\r\n",
    "\r",
    "\nEVIL=1",
    "\n export EVIL=1\n",
    "\rEVIL=1",
    "\u{2028}EVIL=1",
    "encrypted:",
    " ",
    "a",
    "鍵",
];

/// Hostile texts.
#[derive(Debug)]
pub struct Hostile(SeededEntropy);

impl Hostile {
    /// The texts of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(SeededEntropy::new(seed))
    }

    /// A number below `limit`.
    pub fn below(&self, limit: usize) -> usize {
        usize::try_from(self.0.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    /// Up to fourteen characters, each as likely: printable ASCII, line ends, rare white space, other scripts.
    pub fn characters(&self) -> String {
        let one = |_| match self.below(95 + OTHERS.len()) {
            number @ 0..95 => char::from(b' ' + u8::try_from(number).unwrap()),
            number => OTHERS[number - 95],
        };
        (0..self.below(15)).map(one).collect()
    }

    /// Up to eight pieces that mean something to some reader.
    pub fn pieces(&self) -> String {
        (0..self.below(9)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }

    /// A name of a valid shape that ends with the number, so that it is the only one of it.
    pub fn name(&self, number: usize) -> String {
        const LETTERS: &[u8] = b"_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let letter = |_| char::from(LETTERS[self.below(LETTERS.len())]);
        let letters: String = (0..=self.below(9)).map(letter).collect();
        format!("{letters}_{number}")
    }

    /// The text with up to four characters taken out, put in or doubled.
    pub fn mutated(&self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(4) {
            let at = self.below(chars.len() + 1);
            match self.below(4) {
                0 if at < chars.len() => drop(chars.remove(at)),
                1 => drop(chars.splice(at..at, PIECES[self.below(PIECES.len())].chars())),
                2 => chars.truncate(at),
                _ => {
                    let end = chars.len().min(at + self.below(20));
                    let doubled = chars[at..end].to_vec();
                    drop(chars.splice(at..at, doubled));
                }
            }
        }
        chars.into_iter().collect()
    }
}
