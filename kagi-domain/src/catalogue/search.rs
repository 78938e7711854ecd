//! Looking a service up.

use super::{Service, all};
use crate::text::fold;

/// The services that a text names, the closest first; every service when it is blank.
///
/// Each of the text's words must occur, whatever its case and width: in the name, a variable, a
/// synonym, or the sentence about it. One of a letter or two must begin a word of the name or of a
/// synonym: nearly everything holds an `a`. A service whose name begins with the text comes before one
/// that is only called so, and that before one that merely mentions it.
#[must_use]
pub fn search(text: &str) -> Vec<&'static Service> {
    let wanted = fold(text.trim());
    let mut found: Vec<_> =
        all().filter_map(|service| Some((closeness(service, &wanted)?, service))).collect();
    // The sort is stable: equally close ones stay in the catalogue's order.
    found.sort_by_key(|(closeness, _)| *closeness);
    found.into_iter().map(|(_, service)| service).collect()
}

fn closeness(service: &Service, wanted: &str) -> Option<u8> {
    let name = fold(service.name);
    let called = [&name, service.slug].into_iter().chain(service.words.iter().copied());
    let called: Vec<&str> = called.collect();
    let names: Vec<_> = service.names().iter().map(|name| name.to_lowercase()).collect();
    let about = fold(service.about);
    let told = || called.iter().copied().chain(names.iter().map(String::as_str));
    let occurs = |word: &str| match word.chars().nth(2) {
        None => called.iter().any(|text| begins_a_word(text, word)),
        Some(_) => told().any(|text| text.contains(word)) || about.contains(word),
    };
    if !wanted.split_whitespace().all(occurs) {
        return None;
    }
    Some(match () {
        () if name.starts_with(wanted) => 0,
        () if told().any(|text| text.starts_with(wanted)) => 1,
        () if told().any(|text| text.contains(wanted)) => 2,
        () => 3,
    })
}

fn begins_a_word(text: &str, start: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slugs(text: &str) -> Vec<&'static str> {
        search(text).iter().map(|service| service.slug).collect()
    }

    #[test]
    fn the_closest_comes_first() {
        for (text, first) in [
            ("openai", "openai"),
            ("  OpenAI ", "openai"),
            ("gpt", "openai"),
            ("ＳＴＲＩＰＥ", "stripe"),
            ("claude", "anthropic"),
            ("postgres", "postgresql"),
            ("database_url", "postgresql"),
            ("AWS_SECRET", "aws"),
            ("s3", "aws"),
            ("google maps", "google-maps"),
            ("maps google", "google-maps"),
            ("captcha", "turnstile"),
        ] {
            assert_eq!(slugs(text).first(), Some(&first), "{text}");
        }
    }

    #[test]
    fn every_word_must_occur() {
        assert!(slugs("stripe openai").is_empty());
        assert!(slugs("no-such-service").is_empty());
        assert_eq!(slugs("xa"), ["xai"]);
        assert!(slugs("a").contains(&"aws") && !slugs("a").contains(&"redis"));
        assert!(slugs("%").is_empty() && slugs("\\").is_empty(), "a search is literal");
    }

    #[test]
    fn a_blank_search_is_everything_in_order() {
        let everything: Vec<_> = all().map(|service| service.slug).collect();
        assert_eq!(slugs(" \t"), everything);
    }
}
