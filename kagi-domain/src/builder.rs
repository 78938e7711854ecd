//! What a vault is put together from.

use std::sync::Arc;

use crate::{
    Kagi, Policy,
    ids::IdSource,
    ports::{Cipher, Clock, Digester, Entropy, IdentityProvider, PasswordHasher, Planner, Storage},
    services::denials::DenialGate,
};

pub(crate) struct Ports {
    pub(crate) storage: Arc<dyn Storage>,
    pub(crate) cipher: Arc<dyn Cipher>,
    pub(crate) digester: Arc<dyn Digester>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<IdSource<Arc<dyn Entropy>>>,
    pub(crate) hasher: Option<Arc<dyn PasswordHasher>>,
    pub(crate) planner: Option<Arc<dyn Planner>>,
    pub(crate) provider: Option<Arc<dyn IdentityProvider>>,
    pub(crate) policy: Policy,
    pub(crate) denials: DenialGate,
}

/// Puts a [`Kagi`] together.
pub struct KagiBuilder(pub(crate) Ports);

impl KagiBuilder {
    /// Adds password sign-in; without it, every password is refused.
    #[must_use]
    pub fn with_passwords(mut self, hasher: Arc<dyn PasswordHasher>) -> Self {
        self.0.hasher = Some(hasher);
        self
    }

    /// Adds sign-in at an identity provider; without it, there is none.
    #[must_use]
    pub fn with_provider(mut self, provider: Arc<dyn IdentityProvider>) -> Self {
        self.0.provider = Some(provider);
        self
    }

    /// Adds a model; without it, requests in plain words are read by the built-in matcher.
    #[must_use]
    pub fn with_planner(mut self, planner: Arc<dyn Planner>) -> Self {
        self.0.planner = Some(planner);
        self
    }

    /// Replaces the default policy.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.0.policy = policy;
        self
    }

    /// The vault.
    #[must_use]
    pub fn build(self) -> Kagi {
        Kagi { ports: Arc::new(self.0) }
    }
}
