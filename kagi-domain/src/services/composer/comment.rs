//! Texts from outside that are shown, or stand in a file's comment.

use std::fmt;

/// A text of one line: no control characters, no line separators, nothing that turns the direction of
/// writing, at most [`Comment::MAX_CHARS`] characters. It is otherwise as it was written, so that a page
/// escapes it like any other text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comment(String);

impl Comment {
    /// The longest.
    pub const MAX_CHARS: usize = 200;

    /// Makes a text harmless.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut line = String::new();
        // Whatever the text's length, no more of it is looked at than can be shown.
        for char in text.chars().take(4 * Self::MAX_CHARS) {
            match char {
                _ if turns(char) => {}
                _ if breaks(char) => line.push(' '),
                _ => line.push(char),
            }
        }
        let mut words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = words.char_indices().nth(Self::MAX_CHARS) {
            words.truncate(end);
        }
        Self(words)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn breaks(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')
}

/// Marks that turn the direction of writing, and marks that nobody sees.
fn turns(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{180e}' | '\u{3164}' | '\u{e0000}'..='\u{e0fff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_gives_a_harmless_line(text in any::<String>()) {
            let comment = Comment::new(&text);
            prop_assert!(!comment.as_str().chars().any(|char| breaks(char) || turns(char)));
            prop_assert!(comment.as_str().chars().count() <= Comment::MAX_CHARS);
            prop_assert_eq!(&Comment::new(comment.as_str()), &comment);
        }
    }

    #[test]
    fn a_comment_is_one_harmless_line() {
        let comment = Comment::new(" a\nEVIL=1\r\n\u{2028}b\u{202e}\u{e0041}\u{0}c\td  ");
        assert_eq!(comment.as_str(), "a EVIL=1 b c d");
        assert_eq!(Comment::new(&"鍵".repeat(1_000_000)).as_str().chars().count(), Comment::MAX_CHARS);
        assert_eq!(Comment::new("<b>it's</b> \\").as_str(), "<b>it's</b> \\");
    }
}
