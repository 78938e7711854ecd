//! Who a session or an access key belongs to, and the end of a session.

use std::time::Duration;

use crate::{
    access::{Actor, Origin, System},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    model::user::{Session, User},
    ports::{StorageError, Use},
    secret::SecretText,
    services::{
        sign_in::{SignIn, SignInError},
        tokens::{looks_like_access_key, looks_like_session},
    },
};

/// Uses closer together than this are noted once.
const NOTE_EVERY: Duration = Duration::from_mins(1);
/// So many uses of a session are noted in the time after which an idle one ends: whoever is active must
/// not look idle because of what was not noted.
const NOTES_PER_IDLE: u32 = 4;

/// Why a bearer token makes nobody an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// Unknown, expired, revoked, or its person is disabled.
    #[error("Unauthorized")]
    Refused,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Somebody whose session was checked.
#[derive(Debug)]
pub struct Visitor {
    /// What they act as.
    pub actor: Actor,
    /// The person.
    pub user: User,
    /// The session.
    pub session: Session,
}

impl SignIn<'_> {
    /// Who a session's token belongs to.
    ///
    /// # Errors
    ///
    /// [`AuthError::Refused`] when it is unknown, too old, or its person is disabled.
    pub async fn by_session(&self, token: &SecretText, origin: Origin) -> Result<Visitor, AuthError> {
        if !looks_like_session(token) {
            return Err(AuthError::Refused);
        }
        let digest = self.0.ports.digester.digest(token);
        let holder = self.0.ports.storage.directory().session(&System::assume(), &digest).await?;
        let Some(holder) = holder else { return Err(AuthError::Refused) };
        let (session, user) = (holder.session, holder.user);
        let now = self.0.ports.clock.now();
        let policy = &self.0.ports.policy;
        let over = now.since(session.last_seen_at) >= policy.session_idle
            || now.since(session.created_at) >= policy.session_max;
        if over || user.disabled_at.is_some() {
            return Err(AuthError::Refused);
        }
        if now.since(session.last_seen_at) >= NOTE_EVERY.min(policy.session_idle / NOTES_PER_IDLE) {
            self.0.ports.storage.note_use(Use::Session(session.id, now));
        }
        let name = user.display_name().to_owned();
        let actor = Actor::session(user.id, session.id, name, session.authenticated_at, origin);
        Ok(Visitor { actor, user, session })
    }

    /// Who an access key belongs to.
    ///
    /// # Errors
    ///
    /// [`AuthError::Refused`] when it is unknown, expired, or its person is disabled.
    pub async fn by_access_key(&self, token: &SecretText, origin: Origin) -> Result<Actor, AuthError> {
        if !looks_like_access_key(token) {
            return Err(AuthError::Refused);
        }
        let digest = self.0.ports.digester.digest(token);
        let holder = self.0.ports.storage.directory().access_key(&System::assume(), &digest).await?;
        let Some(holder) = holder else { return Err(AuthError::Refused) };
        let (key, now) = (holder.access_key, self.0.ports.clock.now());
        if key.expires_at.is_some_and(|at| at <= now) || holder.user.disabled_at.is_some() {
            return Err(AuthError::Refused);
        }
        if key.last_used_at.is_none_or(|at| now.since(at) >= NOTE_EVERY) {
            self.0.ports.storage.note_use(Use::AccessKey(key.id, now));
        }
        Ok(Actor::access_key(holder.user.id, key.id, key.name.to_string(), key.scopes, key.projects, origin))
    }

    /// Ends the actor's session.
    ///
    /// # Errors
    ///
    /// [`SignInError`].
    pub async fn sign_out(&self, actor: &Actor) -> Result<(), SignInError> {
        let owner = self.0.authorize_session(actor).await?;
        let Some(id) = actor.session_id() else { return Ok(()) };
        let mut unit = self.0.ports.storage.begin().await?;
        unit.sessions().remove(&System::assume(), id).await?;
        let event =
            self.0.event(&owner, Action::SignOut, AuditResult::Ok, Target::new(TargetKind::Session, id));
        Ok(unit.commit(AuditRecord::new(event)).await?)
    }
}
