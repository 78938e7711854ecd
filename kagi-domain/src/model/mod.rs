//! What a vault holds: metadata only. No type here that is read can carry a value or a ciphertext; those
//! by which something is made or changed do.

pub mod access_key;
pub mod category;
pub mod encryption;
pub mod entry;
pub mod env_project;
pub mod identity;
pub mod overview;
pub mod recovery_set;
pub mod user;
pub mod version;

/// How often a row was changed; a change names the revision it saw, or it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub i64);

impl Revision {
    /// A new row's revision.
    pub const FIRST: Self = Self(1);

    /// The revision after one more change.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Whether a change that began with `seen` still fits; one that does not say what it began with always does.
    #[must_use]
    pub fn fits(self, seen: Option<Self>) -> bool {
        seen.is_none_or(|seen| seen == self)
    }
}

/// What a partial update says of one optional field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// Leave it as it is.
    #[default]
    Keep,
    /// Make it empty.
    Clear,
    /// Give it this value.
    Set(T),
}

impl<T> Patch<T> {
    /// The field after the update.
    #[must_use]
    pub fn apply(self, current: Option<T>) -> Option<T> {
        match self {
            Self::Keep => current,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// Sets a value, or clears when there is none.
    #[must_use]
    pub fn set_or_clear(value: Option<T>) -> Self {
        value.map_or(Self::Clear, Self::Set)
    }
}
