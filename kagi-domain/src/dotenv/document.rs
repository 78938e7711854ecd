//! A text, taken apart and whole.

use std::{fmt, ops::Range};

use super::{
    buffer::SecretBuffer,
    check,
    diagnostic::Diagnostic,
    quotes::Quote,
    scan::{Scanner, part},
    target::Target,
    value,
};
use crate::{
    secret::SecretText,
    text::{EnvVarName, TextError},
};

/// The mark that some editors put at the beginning of a text.
pub(super) const BOM: char = '\u{feff}';

/// A `.env` text as a list of lines, each with its place. Any text is one: what is not understood is
/// kept and said in [`Document::diagnostics`]. Nothing is expanded, nothing is run.
///
/// A line is what editors number, but for a quoted value that goes over several: that is one line, known
/// by its first number.
pub struct Document<'t> {
    text: &'t str,
    target: Target,
    lines: Vec<RawLine>,
}

/// A line's place and what it is.
pub(super) struct RawLine {
    pub(super) span: Range<usize>,
    pub(super) number: u32,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    Blank,
    Comment { indented: bool },
    Assignment(Parts),
    Other,
}

/// Where the pieces of an assignment are.
pub(super) struct Parts {
    pub(super) exported: bool,
    pub(super) name: Range<usize>,
    pub(super) colon: bool,
    /// Blanks stand before the sign, or between it and the value.
    pub(super) spaced: bool,
    pub(super) form: Form,
    /// With its quotes.
    pub(super) value: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Bare,
    Quoted(Quote),
    /// Begins with a quote that nothing closes; the line is taken as it is.
    Open,
    /// Goes on behind the closing quote; the line is taken as it is.
    Loose,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Nothing but blanks.
    Blank,
    /// `# …`
    Comment,
    /// `NAME=value`
    Assignment,
    /// Anything else.
    Other,
}

impl<'t> Document<'t> {
    /// Reads a text as most parsers do, in time linear in its length. Never fails.
    #[must_use]
    pub fn read(text: &'t SecretText) -> Self {
        Self::read_as(Target::Portable, text)
    }

    /// Reads a text as one parser does. What the writer for that target wrote is read exactly; of a text
    /// from elsewhere, quotes and escapes are read as the target's, its rarer ways are not, and nothing
    /// is expanded.
    #[must_use]
    pub fn read_as(target: Target, text: &'t SecretText) -> Self {
        // EXPOSE: the text is taken apart; the document only points into it.
        let text = text.expose();
        let start = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
        Self { text, target, lines: Scanner::new(text, start, target).collect() }
    }

    /// Whether the text begins with a byte order mark; it is part of no line.
    #[must_use]
    pub fn has_bom(&self) -> bool {
        self.text.starts_with(BOM)
    }

    /// The lines in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.lines.iter().map(|raw| Line { text: self.text, raw })
    }

    pub(super) fn raw_lines(&self) -> &[RawLine] {
        &self.lines
    }

    /// The assignments in order, also those of invalid and repeated names.
    pub fn assignments(&self) -> impl Iterator<Item = Assignment<'_>> {
        self.lines.iter().filter_map(|line| match &line.kind {
            Kind::Assignment(parts) => {
                Some(Assignment { text: self.text, target: self.target, number: line.number, parts })
            }
            _ => None,
        })
    }

    /// What a person should know about the text, in the order of its lines.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        check::diagnostics(self.text, &self.lines)
    }

    /// Puts the lines together again: the bytes that were read.
    #[must_use]
    pub fn to_text(&self) -> SecretText {
        let mut text = SecretBuffer::with_capacity(self.text.len());
        if self.has_bom() {
            text.push(BOM);
        }
        for line in &self.lines {
            text.push_str(part(self.text, line.span.clone()));
        }
        text.into_text()
    }
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} lines)", self.lines.len())
    }
}

/// A line of a document.
#[derive(Clone, Copy)]
pub struct Line<'d> {
    text: &'d str,
    raw: &'d RawLine,
}

impl<'d> Line<'d> {
    /// The number of the line, or of the first where a value goes over several; the first of all is 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.raw.number
    }

    /// Where the line is in the text, in bytes, with what ends it.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.raw.span.clone()
    }

    /// What the line is.
    #[must_use]
    pub fn kind(self) -> LineKind {
        match self.raw.kind {
            Kind::Blank => LineKind::Blank,
            Kind::Comment { .. } => LineKind::Comment,
            Kind::Assignment(_) => LineKind::Assignment,
            Kind::Other => LineKind::Other,
        }
    }

    /// The line as it stands there, with what ends it. Every call says why (`// EXPOSE: …`).
    #[must_use]
    pub fn expose(self) -> &'d str {
        part(self.text, self.raw.span.clone())
    }
}

/// An assignment of a document.
#[derive(Clone, Copy)]
pub struct Assignment<'d> {
    text: &'d str,
    target: Target,
    number: u32,
    parts: &'d Parts,
}

impl<'d> Assignment<'d> {
    /// The number of its first line.
    #[must_use]
    pub fn line(self) -> u32 {
        self.number
    }

    /// The name as it stands there, in its own case. In a text that is not what it seems to be, a torn
    /// private key say, a piece of a secret may stand where a name is looked for: show it to the
    /// text's owner only.
    #[must_use]
    pub fn raw_name(self) -> &'d str {
        part(self.text, self.parts.name.clone())
    }

    /// The name.
    ///
    /// # Errors
    ///
    /// [`TextError`] when not every parser reads it.
    pub fn name(self) -> Result<EnvVarName, TextError> {
        self.raw_name().parse()
    }

    /// Whether `export` stands before it.
    #[must_use]
    pub fn is_exported(self) -> bool {
        self.parts.exported
    }

    /// What the value is wrapped in.
    #[must_use]
    pub fn quote(self) -> Option<Quote> {
        match self.parts.form {
            Form::Quoted(quote) => Some(quote),
            _ => None,
        }
    }

    /// The value, without quotes and escapes, never expanded.
    #[must_use]
    pub fn value(self) -> SecretText {
        value::read(part(self.text, self.parts.value.clone()), self.quote(), self.target)
    }
}

impl fmt::Debug for Assignment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Assignment(line {})", self.number)
    }
}
