//! Signing in and stepping up with a password, slowed down against guessing.

use crate::{
    access::{Actor, Denied, Origin, System},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    ids::SessionId,
    model::user::{Account, User},
    ports::{StorageError, UnitOfWork},
    secret::SecretText,
    services::{
        sign_in::{SignIn, SignInError, SignedIn},
        throttling::{Attempt, WINDOW},
        tokens::session_token,
    },
    text::Email,
    time::Timestamp,
};

/// A person whose password was right, in a session.
pub(super) struct Confirmed {
    /// As it was when the password was checked.
    pub(super) account: Account,
    pub(super) session: SessionId,
    pub(super) attempt: Attempt,
}

impl SignIn<'_> {
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
        let unit = match &account {
            Some(account) if right => self.begin_for(account).await?,
            _ => None,
        };
        match (unit, account.map(|account| account.user)) {
            (Some(unit), Some(user)) => {
                let signed_in = self.enter(unit, user, Action::SignIn, &origin).await?;
                attempt.succeed(self.0).await?;
                Ok(signed_in)
            }
            (_, user) => Err(self.refuse(&attempt, user.as_ref(), Action::SignIn, &origin).await?),
        }
    }

    /// Begins a unit in which the account is still as it was when its password was checked. The
    /// check takes a while, and longer in a queue: a new password or a bar that came meanwhile ended
    /// every session, and the old password must not open another after that.
    pub(super) async fn begin_for(
        &self,
        checked: &Account,
    ) -> Result<Option<Box<dyn UnitOfWork>>, StorageError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let found = unit.users().find(&System::assume(), &checked.user.email).await?;
        let stands =
            found.is_some_and(|found| found.user.disabled_at.is_none() && found.password == checked.password);
        Ok(stands.then_some(unit))
    }

    /// Confirms the password within a session: the ten minutes start again, under a new token.
    ///
    /// # Errors
    ///
    /// [`SignInError`]; from the 5th wrong password in the session within 15 minutes it is `Throttled`,
    /// whatever is guessed at the door.
    pub async fn reauthenticate(&self, actor: &Actor, password: SecretText) -> Result<SignedIn, SignInError> {
        let confirmed = self.confirm(actor, password, Action::Reauth).await?;
        let signed_in = self.renew(confirmed.account.user, confirmed.session, actor, self.0.now()).await?;
        confirmed.attempt.succeed(self.0).await?;
        Ok(signed_in)
    }

    /// Checks the password of the person in a session, as a sign-in does, but counted by the session.
    pub(super) async fn confirm(
        &self,
        actor: &Actor,
        password: SecretText,
        action: Action,
    ) -> Result<Confirmed, SignInError> {
        let owner = self.0.authorize_session(actor).await?;
        let (Some(user), Some(session)) =
            (self.0.ports.storage.catalog().user(&owner).await?, actor.session_id())
        else {
            return Err(Denied::SessionRequired.into());
        };
        let attempt = self.admit_within(session).await?;
        let account = self.0.ports.storage.directory().account(&System::assume(), &user.email).await?;
        match (self.check(password, account.as_ref()).await, account) {
            (Ok(true), Some(account)) => Ok(Confirmed { account, session, attempt }),
            (Ok(_), _) => Err(self.refuse(&attempt, Some(&user), action, actor.origin()).await?),
            (Err(error), _) => {
                attempt.withdraw(self.0).await?;
                Err(error)
            }
        }
    }

    /// Records a wrong password, and tells what to say of it.
    pub(super) async fn refuse(
        &self,
        attempt: &Attempt,
        user: Option<&User>,
        action: Action,
        origin: &Origin,
    ) -> Result<SignInError, StorageError> {
        let event = self.event(user, action, AuditResult::Failed, origin, None);
        self.0.ports.storage.record(AuditRecord::new(event)).await?;
        Ok(if attempt.was_last() { throttled() } else { SignInError::WrongCredentials })
    }

    pub(super) async fn renew(
        &self,
        user: User,
        id: SessionId,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<SignedIn, SignInError> {
        let owner = self.0.authorize_session(actor).await?;
        let token = session_token(&*self.0.ports.entropy);
        let digest = self.0.ports.digester.digest(&token);
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.sessions().renew(&System::assume(), id, &digest, at).await? {
            return Err(Denied::SessionRequired.into());
        }
        let event =
            self.0.event(&owner, Action::Reauth, AuditResult::Ok, Target::new(TargetKind::Session, id));
        unit.commit(AuditRecord::new(event)).await?;
        let holder = self.0.ports.storage.directory().session(&System::assume(), &digest).await?;
        let session = holder.ok_or(Denied::SessionRequired)?.session;
        Ok(SignedIn { token, session, user })
    }

    pub(super) async fn admit(&self, email: Option<&str>, origin: &Origin) -> Result<Attempt, SignInError> {
        self.unless_off()?;
        self.unless_over(Attempt::begin(self.0, email, origin.ip).await?).await
    }

    async fn admit_within(&self, session: SessionId) -> Result<Attempt, SignInError> {
        self.unless_off()?;
        self.unless_over(Attempt::begin_within(self.0, session).await?).await
    }

    fn unless_off(self) -> Result<(), SignInError> {
        if self.0.ports.policy.passwords { Ok(()) } else { Err(SignInError::PasswordsOff) }
    }

    async fn unless_over(&self, attempt: Attempt) -> Result<Attempt, SignInError> {
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
}

fn throttled() -> SignInError {
    SignInError::Throttled { retry_after: WINDOW }
}
