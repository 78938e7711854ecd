//! Takes a text apart into lines. Each byte is looked at a bounded number of times.

use std::ops::Range;

use super::{
    document::{Form, Kind, Parts, RawLine},
    quotes::{Quote, closing},
    target::Target,
};

/// A part of a text; nothing where there is no such part.
pub(super) fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// White space that does not end a line.
pub(super) fn is_blank(char: char) -> bool {
    char.is_whitespace() && !matches!(char, '\n' | '\r')
}

/// How many lines a text ends: by LF, CR LF or a lone CR, as editors count.
pub(super) fn line_ends(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let pairs = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    let ends = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    u32::try_from(ends - pairs).unwrap_or(u32::MAX)
}

/// The lines of a text, from a position on.
pub(super) struct Scanner<'t> {
    text: &'t str,
    target: Target,
    at: usize,
    number: u32,
}

impl Iterator for Scanner<'_> {
    type Item = RawLine;

    fn next(&mut self) -> Option<RawLine> {
        if self.at >= self.text.len() {
            return None;
        }
        let (start, number) = (self.at, self.number);
        let (kind, end) = self.line(start);
        let span = start..self.after_line_end(end);
        self.at = span.end;
        self.number = number.saturating_add(line_ends(part(self.text, span.clone())));
        Some(RawLine { span, number, kind })
    }
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, from: usize, target: Target) -> Self {
        Self { text, target, at: from, number: 1 }
    }

    /// Where the line ends that `from` is in.
    fn line_end(&self, from: usize) -> usize {
        let rest = part(self.text, from..self.text.len());
        rest.find(['\n', '\r']).map_or(self.text.len(), |length| from + length)
    }

    fn after_line_end(&self, end: usize) -> usize {
        match part(self.text, end..self.text.len()).as_bytes() {
            [b'\r', b'\n', ..] => end + 2,
            [] => end,
            _ => end + 1,
        }
    }

    /// Where blanks end that begin at `from`, at `end` at the latest.
    fn skip_blanks(&self, from: usize, end: usize) -> usize {
        end - part(self.text, from..end).trim_start_matches(is_blank).len()
    }

    /// What the line is that begins at `start`, and where it ends.
    fn line(&self, start: usize) -> (Kind, usize) {
        let end = self.line_end(start);
        let first = self.skip_blanks(start, end);
        match part(self.text, first..end).chars().next() {
            None => (Kind::Blank, end),
            Some('#') => (Kind::Comment { indented: first > start }, end),
            Some(_) => self.assignment(first, end),
        }
    }

    fn assignment(&self, first: usize, end: usize) -> (Kind, usize) {
        let (exported, name_at) = self.export(first, end);
        let name = name_at..name_at + name_length(part(self.text, name_at..end));
        let sign_at = self.skip_blanks(name.end, end);
        let sign = part(self.text, sign_at..end);
        let colon = is_colon(sign);
        if name.is_empty() || !(colon || sign.starts_with('=')) {
            return (Kind::Other, end);
        }
        let behind = sign_at + 1;
        let value_at = if self.target == Target::DockerRun { behind } else { self.skip_blanks(behind, end) };
        let spaced = sign_at > name.end || value_at > behind && value_at < end;
        let (form, value, end) = self.value(value_at, value_at > behind, end);
        (Kind::Assignment(Parts { exported, name, colon, spaced, form, value }), end)
    }

    /// Whether the line begins with `export`, and where its name begins.
    fn export(&self, first: usize, end: usize) -> (bool, usize) {
        let behind = first + "export".len();
        let name_at = self.skip_blanks(behind.min(end), end);
        let exports = part(self.text, first..end).starts_with("export")
            && name_at > behind
            && name_at < end
            && !part(self.text, name_at..end).starts_with('=');
        if exports { (true, name_at) } else { (false, first) }
    }

    /// How a value is written, where it is, and where its last line ends.
    fn value(&self, at: usize, spaced: bool, end: usize) -> (Form, Range<usize>, usize) {
        let text = part(self.text, at..end);
        if let Some(quote) = Quote::opening(text.chars().next(), self.target) {
            return self.quoted(quote, at, end);
        }
        let value = if self.target == Target::DockerRun { text } else { without_comment(text, spaced) };
        (Form::Bare, at..at + value.len(), end)
    }

    fn quoted(&self, quote: Quote, at: usize, end: usize) -> (Form, Range<usize>, usize) {
        let found = closing(quote, self.text, at + 1, self.target);
        if let Some(close) = found {
            let end = self.line_end(close + 1);
            if ends_here(part(self.text, close + 1..end)) {
                return (Form::Quoted(quote), at..close + 1, end);
            }
        }
        // Some parsers take a backslash before the last quote for an ordinary character.
        let same_line = part(self.text, at + 1..end);
        let plain = same_line.find(char::from(quote.byte())).map(|length| at + 1 + length);
        if let Some(close) = plain.filter(|close| ends_here(part(self.text, close + 1..end))) {
            return (Form::Quoted(quote), at..close + 1, end);
        }
        let form = if plain.is_some() { Form::Loose } else { Form::Open };
        (form, at..at + part(self.text, at..end).trim_end_matches(is_blank).len(), end)
    }
}

/// A name ends at a blank, at `=`, or at a colon that a blank follows, as in YAML.
fn name_length(text: &str) -> usize {
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        if char == '=' || is_blank(char) || is_colon(rest) {
            break;
        }
        rest = part(rest, char.len_utf8()..rest.len());
    }
    text.len() - rest.len()
}

fn is_colon(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with(is_blank))
}

/// Whether nothing but a comment follows a closing quote.
fn ends_here(rest: &str) -> bool {
    let rest = rest.trim_start_matches(is_blank);
    rest.is_empty() || rest.starts_with('#')
}

/// A bare value without the comment behind it, which begins with a `#` after a blank.
fn without_comment(text: &str, spaced: bool) -> &str {
    let mut blank = spaced;
    let comment = text.char_indices().find(|(_, char)| {
        let begins = blank && *char == '#';
        blank = is_blank(*char);
        begins
    });
    let end = comment.map_or(text.len(), |(at, _)| at);
    part(text, 0..end).trim_end_matches(is_blank)
}
