//! What a value means once its quotes are off.

use super::{
    buffer::SecretBuffer,
    quotes::{Quote, SPLICE},
    scan::part,
    target::Target,
};
use crate::secret::SecretText;

/// Reads a value as it stands in a text, quotes and all.
pub(super) fn read(token: &str, quote: Option<Quote>, target: Target) -> SecretText {
    let inner = match quote {
        Some(_) => part(token, 1..token.len().saturating_sub(1)),
        None => token,
    };
    // No reading is longer than what is read.
    let mut value = SecretBuffer::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(char) = rest.chars().next() {
        let (length, meant) = match sequence(rest, quote, target) {
            Some((sequence, meant)) => (sequence, meant),
            None => (char.len_utf8(), char),
        };
        value.push(meant);
        rest = part(rest, length..rest.len());
    }
    value.into_text()
}

/// Whether a text begins with something that stands for another character: its length, and that one.
fn sequence(text: &str, quote: Option<Quote>, target: Target) -> Option<(usize, char)> {
    match (target, quote) {
        (Target::Python, _) if text.starts_with("${:-$}") => Some(("${:-$}".len(), '$')),
        (Target::Next, _) if text.starts_with("\\$") => Some((2, '$')),
        (Target::Node | Target::Next, Some(_)) if text.starts_with("\r\n") => Some((2, '\n')),
        (Target::Node | Target::Next, Some(_)) if text.starts_with('\r') => Some((1, '\n')),
        (_, Some(quote)) if quote.is_spliced_in(target) && text.starts_with(SPLICE) => {
            Some((SPLICE.len(), '\''))
        }
        (_, Some(quote)) => escaped(text, quote, target).map(|meant| (2, meant)),
        (_, None) => None,
    }
}

/// What a backslash and the character behind it stand for; `None` where both are kept.
fn escaped(text: &str, quote: Quote, target: Target) -> Option<char> {
    let next = text.strip_prefix('\\')?.chars().next()?;
    let meant = match next {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => next,
    };
    escapes(quote, target).contains(next).then_some(meant)
}

/// The characters that a target reads otherwise behind a backslash.
fn escapes(quote: Quote, target: Target) -> &'static str {
    match (quote, target) {
        (Quote::Single, Target::Portable | Target::Compose) => "'",
        (Quote::Single, Target::Python) => r"'\",
        (Quote::Double, Target::Portable | Target::Compose) => "nrt\"\\$",
        (Quote::Double, Target::Python) => "nrt\"\\",
        (Quote::Double, Target::Dotenvy) => "n\"\\$",
        (Quote::Double, Target::Node | Target::Next) => "nr",
        (Quote::Double, Target::Shell) => "\"\\$`",
        _ => "",
    }
}
