//! Gathers every mistake of an input, so that a person can mend them all at once.

use std::fmt;

/// One mistake: which field (a dotted path, `value.AWS_REGION`) and a sentence on what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name as the API spells it.
    pub field: String,
    /// What is wrong and what to do. Never quotes the input.
    pub message: String,
}

/// An input was refused; at least one field says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid(Vec<FieldError>);

impl Invalid {
    /// A refusal for one field.
    pub fn field(field: impl Into<String>, message: impl fmt::Display) -> Self {
        Self(vec![FieldError { field: field.into(), message: message.to_string() }])
    }

    /// The mistakes, in the order in which they were found. Never empty.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        &self.0
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, FieldError { field, message }) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            write!(f, "{gap}{field}: {message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// Collects mistakes while an input is parsed field by field.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// An empty collector.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a parsed value, or notes why there is none.
    pub fn take<T, E: fmt::Display>(&mut self, field: &str, parsed: Result<T, E>) -> Option<T> {
        parsed.map_err(|error| self.refuse(field, error)).ok()
    }

    /// Notes a mistake.
    pub fn refuse(&mut self, field: impl Into<String>, message: impl fmt::Display) {
        self.0.push(FieldError { field: field.into(), message: message.to_string() });
    }

    /// `value` when nothing was wrong.
    ///
    /// # Errors
    ///
    /// [`Invalid`] with every mistake; also when `value` is `None`, which a caller prevents by
    /// noting a mistake whenever it has no value.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Invalid> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ if self.0.is_empty() => Err(Invalid::field("body", "Something is missing.")),
            _ => Err(Invalid(self.0)),
        }
    }
}
