//! Who acts, what they may do, and the proofs of it that storage asks for.

mod leaving;
mod scope;

use std::{collections::BTreeSet, net::IpAddr, time::Duration};

use uuid::Uuid;

use crate::{
    ids::{AccessKeyId, RequestId, SessionId, UserId},
    model::user::UserAgent,
    text::ProjectName,
    time::Timestamp,
};

pub use leaving::Leaving;
pub use scope::{Scope, UnknownScope};

/// Which projects' entries and env projects are within reach. Names are compared folded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ProjectLimit {
    /// No limit.
    #[default]
    All,
    /// These only.
    Only(BTreeSet<ProjectName>),
}

impl ProjectLimit {
    /// Whether a project is within reach.
    #[must_use]
    pub fn allows(&self, project: &ProjectName) -> bool {
        self.keys().is_none_or(|keys| keys.contains(&project.key()))
    }

    /// The folded names to filter by; `None` when there is no limit.
    #[must_use]
    pub fn keys(&self) -> Option<BTreeSet<String>> {
        match self {
            Self::All => None,
            Self::Only(names) => Some(names.iter().map(ProjectName::key).collect()),
        }
    }
}

/// Where a request came from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The client's address; none for a library or a command.
    pub ip: Option<IpAddr>,
    /// The request's id.
    pub request_id: RequestId,
    /// What the client calls itself; told only where a session may begin.
    pub user_agent: Option<UserAgent>,
    /// The session that ends when one begins here; told only where one may.
    pub leaves: Option<Leaving>,
}

/// What kind of credential acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// A person in a browser.
    Session,
    /// A program with an access key.
    AccessKey,
    /// A library, a command or the server itself.
    System,
}

impl ActorKind {
    /// The kind as the API and storage spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::AccessKey => "access_key",
            Self::System => "system",
        }
    }

    /// Reads [`Self::as_str`] back.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        [Self::Session, Self::AccessKey, Self::System].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Who did it, as versions and the audit trail keep it: readable after the credential is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorStamp {
    /// The kind of credential.
    pub kind: ActorKind,
    /// The session's or access key's id; none for a library.
    pub id: Option<Uuid>,
    /// The person's or access key's name.
    pub name: String,
}

/// Somebody whose credential was checked for this request.
#[derive(Debug, Clone)]
pub struct Actor {
    user: UserId,
    stamp: ActorStamp,
    scopes: BTreeSet<Scope>,
    projects: ProjectLimit,
    /// When a password was last given in this session.
    authenticated_at: Option<Timestamp>,
    origin: Origin,
}

/// The actor may not do this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The access key lacks a scope.
    #[error("This access key does not have the scope {0}.")]
    Scope(Scope),
    /// The access key is limited to other projects.
    #[error("This access key is limited to other projects; {0} does not reach this one.")]
    Project(Scope),
    /// Access keys can never do this.
    #[error("Only a signed-in person can do this, not an access key.")]
    SessionRequired,
    /// The sign-in is older than [`Actor::FRESH`].
    #[error("Please confirm your password first: the last time was more than 10 minutes ago.")]
    ReauthRequired,
}

impl Actor {
    /// How long a sign-in counts as fresh for dangerous operations.
    pub const FRESH: Duration = Duration::from_mins(10);

    pub(crate) fn session(
        user: UserId,
        id: SessionId,
        name: String,
        authenticated_at: Timestamp,
        origin: Origin,
    ) -> Self {
        Self {
            user,
            stamp: ActorStamp { kind: ActorKind::Session, id: Some(id.as_uuid()), name },
            scopes: Scope::ALL.iter().copied().collect(),
            projects: ProjectLimit::All,
            authenticated_at: Some(authenticated_at),
            origin,
        }
    }

    pub(crate) fn access_key(
        user: UserId,
        id: AccessKeyId,
        name: String,
        scopes: BTreeSet<Scope>,
        projects: ProjectLimit,
        origin: Origin,
    ) -> Self {
        let stamp = ActorStamp { kind: ActorKind::AccessKey, id: Some(id.as_uuid()), name };
        Self { user, stamp, scopes, projects, authenticated_at: None, origin }
    }

