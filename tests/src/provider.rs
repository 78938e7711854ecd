//! An identity provider without a network.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
};

use async_trait::async_trait;
use kagi_domain::{
    model::identity::{IdentityKey, Issuer},
    ports::{Challenge, Claims, IdentityProvider, Prompt, ProviderError},
    secret::SecretText,
};

use crate::samples::parse;

/// Vouches for whomever a test says: a code is prepared with its claims and good once, like a real one.
#[derive(Debug)]
pub struct FakeProvider {
    issuer: Issuer,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    codes: BTreeMap<String, Claims>,
    nonces: Vec<String>,
    down: Option<ProviderError>,
    exit: Option<String>,
}

impl Default for FakeProvider {
    fn default() -> Self {
        Self { issuer: parse("https://id.example/realms/team"), state: Mutex::default() }
    }
}

impl FakeProvider {
    /// Claims of somebody with a verified address and nothing else.
    #[must_use]
    pub fn claims(&self, subject: &str, email: Option<&str>) -> Claims {
        let identity = IdentityKey { issuer: self.issuer.clone(), subject: parse(subject) };
        Claims { identity, email: email.map(parse), name: None, authenticated_at: None }
    }

    /// From now on this code stands for these claims, once.
    pub fn prepare(&self, code: &str, claims: Claims) {
        self.state().codes.insert(code.to_owned(), claims);
    }

    /// From now on every call fails so, or none.
    pub fn fail(&self, error: Option<ProviderError>) {
        self.state().down = error;
    }

    /// From now on browsers sign out there.
    pub fn set_exit(&self, url: &str) {
        self.state().exit = Some(url.to_owned());
    }

    /// How many codes are left.
    #[must_use]
    pub fn unredeemed(&self) -> usize {
        self.state().codes.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

#[async_trait]
impl IdentityProvider for FakeProvider {
    fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    async fn entrance(&self, challenge: &Challenge, prompt: Prompt) -> Result<String, ProviderError> {
        let mut state = self.state();
        if let Some(error) = state.down {
            return Err(error);
        }
        state.nonces.push(challenge.nonce.expose().to_owned());
        let again = if prompt == Prompt::SignInAgain { "&prompt=login" } else { "" };
        Ok(format!("{}/auth?state={}{again}", self.issuer, challenge.state.expose()))
    }

    async fn redeem(&self, code: &SecretText, challenge: &Challenge) -> Result<Claims, ProviderError> {
        let mut state = self.state();
        if let Some(error) = state.down {
            return Err(error);
        }
        if !state.nonces.iter().any(|nonce| nonce == challenge.nonce.expose()) {
            return Err(ProviderError::Refused);
        }
        state.codes.remove(code.expose()).ok_or(ProviderError::Refused)
    }

    async fn exit(&self) -> Option<String> {
        self.state().exit.clone()
    }
}
