//! People and their sign-ins.

use std::fmt;

use crate::{
    ids::{SessionId, UserId},
    text::{Email, Title},
    time::Timestamp,
};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Their address, in its one spelling.
    pub email: Email,
    /// What to call them.
    pub name: Option<Title>,
    /// Since when they may not sign in.
    pub disabled_at: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
}

impl User {
    /// What the trail and the pages call them: the name, else the address.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.name.as_ref().map_or(self.email.as_str(), Title::as_str)
    }
}

/// A password's hash in PHC string format. `Debug` shows dots.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a hash that a hasher made or a database stored.
    #[must_use]
    pub const fn from_stored(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string, for the hasher and for storage.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(••••)")
    }
}

/// A person with the hash of their password, if they have one.
#[derive(Debug, Clone)]
pub struct Account {
    /// The person.
    pub user: User,
    /// The hash; `None` for somebody who has no password.
    pub password: Option<PasswordHash>,
}

/// A sign-in as stored, without the token's digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// When it began, from which the absolute limit runs.
    pub created_at: Timestamp,
    /// When it was last used, give or take a minute, from which the idle limit runs.
    pub last_seen_at: Timestamp,
    /// When a password was last given in it.
    pub authenticated_at: Timestamp,
}
