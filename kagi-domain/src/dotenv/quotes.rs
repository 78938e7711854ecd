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

/// Finds closing quotes, and remembers of which kind none is left: a text full of opening quotes that
/// are never closed is still read in linear time.
pub(super) struct Closings<'t> {
    text: &'t str,
    target: Target,
    exhausted: Vec<Quote>,
}

impl<'t> Closings<'t> {
    pub(super) fn new(text: &'t str, target: Target) -> Self {
        Self { text, target, exhausted: Vec::new() }
    }

    /// Where the quote that was opened before `from` is closed.
    pub(super) fn find(&mut self, quote: Quote, from: usize) -> Option<usize> {
        if self.exhausted.contains(&quote) {
            return None;
        }
        let found = self.search(quote, from);
        if found.is_none() {
            self.exhausted.push(quote);
        }
        found
    }

    fn search(&self, quote: Quote, from: usize) -> Option<usize> {
        let (bytes, escapes) = (self.text.as_bytes(), quote.is_escaped_in(self.target));
        let mut at = from;
        loop {
            match *bytes.get(at)? {
                b'\\' if escapes => at += 2,
                byte if byte == quote.byte() => {
                    let spliced = quote.is_spliced_in(self.target)
                        && part(self.text, at..self.text.len()).starts_with(SPLICE);
                    if !spliced {
                        return Some(at);
                    }
                    at += SPLICE.len();
                }
                _ => at += 1,
            }
        }
    }
}
