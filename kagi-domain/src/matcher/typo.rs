//! Slips of the finger.

/// Whether `typed` is `name` with one slip: a letter too many, too few, wrong, or two the wrong way
/// round. Both begin alike, and short names end alike too, but for a swap: `strip` is a word, `stirpe` is
/// not. The shortest names may have a letter doubled, no more.
pub(super) fn is_slip_of(typed: &str, name: &str) -> bool {
    // Nearly every word is told apart by this much.
    if typed.chars().next() != name.chars().next() || typed.len().abs_diff(name.len()) > 4 {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (typed.chars().collect(), name.chars().collect());
    let ends_alike = a.last() == b.last() || b.len() >= 8 || (a.len() == b.len() && swapped(&a, &b));
    let doubled =
        b.len() == 5 && a.len() == 6 && a.windows(2).any(|pair| matches!(pair, [one, other] if one == other));
    let long = b.len() >= 6 && ends_alike;
    (long || doubled) && a.len().abs_diff(b.len()) <= 1 && one_slip(&a, &b)
}

/// Whether both have the same letters.
fn swapped(a: &[char], b: &[char]) -> bool {
    let sorted = |letters: &[char]| {
        let mut letters = letters.to_vec();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

fn one_slip(typed: &[char], name: &[char]) -> bool {
    let start = typed.iter().zip(name).take_while(|(one, other)| one == other).count();
    let (typed, name) = (typed.get(start..).unwrap_or_default(), name.get(start..).unwrap_or_default());
    let end = typed.iter().rev().zip(name.iter().rev()).take_while(|(one, other)| one == other).count();
    let left = typed.get(..typed.len().saturating_sub(end)).unwrap_or_default();
    let right = name.get(..name.len().saturating_sub(end)).unwrap_or_default();
    match (left, right) {
        ([] | [_], [_]) | ([_], []) => true,
        ([first, second], [third, fourth]) => first == fourth && second == third,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_forgiven_words_are_not() {
        for (typed, name) in [
            ("stirpe", "stripe"),
            ("openia", "openai"),
            ("rediss", "redis"),
            ("strpe", "stripe"),
            ("supbase", "supabase"),
            ("sengrid", "sendgrid"),
            ("twillio", "twilio"),
            ("antropic", "anthropic"),
            ("clouflare", "cloudflare"),
            ("postgress", "postgres"),
        ] {
            assert!(is_slip_of(typed, name), "{typed}");
        }
        for (typed, name) in [
            ("strip", "stripe"),
            ("stripes", "stripe"),
            ("stripe", "stripe"),
            ("motion", "notion"),
            ("entry", "sentry"),
            ("stack", "slack"),
            ("resent", "resend"),
            ("radis", "redis"),
            ("github", "gitlab"),
            ("", "stripe"),
        ] {
            assert!(!is_slip_of(typed, name), "{typed}");
        }
    }
}
