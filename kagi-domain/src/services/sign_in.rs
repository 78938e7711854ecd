//! Set-up, sign-up, sign-in and sessions; and who a bearer token belongs to.

use std::time::Duration;

use crate::{
    Kagi, SignUp,
    access::{Actor, ActorKind, ActorStamp, Denied, Origin, System},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target},
    fields::{Fields, Invalid},
    ids::{AuditEventId, SessionId, UserId},
    model::user::{Account, PasswordHash, Session, User},
    ports::{HasherError, StorageError, Unique, UnitOfWork, Use},
    secret::SecretText,
    services::{
        throttling::{Attempt, WINDOW},
        tokens::{looks_like_access_key, looks_like_session, session_token},
    },
    text::{Email, Title},
};

/// Uses closer together than this are noted once.
const NOTE_EVERY: Duration = Duration::from_mins(1);

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

/// What a person types to make an account.
#[derive(Debug)]
pub struct Registration {
    /// Their address.
    pub email: Email,
    /// Their password, already of a good length.
    pub password: NewPassword,
    /// What to call them.
    pub name: Option<Title>,
}

/// A password that may be set: 12 to 1024 characters.
#[derive(Debug)]
pub struct NewPassword(SecretText);

impl NewPassword {
    /// Checks the length.
    ///
    /// # Errors
    ///
    /// A sentence for the person.
    pub fn parse(text: SecretText) -> Result<Self, &'static str> {
        // EXPOSE: the characters are counted.
        match text.expose().chars().count() {
            0..12 => Err("Use at least 12 characters."),
            12..=1024 => Ok(Self(text)),
            _ => Err("Use at most 1024 characters."),
        }
    }

    pub(super) fn into_text(self) -> SecretText {
        self.0
    }
}

