//! Making accounts: the set-up of a fresh installation, and registration where it is open.

use crate::{
    SignUp,
    access::{Origin, System},
    audit::Action,
    fields::{Fields, Invalid},
    ids::UserId,
    model::user::{PasswordHash, User},
    ports::StorageError,
    secret::SecretText,
    services::sign_in::{SignIn, SignInError, SignedIn},
    text::{Email, Title},
};

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

    pub(in crate::services) fn into_text(self) -> SecretText {
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
        let (user, hash) = self.prepare(who).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.users().claim_set_up(&System::assume(), user.created_at).await? {
            return Err(SignInError::SetUpClosed);
        }
        unit.users().insert(&System::assume(), &user, Some(&hash)).await?;
        self.enter(unit, user, Action::SetUp, &origin).await
    }

    /// Makes an account, where the operator lets anybody, and signs it in. When it is the first one, the
    /// set-up is done.
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
        // Once there is an account there is something to sign in to: the set-up link has had its use.
        unit.users().claim_set_up(&System::assume(), user.created_at).await?;
        // A taken address keeps its strike: asking for addresses is guessing too.
        unit.users().insert(&System::assume(), &user, Some(&hash)).await?;
        let signed_in = self.enter(unit, user, Action::SignUp, &origin).await?;
        attempt.withdraw(self.0).await?;
        Ok(signed_in)
    }

    pub(in crate::services) async fn prepare(
        &self,
        who: Registration,
    ) -> Result<(User, PasswordHash), SignInError> {
        if !self.0.ports.policy.passwords {
            return Err(SignInError::PasswordsOff);
        }
        let hash = self.hash(who.password).await?;
        let user = User {
            id: UserId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            email: who.email,
            name: who.name,
            disabled_at: None,
            created_at: self.0.ports.clock.now(),
        };
        Ok((user, hash))
    }

    pub(super) async fn hash(&self, password: NewPassword) -> Result<PasswordHash, SignInError> {
        let hasher = self.0.ports.hasher.as_ref().ok_or(SignInError::PasswordsOff)?;
        Ok(hasher.hash(password.into_text()).await?)
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
