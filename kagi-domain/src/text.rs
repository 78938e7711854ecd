//! Texts that were checked once, at the boundary, and are right from then on.

use std::{fmt, str::FromStr};

use unicode_normalization::UnicodeNormalization;

/// Why a text was refused. The sentences are shown to people; none quotes the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("Please fill this in.")]
    Empty,
    /// Longer than the given number of characters.
    #[error("Use at most {0} characters.")]
    TooLong(usize),
    /// A line break or another control character in a one-line text.
    #[error("Line breaks and control characters are not allowed here.")]
    Control,
    /// U+0000, which databases cannot keep.
    #[error("The text must not contain a NUL character.")]
    Nul,
    /// Not `[A-Za-z_][A-Za-z0-9_]*`.
    #[error("Use letters, digits and underscores only, and start with a letter or an underscore.")]
    EnvVarName,
    /// Not `#rrggbb`.
    #[error("Give a colour as # and six hexadecimal digits, such as #3366ff.")]
    Color,
    /// Not a slug.
    #[error("Use lower-case letters, digits and hyphens only.")]
    Slug,
    /// Not an e-mail address.
    #[error("This is not an e-mail address.")]
    Email,
}

/// Folds a text for search and uniqueness: NFKC, then Unicode lower case, then NFKC again (lower
/// casing can denormalise). Both databases store and compare this form, so they agree.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase().nfkc().collect()
}

fn one_line(text: &str, limit: usize) -> Result<&str, TextError> {
    let text = text.trim();
    match text {
        "" => Err(TextError::Empty),
        _ if text.contains('\0') => Err(TextError::Nul),
        _ if text.chars().any(char::is_control) => Err(TextError::Control),
        _ if text.chars().count() > limit => Err(TextError::TooLong(limit)),
        _ => Ok(text),
    }
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $parse:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The folded text, by which two spellings are one; see [`fold`].
            #[must_use]
            pub fn key(&self) -> String {
                fold(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = TextError;

            fn from_str(text: &str) -> Result<Self, TextError> {
                let parse: fn(&str) -> Result<String, TextError> = $parse;
                parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_type! {
    /// A name: 1 to 255 characters after trimming, no control characters.
    Title, |text| one_line(text, 255).map(str::to_owned)
}

text_type! {
    /// A project's name, by which entries are grouped; the same rules as [`Title`].
    ProjectName, |text| one_line(text, 255).map(str::to_owned)
}

text_type! {
    /// An environment variable's name: `[A-Za-z_][A-Za-z0-9_]*`, at most 255 characters. These are
    /// the only names that every `.env` parser reads.
    EnvVarName, |text| {
        let mut bytes = text.bytes();
        let starts = bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
        match text {
            "" => Err(TextError::Empty),
            _ if text.len() > 255 => Err(TextError::TooLong(255)),
            _ if starts && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_') => Ok(text.to_owned()),
            _ => Err(TextError::EnvVarName),
        }
    }
}

text_type! {
    /// The name of an icon: `[a-z0-9-]`, 1 to 50 characters.
    IconSlug, |text| match text {
        "" => Err(TextError::Empty),
        _ if text.len() > 50 => Err(TextError::TooLong(50)),
        _ if text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') => Ok(text.to_owned()),
        _ => Err(TextError::Slug),
    }
}

text_type! {
    /// A colour, `#rrggbb`, kept in lower case.
    Color, |text| match text.strip_prefix('#') {
        Some(hex) if hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()) => Ok(text.to_ascii_lowercase()),
        _ => Err(TextError::Color),
    }
}

text_type! {
    /// An e-mail address in its one spelling: NFKC, lower case, trimmed, at most 254 characters.
    Email, |text| {
        let text = fold(text.trim());
        let text = text.trim();
        let parts = text.split_once('@');
        let shaped = parts.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'));
        match text {
            "" => Err(TextError::Empty),
            _ if text.chars().count() > 254 => Err(TextError::TooLong(254)),
            _ if shaped && !text.chars().any(|c| c.is_control() || c.is_whitespace()) => Ok(text.to_owned()),
            _ => Err(TextError::Email),
        }
    }
}

/// Free text of at most `LIMIT` characters, line breaks welcome, kept as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose<const LIMIT: usize>(String);

/// What a category or an entry is for.
pub type Description = Prose<1000>;
/// Remarks on an entry.
pub type Notes = Prose<2000>;

impl<const LIMIT: usize> Prose<LIMIT> {
    /// Reads a text; one of nothing but blanks is none at all.
    ///
    /// # Errors
    ///
    /// [`TextError::TooLong`], [`TextError::Nul`] or [`TextError::Control`] (tab, CR and LF are fine).
    pub fn parse(text: &str) -> Result<Option<Self>, TextError> {
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        match text {
            _ if text.trim().is_empty() => Ok(None),
            _ if text.contains('\0') => Err(TextError::Nul),
            _ if text.chars().any(odd) => Err(TextError::Control),
            _ if text.chars().count() > LIMIT => Err(TextError::TooLong(LIMIT)),
            _ => Ok(Some(Self(text.to_owned()))),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_one_spelling() {
        for spelling in
            ["Ada@Example.com", "  ada@example.COM ", "\u{ff21}da@example.com", "ADA@EXAMPLE.COM\u{3000}"]
        {
            assert_eq!(spelling.parse::<Email>().unwrap().as_str(), "ada@example.com");
        }
        for wrong in ["", "ada", "@x", "ada@", "a@b@c", "a b@c", "a@b\u{0}"] {
            assert!(wrong.parse::<Email>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn titles_are_one_line() {
        assert_eq!(" OpenAI API ".parse::<Title>().unwrap().as_str(), "OpenAI API");
        assert_eq!("a\nb".parse::<Title>(), Err(TextError::Control));
        assert_eq!("\0".parse::<Title>(), Err(TextError::Nul));
        assert_eq!("鍵".repeat(256).parse::<Title>(), Err(TextError::TooLong(255)));
        assert!("鍵".repeat(255).parse::<Title>().is_ok());
    }

    #[test]
    fn env_var_names_are_what_every_parser_reads() {
        for good in ["A", "_", "OPENAI_API_KEY", "a1"] {
            assert!(good.parse::<EnvVarName>().is_ok());
        }
        for bad in ["", "1A", "A-B", "A.B", "Ä", "A B", "A=", "A\n"] {
            assert!(bad.parse::<EnvVarName>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn folding_is_stable() {
        for text in ["STRASSE", "ſtraße", "İ", "Ⅸ", "ＡＢＣ", "ΑΣ"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }
}
