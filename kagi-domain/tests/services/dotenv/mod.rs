//! The `.env` dialects, without their parsers; `tests/tests/dotenv` runs those.

mod editing;
mod judging;
mod reading;
mod torture;
mod writing;

use kagi_domain::{
    dotenv::{Document, EnvFile, Target, Written},
    text::EnvVarName,
};
use kagi_tests::samples::secret;

fn name(text: &str) -> EnvVarName {
    text.parse().unwrap()
}

/// The names and values of a text as a target reads it.
fn read_as(target: Target, text: &str) -> Vec<(String, String)> {
    let text = secret(text);
    let document = Document::read_as(target, &text);
    let pairs = document.assignments();
    pairs.map(|each| (each.raw_name().to_owned(), each.value().expose().to_owned())).collect()
}

/// A file of one variable.
fn written(target: Target, value: &str) -> Written {
    let mut file = EnvFile::new(target);
    let _ = file.assign(&name("K"), &secret(value));
    file.finish()
}
