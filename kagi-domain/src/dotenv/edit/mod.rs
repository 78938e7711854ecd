//! A text as editors show it, and back to the bytes that were meant.
//!
//! A text field of a browser knows one kind of line end and sends another, and nobody sees a byte order mark in it. So
//! an editor shows a text without either, and what was typed gets them back from the text that it began with.

mod align;

use super::{buffer::SecretBuffer, document::BOM, scan::line_ends};
use crate::secret::SecretText;

/// What an editor does not show of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layout {
    /// Whether it begins with a byte order mark.
    pub bom: bool,
    /// How many lines end with LF.
    pub lf: u32,
    /// How many lines end with CR LF.
    pub crlf: u32,
    /// How many lines end with a lone CR.
    pub cr: u32,
}

impl Layout {
    /// Looks at a text.
    #[must_use]
    pub fn of(text: &SecretText) -> Self {
        // EXPOSE: only line ends are counted.
        let text = text.expose();
        let of_cr = |end: &str| u32::try_from(text.matches(end).count()).unwrap_or(u32::MAX);
        let (crlf, returns, all) = (of_cr("\r\n"), of_cr("\r"), line_ends(text));
        let cr = returns.saturating_sub(crlf);
        Self { bom: text.starts_with(BOM), lf: all.saturating_sub(returns), crlf, cr }
    }
}

/// The text without its byte order mark, each line ended by LF.
#[must_use]
pub fn shown(text: &SecretText) -> SecretText {
    // EXPOSE: the same text in another layout, a secret text again.
    let text = text.expose();
    let mut shown = SecretBuffer::with_capacity(text.len());
    let mut pieces = lines(text.strip_prefix(BOM).unwrap_or(text)).peekable();
    while let Some((line, _)) = pieces.next() {
        shown.push_str(line);
        if pieces.peek().is_some() {
            shown.push('\n');
        }
    }
    shown.into_text()
}

/// How the lines of an edited text shall end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LineEnds {
    /// As they did: a line that is still there keeps its end, a new one ends as the line above it.
    #[default]
    Kept,
    /// All with LF.
    Lf,
    /// All with CR LF.
    CrLf,
}

/// A text as it came out of an editor.
#[derive(Debug)]
pub struct Edit {
    /// What was typed.
    pub text: SecretText,
    /// How its lines shall end.
    pub line_ends: LineEnds,
    /// Whether it shall begin with a byte order mark.
    pub bom: bool,
}

impl Edit {
    /// The text that was meant by whoever began with `before`, in time about linear in both.
    ///
    /// - [`shown`] of it is `shown` of what was typed, but for the mark.
    /// - An edit that changes nothing gives `before` back, and every byte of a line that was not touched stays.
    /// - Without anything before, lines end with LF.
    #[must_use]
    pub fn apply(&self, before: &SecretText) -> SecretText {
        let typed = shown_whole(&self.text);
        // EXPOSE: both become the text that is meant, a secret text again.
        let (typed, before) = (typed.expose(), before.expose());
        let new: Vec<&str> = typed.split('\n').collect();
        let mut meant = SecretBuffer::with_capacity(typed.len() + new.len() + BOM.len_utf8());
        if self.bom {
            meant.push(BOM);
        }
        let ends = match self.line_ends {
            LineEnds::Lf => vec!["\n"; new.len()],
            LineEnds::CrLf => vec!["\r\n"; new.len()],
            LineEnds::Kept => kept(before.strip_prefix(BOM).unwrap_or(before), &new),
        };
        let last = new.len().saturating_sub(1);
        for (index, (line, end)) in new.iter().zip(ends).enumerate() {
            meant.push_str(line);
            meant.push_str(if index < last { end } else { "" });
        }
        meant.into_text()
    }
}

/// Line ends as an editor shows them; a mark that was typed is text.
fn shown_whole(text: &SecretText) -> SecretText {
    // EXPOSE: the same text in another layout, a secret text again.
    if text.expose().starts_with(BOM) {
        let mut whole = SecretBuffer::with_capacity(text.expose().len());
        whole.push(BOM);
        // EXPOSE: as above.
        whole.push_str(shown(text).expose());
        return whole.into_text();
    }
    shown(text)
}