    pub(crate) fn library(user: UserId, name: String, origin: Origin) -> Self {
        Self {
            user,
            stamp: ActorStamp { kind: ActorKind::System, id: None, name },
            scopes: Scope::ALL.iter().copied().collect(),
            projects: ProjectLimit::All,
            authenticated_at: None,
            origin,
        }
    }

    /// Whose vault this is about.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// The credential, as the trail keeps it.
    #[must_use]
    pub const fn stamp(&self) -> &ActorStamp {
        &self.stamp
    }

    /// Where the request came from.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The session's id, when the actor is a session.
    #[must_use]
    pub fn session_id(&self) -> Option<SessionId> {
        match self.stamp.kind {
            ActorKind::Session => self.stamp.id.map(SessionId::from_uuid),
            ActorKind::AccessKey | ActorKind::System => None,
        }
    }

    /// Proves that the actor holds a scope.
    ///
    /// # Errors
    ///
    /// [`Denied::Scope`].
    pub fn authorize(&self, scope: Scope) -> Result<Owner, Denied> {
        if self.scopes.contains(&scope) { Ok(self.owner()) } else { Err(Denied::Scope(scope)) }
    }

    /// Proves that the actor is a person in a session.
    ///
    /// # Errors
    ///
    /// [`Denied::SessionRequired`].
    pub fn authorize_session(&self) -> Result<Owner, Denied> {
        match self.stamp.kind {
            ActorKind::Session => Ok(self.owner()),
            ActorKind::AccessKey | ActorKind::System => Err(Denied::SessionRequired),
        }
    }

    /// Proves that the actor is a person who gave their password within [`Self::FRESH`].
    ///
    /// # Errors
    ///
    /// [`Denied::SessionRequired`] or [`Denied::ReauthRequired`].
    pub fn authorize_fresh(&self, now: Timestamp) -> Result<Owner, Denied> {
        let owner = self.authorize_session()?;
        match self.authenticated_at {
            Some(at) if now.since(at) < Self::FRESH => Ok(owner),
            _ => Err(Denied::ReauthRequired),
        }
    }

    fn owner(&self) -> Owner {
        Owner {
            user: self.user,
            projects: self.projects.clone(),
            stamp: self.stamp.clone(),
            origin: self.origin.clone(),
        }
    }
}

/// Proof that somebody was authorised to act on their own vault. Only the `authorize` methods of
/// [`Actor`] make one; storage asks for it and filters by it, so a query without authorisation, or
/// without the tenant filter, does not compile.
#[derive(Debug)]
pub struct Owner {
    user: UserId,
    projects: ProjectLimit,
    stamp: ActorStamp,
    origin: Origin,
}

impl Owner {
    /// Whose rows.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// Of which projects.
    #[must_use]
    pub const fn projects(&self) -> &ProjectLimit {
        &self.projects
    }

    /// The credential that acts.
    #[must_use]
    pub const fn stamp(&self) -> &ActorStamp {
        &self.stamp
    }

    /// Where the request came from.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }
}

/// Proof that a service acts before or beyond a person: sign-in, throttle, key lookup, start-up.
/// Only the services of this crate make one.
#[derive(Debug)]
pub struct System(());

impl System {
    pub(crate) const fn assume() -> Self {
        Self(())
    }

    /// A proof for contract suites, which talk to storage without a service.
    #[cfg(feature = "test-proofs")]
    #[must_use]
    pub const fn for_tests() -> Self {
        Self(())
    }
}

#[cfg(feature = "test-proofs")]
impl Owner {
    /// A proof for contract suites, which talk to storage without a service.
    #[must_use]
    pub fn for_tests(user: UserId, projects: ProjectLimit) -> Self {
        let stamp = ActorStamp { kind: ActorKind::System, id: None, name: "contract".to_owned() };
        let request_id = RequestId::from_uuid(Uuid::from_u128(7));
        Self {
            user,
            projects,
            stamp,
            origin: Origin { ip: None, request_id, user_agent: None, leaves: None },
        }
    }
}
