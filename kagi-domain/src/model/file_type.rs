//! The types of `.env` files.

use crate::model::entry::Environment;

/// Which `.env` file of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileType {
    /// `.env`
    Env,
    /// `.env.local`
    Local,
    /// `.env.production`
    Production,
    /// `.env.development`
    Development,
}

impl FileType {
    /// Every type, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Env, Self::Local, Self::Production, Self::Development];

    /// The type as the API and storage spell it: the file's name without its first dot.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Env => "env",
            Self::Local => "env.local",
            Self::Production => "env.production",
            Self::Development => "env.development",
        }
    }

    /// Reads [`Self::as_str`] back.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The environment that the file is for; `.env` is for all.
    #[must_use]
    pub const fn environment(self) -> Option<Environment> {
        match self {
            Self::Env => None,
            Self::Local => Some(Environment::Local),
            Self::Production => Some(Environment::Production),
            Self::Development => Some(Environment::Development),
        }
    }
}
