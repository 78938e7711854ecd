//! Sign-ins.

use kagi_domain::model::user::{Session, User};

use super::text;
use crate::{api::answer::View, schema::view};

view! {
    /// A sign-in and whose it is.
    pub(crate) struct SessionView as "Session" {
        /// Its id.
        id: String = "id",
        /// Whose it is.
        user: UserView = "user",
        /// When a password was last given in it.
        authenticated_at: String = "authenticatedAt",
        /// When it began.
        created_at: String = "createdAt",
    }
}

view! {
    /// A person.
    struct UserView as "User" {
        /// Their id.
        id: String = "id",
        /// Their address.
        email: String = "email",
        /// What to call them.
        name: Option<String> = "name",
        /// When the account was made.
        created_at: String = "createdAt",
    }
}

impl View for SessionView {}

impl SessionView {
    pub(crate) fn new(session: &Session, user: &User) -> Self {
        let user = UserView {
            id: user.id.to_string(),
            email: user.email.to_string(),
            name: text(user.name.as_ref()),
            created_at: user.created_at.to_string(),
        };
        Self {
            id: session.id.to_string(),
            user,
            authenticated_at: session.authenticated_at.to_string(),
            created_at: session.created_at.to_string(),
        }
    }
}
