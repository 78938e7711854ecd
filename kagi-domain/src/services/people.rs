//! Accounts, as the operator's commands manage them.

use crate::{
    Kagi,
    access::{ActorKind, ActorStamp, System},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target, TargetKind},
    fields::Invalid,
    ids::{AuditEventId, UserId},
    model::user::User,
    ports::{HasherError, StorageError, Unique},
    services::{
        sign_in::{NewPassword, Registration, SignInError},
        throttling,
    },
    text::Email,
};

/// The service over accounts.
#[derive(Debug, Clone, Copy)]
pub struct People<'a>(pub(crate) &'a Kagi);

/// Why a command on accounts failed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Nobody has this address.
    #[error("There is no account with this e-mail address.")]
    NotFound,
    /// The address has an account.
    #[error("There is already an account with this e-mail address.")]
    EmailTaken,
    /// Passwords are switched off.
    #[error("Signing in with a password is switched off, so an account cannot be given one.")]
    PasswordsOff,
    /// The input has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The password could not be hashed.
    #[error(transparent)]
    Hasher(#[from] HasherError),
    /// Storage failed.
    #[error(transparent)]
    Storage(StorageError),
}

impl From<StorageError> for PeopleError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Duplicate(Unique::Email) => Self::EmailTaken,
            other => Self::Storage(other),
        }
    }
}

impl From<SignInError> for PeopleError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::PasswordsOff => Self::PasswordsOff,
            SignInError::Busy => Self::Hasher(HasherError::Busy),
            SignInError::Invalid(invalid) => Self::Invalid(invalid),
            SignInError::Storage(error) => error.into(),
            SignInError::EmailTaken => Self::EmailTaken,
            SignInError::WrongCredentials
            | SignInError::Throttled { .. }
            | SignInError::SignUpClosed
            | SignInError::SetUpClosed
            | SignInError::Denied(_) => Self::Storage(StorageError::Internal),
        }
    }
}

impl People<'_> {
    /// Makes an account. Counts as the set-up.
    ///
    /// # Errors
    ///
    /// [`PeopleError`].
    pub async fn add(&self, who: Registration) -> Result<User, PeopleError> {
        let (user, hash) = self.0.sign_in().prepare(who).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        unit.users().claim_set_up(&System::assume(), user.created_at).await?;
        unit.users().insert(&System::assume(), &user, Some(&hash)).await?;
        unit.commit(self.record(user.id, Action::UserCreate)).await?;
        Ok(user)
    }

    /// Makes the first account unless one was ever made; of replicas that start together, one
    /// does. `None` when the installation is set up already.
    ///
    /// # Errors
    ///
    /// [`PeopleError`].
    pub async fn ensure_first(&self, who: Registration) -> Result<Option<User>, PeopleError> {
        if !self.0.sign_in().needs_set_up().await? {
            return Ok(None);
        }
        let (user, hash) = self.0.sign_in().prepare(who).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.users().claim_set_up(&System::assume(), user.created_at).await? {
            return Ok(None);
        }
        unit.users().insert(&System::assume(), &user, Some(&hash)).await?;
        unit.commit(self.record(user.id, Action::UserCreate)).await?;
        Ok(Some(user))
    }

    /// Gives an account a new password and ends its sessions; what was guessed at it before is forgotten.
    /// A barred account stays barred.
    ///
    /// # Errors
    ///
    /// [`PeopleError`].
    pub async fn reset_password(&self, email: &Email, password: NewPassword) -> Result<User, PeopleError> {
        let hasher = self.0.ports.hasher.as_ref().ok_or(PeopleError::PasswordsOff)?;
        let hash = hasher.hash(password.into_text()).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        let account = unit.users().find(&System::assume(), email).await?.ok_or(PeopleError::NotFound)?;
        unit.users().set_password(&System::assume(), account.user.id, &hash).await?;
        unit.sessions().remove_all(&System::assume(), account.user.id).await?;
        unit.commit(self.record(account.user.id, Action::PasswordReset)).await?;
        throttling::forgive(self.0, &account.user.email).await?;
        Ok(account.user)
    }

    /// Bars an account: its sessions end, its access keys stop working, its vault stays.
    ///
    /// # Errors
    ///
    /// [`PeopleError`].
    pub async fn disable(&self, email: &Email) -> Result<User, PeopleError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let account = unit.users().find(&System::assume(), email).await?.ok_or(PeopleError::NotFound)?;
        let now = self.0.ports.clock.now();
        unit.users().disable(&System::assume(), account.user.id, now).await?;
        unit.sessions().remove_all(&System::assume(), account.user.id).await?;
        unit.commit(self.record(account.user.id, Action::UserDisable)).await?;
        Ok(account.user)
    }

    fn record(self, user: UserId, action: Action) -> AuditRecord {
        AuditRecord::new(operator_event(self.0, user, action, "kagi-server"))
    }
}

/// An event of the server itself or of a library, in a person's trail.
pub(super) fn operator_event(kagi: &Kagi, user: UserId, action: Action, name: &str) -> AuditEvent {
    let now = kagi.ports.clock.now();
    AuditEvent {
        id: AuditEventId::mint_at(now, &*kagi.ports.entropy),
        owner: Some(user),
        action,
        result: AuditResult::Ok,
        actor: ActorStamp { kind: ActorKind::System, id: None, name: name.to_owned() },
        target: Some(Target::new(TargetKind::User, user)),
        ip: None,
        request_id: kagi.origin(None).request_id,
        created_at: now,
    }
}
