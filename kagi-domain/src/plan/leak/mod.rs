//! What is shaped like a key. A prompt never needs one, so that doubt is decided against the text:
//! also a UUID or a commit's digest is taken for a key, as several services give out keys of that form.

mod vendor;

/// Whether something in the text is shaped like a key, a token, or an address with a password.
#[must_use]
pub fn holds_a_secret(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || "_-+/=.~:@%!$*&^?#".contains(c);
    text.contains("-----BEGIN ") || text.split(|c| !inside(c)).any(is_secret)
}

fn is_secret(token: &str) -> bool {
    if has_password(token) {
        return true;
    }
    // An assignment's name, an address' scheme and a sentence's full stop are no part of the key.
    let parts = token.split(['=', ':', '@', '?', '&', '#', '!', '$', '*', '^', '%', '~']);
    parts.map(|part| (part, part.trim_matches(['.', '/', '-', '_']))).any(|(whole, part)| {
        part.split('/').any(vendor::is_key)
            || is_uuid(part)
            || part.split(['.', '/']).any(is_random)
            || is_random(part)
            || is_aws_secret(whole.trim_matches('.'))
    })
}

/// `scheme://user:password@host`
fn has_password(token: &str) -> bool {
    let Some((_, rest)) = token.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    user.split_once(':').is_some_and(|(_, password)| !password.is_empty())
}

fn is_uuid(part: &str) -> bool {
    let groups: Vec<_> = part.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Long, and of letters and digits without order. Random text changes between them at every other
/// character, words and names do not.
fn is_random(part: &str) -> bool {
    let restless = |found: &Classes| found.changes * 3 >= found.length;
    let solid = part.split(['-', '_', '+', '/']).any(|run| {
        let found = Classes::of(run);
        let cases = found.lower.min(found.upper);
        let hex = found.length >= 32 && found.digits >= 4 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
        let short = found.length >= 20 && found.digits >= 1 && found.digits < found.length;
        hex || (restless(&found) && (short || (found.length >= 32 && cases >= found.length / 4)))
    });
    let all = Classes::of(part);
    let cases = all.lower.min(all.upper);
    let mixed = (all.digits >= 2 && cases >= 4) || (all.length >= 28 && cases >= all.length / 3);
    solid || (all.length >= 20 && mixed && restless(&all))
}

/// Forty characters of base64 with a `/` or `+`, as AWS gives them out. A path of as many is mostly of
/// words, be they joined by capitals.
fn is_aws_secret(part: &str) -> bool {
    let signed = part.contains(['/', '+']);
    let base64 = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+'));
    let runs = part.split(|c: char| !c.is_ascii_lowercase()).map(str::len);
    let words: usize = runs.filter(|run| *run >= 3).sum();
    let found = Classes::of(part);
    let all_kinds = found.lower >= 1 && found.upper >= 1 && found.digits >= 1;
    part.len() == 40 && signed && base64 && all_kinds && found.changes >= 10 && words < 20
}

#[derive(Default)]
struct Classes {
    length: usize,
    lower: usize,
    upper: usize,
    digits: usize,
    /// How often the next character is of another kind.
    changes: usize,
}

impl Classes {
    fn of(text: &str) -> Self {
        let mut found = Self::default();
        let mut last = None;
        for byte in text.bytes() {
            found.length += 1;
            let kind = match byte {
                b'a'..=b'z' => &mut found.lower,
                b'A'..=b'Z' => &mut found.upper,
                b'0'..=b'9' => &mut found.digits,
                _ => {
                    last = None;
                    continue;
                }
            };
            *kind += 1;
            let class = (byte.is_ascii_lowercase(), byte.is_ascii_uppercase());
            found.changes += usize::from(last.is_some_and(|last| last != class));
            last = Some(class);
        }
        found
    }

    /// Words have neither digits among their letters nor capitals within.
    const fn are_of_a_key(&self) -> bool {
        self.changes >= 3 && (self.digits >= 2 || (self.upper >= 2 && self.lower >= 2))
    }
}

#[cfg(test)]
mod tests;
