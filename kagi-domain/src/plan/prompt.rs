//! A request in plain words.

use super::leak;

/// A request in plain words: 1 to 2,000 characters after trimming, line breaks and tabs welcome, no
/// other control characters, and nothing in it that is shaped like a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt(String);

/// Why a prompt was refused. Neither sentence quotes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PromptError {
    /// Nothing but blanks.
    #[error("Please say what the file is for.")]
    Empty,
    /// Longer than [`Prompt::MAX_CHARS`].
    #[error("Use at most 2,000 characters.")]
    TooLong,
    /// A control character other than a line break or a tab.
    #[error("Control characters are not allowed here.")]
    Control,
    /// Something in it is shaped like a key, a token, a password in an address, or a private key.
    #[error(
        "This looks like it holds a key or a password. Nothing was sent. Please take it out: describe \
         what you need, and store the value as an entry instead."
    )]
    Secret,
}

impl Prompt {
    /// The longest prompt.
    pub const MAX_CHARS: usize = 2000;

    /// Reads a prompt.
    ///
    /// # Errors
    ///
    /// [`PromptError`].
    pub fn parse(text: &str) -> Result<Self, PromptError> {
        let text = text.trim();
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        match text {
            "" => Err(PromptError::Empty),
            _ if text.chars().count() > Self::MAX_CHARS => Err(PromptError::TooLong),
            _ if text.chars().any(odd) => Err(PromptError::Control),
            _ if leak::holds_a_secret(text) => Err(PromptError::Secret),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
