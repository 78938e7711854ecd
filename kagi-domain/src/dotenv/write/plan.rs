//! How each target's values are quoted. `docs/DOTENV-DIALECTS.md` says why; a test runs the real parsers.

use super::{
    super::{buffer::SecretBuffer, names, target::Target},
    Refusal,
};

/// What stands for a character, given the one behind it; `None` where the character stands for itself.
type Escape = fn(char, Option<char>) -> Option<&'static str>;

/// A way to write values.
pub(super) struct Style {
    quote: &'static str,
    escape: Escape,
}

const BARE: Style = literal("");
const SINGLE: Style = literal("'");
const DOUBLE: Style = literal("\"");
const BACKTICK: Style = literal("`");

const fn literal(quote: &'static str) -> Style {
    Style { quote, escape: |_, _| None }
}

impl Style {
    const fn escaping(quote: &'static str, escape: Escape) -> Self {
        Self { quote, escape }
    }

    pub(super) fn write(&self, value: &str, out: &mut SecretBuffer) {
        out.push_str(self.quote);
        let mut chars = value.chars().peekable();
        while let Some(char) = chars.next() {
            match (self.escape)(char, chars.peek().copied()) {
                Some(escaped) => out.push_str(escaped),
                None => out.push(char),
            }
        }
        out.push_str(self.quote);
    }
}

/// How the target gets this value under this name.
pub(super) fn style(target: Target, name: &str, value: &str) -> Result<Style, Refusal> {
    if value.contains('\0') {
        return Err(Refusal::Nul);
    }
    if is_kept(target, name) {
        return Err(Refusal::Name);
    }
    match target {
        Target::DockerRun => docker_run(name, value),
        _ if is_bare(value) => Ok(BARE),
        Target::Portable => portable(value),
        Target::Compose => Ok(Style::escaping("\"", in_compose)),
        Target::Dotenvy => Ok(Style::escaping("\"", in_dotenvy)),
        Target::Shell => Ok(Style::escaping("'", in_shell)),
        // A program reads the file as text, which turns a carriage return into a line feed.
        Target::Python if value.contains('\r') => Ok(Style::escaping("\"", in_python_double)),
        Target::Python => Ok(Style::escaping("'", in_python)),
        Target::Node => node(value),
        Target::Next => next(value),
    }
}

fn is_kept(target: Target, name: &str) -> bool {
    match target {
        Target::Portable => names::is_kept_by_next(name) || names::is_kept_by_shells(name),
        Target::Next => names::is_kept_by_next(name),
        Target::Node => names::is_lost_in_node(name),
        Target::Shell => names::is_kept_by_shells(name),
        Target::Compose | Target::Python | Target::Dotenvy | Target::DockerRun => false,
    }
}

/// Whether a value needs no quotes for any parser. The whole of it is looked at: a pattern's `$` would let a
/// last line break pass.
pub(in super::super) fn is_bare(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_./:@%+,=-".contains(&byte);
    value.bytes().all(plain) && !value.starts_with("encrypted:")
}

/// Whether some parser would replace a part of the text, whatever its quotes.
pub(in super::super) fn expands(text: &str) -> bool {
    let begins = |byte: u8| byte.is_ascii_alphanumeric() || b"_{('\"\\$".contains(&byte);
    text.as_bytes().windows(2).any(|pair| matches!(pair, [b'$', next] if begins(*next)))
}

fn portable(value: &str) -> Result<Style, Refusal> {
    let single = !value.contains(['\'', '\n']) && !value.contains(r"\\") && !value.ends_with('\\');
    match value {
        _ if value.contains('\r') => Err(Refusal::CarriageReturn),
        _ if value.contains("\\$") => Err(Refusal::EscapedDollar),
        _ if expands(value) => Err(Refusal::Dollar),
        _ if value.contains("=\"") => Err(Refusal::EqualsQuote),
        _ if single => Ok(SINGLE),
        _ if !value.contains(['"', '\\', '`', '$']) => Ok(DOUBLE),
        _ if value.ends_with('\\') => Err(Refusal::FinalBackslash),
        _ => Err(Refusal::Mixed),
    }
}

fn in_compose(char: char, _: Option<char>) -> Option<&'static str> {
    match char {
        '\n' => Some(r"\n"),
        '\r' => Some(r"\r"),
        _ => in_dotenvy(char, None),
    }
}

/// Real line breaks stay: dotenvy refuses `\r`.
fn in_dotenvy(char: char, _: Option<char>) -> Option<&'static str> {
    match char {
        '\\' => Some(r"\\"),
        '"' => Some("\\\""),
        '$' => Some(r"\$"),
        _ => None,
    }
}

fn in_shell(char: char, _: Option<char>) -> Option<&'static str> {
    (char == '\'').then_some(r"'\''")
}

/// `python-dotenv` replaces `${…}` even in single quotes. A variable of no name, with a dollar for its default,
/// is the one thing that stands for a dollar.
fn in_python(char: char, next: Option<char>) -> Option<&'static str> {
    match (char, next) {
        ('\\', _) => Some(r"\\"),
        ('\'', _) => Some(r"\'"),
        ('$', Some('{')) => Some("${:-$}"),
        _ => None,
    }
}

fn in_python_double(char: char, next: Option<char>) -> Option<&'static str> {
    match char {
        '\'' => None,
        '"' => Some("\\\""),
        '\r' => Some(r"\r"),
        _ => in_python(char, next),
    }
}

/// The first quote that the value does not hold. Escapes are read in double quotes only, and only two.
fn node(value: &str) -> Result<Style, Refusal> {
    if value.ends_with('\\') {
        return Err(Refusal::FinalBackslash);
    }
    let double = !value.contains('"') && !value.contains(r"\n") && !value.contains(r"\r");
    match value {
        _ if value.contains('\r') && double => Ok(Style::escaping("\"", in_node)),
        _ if value.contains('\r') => Err(Refusal::CarriageReturn),
        _ if !value.contains('\'') => Ok(SINGLE),
        _ if double => Ok(DOUBLE),
        _ if !value.contains('`') => Ok(BACKTICK),
        _ => Err(Refusal::Mixed),
    }
}

fn in_node(char: char, _: Option<char>) -> Option<&'static str> {
    (char == '\r').then_some(r"\r")
}

/// As for `dotenv`, with a backslash before each dollar, which `dotenv-expand` takes away again.
fn next(value: &str) -> Result<Style, Refusal> {
    if value.contains(r"\$") {
        return Err(Refusal::EscapedDollar);
    }
    if value.contains("$(") {
        return Err(Refusal::Command);
    }
    let Style { quote, .. } = node(value)?;
    Ok(Style::escaping(quote, in_next))
}

fn in_next(char: char, next: Option<char>) -> Option<&'static str> {
    match char {
        '$' => Some(r"\$"),
        _ => in_node(char, next),
    }
}

/// A line as it is, of 64 KiB with its end.
fn docker_run(name: &str, value: &str) -> Result<Style, Refusal> {
    match value {
        _ if value.contains(['\n', '\r']) => Err(Refusal::LineBreak),
        _ if name.len() + value.len() + 2 > 64 * 1024 => Err(Refusal::TooLong),
        _ => Ok(BARE),
    }
}