/// The end of each new line.
fn kept<'t>(before: &'t str, new: &[&str]) -> Vec<&'t str> {
    let old: Vec<(&str, &str)> = lines(before).collect();
    let texts: Vec<&str> = old.iter().map(|(line, _)| *line).collect();
    let mut above = old.first().map(|(_, end)| *end).filter(|end| !end.is_empty()).unwrap_or("\n");
    let mut ends = Vec::with_capacity(new.len());
    for (line, partner) in new.iter().zip(align::partners(&texts, new)) {
        let own = partner.and_then(|index| old.get(index)).map(|(_, end)| *end);
        let end = own.filter(|end| !end.is_empty()).unwrap_or(above);
        // A lone CR and the LF of an empty line behind it would be one line end.
        let joins = line.is_empty() && end == "\n" && ends.last() == Some(&"\r");
        above = if joins { "\r" } else { end };
        ends.push(above);
    }
    ends
}

/// The lines of a text with what ends them, as editors count: behind the last line end there is always another line,
/// which nothing ends.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.find(['\n', '\r']) else {
            rest = None;
            return Some((text, ""));
        };
        let (line, tail) = text.split_at(at);
        let length = if tail.starts_with("\r\n") { 2 } else { 1 };
        let (end, behind) = tail.split_at(length);
        rest = Some(behind);
        Some((line, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(before: &str, typed: &str, line_ends: LineEnds, bom: bool) -> String {
        let text = SecretText::new(typed.to_owned());
        Edit { text, line_ends, bom }.apply(&SecretText::new(before.to_owned())).expose().to_owned()
    }

    fn kept(before: &str, typed: &str) -> String {
        applied(before, typed, LineEnds::Kept, false)
    }

    #[test]
    fn a_layout_counts_each_kind_of_line_end() {
        let of = |text: &str| Layout::of(&SecretText::new(text.to_owned()));
        assert_eq!(of(""), Layout::default());
        assert_eq!(of("\u{feff}a\r\nb\nc\rd\r\r\n\n"), Layout { bom: true, lf: 2, crlf: 2, cr: 2 });
        assert!(!of("a\u{feff}").bom);
    }

    #[test]
    fn lines_keep_their_ends() {
        for (before, typed, meant) in [
            ("A=1\r\nB=2\nC=3\rD=4", "A=1\nB=9\nC=3\nD=4", "A=1\r\nB=9\nC=3\rD=4"),
            ("A\r\nB\r\n", "A\nNEW\nB\n", "A\r\nNEW\r\nB\r\n"),
            ("A\r\nB\nC\r", "B\nC\n", "B\nC\r"),
            ("A\r\nB\nC\rD\n", "A\nX\nY\nC\nZ\nD\n", "A\r\nX\nY\nC\rZ\rD\n"),
            ("A\r\nB", "A\nB\n", "A\r\nB\r\n"),
            ("A\r\nB\r\n", "A\nB", "A\r\nB"),
            ("", "A\nB\n", "A\nB\n"),
            ("A", "A\nB\n", "A\nB\n"),
            ("A\r\n", "", ""),
        ] {
            assert_eq!(kept(before, typed), meant, "{before:?} {typed:?}");
        }
    }

    #[test]
    fn a_line_that_was_emptied_does_not_vanish() {
        assert_eq!(kept("A\rB\n", "A\n\n"), "A\r\r");
        assert_eq!(kept("A\rB\r\n", "A\n\n"), "A\r\r\n");
    }

    #[test]
    fn line_ends_and_the_mark_change_on_request() {
        let before = "\u{feff}A\r\nB\n";
        assert_eq!(applied(before, "A\nB\n", LineEnds::Kept, true), before);
        assert_eq!(applied(before, "A\nB\n", LineEnds::Lf, false), "A\nB\n");
        assert_eq!(applied(before, "A\nB\n", LineEnds::CrLf, true), "\u{feff}A\r\nB\r\n");
        assert_eq!(kept("A\n", "\u{feff}A\n"), "\u{feff}A\n", "a mark that was typed is text");
    }
}
