//! BAR.md I4: what the writers write is read back by the real parsers, to the same names and values.

use kagi_domain::dotenv::{EnvFile, Refusal, Target};
use kagi_tests::{hostile::Hostile, samples::secret};

use super::{Files, Variables, count, parsers::Parser};

/// How many values a file holds.
const FILE: usize = 150;

/// A writer that refuses nothing.
const ALL: (usize, usize) = (1, 1);

/// What came of a run of values.
struct Tally {
    values: usize,
    accepted: usize,
}

/// Writes values to files, with comments between them that are as hostile as the values.
fn write(target: Target, values: &[String], files: &mut Files) -> Tally {
    let hostile = Hostile::new(u64::try_from(values.len()).unwrap());
    let mut tally = Tally { values: values.len(), accepted: 0 };
    for chunk in values.chunks(FILE) {
        let (mut file, mut expected) = (EnvFile::new(target), Variables::new());
        for (number, value) in chunk.iter().enumerate() {
            if hostile.below(4) == 0 {
                file.comment(&hostile.pieces());
            }
            let name = hostile.name(number);
            if file.assign(&name.parse().unwrap(), &secret(value)).is_ok() {
                expected.insert(name, value.clone());
            }
        }
        let written = file.finish();
        assert_eq!((written.assigned, written.refused.len()), (expected.len(), chunk.len() - expected.len()));
        tally.accepted += expected.len();
        files.add(written.text.expose(), expected);
    }
    tally
}

/// Holds a writer to a parser. At least the given share of the evenly random values must be accepted: what was
/// measured when the rules were found, on values as hostile.
fn hold(target: Target, parser: Parser, share: (usize, usize), wanted: fn(&str) -> bool) {
    let hostile = Hostile::new(7);
    let (mut files, mut even, mut pieces) = (Files::new(), Vec::new(), Vec::new());
    while even.len() < count(20_000) {
        even.extend(Some(hostile.characters()).filter(|value| wanted(value)));
    }
    while pieces.len() < count(20_000) {
        pieces.extend(Some(hostile.pieces()).filter(|value| wanted(value)));
    }
    let even = write(target, &even, &mut files);
    let pieces = write(target, &pieces, &mut files);
    let (wrong, examples) = files.wrong_by(parser);
    println!(
        "| {} | {} | {} of {} | {} of {} | {} | {wrong} |",
        target.as_str(),
        parser.name(),
        even.accepted,
        even.values,
        pieces.accepted,
        pieces.values,
        even.values - even.accepted + pieces.values - pieces.accepted,
    );
    assert_eq!(wrong, 0, "{} by {}:\n{}", target.as_str(), parser.name(), examples.join("\n"));
    let (accepted, of) = share;
    assert!(
        even.accepted * of >= accepted * even.values,
        "{} accepts {} of {}, less than {accepted} of {of}",
        target.as_str(),
        even.accepted,
        even.values
    );
    assert!(pieces.accepted > 0);
}

fn any(_: &str) -> bool {
    true
}

/// The values are as hostile as those of the measurement, in which 331 of 3,000 held a line end.
#[test]
fn the_values_are_hostile() {
    let hostile = Hostile::new(7);
    let ends = (0..20_000).filter(|_| hostile.characters().contains(['\n', '\r'])).count();
    assert!(ends * 3000 > 331 * 20_000, "{ends}");
}

#[test]
#[ignore = "needs other parsers: KAGI_TEST_DOTENV and KAGI_TEST_VENV, which tests/run sets"]
fn portable() {
    for parser in Parser::QUOTING {
        hold(Target::Portable, parser, (20_718, 24_000), any);
    }
}

#[test]
#[ignore = "needs other parsers: KAGI_TEST_DOTENV, which tests/run sets"]
fn compose() {
    hold(Target::Compose, Parser::Compose, ALL, any);
}

#[test]
#[ignore = "needs other parsers: KAGI_TEST_DOTENV, which tests/run sets"]
fn next() {
    hold(Target::Next, Parser::Next, (2930, 3000), any);
    hold(Target::Next, Parser::DotenvExpand, (2930, 3000), any);
}

#[test]
#[ignore = "needs other parsers: KAGI_TEST_DOTENV, which tests/run sets"]
fn node() {
    hold(Target::Node, Parser::Dotenv, (2943, 3000), any);
    // Node.js' own parser has no escape for a carriage return.
    hold(Target::Node, Parser::Node, (2943, 3000), |value| !value.contains('\r'));
}

#[test]
#[ignore = "needs other parsers: KAGI_TEST_DOTENV and KAGI_TEST_VENV, which tests/run sets"]
fn python_dotenv() {
    hold(Target::Python, Parser::Python, ALL, any);
}

#[test]
fn dotenvy() {
    hold(Target::Dotenvy, Parser::Dotenvy, ALL, any);
}

#[test]
#[ignore = "needs other parsers: sh and bash"]
fn shell() {
    hold(Target::Shell, Parser::Sh, ALL, any);
    hold(Target::Shell, Parser::Bash, ALL, any);
}

#[test]
#[ignore = "needs other parsers: KAGI_TEST_DOTENV, which tests/run sets"]
fn docker_run() {
    let one_line = |value: &str| !value.contains(['\n', '\r']);
    hold(Target::DockerRun, Parser::DockerRun, ALL, one_line);
    hold(Target::DockerRun, Parser::DockerRun, (0, 1), any);
}

/// The longest line, and the one that is too long, are what they are said to be.
#[test]
#[ignore = "needs other parsers: KAGI_TEST_DOTENV, which tests/run sets"]
fn docker_run_takes_lines_up_to_its_limit() {
    let longest = "a".repeat(64 * 1024 - "K=\n".len());
    let (mut file, mut files) = (EnvFile::new(Target::DockerRun), Files::new());
    let longer = format!("{longest}a");
    assert_eq!(file.assign(&"L".parse().unwrap(), &secret(&longer)), Err(Refusal::TooLong));
    file.assign(&"K".parse().unwrap(), &secret(&longest)).unwrap();
    files.add(file.finish().text.expose(), Variables::from([("K".to_owned(), longest)]));
    assert_eq!(files.wrong_by(Parser::DockerRun), (0, vec![]));
    files.add(&format!("L={longer}\n"), Variables::from([("L".to_owned(), longer)]));
    assert_eq!(files.wrong_by(Parser::DockerRun).0, 1, "the limit is the parser's");
}
