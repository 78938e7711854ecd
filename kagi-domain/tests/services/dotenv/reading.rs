//! Any text is read, and none of it is lost.

use kagi_domain::dotenv::{Document, LineKind, Quote, Target};
use kagi_tests::{hostile::Hostile, samples::secret};
use proptest::prelude::*;

use super::read_as;

/// What a line with the name K is read as.
fn value(text: &str) -> String {
    let mut pairs = read_as(Target::Portable, text);
    assert_eq!(pairs.len(), 1, "{text:?}: {pairs:?}");
    let (name, value) = pairs.remove(0);
    assert_eq!(name, "K", "{text:?}");
    value
}

#[test]
fn values_are_read_as_most_parsers_do() {
    for (text, expected) in [
        ("K=", ""),
        ("K=v", "v"),
        ("K=v  \t", "v"),
        ("K=a=b", "a=b"),
        ("K = v", "v"),
        ("  K=v", "v"),
        ("K: v", "v"),
        ("export K=v", "v"),
        ("export\t K='v'", "v"),
        ("K=a b", "a b"),
        ("K=a#b", "a#b"),
        ("K=#b", "#b"),
        ("K=a #b", "a"),
        ("K=a\t# b # c", "a"),
        ("K= # b", ""),
        ("K='a b' # c", "a b"),
        ("K='a'#c", "a"),
        ("K=\"a#b\"", "a#b"),
        ("K=`a b`", "a b"),
        ("K=''", ""),
        ("K=' v '", " v "),
        (r#"K="a\nb\r\t\\\"\$x\q""#, "a\nb\r\t\\\"$x\\q"),
        (r"K='a\nb\\\q'", r"a\nb\\\q"),
        (r"K='it\'s'", "it's"),
        (r"K='it'\''s'", "it's"),
        (r"K='C:\'", r"C:\"),
        (r#"K="C:\""#, r"C:\"),
        ("K='a\nb'", "a\nb"),
        ("K=\"a\r\nb\" # c", "a\r\nb"),
        ("K=$A${B}$(c)`d`", "$A${B}$(c)`d`"),
        ("K=\"${A:-b}\"", "${A:-b}"),
        ("\u{feff}K=v", "v"),
        ("K=v\r\n", "v"),
        ("K=v\r# c\r", "v"),
        ("K=\"abc", "\"abc"),
        ("K='abc\n# it ends here", "'abc"),
        ("K=\"a\" b", "\"a\" b"),
        ("K=it's", "it's"),
    ] {
        assert_eq!(value(text), expected, "{text:?}");
    }
}

#[test]
fn an_open_quote_does_not_swallow_what_follows() {
    let pairs = read_as(Target::Portable, "A=\"abc\nB=\"def\"\nC='x\nD='y'\nE=`\n");
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs, [("A", "\"abc"), ("B", "def"), ("C", "'x"), ("D", "y"), ("E", "`")]);
}

#[test]
fn names_are_read_as_they_stand_there() {
    for (text, name) in [
        ("kEy=v", "kEy"),
        ("a.b-c=v", "a.b-c"),
        ("1A=v", "1A"),
        ("export=v", "export"),
        ("export = v", "export"),
        ("exported=v", "exported"),
        ("鍵=v", "鍵"),
        ("http://x=v", "http://x"),
        ("\"K\"=v", "\"K\""),
    ] {
        assert_eq!(read_as(Target::Portable, text), [(name.to_owned(), "v".to_owned())], "{text:?}");
    }
    for text in ["", "\n", "# K=v", "K", "=v", "a b=c", "export K", "export", "\u{feff}", ": v"] {
        assert_eq!(read_as(Target::Portable, text), [], "{text:?}");
    }
}

#[test]
fn lines_are_numbered_as_editors_do() {
    let text = secret("# a\r\n\r\nA='1\n2\r3'\rB=2\nwhat\n \t\nexport C=`x`");
    let document = Document::read(&text);
    let lines: Vec<_> = document.lines().map(|line| (line.number(), line.kind())).collect();
    let (other, blank) = (LineKind::Other, LineKind::Blank);
    let set = LineKind::Assignment;
    assert_eq!(
        lines,
        [(1, LineKind::Comment), (2, blank), (3, set), (6, set), (7, other), (8, blank), (9, set)]
    );
    let pairs: Vec<_> = document.assignments().map(|a| (a.line(), a.quote(), a.is_exported())).collect();
    assert_eq!(pairs, [(3, Some(Quote::Single), false), (6, None, false), (9, Some(Quote::Backtick), true)]);
}

#[test]
fn a_target_reads_what_others_read_differently() {
    for (target, text, expected) in [
        (Target::Node, r#"K="a\tb\\\n\"""#, "a\\tb\\\\\n\\\""),
        (Target::Node, "K='a\r\nb\rc'", "a\nb\nc"),
        (Target::Next, r"K='a\$b'", "a$b"),
        (Target::Python, r"K='a\\b\'c${:-$}{d}'", r"a\b'c${d}"),
        (Target::Python, "K=`a`", "`a`"),
        (Target::Compose, r"K='a\'b\\'", r"a'b\\"),
        (Target::Dotenvy, r"K='a\'", r"a\"),
        (Target::Shell, r"K='a\'\''b'", r"a\'b"),
        (Target::Shell, r#"K="a\nb\$""#, r"a\nb$"),
        (Target::DockerRun, "K= 'a' # b ", " 'a' # b "),
    ] {
        assert_eq!(read_as(target, text), [("K".to_owned(), expected.to_owned())], "{target:?} {text:?}");
    }
}

/// The lines hold the text without a gap, and give it back.
fn keeps_everything(text: &str) {
    let text = secret(text);
    for target in Target::ALL {
        let document = Document::read_as(target, &text);
        assert_eq!(document.to_text().expose(), text.expose());
        let mut at = if document.has_bom() { 3 } else { 0 };
        let mut number = 0;
        for line in document.lines() {
            assert!(line.span().start == at && line.span().end > at && line.number() > number);
            assert_eq!(line.expose(), &text.expose()[line.span()]);
            (at, number) = (line.span().end, line.number());
        }
        assert_eq!(at, text.expose().len());
    }
}

proptest! {
    #[test]
    fn no_byte_of_a_text_is_lost(text in any::<String>()) {
        keeps_everything(&text);
    }

    #[test]
    fn no_byte_of_a_hostile_text_is_lost(seed: u64) {
        let hostile = Hostile::new(seed);
        let lines: Vec<_> =
            (0..20).map(|n| format!("{}={}{}", hostile.name(n), hostile.pieces(), hostile.characters())).collect();
        keeps_everything(&hostile.mutated(&lines.join("\n")));
    }
}

#[test]
fn debug_shows_nothing_of_a_text() {
    let text = secret("hunter=hunter2");
    let document = Document::read(&text);
    let assignment = document.assignments().next().unwrap();
    assert_eq!(format!("{document:?} {assignment:?}"), "Document(1 lines) Assignment(line 1)");
}
