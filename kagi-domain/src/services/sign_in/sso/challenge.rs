//! What a browser keeps while its person is at the provider: sealed, so that nobody reads the verifier or
//! writes a challenge of their own.

use std::time::Duration;

use crate::{
    Kagi,
    access::System,
    ids::SessionId,
    ports::{Bucket, Challenge, StorageError},
    seal::{KeyId, SealContext, Sealed},
    secret::{SecretBytes, SecretText},
    services::{sign_in::sso::SsoError, tokens::session_token},
    time::Timestamp,
};

/// How long a person may take at the provider.
pub(super) const LASTS: Duration = Duration::from_mins(10);

/// What it is all for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// Begin a session.
    SignIn,
    /// Confirm who is in this session.
    Confirm(SessionId),
    /// Let the identity open the account of who is in this session.
    Link(SessionId),
}

/// A challenge that a browser carries.
pub(super) struct Pending {
    pub(super) intent: Intent,
    pub(super) challenge: Challenge,
    pub(super) began: Timestamp,
    pub(super) next: String,
}

impl Pending {
    /// A fresh one.
    pub(super) fn begin(kagi: &Kagi, intent: Intent, next: String) -> Self {
        let token = || session_token(&*kagi.ports.entropy);
        let challenge = Challenge { state: token(), nonce: token(), verifier: token() };
        Self { intent, challenge, began: kagi.now(), next }
    }

    /// For the browser.
    pub(super) fn seal(&self, kagi: &Kagi) -> Result<SecretText, SsoError> {
        let (intent, session) = match self.intent {
            Intent::SignIn => ("sign-in", String::new()),
            Intent::Confirm(id) => ("confirm", id.to_string()),
            Intent::Link(id) => ("link", id.to_string()),
        };
        let Challenge { state, nonce, verifier } = &self.challenge;
        // EXPOSE: the challenge goes into the cell.
        let [state, nonce, verifier] = [state, nonce, verifier].map(SecretText::expose);
        let (began, next) = (self.began.as_millis(), &self.next);
        let text = format!("{intent}\n{session}\n{began}\n{state}\n{nonce}\n{verifier}\n{next}");
        let sealed = kagi.ports.cipher.seal(&SealContext::login_challenge(), &SecretBytes::new(text.into()));
        let Sealed { key_id, cell } = sealed.map_err(|_| StorageError::Internal)?;
        Ok(SecretText::new(format!("{key_id}:{cell}")))
    }

    /// Opens what a browser kept; `None` when this installation did not make it, or it is too old.
    pub(super) fn open(kagi: &Kagi, keepsake: &SecretText) -> Option<Self> {
        // EXPOSE: taken apart into key and cell.
        let (key_id, cell) = keepsake.expose().split_once(':')?;
        let sealed = Sealed { key_id: KeyId::from_stored(key_id.to_owned()), cell: cell.to_owned() };
        let opened = kagi.ports.cipher.open(&SealContext::login_challenge(), &sealed).ok()?;
        let text = opened.into_text().ok()?;
        // EXPOSE: read back into its parts.
        let pending = Self::read(text.expose())?;
        (kagi.now().since(pending.began) < LASTS).then_some(pending)
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(7, '\n');
        let (intent, session) = (parts.next()?, parts.next()?);
        let began = Timestamp::from_millis(parts.next()?.parse().ok()?);
        let mut secret = || parts.next().map(|part| SecretText::new(part.to_owned()));
        let challenge = Challenge { state: secret()?, nonce: secret()?, verifier: secret()? };
        let intent = match intent {
            "sign-in" => Intent::SignIn,
            "confirm" => Intent::Confirm(session.parse().ok()?),
            "link" => Intent::Link(session.parse().ok()?),
            _ => return None,
        };
        Some(Self { intent, challenge, began, next: parts.next()?.to_owned() })
    }

    /// Whether a browser brought this challenge's state back.
    pub(super) fn is_answered_by(&self, kagi: &Kagi, state: &SecretText) -> bool {
        let digester = &kagi.ports.digester;
        digester.same(&digester.digest(state), &digester.digest(&self.challenge.state))
    }

    /// Uses the challenge up: of all who try, on whatever replica, the first hears `true`. Remembered for as
    /// long as the challenge could be opened.
    pub(super) async fn spend(&self, kagi: &Kagi) -> Result<bool, StorageError> {
        // EXPOSE: only the digest is kept.
        let state = self.challenge.state.expose();
        let text = SecretText::new(format!("challenge/{state}"));
        let (bucket, now) = (Bucket(kagi.ports.digester.digest(&text)), kagi.now());
        let throttle = kagi.ports.storage.throttle();
        Ok(throttle.strike(&System::assume(), &bucket, now, now.minus(LASTS)).await? == 1)
    }
}
