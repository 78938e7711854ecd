//! Files that their reader reads back to the same names and values, or that say what they leave out.

mod plan;
mod refusal;

use std::collections::HashSet;

use super::{buffer::SecretBuffer, target::Target};
use crate::{secret::SecretText, text::EnvVarName};

pub(super) use plan::{expands, is_bare};
pub use refusal::{Refusal, Refused};

/// A file in the making, for one target.
///
/// Guarantees, for any name, value and comment:
///
/// - What was assigned is read back by the target to exactly that name and value.
/// - What cannot be expressed is refused with its reason, and a comment line says so in its place.
/// - A file holds as many assignments as were accepted, never one more: neither a value nor a comment can
///   begin one of its own.
///
/// The file is UTF-8 without a byte order mark; lines end with LF, the last one too. Nothing of it is left in
/// memory when it is dropped.
pub struct EnvFile {
    target: Target,
    text: SecretBuffer,
    lines: u32,
    names: HashSet<EnvVarName>,
    refused: Vec<Refused>,
}

/// A finished file.
#[derive(Debug)]
pub struct Written {
    /// The file.
    pub text: SecretText,
    /// How many variables it assigns.
    pub assigned: usize,
    /// What it leaves out, in order.
    pub refused: Vec<Refused>,
}

impl EnvFile {
    /// A comment is cut after so many characters, well within every parser's longest line.
    pub const LONGEST_COMMENT: usize = 1000;

    /// An empty file.
    #[must_use]
    pub fn new(target: Target) -> Self {
        let text = SecretBuffer::with_capacity(4096);
        Self { target, text, lines: 0, names: HashSet::new(), refused: Vec::new() }
    }

    /// Adds an empty line.
    pub fn blank_line(&mut self) {
        self.text.push('\n');
        self.lines += 1;
    }

    /// Adds a comment of one line: line breaks and control characters become blanks, and what is longer than
    /// [`Self::LONGEST_COMMENT`] is cut. It is written as it is otherwise: a value does not belong in it.
    pub fn comment(&mut self, text: &str) {
        self.text.push('#');
        for char in std::iter::once(' ').chain(text.chars().take(Self::LONGEST_COMMENT)) {
            // JavaScript ends a line at these two as well.
            let breaks = char.is_control() || matches!(char, '\u{2028}' | '\u{2029}');
            self.text.push(if breaks { ' ' } else { char });
        }
        self.blank_line();
    }

    /// Adds an assignment, or a comment line that says why it is left out.
    ///
    /// # Errors
    ///
    /// The [`Refusal`]; nothing of the value is in the file then.
    pub fn assign(&mut self, name: &EnvVarName, value: &SecretText) -> Result<(), Refusal> {
        // EXPOSE: the value is written to the file, which is a secret text itself.
        let outcome = self.write(name, value.expose());
        if let Err(reason) = outcome {
            self.refused.push(Refused { name: name.clone(), line: self.lines + 1, reason });
            self.comment(&format!("{name} is left out: {reason}"));
        }
        outcome
    }

    fn write(&mut self, name: &EnvVarName, value: &str) -> Result<(), Refusal> {
        if self.names.contains(name) {
            return Err(Refusal::Duplicate);
        }
        let style = plan::style(self.target, name.as_str(), value)?;
        self.names.insert(name.clone());
        let start = self.text.len();
        self.text.push_str(name.as_str());
        self.text.push('=');
        style.write(value, &mut self.text);
        self.lines += super::scan::line_ends(self.text.behind(start));
        self.blank_line();
        Ok(())
    }

    /// The file, and what it leaves out.
    #[must_use]
    pub fn finish(self) -> Written {
        Written { text: self.text.into_text(), assigned: self.names.len(), refused: self.refused }
    }
}
