//! Codes as services hand them out: one text that holds them all.

use crate::{model::recovery_set::RecoveryCodes, secret::SecretText};

/// What stands between two codes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// Line breaks, blanks and commas, any number of them.
    #[default]
    Any,
    /// Line breaks only: some services print a code with a blank in it.
    LineBreak,
}

impl Separator {
    fn separates(self, c: char) -> bool {
        match self {
            Self::Any => c.is_whitespace() || c == ',',
            Self::LineBreak => c == '\n' || c == '\r',
        }
    }
}

/// The codes in a text, in order, without the blanks round them; what is empty between separators is
/// none. Gives one code more than [`RecoveryCodes::MOST`] at most, which [`RecoveryCodes::new`]
/// refuses like any longer list.
#[must_use]
pub fn split_codes(text: &str, at: Separator) -> Vec<SecretText> {
    let pieces = text.split(|c| at.separates(c)).map(str::trim).filter(|piece| !piece.is_empty());
    pieces.take(RecoveryCodes::MOST + 1).map(|piece| SecretText::new(piece.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn split(text: &str, at: Separator) -> Vec<String> {
        split_codes(text, at).iter().map(|code| code.expose().to_owned()).collect()
    }

    #[test]
    fn services_hand_codes_out_in_many_forms() {
        for text in ["a1-b2\nc3-d4", " a1-b2,c3-d4, ", "a1-b2\t\tc3-d4\r\n\r\n", ",a1-b2 ,\u{3000}c3-d4,,"] {
            assert_eq!(split(text, Separator::Any), ["a1-b2", "c3-d4"], "{text:?}");
        }
        let printed = " 1234 5678\r\n\r\n8765 4321, \n";
        assert_eq!(split(printed, Separator::LineBreak), ["1234 5678", "8765 4321,"]);
        assert_eq!(split(printed, Separator::Any), ["1234", "5678", "8765", "4321"]);
        assert!(split(" ,\n, ", Separator::Any).is_empty());
        assert_eq!(split(&"x ".repeat(5000), Separator::Any).len(), RecoveryCodes::MOST + 1);
    }

    proptest! {
        #[test]
        fn what_was_joined_comes_apart_again(
            codes in vec("[^\\s,\\p{White_Space}]{1,12}", 0..=100),
            gaps in vec("[ \t\r\n,\u{85}\u{2028}\u{3000}]{1,4}", 102),
        ) {
            let codes_and_end = codes.iter().map(String::as_str).chain([""]);
            let joined: String =
                gaps.iter().zip(codes_and_end).flat_map(|(gap, code)| [gap.as_str(), code]).collect();
            prop_assert_eq!(split(&joined, Separator::Any), codes);
        }

        #[test]
        fn nothing_but_separators_is_lost(text in "(\\PC|[ \r\n,a-d]){0,80}") {
            for at in [Separator::Any, Separator::LineBreak] {
                let pieces = split(&text, at);
                prop_assert!(pieces.iter().all(|piece| !piece.is_empty() && piece.trim() == piece));
                prop_assert!(pieces.iter().all(|piece| !piece.contains(|c| at.separates(c))));
                let kept = |text: &str| text.replace(|c: char| c.is_whitespace() || at.separates(c), "");
                prop_assert_eq!(kept(&pieces.concat()), kept(&text));
            }
        }
    }
}
