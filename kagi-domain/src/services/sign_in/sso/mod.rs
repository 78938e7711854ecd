//! Signing in at a provider that vouches for people.
//!
//! A browser departs with a challenge, of which it keeps a sealed copy, and arrives with the provider's
//! answer to it. Who somebody is, is the provider's issuer and subject and nothing else.

mod arrival;
mod challenge;
mod departure;
mod links;

use std::{collections::BTreeSet, time::Duration};

use crate::{
    SignUp,
    access::Denied,
    ports::{ProviderError, StorageError},
    secret::SecretText,
    services::sign_in::{SignInError, SignedIn},
    text::Email,
};

/// What a first sign-in at the provider may do.
#[derive(Debug, Clone)]
pub struct SsoPolicy {
    /// Whether it may make an account.
    pub sign_up: SignUp,
    /// For addresses of which domains; of any when there are none.
    pub domains: BTreeSet<String>,
}

impl Default for SsoPolicy {
    /// It may, for any address that the provider vouches for.
    fn default() -> Self {
        Self { sign_up: SignUp::Open, domains: BTreeSet::new() }
    }
}

impl SsoPolicy {
    /// Whether an address is of one of the domains. A domain does not stand for those below it.
    fn covers(&self, email: &Email) -> bool {
        let domain = email.as_str().rsplit_once('@').map_or("", |(_, domain)| domain);
        self.domains.is_empty() || self.domains.contains(domain)
    }
}

/// A browser on its way to the provider.
#[derive(Debug)]
pub struct Departure {
    /// Where it goes.
    pub url: String,
    /// What it keeps meanwhile: visible ASCII without blanks, quotes, commas, semicolons and backslashes.
    pub keepsake: SecretText,
    /// For how long that is good.
    pub lasts: Duration,
}

/// What a browser brings back from the provider. Anybody can make one up.
#[derive(Debug, Default)]
pub struct Return {
    /// The challenge's state.
    pub state: Option<SecretText>,
    /// What to redeem.
    pub code: Option<SecretText>,
    /// The word for what went wrong (RFC 6749, section 4.1.2.1).
    pub error: Option<String>,
    /// Who answers (RFC 9207).
    pub issuer: Option<String>,
}

/// Somebody for whom the provider has vouched.
#[derive(Debug)]
pub struct Arrival {
    /// What came of it.
    pub outcome: Outcome,
    /// Where they wanted to go, as it was given at the departure.
    pub next: String,
}

/// What came of a sign-in at the provider.
#[derive(Debug)]
pub enum Outcome {
    /// A session began.
    Entered(SignedIn),
    /// Their session goes on, as freshly signed in, under a new token.
    Confirmed(SignedIn),
    /// From now on the identity opens their account. Their session goes on under this token, if it is a new
    /// one.
    Linked(Option<SecretText>),
}

/// Why somebody is not signed in, confirmed or linked. The sentences are for people.
#[derive(Debug, thiserror::Error)]
pub enum SsoError {
    /// There is no provider.
    #[error("Signing in elsewhere is not set up here.")]
    Off,
    /// The browser keeps no challenge, or another one; or it is too old, or was answered before.
    #[error(
        "This sign-in took too long, was finished already, or began in another browser. Please start again."
    )]
    Expired,
    /// Too many answers from this client were worth nothing.
    #[error("Too many attempts. Please wait 15 minutes and try again.")]
    Throttled,
    /// The person or the provider broke it off.
    #[error("Keycloak did not let you in, or you went back. Nothing has changed here.")]
    Declined,
    /// The provider does not answer.
    #[error(
        "Keycloak does not answer right now. Please try again in a moment, or sign in with your password."
    )]
    Unavailable,
    /// The provider is another one than configured, or does not know this installation.
    #[error(
        "Keycloak and Kagi are not set up for each other. Please tell whoever runs this Kagi; their log says more."
    )]
    Misconfigured,
    /// The provider's answer cannot be trusted.
    #[error("Keycloak's answer could not be verified, so nobody was signed in. Please start again.")]
    Refused,
    /// The account is barred.
    #[error("Your account here is disabled. Please ask whoever runs this Kagi.")]
    Disabled,
    /// The address has an account that the identity does not open.
    #[error(
        "There is already an account with your e-mail address. Sign in with your password, then link Keycloak in the settings."
    )]
    EmailTaken,
    /// No first sign-in makes an account.
    #[error("You have no account here yet. Please ask whoever runs this Kagi for one.")]
    SignUpClosed,
    /// The provider vouches for no address.
    #[error(
        "Keycloak has no verified e-mail address of yours, which a new account needs. Verify it there and try again."
    )]
    EmailUnverified,
    /// The address is of another domain.
    #[error("Accounts here are for other e-mail domains than yours. Please ask whoever runs this Kagi.")]
    DomainRefused,
    /// The provider did not ask for a credential once more.
    #[error(
        "Keycloak did not ask you to sign in once more, so that it is you was not confirmed. Please try again."
    )]
    NotFresh,
    /// Somebody else, or nobody, is in the session now; or the provider vouches for somebody else.
    #[error("You signed in at Keycloak as somebody else than here. Nothing has changed.")]
    OtherPerson,
    /// The identity opens another account, or another identity opens this one.
    #[error(
        "This Keycloak account is linked to another account here, or yours is linked to another one there. Nothing has changed."
    )]
    LinkTaken,
    /// Without a password there would be no way in.
    #[error("Keycloak is your only way in: this account has no password to sign in with. It stays linked.")]
    OnlyWayIn,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<ProviderError> for SsoError {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::Unavailable => Self::Unavailable,
            ProviderError::Misconfigured => Self::Misconfigured,
            ProviderError::Refused => Self::Refused,
        }
    }
}

impl From<SignInError> for SsoError {
    /// Of what a session's beginning can say.
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Denied(denied) => denied.into(),
            SignInError::Storage(error) => error.into(),
            SignInError::EmailTaken => Self::EmailTaken,
            SignInError::Throttled { .. } => Self::Throttled,
            SignInError::WrongCredentials
            | SignInError::Busy
            | SignInError::PasswordsOff
            | SignInError::SignUpClosed
            | SignInError::SetUpClosed
            | SignInError::Invalid(_) => Self::Storage(StorageError::Internal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_stands_for_itself_alone() {
        let policy = SsoPolicy { domains: ["example.com".to_owned()].into(), ..SsoPolicy::default() };
        assert!(policy.covers(&"Ada@EXAMPLE.com".parse().unwrap()));
        for other in ["ada@sub.example.com", "ada@badexample.com", "ada@example.com.evil", "example.com@evil"]
        {
            assert!(!policy.covers(&other.parse().unwrap()), "{other}");
        }
        assert!(SsoPolicy::default().covers(&"ada@anywhere.example".parse().unwrap()));
    }
}
