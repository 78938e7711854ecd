//! Where two texts differ.

use maud::{Markup, html};

/// Both texts with the stretch in which they differ marked: what they begin and end with alike is not.
pub(crate) fn marked(one: &str, other: &str) -> [Markup; 2] {
    let start = alike(one.chars(), other.chars());
    let (one_rest, other_rest) =
        (one.get(start..).unwrap_or_default(), other.get(start..).unwrap_or_default());
    let end = alike(one_rest.chars().rev(), other_rest.chars().rev());
    [one, other].map(|text| {
        let until = text.len() - end;
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        let (before, between, after) = (part(0..start), part(start..until), part(until..text.len()));
        html! { (before) @if !between.is_empty() { mark { (between) } } (after) }
    })
}

/// How many bytes two texts have alike from where they are read.
fn alike(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(one: &str, other: &str) -> [String; 2] {
        marked(one, other).map(Markup::into_string)
    }

    #[test]
    fn only_what_differs_is_marked() {
        let table = [
            ("abc", "abc", "abc", "abc"),
            ("key-1-x", "key-22-x", "key-<mark>1</mark>-x", "key-<mark>22</mark>-x"),
            ("aa", "aaa", "aa", "aa<mark>a</mark>"),
            ("", "new", "", "<mark>new</mark>"),
            ("é", "è", "<mark>é</mark>", "<mark>è</mark>"),
            ("<b>", "<i>", "&lt;<mark>b</mark>&gt;", "&lt;<mark>i</mark>&gt;"),
        ];
        for (one, other, left, right) in table {
            assert_eq!(texts(one, other), [left, right]);
        }
    }

    #[test]
    fn no_text_is_lost() {
        const LETTERS: [&str; 4] = ["", "a", "鍵", "🗝"];
        let pairs = LETTERS.iter().flat_map(|a| LETTERS.map(|b| format!("{a}{b}")));
        let words: Vec<String> = pairs.flat_map(|pair| LETTERS.map(|c| format!("{pair}{c}"))).collect();
        for one in &words {
            for other in &words {
                let plain = texts(one, other).map(|text| text.replace("<mark>", "").replace("</mark>", ""));
                assert_eq!(plain, [one.clone(), other.clone()]);
            }
        }
    }
}
