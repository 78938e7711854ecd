//! The `.env` dialects, held to the parsers that people use. `tests/run` installs those at the versions
//! that `tests/dotenv` names; `docs/DOTENV-DIALECTS.md` keeps the figures.

mod names;
mod parsers;
mod reading;
mod writing;

use std::{collections::BTreeMap, fs, path::PathBuf};

use parsers::Parser;
use tempfile::TempDir;

/// Names and values.
type Variables = BTreeMap<String, String>;

/// A count for a long loop: a tenth of it unless the whole suite is asked for.
fn count(full: usize) -> usize {
    if std::env::var_os("KAGI_TEST_FULL").is_some_and(|full| full == "1") { full } else { full / 10 }
}

/// Files with what each must be read as, in a folder of their own.
struct Files {
    folder: TempDir,
    expected: Vec<Variables>,
}

impl Files {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), expected: Vec::new() }
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("{number:06}.env"))
    }

    fn add(&mut self, text: &str, expected: Variables) {
        fs::write(self.path(self.expected.len()), text).unwrap();
        self.expected.push(expected);
    }

    /// What a parser gets wrong: how many files or variables, and the first few of them.
    fn wrong_by(&self, parser: Parser) -> (usize, Vec<String>) {
        let read = parser.read(self);
        assert_eq!(read.len(), self.expected.len(), "{parser:?} answers for each file");
        let mut wrong = Vec::new();
        for (number, (read, expected)) in read.into_iter().zip(&self.expected).enumerate() {
            match read {
                Err(error) => wrong.push(format!("{}: {error}", self.shown(number))),
                Ok(read) if read == *expected => {}
                Ok(read) => wrong.push(format!("{}: {}", self.shown(number), difference(expected, &read))),
            }
        }
        let count = wrong.len();
        wrong.truncate(3);
        (count, wrong)
    }

    /// A small file's text, or a large one's number.
    fn shown(&self, number: usize) -> String {
        let text = fs::read_to_string(self.path(number)).unwrap();
        if text.len() < 300 { format!("{text:?}") } else { format!("file {number}") }
    }
}

/// The first variables that differ.
fn difference(expected: &Variables, read: &Variables) -> String {
    let names = expected.keys().chain(read.keys().filter(|name| !expected.contains_key(*name)));
    let differing = names.filter(|name| expected.get(*name) != read.get(*name));
    let each = |name: &String| format!("{name} is {:?}, not {:?}", read.get(name), expected.get(name));
    differing.take(3).map(each).collect::<Vec<_>>().join("; ")
}
