//! People and their sign-ins.

use kagi_domain::{
    ids::{SessionId, UserId},
    model::{
        Revision,
        user::{Account, PasswordHash, Profile, Session, User, UserAgent},
    },
    ports::{StorageError, TokenDigest},
    text::Title,
    time::Timestamp,
};

use super::{Column, bytes};
use crate::row;

pub(crate) fn user(row: &row::user::Model) -> Result<User, StorageError> {
    let column = |name| Column("users", name);
    Ok(User {
        id: UserId::from_uuid(row.id),
        email: column("email").parse(&row.email)?,
        name: column("name").parse_option(row.name.as_deref())?,
        disabled_at: column("disabled_at").time_option(row.disabled_at)?,
        created_at: column("created_at").time(row.created_at)?,
    })
}

pub(crate) fn account(row: row::user::Model) -> Result<Account, StorageError> {
    Ok(Account { user: user(&row)?, password: row.password_hash.map(PasswordHash::from_stored) })
}

pub(crate) fn profile(row: &row::user::Model) -> Result<Profile, StorageError> {
    Ok(Profile { user: user(row)?, has_password: row.password_hash.is_some() })
}

pub(crate) fn user_row(user: &User, password: Option<&PasswordHash>) -> row::user::Model {
    row::user::Model {
        id: user.id.as_uuid(),
        email: user.email.as_str().to_owned(),
        name: user.name.as_ref().map(Title::to_string),
        password_hash: password.map(|hash| hash.as_str().to_owned()),
        disabled_at: user.disabled_at.map(Timestamp::as_millis),
        created_at: user.created_at.as_millis(),
        revision: Revision::FIRST.0,
    }
}

pub(crate) fn session(row: &row::session::Model) -> Result<Session, StorageError> {
    let column = |name| Column("sessions", name);
    Ok(Session {
        id: SessionId::from_uuid(row.id),
        user: UserId::from_uuid(row.user_id),
        created_at: column("created_at").time(row.created_at)?,
        last_seen_at: column("last_seen_at").time(row.last_seen_at)?,
        authenticated_at: column("authenticated_at").time(row.authenticated_at)?,
        user_agent: row.user_agent.as_deref().and_then(UserAgent::read),
    })
}

pub(crate) fn session_row(session: &Session, digest: &TokenDigest) -> row::session::Model {
    row::session::Model {
        id: session.id.as_uuid(),
        user_id: session.user.as_uuid(),
        token_digest: bytes(digest),
        created_at: session.created_at.as_millis(),
        last_seen_at: session.last_seen_at.as_millis(),
        authenticated_at: session.authenticated_at.as_millis(),
        user_agent: session.user_agent.as_ref().map(|agent| agent.as_str().to_owned()),
    }
}
