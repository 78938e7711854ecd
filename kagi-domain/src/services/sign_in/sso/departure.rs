//! The way to the provider.

use crate::{
    access::{Actor, Denied},
    ids::SessionId,
    ports::{IdentityProvider, Prompt},
    services::sign_in::{
        SignIn,
        sso::{
            Departure, SsoError,
            challenge::{Intent, LASTS, Pending},
        },
    },
};

impl SignIn<'_> {
    /// Whether there is a provider to sign in at.
    #[must_use]
    pub fn offers_provider(&self) -> bool {
        self.0.ports.provider.is_some()
    }

    /// Sends a browser to the provider, to begin a session. `next` comes back with the arrival as it is.
    ///
    /// # Errors
    ///
    /// [`SsoError`].
    pub async fn depart(&self, next: String) -> Result<Departure, SsoError> {
        self.depart_for(Intent::SignIn, Prompt::Usual, next).await
    }

    /// The same for somebody in a session, to confirm that it is still them: their ten minutes start again.
    ///
    /// # Errors
    ///
    /// [`SsoError`].
    pub async fn depart_to_confirm(&self, actor: &Actor, next: String) -> Result<Departure, SsoError> {
        self.0.authorize_session(actor).await?;
        self.depart_for(Intent::Confirm(session(actor)?), Prompt::SignInAgain, next).await
    }

    /// The same, to let an identity open their account. Needs a fresh sign-in.
    ///
    /// # Errors
    ///
    /// [`SsoError`].
    pub async fn depart_to_link(&self, actor: &Actor, next: String) -> Result<Departure, SsoError> {
        self.0.authorize_fresh(actor).await?;
        self.depart_for(Intent::Link(session(actor)?), Prompt::SignInAgain, next).await
    }

    /// Where a browser signs out of the provider, if that is known.
    pub async fn provider_exit(&self) -> Option<String> {
        match &self.0.ports.provider {
            Some(provider) => provider.exit().await,
            None => None,
        }
    }

    async fn depart_for(&self, intent: Intent, prompt: Prompt, next: String) -> Result<Departure, SsoError> {
        let pending = Pending::begin(self.0, intent, next);
        let url = self.provider()?.entrance(&pending.challenge, prompt).await?;
        Ok(Departure { url, keepsake: pending.seal(self.0)?, lasts: LASTS })
    }

    pub(super) fn provider(&self) -> Result<&dyn IdentityProvider, SsoError> {
        self.0.ports.provider.as_deref().ok_or(SsoError::Off)
    }
}

fn session(actor: &Actor) -> Result<SessionId, Denied> {
    actor.session_id().ok_or(Denied::SessionRequired)
}
