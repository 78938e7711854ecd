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
    match (quote, target, next) {
        (Quote::Single, Target::Portable | Target::Compose | Target::Python, '\'')
        | (Quote::Single, Target::Python, '\\') => Some(next),
        (Quote::Double, Target::Shell, '"' | '\\' | '$' | '`') => Some(next),
        (Quote::Double, Target::Shell | Target::DockerRun, _)
        | (Quote::Double, Target::Python, '$')
        | (Quote::Double, Target::Dotenvy, 'r' | 't')
        | (Quote::Double, Target::Node | Target::Next, 't' | '"' | '\\' | '$') => None,
        (Quote::Double, _, 'n') => Some('\n'),
        (Quote::Double, _, 'r') => Some('\r'),
        (Quote::Double, _, 't') => Some('\t'),
        (Quote::Double, _, '"' | '\\' | '$') => Some(next),
        _ => None,
    }
}
