//! Somebody who vouches for people.

use async_trait::async_trait;

use crate::{
    model::identity::{IdentityKey, Issuer},
    secret::SecretText,
    text::{Email, Title},
    time::Timestamp,
};

/// What ties an answer to the question it was asked for: 256 random bits each, as 43 characters of base64url.
#[derive(Debug)]
pub struct Challenge {
    /// Comes back with the browser.
    pub state: SecretText,
    /// Comes back within the signed token.
    pub nonce: SecretText,
    /// Proves that whoever redeems the code is who asked for it (RFC 7636). Never leaves by the browser: only
    /// its SHA-256 does.
    pub verifier: SecretText,
}

/// What the provider is asked to do with a person who is signed in there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// Whatever it does usually: mostly nothing.
    Usual,
    /// Have them sign in once more, and tell when.
    SignInAgain,
}

/// What a provider vouches for. Each claim was checked to come from the provider, for this installation, in
/// answer to one challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who it is.
    pub identity: IdentityKey,
    /// Their address, if the provider says that it is theirs. One that was not verified is none.
    pub email: Option<Email>,
    /// What they are called.
    pub name: Option<Title>,
    /// When they last gave a credential to the provider; never from the future by more than a clock's error.
    pub authenticated_at: Option<Timestamp>,
}

/// Why a provider vouches for nobody. Says nothing of its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It does not answer, too slowly, or with an error of its own.
    #[error("the provider is not available")]
    Unavailable,
    /// It answers, but is not who was configured, or does not know this client.
    #[error("the provider is not set up for this installation")]
    Misconfigured,
    /// The code is not worth anything, or the token cannot be trusted.
    #[error("the provider's answer cannot be trusted")]
    Refused,
}

/// An identity provider that speaks `OpenID Connect`, with the authorization code flow.
///
/// An implementor owes:
/// - claims only from a token whose signature, issuer, audience, authorized party, times and nonce were all
///   checked, under an algorithm of public keys;
/// - a challenge's verifier goes to nobody but the provider's token endpoint;
/// - each call ends within seconds and takes a bounded amount of memory, whatever the provider sends;
/// - nothing of a provider's answer is in an error or in a log but what is on a list of known words; no token
///   is kept.
#[async_trait]
pub trait IdentityProvider: Send + Sync {
    /// Who vouches. Known without asking, and the same for all time.
    fn issuer(&self) -> &Issuer;

    /// Where the browser goes to answer a challenge.
    ///
    /// # Errors
    ///
    /// [`ProviderError::Unavailable`] or [`ProviderError::Misconfigured`].
    async fn entrance(&self, challenge: &Challenge, prompt: Prompt) -> Result<String, ProviderError>;

    /// Redeems the code that the browser brought.
    ///
    /// # Errors
    ///
    /// [`ProviderError`].
    async fn redeem(&self, code: &SecretText, challenge: &Challenge) -> Result<Claims, ProviderError>;

    /// Where a browser signs out of the provider; `None` when there is no such place, or nobody knows now.
    async fn exit(&self) -> Option<String>;
}
