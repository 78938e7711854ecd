//! A text without a diagnostic is read alike by every parser, and as our reader reads it.

use kagi_domain::dotenv::Document;
use kagi_tests::{hostile::Hostile, samples::secret};

use super::{Files, Variables, count, parsers::Parser};

fn one_of<'a>(hostile: &Hostile, options: &[&'a str]) -> &'a str {
    options[hostile.below(options.len())]
}

/// A line that a person might write, or might not.
fn line(hostile: &Hostile, number: usize) -> String {
    let quote = one_of(hostile, &["", "", "'", "'", "\"", "\"", "`"]);
    let value = match hostile.below(4) {
        0 => one_of(
            hostile,
            &["", "v", "https://a.b/c?d=e%20f", "5", "a-b_c", "two words", "$ 5", "{\"a\":1}"],
        )
        .to_owned(),
        1 => hostile.pieces(),
        _ => hostile.characters(),
    };
    let indent = one_of(hostile, &["", "", "", "", " ", "\t", "\u{a0}", "\r"]);
    let export = one_of(hostile, &["", "", "", "export ", "export\t", "export  "]);
    let equals = one_of(hostile, &["=", "=", "=", "=", "=", " =", "= ", ": "]);
    let tail = one_of(
        hostile,
        &["", "", "", " ", "\t", " # c", "  # it's \"`\\", " #", " \t# c", "#c", "\u{a0}", "\r", " \\"],
    );
    format!("{indent}{export}{}{equals}{quote}{value}{quote}{tail}", hostile.name(number))
}

/// Up to four lines that nothing is said of, with comments and empty lines between them.
fn unremarked(hostile: &Hostile) -> String {
    let mut text = String::new();
    let wanted = 1 + hostile.below(4);
    let mut number = 0;
    while number < wanted {
        let between = match hostile.below(6) {
            0 => "\n".to_owned(),
            1 => format!("# {}\n", hostile.pieces()),
            2 => format!("{}\n", one_of(hostile, &[" ", "\t", "\u{a0}", "\u{b}", "\r"])),
            _ => String::new(),
        };
        let end = if hostile.below(8) == 0 && number + 1 == wanted { "" } else { "\n" };
        let longer = format!("{text}{between}{}{end}", line(hostile, number));
        if Document::read(&secret(&longer)).diagnostics().is_empty() {
            text = longer;
            number += 1;
        }
    }
    text
}

#[test]
#[ignore = "needs other parsers: KAGI_TEST_DOTENV and KAGI_TEST_VENV, which tests/run sets"]
fn what_is_not_remarked_on_is_read_alike() {
    let (hostile, mut files) = (Hostile::new(11), Files::new());
    for _ in 0..count(5000) {
        let text = secret(&unremarked(&hostile));
        let document = Document::read(&text);
        let pairs = document.assignments();
        let expected: Variables =
            pairs.map(|each| (each.raw_name().to_owned(), each.value().expose().to_owned())).collect();
        files.add(text.expose(), expected);
    }
    let mut complaints = Vec::new();
    for parser in Parser::QUOTING {
        let (wrong, examples) = files.wrong_by(parser);
        complaints
            .extend((wrong > 0).then(|| format!("{wrong} by {}:\n{}", parser.name(), examples.join("\n"))));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
