//! Set-up, sign-up, sign-in and sessions; and who a bearer token belongs to.

mod bearer;
mod passwords;
mod registration;
mod replacement;
mod sso;

use std::time::Duration;

use crate::{
    Kagi,
    access::{ActorKind, ActorStamp, Denied, Leaving, Origin, System},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target, TargetKind},
    fields::Invalid,
    ids::{AuditEventId, SessionId},
    model::user::{Session, User},
    ports::{HasherError, StorageError, Unique, UnitOfWork},
    secret::SecretText,
    services::{retry::Contended, tokens::session_token},
    time::Timestamp,
};

pub use bearer::{AuthError, Visitor};
pub use registration::{NewPassword, Registration, registration};
pub use sso::{Arrival, Departure, Outcome, Return, SsoError, SsoPolicy};

/// The service over sign-ins.
#[derive(Debug, Clone, Copy)]
pub struct SignIn<'a>(pub(crate) &'a Kagi);

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown address, wrong password, or a disabled account: nobody is told which.
    #[error("E-mail or password is wrong.")]
    WrongCredentials,
    /// Too many attempts on the account or from the client.
    #[error("Too many attempts. Please wait 15 minutes and try again.")]
    Throttled {
        /// How long to wait at most.
        retry_after: Duration,
    },
    /// Too many passwords are being checked at this moment.
    #[error("Many people are signing in right now. Please try again in a moment.")]
    Busy,
    /// Passwords are switched off.
    #[error("Signing in with a password is switched off here.")]
    PasswordsOff,
    /// Nobody may register.
    #[error("Registration is closed here. Ask the operator for an account.")]
    SignUpClosed,
    /// The set-up link is wrong, or the set-up is done.
    #[error(
        "This set-up link is not valid, or Kagi is set up already. Sign in, or look for the newest link in the server's output."
    )]
    SetUpClosed,
    /// The address has an account.
    #[error("There is already an account with this e-mail address.")]
    EmailTaken,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Storage failed.
    #[error(transparent)]
    Storage(StorageError),
}

impl Contended for SignInError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Storage(StorageError::Conflict))
    }
}

impl From<StorageError> for SignInError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Duplicate(Unique::Email) => Self::EmailTaken,
            other => Self::Storage(other),
        }
    }
}

impl From<HasherError> for SignInError {
    fn from(error: HasherError) -> Self {
        match error {
            HasherError::Busy => Self::Busy,
            HasherError::Broken => Self::Storage(StorageError::Internal),
        }
    }
}

/// Somebody who has just signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// The session's token, for the cookie; kept nowhere else.
    pub token: SecretText,
    /// The session.
    pub session: Session,
    /// The person.
    pub user: User,
}

impl SignIn<'_> {
    /// Opens a session in the unit and commits it together with what led here. The session that the same
    /// browser was in ends at once, as if it had signed out.
    async fn enter(
        &self,
        unit: Box<dyn UnitOfWork>,
        user: User,
        action: Action,
        origin: &Origin,
    ) -> Result<SignedIn, SignInError> {
        self.enter_since(unit, user, action, origin, self.0.ports.clock.now()).await
    }

    /// The same for somebody who gave their credential at another time.
    async fn enter_since(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        user: User,
        action: Action,
        origin: &Origin,
        authenticated_at: Timestamp,
    ) -> Result<SignedIn, SignInError> {
        let ports = &self.0.ports;
        let now = ports.clock.now();
        let token = session_token(&*ports.entropy);
        let id = SessionId::mint(&*ports.clock, &*ports.entropy);
        let session = Session {
            id,
            user: user.id,
            created_at: now,
            last_seen_at: now,
            authenticated_at,
            user_agent: origin.user_agent.clone(),
        };
        let (began, seen) = (now.minus(ports.policy.session_max), now.minus(ports.policy.session_idle));
        unit.sessions().remove_stale(&System::assume(), began, seen).await?;
        unit.sessions().insert(&System::assume(), &session, &ports.digester.digest(&token)).await?;
        let event = self.event(Some(&user), action, AuditResult::Ok, origin, Some(id));
        let mut record = AuditRecord::new(event);
        if let Some(left) = &origin.leaves
            && unit.sessions().remove(&System::assume(), left.session).await?
        {
            record = record.and(self.left(left, origin));
        }
        unit.commit(record).await?;
        Ok(SignedIn { token, session, user })
    }

    /// The end of a session that was left for another.
    fn left(self, left: &Leaving, origin: &Origin) -> AuditEvent {
        let now = self.0.ports.clock.now();
        AuditEvent {
            id: AuditEventId::mint_at(now, &*self.0.ports.entropy),
            owner: Some(left.user),
            action: Action::SignOut,
            result: AuditResult::Ok,
            actor: left.stamp.clone(),
            target: Some(Target::new(TargetKind::Session, left.session)),
            ip: origin.ip,
            request_id: origin.request_id,
            created_at: now,
        }
    }

    fn event(
        self,
        user: Option<&User>,
        action: Action,
        result: AuditResult,
        origin: &Origin,
        session: Option<SessionId>,
    ) -> AuditEvent {
        let now = self.0.ports.clock.now();
        AuditEvent {
            id: AuditEventId::mint_at(now, &*self.0.ports.entropy),
            owner: user.map(|user| user.id),
            action,
            result,
            actor: ActorStamp {
                kind: if session.is_some() { ActorKind::Session } else { ActorKind::System },
                id: session.map(SessionId::as_uuid),
                name: user.map_or("anonymous", User::display_name).to_owned(),
            },
            target: user.map(|user| Target::new(TargetKind::User, user.id)),
            ip: origin.ip,
            request_id: origin.request_id,
            created_at: now,
        }
    }
}
