//! The way back from the provider.

use std::time::Duration;

use crate::{
    SignUp,
    access::{Actor, Origin, System},
    audit::{Action, AuditRecord, AuditResult},
    ids::{SessionId, UserId},
    model::{identity::Identity, user::User},
    ports::{Claims, ProviderError, StorageError, UnitOfWork},
    secret::SecretText,
    services::{
        sign_in::{
            SignIn, SignedIn,
            sso::{
                Arrival, Outcome, Return, SsoError,
                challenge::{Intent, Pending},
            },
        },
        throttling::Attempt,
    },
    text::Email,
    time::Timestamp,
};

/// How far the provider's clock may be behind.
const SKEW: Duration = Duration::from_mins(1);

impl SignIn<'_> {
    /// Settles what a browser brings back, against what it kept. A challenge is good once, for ten minutes,
    /// in the browser that got it; for a confirmation or a link, in the session that asked. Whatever fails,
    /// nothing is half-made.
    ///
    /// # Errors
    ///
    /// [`SsoError`]; from the 20th answer of a client within 15 minutes that is worth nothing, it is `Throttled`.
    pub async fn arrive(
        &self,
        returned: Return,
        keepsake: Option<&SecretText>,
        visitor: Option<&Actor>,
        origin: Origin,
    ) -> Result<Arrival, SsoError> {
        self.provider()?;
        let pending = self.pending(&returned, keepsake)?;
        let attempt = Attempt::begin(self.0, None, origin.ip).await?;
        if attempt.is_over() {
            attempt.withdraw(self.0).await?;
            return Err(SsoError::Throttled);
        }
        let vouched = match self.code(returned) {
            Ok(code) if pending.spend(self.0).await? => self.vouch(&code, &pending).await,
            Ok(_) => Err(SsoError::Expired),
            // Nothing to redeem: the challenge stays as it is, and nothing was written for it.
            Err(error) => Err(error),
        };
        match &vouched {
            // A guess, and the only kind that costs the provider work: it counts.
            Err(SsoError::Refused) => {
                let event = self.event(None, pending.action(), AuditResult::Failed, &origin, None);
                self.0.ports.storage.record(AuditRecord::new(event)).await?;
            }
            Err(SsoError::Declined) => {}
            _ => attempt.withdraw(self.0).await?,
        }
        let outcome = self.settle(&vouched?, &pending, visitor, &origin).await?;
        Ok(Arrival { outcome, next: pending.next })
    }

    /// The challenge that is answered, if this browser was given it.
    fn pending(self, returned: &Return, keepsake: Option<&SecretText>) -> Result<Pending, SsoError> {
        let pending = keepsake.and_then(|keepsake| Pending::open(self.0, keepsake));
        let state = returned.state.as_ref();
        let answered = |pending: &Pending| state.is_some_and(|state| pending.is_answered_by(self.0, state));
        pending.filter(answered).ok_or(SsoError::Expired)
    }

    /// What there is to redeem in an answer.
    fn code(self, returned: Return) -> Result<SecretText, SsoError> {
        let provider = self.provider()?;
        if returned.issuer.is_some_and(|issuer| issuer != provider.issuer().as_str()) {
            return Err(SsoError::Refused);
        }
        match returned.error {
            Some(error) => Err(declined(&error)),
            None => returned.code.ok_or(SsoError::Refused),
        }
    }

    async fn vouch(&self, code: &SecretText, pending: &Pending) -> Result<Claims, SsoError> {
        let provider = self.provider()?;
        let claims = provider.redeem(code, &pending.challenge).await?;
        if claims.identity.issuer != *provider.issuer() {
            return Err(ProviderError::Refused.into());
        }
        Ok(claims)
    }

    async fn settle(
        &self,
        claims: &Claims,
        pending: &Pending,
        visitor: Option<&Actor>,
        origin: &Origin,
    ) -> Result<Outcome, SsoError> {
        match pending.intent {
            Intent::SignIn => Ok(Outcome::Entered(self.enter_as(claims, origin).await?)),
            Intent::Confirm(session) => {
                let actor = asked(visitor, session)?;
                let at = fresh(claims, pending)?;
                Ok(Outcome::Confirmed(self.confirm_as(claims, actor, session, at.min(self.0.now())).await?))
            }
            Intent::Link(session) => {
                let actor = asked(visitor, session)?;
                let at = fresh(claims, pending)?;
                Ok(Outcome::Linked(self.link(claims, actor, session, at.min(self.0.now())).await?))
            }
        }
    }

    /// Begins a session. Of parallel first sign-ins one makes the account, and the others find it.
    async fn enter_as(&self, claims: &Claims, origin: &Origin) -> Result<SignedIn, SsoError> {
        match self.try_enter_as(claims, origin).await {
            Err(SsoError::Storage(StorageError::Duplicate(_))) => self.try_enter_as(claims, origin).await,
            settled => settled,
        }
    }

    async fn try_enter_as(&self, claims: &Claims, origin: &Origin) -> Result<SignedIn, SsoError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let holder = unit.identities().holder(&System::assume(), &claims.identity).await?;
        let (user, action) = match holder {
            Some(user) => (user, Action::SignIn),
            None => (self.make_account(&mut *unit, claims).await?, Action::SignUp),
        };
        if user.disabled_at.is_some() {
            drop(unit);
            let event = self.event(Some(&user), action, AuditResult::Denied, origin, None);
            self.0.ports.storage.record(AuditRecord::new(event)).await?;
            return Err(SsoError::Disabled);
        }
        Ok(self.enter_since(unit, user, action, origin, self.authenticated_at(claims)).await?)
    }

    /// When a credential was given. Who was let in by the provider's own session gave none now, and when
    /// nothing is said, it was long ago: dangerous things ask again.
    fn authenticated_at(self, claims: &Claims) -> Timestamp {
        let now = self.0.now();
        claims.authenticated_at.map_or(now.minus(Actor::FRESH), |at| at.min(now))
    }

    async fn make_account(&self, unit: &mut dyn UnitOfWork, claims: &Claims) -> Result<User, SsoError> {
        let policy = &self.0.ports.policy.sso;
        if let Some(email) = &claims.email
            && unit.users().find(&System::assume(), email).await?.is_some()
        {
            return Err(SsoError::EmailTaken);
        }
        if policy.sign_up == SignUp::Closed {
            return Err(SsoError::SignUpClosed);
        }
        let email = claims.email.clone().ok_or(SsoError::EmailUnverified)?;
        if !policy.covers(&email) {
            return Err(SsoError::DomainRefused);
        }
        let user = self.newcomer(email, claims);
        let identity = Identity { key: claims.identity.clone(), linked_at: user.created_at };
        // Where people sign in elsewhere there may never be a first password.
        unit.users().claim_set_up(&System::assume(), user.created_at).await?;
        unit.users().insert(&System::assume(), &user, None).await?;
        unit.identities().link(&System::assume(), user.id, &identity).await?;
        Ok(user)
    }

    fn newcomer(self, email: Email, claims: &Claims) -> User {
        User {
            id: UserId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            email,
            name: claims.name.clone(),
            disabled_at: None,
            created_at: self.0.now(),
        }
    }

    async fn confirm_as(
        &self,
        claims: &Claims,
        actor: &Actor,
        session: SessionId,
        at: Timestamp,
    ) -> Result<SignedIn, SsoError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let holder = unit.identities().holder(&System::assume(), &claims.identity).await?;
        drop(unit);
        let user = holder.filter(|user| user.id == actor.user()).ok_or(SsoError::OtherPerson)?;
        Ok(self.renew(user, session, actor, at).await?)
    }
}

impl Pending {
    fn action(&self) -> Action {
        match self.intent {
            Intent::SignIn => Action::SignIn,
            Intent::Confirm(_) => Action::Reauth,
            Intent::Link(_) => Action::IdentityLink,
        }
    }
}

/// The person in the session that asked, if it is still this browser's.
fn asked(visitor: Option<&Actor>, session: SessionId) -> Result<&Actor, SsoError> {
    visitor.filter(|actor| actor.session_id() == Some(session)).ok_or(SsoError::OtherPerson)
}

/// When a credential was given, if that was after the departure.
fn fresh(claims: &Claims, pending: &Pending) -> Result<Timestamp, SsoError> {
    claims.authenticated_at.filter(|at| *at >= pending.began.minus(SKEW)).ok_or(SsoError::NotFresh)
}

/// What the provider's word means; any other is the person's or the provider's no.
fn declined(error: &str) -> SsoError {
    match error {
        "server_error" | "temporarily_unavailable" => SsoError::Unavailable,
        "invalid_request" | "unauthorized_client" | "unsupported_response_type" | "invalid_scope" => {
            SsoError::Misconfigured
        }
        _ => SsoError::Declined,
    }
}
