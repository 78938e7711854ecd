//! Forms as browsers send them. What cannot be read is refused: a secret that was read loosely would be
//! kept as another one, and nobody would know before it is needed.

use percent_encoding::percent_decode;
use poem::Request;
use zeroize::Zeroizing;

use crate::{body::invalid, problem::Problem};

/// The media type.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// A field's name and value.
type Pair = (String, Zeroizing<String>);

/// Whether a request says that it sends a form.
pub(crate) fn is_form(request: &Request) -> bool {
    let kind = request.content_type().and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case(FORM)
}

/// The fields in their order, each byte as it was sent but for line breaks.
///
/// # Errors
///
/// A problem with a sentence when a `%` begins no escape, or a text is not UTF-8.
pub(super) fn pairs(body: &[u8]) -> Result<Vec<Pair>, Problem> {
    body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

fn pair(pair: &[u8]) -> Result<Pair, Problem> {
    let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
    let (name, value) = pair.split_at(end);
    Ok((text(name)?.to_string(), line_feeds(&text(value.get(1..).unwrap_or_default())?)))
}

fn text(encoded: &[u8]) -> Result<Zeroizing<String>, Problem> {
    // The library lets a stray `%` stand for itself.
    let mut rest = encoded;
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        rest = match rest.get(at..).unwrap_or_default() {
            [_, high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => rest,
            _ => return Err(refused("The form holds a % that begins no escape.")),
        };
    }
    let spaced: Zeroizing<Vec<u8>> =
        Zeroizing::new(encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect());
    // Decoding only shortens, so that the buffer never moves.
    let mut bytes = Zeroizing::new(Vec::with_capacity(spaced.len()));
    bytes.extend(percent_decode(&spaced));
    let text =
        std::str::from_utf8(&bytes).map_err(|_| refused("The form holds a text that is not UTF-8."))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The sentence is the page's too.
fn refused(sentence: &'static str) -> Problem {
    Problem { message: format!("{sentence} Nothing was saved.").into(), ..invalid(sentence) }
}

/// Browsers send every line break as CR LF, whatever was typed or pasted.
fn line_feeds(value: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(value.len()));
    for (number, line) in value.split("\r\n").enumerate() {
        if number > 0 {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &[u8]) -> Option<Vec<(String, String)>> {
        let plain = |(name, value): Pair| (name, value.to_string());
        Some(pairs(body).ok()?.into_iter().map(plain).collect())
    }

    #[test]
    fn fields_are_read_as_browsers_send_them() {
        let body = b"a=1&b=%E2%82%AC+%2B%25%26%3d&a=&c&&%66=%00\xc3\xa4==";
        let expected = [("a", "1"), ("b", "\u{20ac} +%&="), ("a", ""), ("c", ""), ("f", "\0\u{e4}==")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(read(body).unwrap(), expected);
        assert_eq!(read(b"").unwrap(), []);
    }

    #[test]
    fn what_would_be_kept_as_something_else_is_refused() {
        for body in ["v=abc%FF%FEdef", "v=%C3", "v=%", "v=100%", "v=%4", "v=%zz", "v=%%41", "%FF=v", "v=%+1"]
        {
            assert_eq!(read(body.as_bytes()), None, "{body}");
        }
        assert_eq!(read(b"v=\xff"), None);
        let Err(problem) = pairs(b"v=hunter2%FF") else { panic!("it is not UTF-8") };
        assert!(!format!("{problem:?}").contains("hunter2"));
    }

    #[test]
    fn line_breaks_come_back_as_they_were_pasted() {
        assert_eq!(line_feeds("-----BEGIN\r\nabc\r\n\r\n").as_str(), "-----BEGIN\nabc\n\n");
        assert_eq!(line_feeds("a\rb\nc").as_str(), "a\rb\nc");
    }
}
