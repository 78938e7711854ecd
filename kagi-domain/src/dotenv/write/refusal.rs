//! Why something is not written.

use crate::text::EnvVarName;

/// Why a target cannot express an assignment. The sentences are shown to people and written to files; none
/// holds a piece of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The name is in the file already.
    #[error("the name is in this file already")]
    Duplicate,
    /// The reader keeps the name for itself.
    #[error("the reader of this file keeps the name for itself")]
    Name,
    /// U+0000.
    #[error("no variable can hold a NUL character")]
    Nul,
    /// A line break, where a value is one line.
    #[error("the value has a line break, and the reader of this file takes values of one line only")]
    LineBreak,
    /// A carriage return that no quoting keeps.
    #[error("the value has a carriage return, which parsers read differently")]
    CarriageReturn,
    /// Longer than the reader's longest line.
    #[error("the value is longer than the reader of this file takes")]
    TooLong,
    /// A `$` that some parsers replace whatever the quotes.
    #[error(
        "the value has a $ that some parsers replace, whatever the quotes; write it for one reader instead"
    )]
    Dollar,
    /// A `\$`, of which some parsers take the backslash away.
    #[error("the value has a \\ before a $, which some parsers take away")]
    EscapedDollar,
    /// A `$(`, which dotenv-expand from version 1000 would run.
    #[error("the value has a $ before a bracket, which dotenv-expand may run as a command")]
    Command,
    /// A last character that would escape the closing quote.
    #[error("the value ends with a backslash, which some parsers take for an escape")]
    FinalBackslash,
    /// `="`, which phpdotenv misreads.
    #[error("the value has = before a double quote, which phpdotenv misreads")]
    EqualsQuote,
    /// Each way of quoting changes some character of the value.
    #[error("no quoting keeps all characters of the value; write it for one reader instead")]
    Mixed,
}

/// An assignment that a file leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The name.
    pub name: EnvVarName,
    /// The line of the file where a comment says so.
    pub line: u32,
    /// Why.
    pub reason: Refusal,
}
