//! The text of a cell. Parsing is strict: one cell has one text, and every other text is an error.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::STANDARD};

/// The text is not `base64(iv):base64(tag):base64(ciphertext)` in its canonical form. Says nothing
/// of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sealed text is malformed")]
pub struct MalformedCell;

/// A cell's three parts.
///
/// `Display` writes the only text that [`FromStr`] reads: three parts of standard base64 with
/// canonical padding and no stray bits, behind each other with `:` between. So reading and writing
/// back is the identity.
#[derive(Clone, PartialEq, Eq)]
pub struct Cell {
    /// The initialisation vector.
    pub iv: [u8; Cell::IV_BYTES],
    /// The authentication tag.
    pub tag: [u8; Cell::TAG_BYTES],
    /// The ciphertext, as long as the plaintext.
    pub ciphertext: Vec<u8>,
}

impl Cell {
    /// How long the initialisation vector is.
    pub const IV_BYTES: usize = 12;
    /// How long the tag is: the full one of GCM.
    pub const TAG_BYTES: usize = 16;
}

impl FromStr for Cell {
    type Err = MalformedCell;

    fn from_str(text: &str) -> Result<Self, MalformedCell> {
        let mut parts = text.split(':');
        let (Some(iv), Some(tag), Some(ciphertext), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(MalformedCell);
        };
        Ok(Self { iv: exactly(iv)?, tag: exactly(tag)?, ciphertext: decode(ciphertext)? })
    }
}

fn exactly<const N: usize>(part: &str) -> Result<[u8; N], MalformedCell> {
    decode(part)?.try_into().map_err(|_| MalformedCell)
}

/// The engine refuses missing, superfluous and misplaced padding, foreign alphabets, whitespace,
/// and bits that the last character should not have.
fn decode(part: &str) -> Result<Vec<u8>, MalformedCell> {
    STANDARD.decode(part).map_err(|_| MalformedCell)
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |part: &[u8]| STANDARD.encode(part);
        write!(f, "{}:{}:{}", text(&self.iv), text(&self.tag), text(&self.ciphertext))
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cell({} bytes)", self.ciphertext.len())
    }
}
