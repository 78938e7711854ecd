//! Fresh secrets, for whoever needs one: nothing of the vault is read or written.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use zeroize::Zeroizing;

use crate::{ports::Entropy, secret::SecretText};

/// How a secret is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretFormat {
    /// Lower-case hexadecimal digits, two for each byte.
    Hex,
    /// Standard base64 with padding (RFC 4648, section 4).
    Base64,
    /// The same for URLs, without padding (section 5).
    Base64Url,
    /// `A-Z`, `a-z` and `0-9`, as many as hold no fewer bits than the bytes: 22 characters for 16
    /// bytes, 43 for 32, 86 for 64.
    Alphanumeric,
}

impl SecretFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Hex, Self::Base64, Self::Base64Url, Self::Alphanumeric];

    /// The format as the API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Alphanumeric => "alphanumeric",
        }
    }

    /// Reads [`Self::as_str`] back.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == text)
    }
}

/// How many random bytes a secret is worth: 16 to 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretSize(u8);

/// The number is out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Give a whole number of bytes between 16 and 64.")]
pub struct InvalidSize;

impl SecretSize {
    const MAX: usize = 64;

    /// Takes a number of bytes.
    ///
    /// # Errors
    ///
    /// [`InvalidSize`] outside 16 to 64.
    pub fn new(bytes: u64) -> Result<Self, InvalidSize> {
        match u8::try_from(bytes) {
            Ok(bytes @ 16..=64) => Ok(Self(bytes)),
            _ => Err(InvalidSize),
        }
    }

    /// The number of bytes.
    #[must_use]
    pub const fn bytes(self) -> usize {
        self.0 as usize
    }

    /// The fewest alphanumeric characters that hold as many bits. One holds log2(62) of them, a
    /// little more than the fraction here, so that rounding can only add a character.
    fn characters(self) -> usize {
        (self.bytes() * 8 * 10_000_000).div_ceil(59_541_963)
    }
}

/// What kind of secret to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretRecipe {
    /// How it is spelled.
    pub format: SecretFormat,
    /// How much randomness is in it.
    pub size: SecretSize,
}

impl SecretRecipe {
    /// Makes a fresh secret. Every secret of the recipe is as likely as any other.
    #[must_use]
    pub fn make(self, entropy: &dyn Entropy) -> SecretText {
        if self.format == SecretFormat::Alphanumeric {
            return alphanumeric(entropy, self.size.characters());
        }
        let mut random = Zeroizing::new([0; SecretSize::MAX]);
        entropy.fill(&mut *random);
        let random = random.get(..self.size.bytes()).unwrap_or_default();
        // Twice the length holds every spelling: the text never moves, and leaves no copy behind.
        let mut text = String::with_capacity(2 * SecretSize::MAX);
        match self.format {
            SecretFormat::Base64 => STANDARD.encode_string(random, &mut text),
            SecretFormat::Base64Url => URL_SAFE_NO_PAD.encode_string(random, &mut text),
            SecretFormat::Hex | SecretFormat::Alphanumeric => {
                text.extend(random.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
            }
        }
        SecretText::new(text)
    }
}

/// A byte from 248 on is thrown away: below it, each of the 62 characters has four.
fn alphanumeric(entropy: &dyn Entropy, characters: usize) -> SecretText {
    const EVEN: u8 = 248;
    let mut text = String::with_capacity(characters);
    let mut random = Zeroizing::new([0; SecretSize::MAX]);
    while text.len() < characters {
        entropy.fill(&mut *random);
        let fair = random.iter().filter(|byte| **byte < EVEN).map(|byte| letter(byte % 62));
        text.extend(fair.take(characters - text.len()));
    }
    SecretText::new(text)
}

fn digit(number: u8) -> char {
    char::from(if number < 10 { b'0' + number } else { b'a' + number - 10 })
}

fn letter(number: u8) -> char {
    char::from(match number {
        0..26 => b'A' + number,
        26..52 => b'a' + number - 26,
        _ => b'0' + number - 52,
    })
}
