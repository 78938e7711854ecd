//! What is written, what is refused, and that nothing is added.

use kagi_domain::dotenv::{Document, EnvFile, Refusal, Target};
use kagi_tests::{hostile::Hostile, samples::secret};
use proptest::prelude::*;

use super::{name, read_as, written};

/// The value as the target gets it, or why not.
fn form(target: Target, value: &str) -> Result<String, Refusal> {
    let written = written(target, value);
    if let Some(refused) = written.refused.first() {
        assert_eq!(written.assigned, 0);
        return Err(refused.reason);
    }
    let text = written.text.expose();
    Ok(text.strip_prefix("K=").unwrap().strip_suffix('\n').unwrap().to_owned())
}

#[test]
fn each_target_has_its_quotes() {
    use Target::{Compose, DockerRun, Dotenvy, Next, Node, Portable, Python, Shell};
    for (target, value, expected) in [
        (Portable, "", ""),
        (Portable, "AKIA/x+y==", "AKIA/x+y=="),
        (Portable, "two words", "'two words'"),
        (Portable, "a#b", "'a#b'"),
        (Portable, "b\n", "\"b\n\""),
        (Portable, "it's", "\"it's\""),
        (Portable, r"C:\x", r"'C:\x'"),
        (Portable, "costs 5 $", "'costs 5 $'"),
        (Portable, "encrypted:x", "'encrypted:x'"),
        (Compose, "a\\\"$\n\r'", r#""a\\\"\$\n\r'""#),
        (Dotenvy, "a\\\"$\n\r'", "\"a\\\\\\\"\\$\n\r'\""),
        (Shell, "it's $5", r"'it'\''s $5'"),
        (Python, "it's \\ ${A} $B", r"'it\'s \\ ${:-$}{A} $B'"),
        (Python, "it's\r\n\"\\${A}", "\"it's\\r\n\\\"\\\\${:-$}{A}\""),
        (Node, "it's $A", "\"it's $A\""),
        (Node, "it's \\n", "`it's \\n`"),
        (Node, "a\r\n", "\"a\\r\n\""),
        (Next, "it's $A", "\"it's \\$A\""),
        (Next, "$2b$10$x", r"'\$2b\$10\$x'"),
        (DockerRun, "'a' # $b\\", "'a' # $b\\"),
    ] {
        assert_eq!(form(target, value).as_deref(), Ok(expected), "{target:?} {value:?}");
    }
}

#[test]
fn what_a_target_cannot_express_is_refused_with_the_reason() {
    use Target::{DockerRun, Next, Node, Portable};
    for (target, value, reason) in [
        (Portable, "a\rb", Refusal::CarriageReturn),
        (Portable, "$2b$10$x", Refusal::Dollar),
        (Portable, "a\\$ b", Refusal::EscapedDollar),
        (Portable, "{a=\"b\"}", Refusal::EqualsQuote),
        (Portable, "a\\", Refusal::FinalBackslash),
        (Portable, "it's \"x\"", Refusal::Mixed),
        (Portable, "{\n \"a\": 1\n}", Refusal::Mixed),
        (Node, "a\\", Refusal::FinalBackslash),
        (Node, "a\r\"", Refusal::CarriageReturn),
        (Node, "'\"`", Refusal::Mixed),
        (Next, "a\\$b", Refusal::EscapedDollar),
        (Next, "a$(b)", Refusal::Command),
        (DockerRun, "a\nb", Refusal::LineBreak),
        (DockerRun, "a\rb", Refusal::LineBreak),
        (DockerRun, &"a".repeat(64 * 1024 - 2), Refusal::TooLong),
    ] {
        assert_eq!(form(target, value), Err(reason), "{target:?} {value:?}");
    }
    for target in Target::ALL {
        assert_eq!(form(target, "a\0b"), Err(Refusal::Nul), "{target:?}");
    }
    assert!(form(DockerRun, &"a".repeat(64 * 1024 - 3)).is_ok());
}

#[test]
fn names_that_a_reader_keeps_are_refused() {
    for (word, refusing) in [
        ("__proto__", vec![Target::Portable, Target::Next, Target::Node]),
        ("constructor", vec![Target::Portable, Target::Next]),
        ("UID", vec![Target::Portable, Target::Shell]),
        ("export", vec![]),
        ("PATH", vec![]),
    ] {
        for target in Target::ALL {
            let outcome = EnvFile::new(target).assign(&name(word), &secret("v"));
            assert_eq!(outcome.is_err(), refusing.contains(&target), "{word} {target:?}");
        }
    }
}

#[test]
fn a_refusal_says_which_and_where_and_nothing_of_the_value() {
    let mut file = EnvFile::new(Target::Portable);
    file.comment("made\nby hand");
    file.assign(&name("A"), &secret("two\nlines")).unwrap();
    assert_eq!(file.assign(&name("B"), &secret("$hunter2")), Err(Refusal::Dollar));
    file.blank_line();
    assert_eq!(file.assign(&name("A"), &secret("hunter2")), Err(Refusal::Duplicate));
    let written = file.finish();
    let refused: Vec<_> = written.refused.iter().map(|each| (each.name.as_str(), each.line)).collect();
    assert_eq!(refused, [("B", 4), ("A", 6)]);
    assert_eq!(written.assigned, 1);
    assert!(!written.text.expose().contains("hunter"));
    let lines: Vec<_> = written.text.expose().lines().collect();
    assert_eq!(lines[..3], ["# made by hand", "A=\"two", "lines\""]);
    assert_eq!(lines[3], format!("# B is left out: {}", Refusal::Dollar));
    assert!(lines[5].starts_with("# A is left out: "));
}

#[test]
fn a_long_comment_is_cut() {
    let mut file = EnvFile::new(Target::DockerRun);
    file.comment(&"鍵".repeat(100_000));
    assert_eq!(file.finish().text.expose(), format!("# {}\n", "鍵".repeat(EnvFile::LONGEST_COMMENT)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// The reader is each writer's inverse, and sees no assignment that was not made.
    #[test]
    fn what_is_written_is_read_back(seed: u64) {
        let hostile = Hostile::new(seed);
        for target in Target::ALL {
            let mut file = EnvFile::new(target);
            let mut expected = Vec::new();
            for number in 0..20 {
                let value = if number % 2 == 0 { hostile.pieces() } else { hostile.characters() };
                let own = hostile.name(number);
                file.comment(&hostile.pieces());
                if file.assign(&name(&own), &secret(&value)).is_ok() {
                    expected.push((own, value));
                }
            }
            let written = file.finish();
            let text = written.text.expose();
            let read = read_as(target, text);
            let wrong = read.iter().zip(&expected).find(|(read, expected)| read != expected);
            prop_assert_eq!(wrong, None, "{:?}", target);
            prop_assert_eq!(read.len(), expected.len(), "{:?} {:?}", target, text);
            prop_assert_eq!(written.assigned, expected.len());
            let document = Document::read_as(target, &written.text);
            for refused in &written.refused {
                let line = document.lines().find(|line| line.number() == refused.line).unwrap();
                let said = format!("# {} is left out", refused.name);
                prop_assert!(line.expose().starts_with(&said), "{text:?}");
            }
        }
    }
}
