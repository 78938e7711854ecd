//! A person's own account.

use kagi_domain::model::user::{ListedSession, Profile};

use super::text;
use crate::{api::answer::View, schema::view};

view! {
    /// A person as they see themselves.
    pub(crate) struct ProfileView as "Profile" {
        /// Their id.
        id: String = "id",
        /// Their address.
        email: String = "email",
        /// What to call them.
        name: Option<String> = "name",
        /// Whether they can sign in with a password.
        has_password: bool = "hasPassword",
        /// When the account was made.
        created_at: String = "createdAt",
    }
}

view! {
    /// One of a person's own sign-ins that still work.
    pub(crate) struct ListedSessionView as "ListedSession" {
        /// Its id.
        id: String = "id",
        /// When it began.
        created_at: String = "createdAt",
        /// When it was last used, give or take a minute.
        last_seen_at: String = "lastSeenAt",
        /// When a password was last given in it.
        authenticated_at: String = "authenticatedAt",
        /// What the program in which it began calls itself.
        user_agent: Option<String> = "userAgent",
        /// Whether it is the one that asks.
        current: bool = "current",
    }
}

impl View for ProfileView {}

impl From<Profile> for ProfileView {
    fn from(Profile { user, has_password }: Profile) -> Self {
        Self {
            id: user.id.to_string(),
            email: user.email.to_string(),
            name: text(user.name.as_ref()),
            has_password,
            created_at: user.created_at.to_string(),
        }
    }
}

impl From<ListedSession> for ListedSessionView {
    fn from(ListedSession { session, current }: ListedSession) -> Self {
        Self {
            id: session.id.to_string(),
            created_at: session.created_at.to_string(),
            last_seen_at: session.last_seen_at.to_string(),
            authenticated_at: session.authenticated_at.to_string(),
            user_agent: session.user_agent.map(|agent| agent.as_str().to_owned()),
            current,
        }
    }
}
