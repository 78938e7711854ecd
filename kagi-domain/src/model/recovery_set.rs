//! A recovery set: the recovery codes of one service, each good for one sign-in there.

mod paste;

use std::{fmt, str::FromStr};

use crate::{
    ids::RecoverySetId,
    model::{Patch, Revision},
    secret::SecretText,
    text::{TextError, Title, fold},
    time::Timestamp,
};

pub use paste::{Separator, split_codes};

/// Which code of its set, counted from 0 in the order in which the codes were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeIndex(u8);

/// The number is not the index of a code in any set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Give the index of a code of this set: a whole number from 0.")]
pub struct InvalidIndex;

impl CodeIndex {
    /// Takes a number.
    ///
    /// # Errors
    ///
    /// [`InvalidIndex`] when no set has so many codes.
    pub fn new(number: u64) -> Result<Self, InvalidIndex> {
        match u8::try_from(number) {
            Ok(index) if usize::from(index) < RecoveryCodes::MOST => Ok(Self(index)),
            _ => Err(InvalidIndex),
        }
    }

    /// The index as a number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl FromStr for CodeIndex {
    type Err = InvalidIndex;

    /// Reads the one spelling: decimal digits, no sign, no zero in front.
    fn from_str(text: &str) -> Result<Self, InvalidIndex> {
        let index = text.parse().map_err(|_| InvalidIndex).and_then(Self::new)?;
        if index.to_string() == text { Ok(index) } else { Err(InvalidIndex) }
    }
}

impl fmt::Display for CodeIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// What lists and details say of a code: whether it was used, never the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeUse {
    /// When it was first revealed, unless that was taken back.
    pub used_at: Option<Timestamp>,
}

/// A recovery set as stored, without its codes' texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoverySet {
    /// Its id.
    pub id: RecoverySetId,
    /// Where the codes are good.
    pub service: Title,
    /// Which account there.
    pub label: Option<Title>,
    /// Its codes by index: 1 to [`RecoveryCodes::MOST`].
    pub codes: Vec<CodeUse>,
    /// How often it was changed. Uses are no changes.
    pub revision: Revision,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl RecoverySet {
    /// With so few unused codes, or fewer, a set is low: time to get new ones from the service.
    pub const LOW: u8 = 2;

    /// A code's use; `None` when there is no such code.
    #[must_use]
    pub fn code(&self, index: CodeIndex) -> Option<CodeUse> {
        self.codes.get(usize::from(index.get())).copied()
    }

    /// How many codes there are.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.codes.len()
    }

    /// How many of them were used.
    #[must_use]
    pub fn used(&self) -> usize {
        self.codes.iter().filter(|code| code.used_at.is_some()).count()
    }

    /// How many codes are unused.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.total() - self.used()
    }

    /// Whether few codes are left, or none.
    #[must_use]
    pub fn is_low(&self) -> bool {
        self.remaining() <= usize::from(Self::LOW)
    }

    /// What search looks through, folded: service and label.
    #[must_use]
    pub fn search_text(&self) -> String {
        let label = self.label.as_ref().map_or("", Title::as_str);
        fold(&format!("{}\n{label}", self.service))
    }
}

/// The codes of a set on their way in, in order: 1 to [`Self::MOST`], each of 1 to
/// [`Self::LONGEST`] characters without blanks round it and without control characters.
///
/// A code may stand in the list twice: each is then a code of its own.
#[derive(Debug)]
pub struct RecoveryCodes(Vec<SecretText>);

/// Why a list of codes was refused. Never quotes a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodesError {
    /// No code at all.
    #[error("Give at least one code.")]
    None,
    /// More than [`RecoveryCodes::MOST`].
    #[error("A set has at most 100 codes.")]
    TooMany,
    /// One of them is wrong; it is told by its place, counted from 1.
    #[error("Code {0}: {1}")]
    Code(usize, TextError),
}

impl RecoveryCodes {
    /// The most codes of a set.
    pub const MOST: usize = 100;
    /// The longest code, in characters.
    pub const LONGEST: usize = 256;

