//! Reads settings one by one and gathers what is wrong with them.

use std::{fmt, path::Path};

use kagi_domain::secret::SecretText;

use super::{Variables, variables::read_text};

/// What is wrong with the settings: one sentence each, naming the variable, never its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(Vec<String>);

impl ConfigError {
    /// The sentences; never none.
    #[must_use]
    pub fn sentences(&self) -> &[String] {
        &self.0
    }

    pub(super) fn unless_empty(problems: Vec<String>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self(problems)) }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for ConfigError {}

/// Collects mistakes while settings are read.
pub(super) struct Reader<'a> {
    variables: &'a Variables,
    problems: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(variables: &'a Variables) -> Self {
        Self { variables, problems: Vec::new() }
    }

    /// A setting's text.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        // EXPOSE: for the parser of the setting, whose errors never quote.
        self.variables.get(name).map(SecretText::expose)
    }

    /// Parses a setting; absent or wrong, it is the default, and wrong is noted. Parsers give the
    /// rest of a sentence that begins with the name.
    pub(super) fn parse<T, E: fmt::Display>(
        &mut self,
        name: &str,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> T {
        match self.text(name).map(|text| parse(text.trim())) {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(rest)) => {
                self.refuse(name, rest);
                default
            }
        }
    }

    /// A secret setting, from the variable itself or from the file that `NAME_FILE` names; an
    /// empty variable is told from an absent one.
    pub(super) fn secret(&mut self, name: &str) -> Option<SecretText> {
        let file_name = format!("{name}_FILE");
        match (self.text(name), self.text(&file_name)) {
            (Some(_), Some(_)) => {
                self.refuse(name, format_args!("and {file_name} are both set; keep one of them."));
                None
            }
            (None, Some(path)) => match read_text(Path::new(path)) {
                Ok(text) => Some(text),
                Err(why) => {
                    self.refuse(&file_name, format_args!("names a file that cannot be read: {why}."));
                    None
                }
            },
            (Some(text), None) => Some(SecretText::new(text.to_owned())),
            (None, None) if self.variables.is_set(name) => Some(SecretText::new(String::new())),
            (None, None) => None,
        }
    }

    /// Notes a mistake: the name and the rest of the sentence.
    pub(super) fn refuse(&mut self, name: &str, rest: impl fmt::Display) {
        self.problems.push(format!("{name} {rest}").trim_start().to_owned());
    }

    /// How many mistakes were noted so far.
    pub(super) const fn problems(&self) -> usize {
        self.problems.len()
    }

    /// `value` when nothing was wrong.
    pub(super) fn finish<T>(self, value: Option<T>) -> Result<T, ConfigError> {
        ConfigError::unless_empty(self.problems)?;
        // Whoever has no value has noted why.
        value.ok_or_else(|| ConfigError(vec!["A setting is missing.".to_owned()]))
    }
}
