//! Where a line of a file goes, as a preview offers it and a person confirms it.

use std::{fmt, str::FromStr};

use crate::{
    catalogue::{self, Service},
    ids::CategoryId,
    text::EnvVarName,
};

/// The category of which a line becomes a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// One that is there.
    Category(CategoryId),
    /// A new one, made from the catalogue's service of this slug.
    Service(&'static str),
    /// A new one of this variable.
    New(EnvVarName),
}

/// A line and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The line's number.
    pub line: u32,
    /// Where it goes.
    pub destination: Destination,
}

/// The text is no choice that a preview offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Give choices as the preview offers them.")]
pub struct InvalidChoice;

impl fmt::Display for Choice {
    /// `3:category:ID`, `3:service:SLUG` or `3:new:NAME`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.destination {
            Destination::Category(id) => write!(f, "{}:category:{id}", self.line),
            Destination::Service(slug) => write!(f, "{}:service:{slug}", self.line),
            Destination::New(name) => write!(f, "{}:new:{name}", self.line),
        }
    }
}

impl FromStr for Choice {
    type Err = InvalidChoice;

    /// Reads what `Display` wrote, in that spelling only.
    fn from_str(text: &str) -> Result<Self, InvalidChoice> {
        let read = || {
            let (line, rest) = text.split_once(':')?;
            let destination = match rest.split_once(':')? {
                ("category", id) => Destination::Category(id.parse().ok()?),
                ("service", slug) => {
                    Destination::Service(catalogue::find(slug).map(|Service { slug, .. }| *slug)?)
                }
                ("new", name) => Destination::New(name.parse().ok()?),
                _ => return None,
            };
            Some(Self { line: line.parse().ok()?, destination })
        };
        read().filter(|choice| choice.to_string() == text).ok_or(InvalidChoice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_has_one_spelling() {
        let id = "0198c0de-7a11-7000-8000-000000000001";
        for text in [format!("3:category:{id}"), "1:service:openai".to_owned(), "12:new:A_b".to_owned()] {
            assert_eq!(text.parse::<Choice>().unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "3",
            "3:new:",
            "03:new:A",
            "+3:new:A",
            "x:new:A",
            "3:service:nobody",
            "3:category:x",
            "3:new:A B",
            "3:old:A",
        ] {
            assert_eq!(wrong.parse::<Choice>(), Err(InvalidChoice), "{wrong:?}");
        }
    }
}
