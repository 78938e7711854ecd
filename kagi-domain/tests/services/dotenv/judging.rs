//! What is said of a text, and what that holds.

use kagi_domain::dotenv::{Code, Disagreement as D, Document, EnvFile, Target};
use kagi_tests::{hostile::Hostile, samples::secret};
use proptest::prelude::*;

use super::name;

fn said(text: &str) -> Vec<(u32, Code)> {
    let text = secret(text);
    Document::read(&text).diagnostics().into_iter().map(|found| (found.line, found.code)).collect()
}

#[test]
fn a_text_that_all_read_alike_is_not_remarked_on() {
    for text in [
        "",
        "\n\n",
        "# a comment with ' \" ` $(x) \\\n",
        "A=\nB=v\nexport C=a/b:c@d%e+f,g=h-i\n",
        "A='a b' # c\nB=\"it's\"\nC=\"two\nlines\"\n",
        "A='$ 5'\nB='{\"a\":1}'\n",
        "A=v # c\n",
        "  A=v \n",
    ] {
        assert_eq!(said(text), [], "{text:?}");
    }
}

#[test]
fn each_line_that_parsers_read_differently_is_remarked_on() {
    let disagree = Code::Disagreement;
    for (line, codes) in [
        ("A-B=v", vec![Code::InvalidName]),
        ("what", vec![Code::NotAnAssignment]),
        ("=v", vec![Code::NotAnAssignment]),
        ("K=\"abc", vec![Code::UnterminatedQuote]),
        ("K=a#b", vec![Code::UnquotedHash]),
        ("K=#b", vec![Code::UnquotedHash]),
        ("K=a b", vec![Code::UnquotedSpace]),
        ("K=$A", vec![Code::Expansion]),
        ("K='${A}'", vec![Code::Expansion]),
        ("K=\"a$\"", vec![Code::Expansion]),
        ("K='$(a)'", vec![Code::Expansion, Code::Execution]),
        ("K=\"`a`\"", vec![Code::Execution]),
        ("K = v", vec![disagree(D::BlanksAroundEquals)]),
        ("K: v", vec![disagree(D::Colon)]),
        (" # c", vec![disagree(D::Indented)]),
        ("\tK=v", vec![disagree(D::Indented)]),
        (" \t", vec![disagree(D::Indented)]),
        ("export  K=v", vec![disagree(D::ExportBlanks)]),
        ("K=v # it's", vec![disagree(D::QuoteInComment)]),
        ("K=v\t", vec![disagree(D::TrailingTab)]),
        ("K=\t", vec![disagree(D::TrailingTab)]),
        ("K=v\t# c", vec![disagree(D::CloseComment), disagree(D::TrailingTab)]),
        ("K='v'#c", vec![disagree(D::CloseComment)]),
        ("toString=v", vec![disagree(D::SpecialName)]),
        ("UID=1", vec![disagree(D::SpecialName)]),
        ("K='a' b", vec![disagree(D::TextAfterQuote)]),
        ("K=it's", vec![disagree(D::QuoteInside)]),
        ("K=a\\b", vec![disagree(D::UnquotedBackslash)]),
        ("K=\"a\\nb\"", vec![disagree(D::EscapedLineBreak)]),
        ("K=\"a\\tb\"", vec![disagree(D::EscapeInDouble)]),
        ("K='a\\\\b'", vec![disagree(D::EscapeInSingle)]),
        ("K='a\\'", vec![disagree(D::EscapeInSingle)]),
        ("K='a\\$'", vec![disagree(D::EscapedDollar)]),
        ("K='a=\"'", vec![disagree(D::EqualsQuote)]),
        ("K=`a`", vec![Code::Execution, disagree(D::Backticks)]),
        ("K=a&b", vec![disagree(D::ShellCharacter)]),
        ("K=~", vec![disagree(D::ShellCharacter)]),
        ("K=a\u{a0}", vec![disagree(D::RareCharacter)]),
        ("# a\u{2028}K=v", vec![disagree(D::RareCharacter)]),
        ("K=encrypted:a", vec![disagree(D::Encrypted)]),
        ("K='a\nb'", vec![disagree(D::LineBreakInSingle)]),
        ("K=\"a\rb\"", vec![Code::LoneCr, disagree(D::CarriageReturnInQuotes)]),
        ("K=v\r\nL=v\r", vec![Code::Crlf]),
    ] {
        let found = said(&format!("#\n{line}\n"));
        assert!(found.iter().all(|(number, _)| (2..4).contains(number)), "{line:?}: {found:?}");
        let found: Vec<_> = found.into_iter().map(|(_, code)| code).collect();
        assert_eq!(found, codes, "{line:?}");
    }
    assert_eq!(said("\u{feff}A=1"), [(1, Code::Bom)]);
    assert_eq!(said("A=1 # c"), [(1, disagree(D::UnendedLine))]);
    assert_eq!(said("A= "), [(1, disagree(D::UnendedLine))]);
    assert_eq!(said("A=1\n "), [(2, disagree(D::Indented)), (2, disagree(D::UnendedLine))]);
    assert_eq!(said("A=1"), []);
    let repeated = [(3, Code::DuplicateKey(1)), (4, Code::DuplicateKey(1))];
    assert_eq!(said("A=1\na=2\nA=1\nexport A=3"), repeated);
}

#[test]
fn a_diagnostic_holds_nothing_of_the_text() {
    let text = secret("\u{feff}hunter2 = hunter2 #hunter2\nhunter2='hunter2\nhunter2\nhunter2: $hunter2\r\n");
    let found = Document::read(&text).diagnostics();
    assert!(found.len() > 6, "{found:?}");
    for diagnostic in found {
        let shown = format!("{diagnostic:?} {} {}", diagnostic.code, diagnostic.code.as_str());
        assert!(!shown.contains("hunter"), "{shown}");
        assert!(diagnostic.code.to_string().ends_with('.'), "a sentence: {shown}");
    }
}

proptest! {
    /// No remark, no refusal: the same rules from both sides.
    #[test]
    fn what_is_not_remarked_on_can_be_written_for_all(seed: u64) {
        let hostile = Hostile::new(seed);
        let value = if hostile.below(2) == 0 { hostile.pieces() } else { hostile.characters() };
        for quote in ["", "'", "\"", "`"] {
            let text = secret(&format!("K={quote}{value}{quote}\n"));
            let document = Document::read(&text);
            if document.diagnostics().is_empty() {
                for assignment in document.assignments() {
                    let mut file = EnvFile::new(Target::Portable);
                    prop_assert_eq!(file.assign(&name("K"), &assignment.value()), Ok(()), "{:?}", text.expose());
                }
            }
        }
    }

    /// What is written for all is not remarked on.
    #[test]
    fn the_portable_writer_writes_nothing_remarkable(seed: u64) {
        let hostile = Hostile::new(seed);
        let mut file = EnvFile::new(Target::Portable);
        for number in 0..40 {
            let value = if number % 2 == 0 { hostile.pieces() } else { hostile.characters() };
            file.comment(&value);
            let _ = file.assign(&name(&hostile.name(number)), &secret(&value));
        }
        let written = file.finish();
        let mut found = Document::read(&written.text).diagnostics();
        // Nothing that a writer does keeps dotenvx from decrypting.
        found.retain(|found| found.code != Code::Disagreement(D::Encrypted));
        prop_assert!(found.is_empty(), "{:?} of {:?}", found, written.text.expose());
    }
}