    /// Takes codes as they were typed or pasted; blanks round each are dropped.
    ///
    /// # Errors
    ///
    /// [`CodesError`], for the first mistake.
    pub fn new(codes: Vec<SecretText>) -> Result<Self, CodesError> {
        match codes.len() {
            0 => Err(CodesError::None),
            1..=Self::MOST => {
                let trimmed =
                    |(index, code)| trimmed_code(&code).map_err(|error| CodesError::Code(index + 1, error));
                codes.into_iter().enumerate().map(trimmed).collect::<Result<_, _>>().map(Self)
            }
            _ => Err(CodesError::TooMany),
        }
    }

    /// The codes in order.
    #[must_use]
    pub fn as_slice(&self) -> &[SecretText] {
        &self.0
    }
}

fn trimmed_code(code: &SecretText) -> Result<SecretText, TextError> {
    // EXPOSE: its form is checked, and it is copied without the blanks round it.
    let text = code.expose().trim();
    match text {
        "" => Err(TextError::Empty),
        _ if text.contains('\0') => Err(TextError::Nul),
        _ if text.chars().any(char::is_control) => Err(TextError::Control),
        _ if text.chars().count() > RecoveryCodes::LONGEST => Err(TextError::TooLong(RecoveryCodes::LONGEST)),
        _ => Ok(SecretText::new(text.to_owned())),
    }
}

/// What to make a recovery set from.
#[derive(Debug)]
pub struct NewRecoverySet {
    /// Where the codes are good.
    pub service: Title,
    /// Which account there.
    pub label: Option<Title>,
    /// The codes.
    pub codes: RecoveryCodes,
}

/// What to change of a recovery set; what is not named stays, codes and uses too.
#[derive(Debug, Default)]
pub struct RecoverySetPatch {
    /// A new service.
    pub service: Option<Title>,
    /// A new label.
    pub label: Patch<Title>,
    /// New codes in the place of all old ones; none of them is used.
    pub codes: Option<RecoveryCodes>,
    /// The revision that the change began with; at another one nothing is changed. `None` changes what is there.
    pub seen: Option<Revision>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(texts: &[&str]) -> Result<RecoveryCodes, CodesError> {
        RecoveryCodes::new(texts.iter().map(|text| SecretText::new((*text).to_owned())).collect())
    }

    #[test]
    fn an_index_has_one_spelling() {
        assert_eq!("99".parse::<CodeIndex>().map(CodeIndex::get), Ok(99));
        assert_eq!("0".parse::<CodeIndex>().map(CodeIndex::get), Ok(0));
        for wrong in ["", "100", "-1", "+1", "01", "1.0", " 1", "x", "٣", "18446744073709551616"] {
            assert!(wrong.parse::<CodeIndex>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn codes_lose_the_blanks_round_them_and_nothing_else() {
        let kept = codes(&[" abcd-efgh\t\r\n", "a b", "a b", "\u{3000}鍵\u{a0}"]).unwrap();
        let kept: Vec<_> = kept.as_slice().iter().map(SecretText::expose).collect();
        assert_eq!(kept, ["abcd-efgh", "a b", "a b", "鍵"]);
    }

    #[test]
    fn codes_of_another_form_are_refused_by_their_place() {
        let (long, longest) = ("鍵".repeat(257), "鍵".repeat(256));
        for (wrong, error) in [
            ("", TextError::Empty),
            (" \n", TextError::Empty),
            ("a\0b", TextError::Nul),
            ("\0", TextError::Nul),
            ("a\nb", TextError::Control),
            ("a\tb", TextError::Control),
            (long.as_str(), TextError::TooLong(256)),
        ] {
            assert_eq!(codes(&["good", wrong]).unwrap_err(), CodesError::Code(2, error));
        }
        assert!(codes(&[&longest]).is_ok());
        assert_eq!(codes(&[]).unwrap_err(), CodesError::None);
        assert_eq!(codes(&["x"; 101]).unwrap_err(), CodesError::TooMany);
        assert_eq!(codes(&["x"; 100]).unwrap().as_slice().len(), 100);
    }
}
