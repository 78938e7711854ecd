//! What something was done to.

use std::fmt;

macro_rules! target_kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// What kind of object something was done to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TargetKind { $($(#[$doc])* $name,)+ }

        impl TargetKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The kind as the API and storage spell it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

target_kinds! {
    /// A category.
    Category = "category";
    /// An entry.
    Entry = "entry";
    /// One version of an entry's value.
    EntryVersion = "entry_version";
    /// A recovery set.
    TwoFactor = "two_factor";
    /// An env project.
    EnvProject = "env_project";
    /// An env file.
    EnvFile = "env_file";
    /// One version of an env file's content.
    EnvFileVersion = "env_file_version";
    /// An access key.
    AccessKey = "access_key";
    /// A person.
    User = "user";
    /// A sign-in.
    Session = "session";
    /// A permission that was missing.
    Scope = "scope";
}

impl TargetKind {
    /// Reads [`Self::as_str`] back.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
}

/// What it was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What kind of object.
    pub kind: TargetKind,
    /// The object's id; for a scope its name; for a version the id of its entry or file, a slash and its number.
    pub id: String,
}

impl Target {
    /// Names an object.
    pub fn new(kind: TargetKind, id: impl fmt::Display) -> Self {
        Self { kind, id: id.to_string() }
    }
}
