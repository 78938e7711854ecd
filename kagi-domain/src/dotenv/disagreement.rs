//! Where parsers part, beyond the commonest cases.

/// Something that parsers read differently. The sentences are shown to people; none holds a piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disagreement {
    /// Blanks round the `=`.
    BlanksAroundEquals,
    /// `NAME: value`
    Colon,
    /// A comment that does not begin in the first column, a tab before a name, or blanks on an empty line.
    Indented,
    /// Anything but one space behind `export`.
    ExportBlanks,
    /// A comment that a tab, or nothing, parts from the value before it.
    CloseComment,
    /// A tab round a value without quotes.
    TrailingTab,
    /// A quote or a backslash in a comment behind a value.
    QuoteInComment,
    /// A last line without an end, but with a blank or a comment.
    UnendedLine,
    /// A name that JavaScript's objects or shells keep for themselves.
    SpecialName,
    /// More text behind the closing quote.
    TextAfterQuote,
    /// A value in backticks.
    Backticks,
    /// A quote within a value that does not begin with one.
    QuoteInside,
    /// A backslash in a value without quotes.
    UnquotedBackslash,
    /// `\n` in double quotes.
    EscapedLineBreak,
    /// Another backslash in double quotes.
    EscapeInDouble,
    /// A quote, two backslashes, or a last backslash in single quotes.
    EscapeInSingle,
    /// `\$`
    EscapedDollar,
    /// A line break in single quotes.
    LineBreakInSingle,
    /// A carriage return in quotes.
    CarriageReturnInQuotes,
    /// A character that means something to a shell.
    ShellCharacter,
    /// A control character or a rare kind of white space.
    RareCharacter,
    /// `="` in single quotes.
    EqualsQuote,
    /// A value that begins with `encrypted:`.
    Encrypted,
}

impl Disagreement {
    /// How they read it.
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::BlanksAroundEquals => {
                "Parsers disagree here: most skip blanks round the =, while a shell runs the name as a command and \
                 docker run refuses the file."
            }
            Self::Colon => {
                "Parsers disagree here: dotenv, Next.js and Compose take NAME: value for an assignment, python-dotenv \
                 and Node.js skip it, and dotenvy refuses the file."
            }
            Self::Indented => {
                "Start the line in the first column, and leave an empty line empty: Node.js 20 takes an indented \
                 comment, a tab, or the blanks of an empty line for a part of the next name."
            }
            Self::ExportBlanks => {
                "Put one space between export and the name: Node.js 20 takes more for a part of the name."
            }
            Self::CloseComment => {
                "Parsers disagree here: only a # behind a space begins a comment for all of them; Compose keeps a tab \
                 and what follows it, and others keep what touches the closing quote."
            }
            Self::TrailingTab => {
                "Parsers disagree here: Node.js 20 keeps a tab beside a value without quotes, others trim it."
            }
            Self::QuoteInComment => {
                "Parsers disagree here: dotenvy may take a quote in a comment behind a value for the beginning of a \
                 value of several lines. Give the comment a line of its own."
            }
            Self::UnendedLine => {
                "Parsers disagree here: dotenvy refuses a file whose last line has a blank or a comment at its end, \
                 but no line end."
            }
            Self::SpecialName => {
                "Some readers keep this name for themselves: dotenv and Next.js those that every JavaScript object \
                 has, shells those that they set on their own."
            }
            Self::TextAfterQuote => {
                "Parsers disagree here: text behind a closing quote is joined to the value by shells, makes the quotes \
                 a part of it for dotenv and Next.js, and is an error for Compose and dotenvy."
            }
            Self::Backticks => {
                "Parsers disagree here: dotenv, Next.js and Node.js take backticks for quotes, Compose, python-dotenv \
                 and dotenvy for characters of the value, and a shell runs what is in them."
            }
            Self::QuoteInside => {
                "Parsers disagree here: shells and dotenvy remove a quote within a value, others keep it."
            }
            Self::UnquotedBackslash => {
                "Parsers disagree here: a backslash in a value without quotes is kept by most, escapes the next \
                 character in shells, and may be an error for dotenvy."
            }
            Self::EscapedLineBreak => {
                "Parsers disagree here: \\n in double quotes is a line break for most, and two characters for shells \
                 and Ruby's dotenv."
            }
            Self::EscapeInDouble => {
                "Parsers disagree here: dotenv and Next.js keep a backslash in double quotes, Compose and \
                 python-dotenv take it for an escape, and dotenvy refuses the escapes that it does not know."
            }
            Self::EscapeInSingle => {
                "Parsers disagree here: within single quotes, shells and dotenv keep a backslash, python-dotenv and \
                 Compose take it for an escape, and some refuse the file."
            }
            Self::EscapedDollar => {
                "Parsers disagree here: whatever expands variables takes the backslash before a $ away, also within \
                 single quotes; dotenv and python-dotenv keep it."
            }
            Self::LineBreakInSingle => {
                "Use double quotes for a value of several lines: phpdotenv refuses it in single quotes."
            }
            Self::CarriageReturnInQuotes => {
                "Parsers disagree here: dotenv and Next.js turn a carriage return in a value into a line feed, others \
                 keep it."
            }
            Self::ShellCharacter => {
                "Put the value in quotes: one of its characters means something else to a shell."
            }
            Self::RareCharacter => {
                "Parsers disagree here: control characters and rare kinds of white space are trimmed by some, end the \
                 line for others, and are kept by the rest. Put the value in quotes, or take them out of a comment."
            }
            Self::EqualsQuote => {
                "Parsers disagree here: phpdotenv takes =\" in a value for the beginning of one of several lines."
            }
            Self::Encrypted => {
                "A value that begins with encrypted: is decrypted by dotenvx when it has a private key, and kept by \
                 all others."
            }
        }
    }
}
