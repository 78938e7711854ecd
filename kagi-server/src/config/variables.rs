//! Where settings come from: the process environment, and a file for what it does not say.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::File,
    io::{ErrorKind, Read},
    path::Path,
};

use kagi_domain::secret::SecretText;

use super::{
    ConfigError,
    known::{is_known, meant_by},
};

/// No env file and no file that a `_FILE` variable names is larger.
const MOST_BYTES: u64 = 256 * 1024;

/// All variables, by name. Nothing of a value is ever shown.
#[derive(Debug, Default)]
pub struct Variables {
    values: BTreeMap<String, SecretText>,
    warnings: Vec<String>,
}

impl Variables {
    /// Takes the environment and, for the names that it does not have, the file. Nothing else is
    /// read, and the process environment stays as it is.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every fault: a file that cannot be read, a line of it that is no
    /// assignment, a name in it that is there twice, unknown `KAGI_` names in the file, and in the
    /// environment the ones that are probably slips of the pen.
    pub fn gather(
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let (mut gathered, mut problems) = (Self::default(), Vec::new());
        for (name, value) in environment {
            let Ok(name) = name.into_string() else { continue };
            gathered.judge(&name, &mut problems);
            match value.into_string() {
                Ok(value) => drop(gathered.values.insert(name, SecretText::new(value))),
                Err(_) if is_known(&name) => problems.push(format!("{name} is not valid UTF-8.")),
                Err(_) => {}
            }
        }
        if let Some(file) = file {
            match read_assignments(file, &mut problems) {
                Ok(assignments) => gathered.add(assignments, &mut problems),
                Err(sentence) => problems.push(sentence),
            }
        }
        ConfigError::unless_empty(problems)?;
        Ok(gathered)
    }

    /// A variable; an empty one counts as absent, because that is how orchestrators leave one out.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&SecretText> {
        // EXPOSE: only emptiness is looked at.
        self.values.get(name).filter(|value| !value.expose().is_empty())
    }

    /// Whether the variable is there, empty or not.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Puts a variable in the place of whatever is there.
    pub fn set(&mut self, name: &str, value: SecretText) {
        self.values.insert(name.to_owned(), value);
    }

    /// Takes a variable out, and tells whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        self.values.remove(name).is_some()
    }

    /// What the operator should hear although it stops nothing.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    fn judge(&mut self, name: &str, problems: &mut Vec<String>) {
        if !name.starts_with("KAGI_") || is_known(name) {
            return;
        }
        match meant_by(name) {
            Some(meant) => problems.push(format!("{name} is not a setting; did you mean {meant}?")),
            None => self.warnings.push(format!("{name} is not a setting of Kagi and has no effect.")),
        }
    }

    fn add(&mut self, assignments: Vec<(String, SecretText)>, problems: &mut Vec<String>) {
        let mut seen = Vec::with_capacity(assignments.len());
        for (name, value) in assignments {
            if name.starts_with("KAGI_") && !is_known(&name) {
                let hint =
                    meant_by(&name).map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
                problems.push(format!(
                    "{name} in the env file is not a setting{}",
                    if hint.is_empty() { "." } else { &hint }
                ));
            }
            if seen.contains(&name) {
                problems.push(format!("{name} is set twice in the env file; keep one."));
            }
            self.values.entry(name.clone()).or_insert(value);
            seen.push(name);
        }
    }
}

/// Reads a small text file; a line break at its very end is not part of the text.
pub(super) fn read_text(path: &Path) -> Result<SecretText, &'static str> {
    let text = read(path)?;
    // EXPOSE: the last line break is taken off.
    let line = text.expose();
    let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
    Ok(SecretText::new(line.to_owned()))
}

fn read(path: &Path) -> Result<SecretText, &'static str> {
    let mut file = File::open(path).map_err(|error| why(error.kind()))?;
    let mut bytes = zeroize::Zeroizing::new(Vec::new());
    (&mut file).take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| why(error.kind()))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        return Err("it is larger than 256 KiB");
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| "it is not valid UTF-8")?;
    Ok(SecretText::new(text.to_owned()))
}

const fn why(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "there is no such file",
        ErrorKind::PermissionDenied => "permission is denied",
        ErrorKind::IsADirectory => "it is a folder",
        _ => "the system reports an error",
    }
}

/// The file's assignments in order. A line that is none is named by its number, never quoted.
fn read_assignments(path: &Path, problems: &mut Vec<String>) -> Result<Vec<(String, SecretText)>, String> {
    let text = read(path).map_err(|why| format!("The env file cannot be read: {why}."))?;
    // EXPOSE: parsed.
    let text = text.expose().trim_start_matches('\u{feff}');
    let mut assignments = Vec::new();
    for item in dotenvy::Iter::new(text.as_bytes()) {
        match item {
            Ok((name, value)) => assignments.push((name, SecretText::new(value))),
            Err(dotenvy::Error::LineParse(line, _)) => {
                let line = zeroize::Zeroizing::new(line);
                let first = line.lines().next().unwrap_or_default();
                let number = text.lines().position(|own| own.starts_with(first)).map_or(0, |index| index + 1);
                problems.push(format!(
                    "Line {number} of the env file is not NAME=value; put quotes round a value with spaces or quotes in it."
                ));
            }
            Err(_) => return Err("The env file cannot be read.".to_owned()),
        }
    }
    Ok(assignments)
}
