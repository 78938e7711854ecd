//! What a person should know about a text.

use std::fmt;

use super::disagreement::Disagreement;

/// A remark on a line. It holds the line's number and a fixed sentence, and nothing of the text: neither a
/// value nor a name, for in a torn text a piece of a secret may stand where a name is looked for. So it
/// may be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Diagnostic {
    /// The line, or the first of an assignment that goes over several; 1 is the first.
    pub line: u32,
    /// What there is to say.
    pub code: Code,
}

/// What there is to say about a line. `Display` is the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The text begins with a byte order mark.
    Bom,
    /// Lines end with CR LF. Said once, of the first.
    Crlf,
    /// A lone carriage return. Said once, of the first.
    LoneCr,
    /// The name was assigned before, on the given line.
    DuplicateKey(u32),
    /// Not every parser reads a variable of this name.
    InvalidName,
    /// Neither a comment nor an assignment.
    NotAnAssignment,
    /// The value begins with a quote that nothing closes.
    UnterminatedQuote,
    /// A `#` in a value without quotes.
    UnquotedHash,
    /// A blank in a value without quotes.
    UnquotedSpace,
    /// A `$` that some parsers replace by a variable's value.
    Expansion,
    /// Something that some parsers run as a command.
    Execution,
    /// Anything else that parsers read differently.
    Disagreement(Disagreement),
}

impl Code {
    /// The code as the API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bom => "bom",
            Self::Crlf => "crlf",
            Self::LoneCr => "lone-cr",
            Self::DuplicateKey(_) => "duplicate-key",
            Self::InvalidName => "invalid-name",
            Self::NotAnAssignment => "not-an-assignment",
            Self::UnterminatedQuote => "unterminated-quote",
            Self::UnquotedHash => "unquoted-hash",
            Self::UnquotedSpace => "unquoted-space",
            Self::Expansion => "expansion",
            Self::Execution => "execution",
            Self::Disagreement(_) => "parsers-disagree",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bom => {
                "The text begins with a byte order mark. Shells, Node.js and Deno take it for a part of the first \
                 name, and others refuse the file: save it as UTF-8 without one."
            }
            Self::Crlf => "Lines end with CR LF. A shell keeps the CR in the value: save the file with LF.",
            Self::LoneCr => {
                "Parsers disagree here: a lone carriage return ends the line for dotenv, Next.js and python-dotenv, \
                 and is part of the value for Compose, dotenvy and shells."
            }
            Self::DuplicateKey(first) => {
                return write!(
                    f,
                    "The name is on line {first} already. Most parsers take the last value, dotenvy and Deno the first."
                );
            }
            Self::InvalidName => {
                "Not every parser reads this name: use letters, digits and underscores only, and start with a letter \
                 or an underscore."
            }
            Self::NotAnAssignment => {
                "This is neither NAME=value nor a comment. Some parsers skip the line, some refuse the file, and a \
                 shell runs it."
            }
            Self::UnterminatedQuote => {
                "The quote is never closed. Some parsers take the line as it is, some lose the rest of the file, and \
                 some refuse it."
            }
            Self::UnquotedHash => {
                "Parsers disagree here: dotenv and Next.js end the value at the #, while Compose, python-dotenv and \
                 shells keep it. Put the value in quotes."
            }
            Self::UnquotedSpace => {
                "A value with blanks needs quotes: dotenvy refuses the file, and a shell runs what follows the blank."
            }
            Self::Expansion => {
                "Parsers disagree here: Next.js, Vite and others replace $ and a name by that variable's value, some \
                 even within single quotes; dotenv does not."
            }
            Self::Execution => {
                "This would be run as a command: by a shell and Ruby's dotenv, $(…) also by dotenvx and by \
                 dotenv-expand from version 1000, whatever the quotes."
            }
            Self::Disagreement(disagreement) => disagreement.sentence(),
        })
    }
}
