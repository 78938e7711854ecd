//! Where a quoted value ends.

use super::{scan::part, target::Target};

/// What a value is wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `` `…` ``
    Backtick,
}

/// How a shell writes a single quote within single quotes: it ends them, escapes one, and begins again.
pub(super) const SPLICE: &str = r"'\''";

impl Quote {
    /// The quote that a value begins with, if its reader knows it.
    pub(super) fn opening(first: Option<char>, target: Target) -> Option<Self> {
        match (first, target) {
            (_, Target::DockerRun) => None,
            (Some('\''), _) => Some(Self::Single),
            (Some('"'), _) => Some(Self::Double),
            (Some('`'), Target::Portable | Target::Node | Target::Next) => Some(Self::Backtick),
            _ => None,
        }
    }

    pub(super) const fn byte(self) -> u8 {
        match self {
            Self::Single => b'\'',
            Self::Double => b'"',
            Self::Backtick => b'`',
        }
    }

    /// Whether a backslash keeps the quote from ending the value.
    fn is_escaped_in(self, target: Target) -> bool {
        self != Self::Single || !matches!(target, Target::Shell | Target::Dotenvy)
    }

    /// Whether [`SPLICE`] stands for a quote.
    pub(super) fn is_spliced_in(self, target: Target) -> bool {
        self == Self::Single && matches!(target, Target::Shell | Target::Dotenvy | Target::Portable)
    }
}

/// Where the quote that was opened before `from` is closed.
///
/// An opening quote of the same kind is never escaped, so a search goes hardly beyond the next one: a text full of
/// quotes that nothing closes is still read in linear time.
pub(super) fn closing(quote: Quote, text: &str, from: usize, target: Target) -> Option<usize> {
    let (bytes, escapes) = (text.as_bytes(), quote.is_escaped_in(target));
    let mut at = from;
    loop {
        match *bytes.get(at)? {
            b'\\' if escapes => at += 2,
            byte if byte == quote.byte() => {
                let spliced = quote.is_spliced_in(target) && part(text, at..text.len()).starts_with(SPLICE);
                if !spliced {
                    return Some(at);
                }
                at += SPLICE.len();
            }
            _ => at += 1,
        }
    }
}
