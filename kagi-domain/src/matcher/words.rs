//! A text as a list of words, whatever its script.

use unicode_normalization::UnicodeNormalization;

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing, or a sign that holds words together: `next.js`, `e-mail`.
    Joint,
    /// A blank.
    Blank,
    /// A comma or the like.
    Comma,
    /// The end of a sentence, or the beginning of the text.
    Stop,
}

/// A word, or one character of a script that sets no blanks between words.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Folded: lower case, compatibility forms resolved, no accents.
    pub(crate) text: String,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// What stands before it.
    pub(crate) gap: Gap,
}

/// Takes a text apart.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let (mut words, mut word, mut between) = (Vec::new(), String::new(), String::from("\n"));
    for char in text.nfkc() {
        let solid = is_ideographic(char);
        // `don't` is one word; `l'API` and `d'e-mails` are two.
        let elided = matches!(char, '\'' | '’') && word.chars().count() > 2;
        if elided {
            continue;
        }
        if char.is_alphanumeric() && !solid || char == '_' {
            word.push(char);
            continue;
        }
        close(&mut words, &mut word, &mut between);
        if solid {
            word.push(char);
            close(&mut words, &mut word, &mut between);
        } else {
            between.push(char);
        }
    }
    close(&mut words, &mut word, &mut between);
    words
}

fn close(words: &mut Vec<Word>, word: &mut String, between: &mut String) {
    if word.is_empty() {
        return;
    }
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    words.push(Word { text: folded(word), capital, gap: gap(between) });
    word.clear();
    between.clear();
}

/// The folded form of a single word.
fn folded(word: &str) -> String {
    let accent = |char: &char| ('\u{300}'..='\u{36f}').contains(char);
    word.to_lowercase().nfd().filter(|char| !accent(char)).nfc().collect()
}

fn gap(between: &str) -> Gap {
    let ends = |char| matches!(char, '。' | '!' | '?' | ';' | '\n' | '¿' | '¡');
    let mut chars = between.chars().peekable();
    let (mut found, mut before) = (Gap::Joint, None);
    while let Some(char) = chars.next() {
        let blank_follows = chars.peek().is_some_and(|next| next.is_whitespace());
        found = found.max(match char {
            _ if ends(char) => Gap::Stop,
            // A full stop, not the dot of `next.js` or of `.env`.
            '.' if blank_follows && before.is_none() => Gap::Stop,
            ',' | '、' | ':' | '(' | ')' | '—' | '–' => Gap::Comma,
            _ if char.is_whitespace() => Gap::Blank,
            _ => Gap::Joint,
        });
        before = Some(char);
    }
    found
}

/// Chinese characters and Japanese syllables.
fn is_ideographic(char: char) -> bool {
    matches!(char, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        let shown = |word: Word| {
            let sign = match word.gap {
                Gap::Joint => "",
                Gap::Blank => " ",
                Gap::Comma => ",",
                Gap::Stop => "|",
            };
            format!("{sign}{}", word.text)
        };
        words(text).into_iter().map(shown).collect()
    }

    #[test]
    fn texts_come_apart_in_every_script() {
        assert_eq!(seen("Next.js, e-mail. Don’t"), ["|next", "js", ",e", "mail", "|dont"]);
        assert_eq!(seen("the .env of l'API"), ["|the", " env", " of", " l", "api"]);
        assert_eq!(seen("用OpenAI和ＡＷＳ。本番"), ["|用", "openai", "和", "aws", "|本", "番"]);
        assert_eq!(seen("Schlüssel, sesión, キーガ"), ["|schlussel", ",sesion", ",キ", "ー", "ガ"]);
        assert_eq!(seen("OPENAI_API_KEY"), ["|openai_api_key"]);
        assert!(seen(" \n").is_empty());
    }
}
