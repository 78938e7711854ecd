//! People and their sign-ins.

use std::fmt;

use crate::{
    ids::{SessionId, UserId},
    model::Patch,
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

/// A person as they see themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The person.
    pub user: User,
    /// Whether they can sign in with a password.
    pub has_password: bool,
}

/// What a person changes of themselves.
#[derive(Debug, Clone, Default)]
pub struct ProfilePatch {
    /// What to call them.
    pub name: Patch<Title>,
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
    /// The program in which it began, as that called itself.
    pub user_agent: Option<UserAgent>,
}

/// One of a person's own sign-ins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSession {
    /// The sign-in.
    pub session: Session,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What a browser calls itself: at most 256 characters on one line. A claim, shown to its person and
/// believed in nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserAgent(String);

impl UserAgent {
    /// Takes what there is of a text: control characters are left out, and what is beyond the
    /// length. `None` when nothing is left.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let visible: String = text.chars().filter(|c| !c.is_control()).collect();
        let kept: String = visible.trim().chars().take(256).collect();
        (!kept.is_empty()).then_some(Self(kept))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_agent_is_one_short_line() {
        let read = |text: &str| UserAgent::read(text).map(|agent| agent.as_str().to_owned());
        assert_eq!(read(" curl/8.5.0\r\n\u{1b}[31m "), Some("curl/8.5.0[31m".to_owned()));
        assert_eq!(read(&"鍵".repeat(300)), Some("鍵".repeat(256)));
        for nothing in ["", "  ", "\0\n\u{9b}"] {
            assert_eq!(read(nothing), None);
        }
    }
}