impl SignIn<'_> {
    /// Whether the first account is still to be made.
    ///
    /// # Errors
    ///
    /// [`StorageError`].
    pub async fn needs_set_up(&self) -> Result<bool, StorageError> {
        Ok(!self.0.ports.storage.installation().is_set_up(&System::assume()).await?)
    }

    /// The token of the set-up link, for the operator's eyes.
    #[must_use]
    pub fn set_up_token(&self) -> SecretText {
        self.0.ports.digester.set_up_token()
    }

    /// Whether this is the set-up token and the set-up is still open.
    ///
    /// # Errors
    ///
    /// [`StorageError`].
    pub async fn opens_set_up(&self, token: &SecretText) -> Result<bool, StorageError> {
        let digester = &self.0.ports.digester;
        let same = digester.same(&digester.digest(token), &digester.digest(&digester.set_up_token()));
        Ok(same && self.needs_set_up().await?)
    }

    /// Makes the first account and signs it in. Works once per installation, however many try.
    ///
    /// # Errors
    ///
    /// [`SignInError::SetUpClosed`] and the others.
    pub async fn set_up(
        &self,
        token: &SecretText,
        who: Registration,
        origin: Origin,
    ) -> Result<SignedIn, SignInError> {
        if !self.opens_set_up(token).await? {
            return Err(SignInError::SetUpClosed);
        }
        let (user, hash) = self.0.sign_in().prepare(who).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.users().claim_set_up(&System::assume(), user.created_at).await? {
            return Err(SignInError::SetUpClosed);
        }
        unit.users().insert(&System::assume(), &user, Some(&hash)).await?;
        self.enter(unit, user, Action::SetUp, &origin).await
    }

    /// Makes an account, where the operator lets anybody, and signs it in.
    ///
    /// # Errors
    ///
    /// [`SignInError::SignUpClosed`], [`SignInError::EmailTaken`] and the others.
    pub async fn sign_up(&self, who: Registration, origin: Origin) -> Result<SignedIn, SignInError> {
        if self.0.ports.policy.sign_up == SignUp::Closed {
            return Err(SignInError::SignUpClosed);
        }
        let attempt = self.admit(None, &origin).await?;
        let (user, hash) = match self.prepare(who).await {
            Ok(prepared) => prepared,
            Err(error) => {
                attempt.withdraw(self.0).await?;
                return Err(error);
            }
        };
        let mut unit = self.0.ports.storage.begin().await?;
        // A taken address keeps its strike: asking for addresses is guessing too.
        unit.users().insert(&System::assume(), &user, Some(&hash)).await?;
        let signed_in = self.enter(unit, user, Action::SignUp, &origin).await?;
        attempt.withdraw(self.0).await?;
        Ok(signed_in)
    }

    /// Signs a person in by address and password.
    ///
    /// # Errors
    ///
    /// [`SignInError`]; from the 5th wrong password of an account or the 20th of a client within
    /// 15 minutes it is `Throttled`.
    pub async fn sign_in(
        &self,
        email: &str,
        password: SecretText,
        origin: Origin,
    ) -> Result<SignedIn, SignInError> {
        let attempt = self.admit(Some(email), &origin).await?;
        let account = match email.parse::<Email>() {
            Ok(email) => self.0.ports.storage.directory().account(&System::assume(), &email).await?,
            Err(_) => None,
        };
        let right = match self.check(password, account.as_ref()).await {
            Ok(right) => right,
            Err(error) => {
                attempt.withdraw(self.0).await?;
                return Err(error);
            }
        };
        match account {
            Some(Account { user, .. }) if right && user.disabled_at.is_none() => {
                let unit = self.0.ports.storage.begin().await?;
                let signed_in = self.enter(unit, user, Action::SignIn, &origin).await?;
                attempt.succeed(self.0).await?;
                Ok(signed_in)
            }
            account => {
                let user = account.map(|account| account.user);
                self.record_failure(user.as_ref(), Action::SignIn, &origin).await?;
                Err(if attempt.was_last() { throttled() } else { SignInError::WrongCredentials })
            }
        }
    }

    /// Confirms the password within a session: the ten minutes start again, under a new token.
    ///
    /// # Errors
    ///
    /// [`SignInError`].
    pub async fn reauthenticate(&self, actor: &Actor, password: SecretText) -> Result<SignedIn, SignInError> {
        let owner = self.0.authorize_session(actor).await?;
        let (Some(user), Some(session)) =
            (self.0.ports.storage.catalog().user(&owner).await?, actor.session_id())
        else {
            return Err(Denied::SessionRequired.into());
        };
        let attempt = self.admit(Some(user.email.as_str()), actor.origin()).await?;
        let account = self.0.ports.storage.directory().account(&System::assume(), &user.email).await?;
        match self.check(password, account.as_ref()).await {
            Ok(true) => {}
            Ok(false) => {
                self.record_failure(Some(&user), Action::Reauth, actor.origin()).await?;
                return Err(if attempt.was_last() { throttled() } else { SignInError::WrongCredentials });
            }
            Err(error) => {
                attempt.withdraw(self.0).await?;
                return Err(error);
            }
        }
        let signed_in = self.renew(user, session, actor).await?;
        attempt.succeed(self.0).await?;
        Ok(signed_in)
    }

    async fn renew(&self, user: User, id: SessionId, actor: &Actor) -> Result<SignedIn, SignInError> {
        let owner = self.0.authorize_session(actor).await?;
        let now = self.0.ports.clock.now();
        let token = session_token(&*self.0.ports.entropy);
        let digest = self.0.ports.digester.digest(&token);
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.sessions().renew(&System::assume(), id, &digest, now).await? {
            return Err(Denied::SessionRequired.into());
        }
        let event = self.0.event(&owner, Action::Reauth, AuditResult::Ok, Target::new("session", id));
        unit.commit(AuditRecord::new(event)).await?;
        let session =
            Session { id, user: user.id, created_at: now, last_seen_at: now, authenticated_at: now };
        Ok(SignedIn { token, session, user })
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
        let event = self.0.event(&owner, Action::SignOut, AuditResult::Ok, Target::new("session", id));
        Ok(unit.commit(AuditRecord::new(event)).await?)
    }

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
        if now.since(session.last_seen_at) >= NOTE_EVERY {
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

    async fn admit(&self, email: Option<&str>, origin: &Origin) -> Result<Attempt, SignInError> {
        if !self.0.ports.policy.passwords {
            return Err(SignInError::PasswordsOff);
        }
        let attempt = Attempt::begin(self.0, email, origin.ip).await?;
        if attempt.is_over() {
            attempt.withdraw(self.0).await?;
            return Err(throttled());
        }
        Ok(attempt)
    }

    async fn check(&self, password: SecretText, account: Option<&Account>) -> Result<bool, SignInError> {
        let hasher = self.0.ports.hasher.as_ref().ok_or(SignInError::PasswordsOff)?;
        Ok(hasher.verify(password, account.and_then(|account| account.password.clone())).await?)
    }

    pub(super) async fn prepare(&self, who: Registration) -> Result<(User, PasswordHash), SignInError> {
        let hasher = self.0.ports.hasher.as_ref().ok_or(SignInError::PasswordsOff)?;
        if !self.0.ports.policy.passwords {
            return Err(SignInError::PasswordsOff);
        }
        let hash = hasher.hash(who.password.into_text()).await?;
        let user = User {
            id: UserId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            email: who.email,
            name: who.name,
            disabled_at: None,
            created_at: self.0.ports.clock.now(),
        };
        Ok((user, hash))
    }

    /// Opens a session in the unit and commits it together with what led here.
    async fn enter(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        user: User,
        action: Action,
        origin: &Origin,
    ) -> Result<SignedIn, SignInError> {
        let ports = &self.0.ports;
        let now = ports.clock.now();
        let token = session_token(&*ports.entropy);
        let id = SessionId::mint(&*ports.clock, &*ports.entropy);
        let session =
            Session { id, user: user.id, created_at: now, last_seen_at: now, authenticated_at: now };
        let (began, seen) = (now.minus(ports.policy.session_max), now.minus(ports.policy.session_idle));
        unit.sessions().remove_stale(&System::assume(), began, seen).await?;
        unit.sessions().insert(&System::assume(), &session, &ports.digester.digest(&token)).await?;
        let event = self.event(Some(&user), action, AuditResult::Ok, origin, Some(id));
        unit.commit(AuditRecord::new(event)).await?;
        Ok(SignedIn { token, session, user })
    }

    async fn record_failure(
        &self,
        user: Option<&User>,
        action: Action,
        origin: &Origin,
    ) -> Result<(), StorageError> {
        let event = self.event(user, action, AuditResult::Failed, origin, None);
        self.0.ports.storage.record(AuditRecord::new(event)).await
    }

    fn event(
        self,
        user: Option<&User>,
        action: Action,
        result: AuditResult,
        origin: &Origin,
        session: Option<SessionId>,
    ) -> AuditEvent {
        AuditEvent {
            id: AuditEventId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            owner: user.map(|user| user.id),
            action,
            result,
            actor: ActorStamp {
                kind: if session.is_some() { ActorKind::Session } else { ActorKind::System },
                id: session.map(SessionId::as_uuid),
                name: user.map_or("anonymous", User::display_name).to_owned(),
            },
            target: user.map(|user| Target::new("user", user.id)),
            ip: origin.ip,
            request_id: origin.request_id,
            created_at: self.0.ports.clock.now(),
        }
    }
}

/// Reads what a person typed to register, with all mistakes at once.
///
/// # Errors
///
/// [`Invalid`], naming `email`, `password` and `name`.
pub fn registration(email: &str, password: SecretText, name: Option<&str>) -> Result<Registration, Invalid> {
    let mut fields = Fields::new();
    let email = fields.take("email", email.parse::<Email>());
    let password = fields.take("password", NewPassword::parse(password));
    let name = match name.map(str::trim) {
        None | Some("") => Some(None),
        Some(text) => fields.take("name", text.parse::<Title>()).map(Some),
    };
    let all = email.zip(password).zip(name);
    fields.finish(all.map(|((email, password), name)| Registration { email, password, name }))
}

fn throttled() -> SignInError {
    SignInError::Throttled { retry_after: WINDOW }
}
