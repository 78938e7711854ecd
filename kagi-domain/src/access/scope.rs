//! What an access key may do.

use std::{fmt, str::FromStr};

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// One permission of an access key. A browser session has all of them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scope { $($(#[$doc])* $name,)+ }

        impl Scope {
            /// Every scope, in the order in which pages list them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The scope as the API spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

scopes! {
    /// See categories.
    CategoriesRead = "categories:read";
    /// Make, change and delete categories.
    CategoriesWrite = "categories:write";
    /// See entries, without their values.
    EntriesRead = "entries:read";
    /// Make, change and delete entries.
    EntriesWrite = "entries:write";
    /// See the values of entries.
    EntriesReveal = "entries:reveal";
    /// See recovery sets, without their codes.
    TwoFactorRead = "2fa:read";
    /// Make, change and delete recovery sets.
    TwoFactorWrite = "2fa:write";
    /// See recovery codes.
    TwoFactorReveal = "2fa:reveal";
    /// See env projects and files, without contents.
    EnvsRead = "envs:read";
    /// Make, change and delete env projects and files.
    EnvsWrite = "envs:write";
    /// See the contents of env files.
    EnvsReveal = "envs:reveal";
    /// See totals.
    StatsRead = "stats:read";
    /// Export metadata.
    ExportRead = "export:read";
    /// Ask for an env file in plain words.
    AiExtract = "ai:extract";
    /// See the own audit trail.
    AuditRead = "audit:read";
}

/// The text names no scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is no such scope.")]
pub struct UnknownScope;

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        Self::ALL.iter().copied().find(|scope| scope.as_str() == text).ok_or(UnknownScope)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
