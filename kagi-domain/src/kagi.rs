//! The facade.

use std::sync::Arc;

use crate::{
    KagiBuilder, Policy,
    access::{Actor, Denied, Origin, Owner, Scope},
    audit::{Action, AuditEvent, AuditResult, Target},
    builder::Ports,
    generate::SecretRecipe,
    ids::{AuditEventId, IdSource, RequestId},
    ports::{Cipher, Clock, Digester, Entropy, Storage},
    secret::SecretText,
    services::{
        access_keys::AccessKeys, account::OwnAccount, audit_trail::AuditTrail, categories::Categories,
        composer::Composer, denials::DenialGate, embedded, encryption::Encryptions, entries::Entries,
        env_projects::EnvProjects, export::Exports, maintenance::Maintenance, overview::Overviews,
        people::People, recovery_sets::RecoverySets, sign_in::SignIn,
    },
    time::Timestamp,
};

/// A vault for many people, over one storage and one keyring. Cheap to clone.
#[derive(Clone)]
pub struct Kagi {
    pub(crate) ports: Arc<Ports>,
}

impl Kagi {
    /// Starts from the ports that every vault needs.
    #[must_use]
    pub fn builder(
        storage: Arc<dyn Storage>,
        cipher: Arc<dyn Cipher>,
        digester: Arc<dyn Digester>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> KagiBuilder {
        KagiBuilder(Ports {
            storage,
            cipher,
            digester,
            clock,
            entropy: Arc::new(IdSource::new(entropy)),
            hasher: None,
            planner: None,
            provider: None,
            policy: Policy::default(),
            denials: DenialGate::default(),
        })
    }

    /// Categories.
    #[must_use]
    pub const fn categories(&self) -> Categories<'_> {
        Categories(self)
    }

    /// Entries and their values.
    #[must_use]
    pub const fn entries(&self) -> Entries<'_> {
        Entries(self)
    }

    /// `.env` files from requests in plain words.
    #[must_use]
    pub const fn composer(&self) -> Composer<'_> {
        Composer(self)
    }

    /// Sets of recovery codes.
    #[must_use]
    pub const fn recovery_sets(&self) -> RecoverySets<'_> {
        RecoverySets(self)
    }

    /// Env projects and their files.
    #[must_use]
    pub const fn env_projects(&self) -> EnvProjects<'_> {
        EnvProjects(self)
    }

    /// Access keys.
    #[must_use]
    pub const fn access_keys(&self) -> AccessKeys<'_> {
        AccessKeys(self)
    }

    /// A person's own account and sessions.
    #[must_use]
    pub const fn account(&self) -> OwnAccount<'_> {
        OwnAccount(self)
    }

    /// Set-up, sign-in and sessions.
    #[must_use]
    pub const fn sign_in(&self) -> SignIn<'_> {
        SignIn(self)
    }

    /// Accounts, for the operator's commands.
    #[must_use]
    pub const fn people(&self) -> People<'_> {
        People(self)
    }

    /// The vault at a glance.
    #[must_use]
    pub const fn overview(&self) -> Overviews<'_> {
        Overviews(self)
    }

    /// How the vault is sealed.
    #[must_use]
    pub const fn encryption(&self) -> Encryptions<'_> {
        Encryptions(self)
    }

    /// Exports of metadata.
    #[must_use]
    pub const fn export(&self) -> Exports<'_> {
        Exports(self)
    }

    /// What happened.
    #[must_use]
    pub const fn audit_trail(&self) -> AuditTrail<'_> {
        AuditTrail(self)
    }

    /// Start-up checks.
    #[must_use]
    pub const fn maintenance(&self) -> Maintenance<'_> {
        Maintenance(self)
    }

    /// Makes a fresh secret. It touches no vault: nobody has to be anybody, and nothing is recorded.
    #[must_use]
    pub fn generate(&self, recipe: SecretRecipe) -> SecretText {
        recipe.make(&*self.ports.entropy)
    }

    /// The operator's choices.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.ports.policy
    }

    /// The actor of a program that has this vault in its own process. The name picks a vault of its
    /// own, made at the first call, and stands in the audit trail; nobody can sign in to it.
    ///
    /// # Errors
    ///
    /// [`EmbeddedError`](embedded::EmbeddedError): a name that is not `[a-z0-9._-]{1,64}`, a wrong
    /// master key, or a database that does not answer.
    pub async fn embedded(&self, name: &str) -> Result<Actor, embedded::EmbeddedError> {
        embedded::actor(self, name).await
    }

    /// Proves a scope, as every service does again for itself; a refusal goes to the trail.
    ///
    /// # Errors
    ///
    /// [`Denied::Scope`].
    pub async fn authorize(&self, actor: &Actor, scope: Scope) -> Result<Owner, Denied> {
        self.settle(actor, actor.authorize(scope)).await
    }

    /// Proves a signed-in person; a refusal goes to the trail.
    ///
    /// # Errors
    ///
    /// [`Denied::SessionRequired`].
    pub async fn authorize_session(&self, actor: &Actor) -> Result<Owner, Denied> {
        self.settle(actor, actor.authorize_session()).await
    }

    /// Proves a freshly signed-in person; a refusal goes to the trail.
    ///
    /// # Errors
    ///
    /// [`Denied::SessionRequired`] or [`Denied::ReauthRequired`].
    pub async fn authorize_fresh(&self, actor: &Actor) -> Result<Owner, Denied> {
        self.settle(actor, actor.authorize_fresh(self.ports.clock.now())).await
    }

    /// The time by which everything here is judged.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// A fresh request's origin.
    #[must_use]
    pub fn origin(&self, ip: Option<std::net::IpAddr>) -> Origin {
        let request_id = RequestId::mint(&*self.ports.clock, &*self.ports.entropy);
        Origin { ip, request_id, user_agent: None, leaves: None }
    }

    pub(crate) async fn settle(
        &self,
        actor: &Actor,
        outcome: Result<Owner, Denied>,
    ) -> Result<Owner, Denied> {
        if let Err(denied) = &outcome {
            self.ports.denials.note(self, actor, *denied).await;
        }
        outcome
    }

    pub(crate) fn event(
        &self,
        owner: &Owner,
        action: Action,
        result: AuditResult,
        target: impl Into<Option<Target>>,
    ) -> AuditEvent {
        let now = self.ports.clock.now();
        AuditEvent {
            id: AuditEventId::mint_at(now, &*self.ports.entropy),
            owner: Some(owner.user()),
            action,
            result,
            actor: owner.stamp().clone(),
            target: target.into(),
            ip: owner.origin().ip,
            request_id: owner.origin().request_id,
            created_at: now,
        }
    }
}

impl std::fmt::Debug for Kagi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kagi")
    }
}
