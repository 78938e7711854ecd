//! Which identity opens a person's own account.

use crate::{
    access::{Actor, Denied, Owner, System},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    ids::SessionId,
    model::identity::Identity,
    ports::{Claims, StorageError, Unique},
    secret::SecretText,
    services::{
        sign_in::{SignIn, sso::SsoError},
        tokens::session_token,
    },
    time::Timestamp,
};

impl SignIn<'_> {
    /// The provider's identity that opens the actor's account; `None` when none does, or there is no
    /// provider. Needs a session.
    ///
    /// # Errors
    ///
    /// [`SsoError`].
    pub async fn identity(&self, actor: &Actor) -> Result<Option<Identity>, SsoError> {
        let owner = self.0.authorize_session(actor).await?;
        match &self.0.ports.provider {
            Some(provider) => Ok(self.0.ports.storage.catalog().identity(&owner, provider.issuer()).await?),
            None => Ok(None),
        }
    }

    /// Takes the provider's identity away from the actor's account. One that is gone already is what was
    /// wanted. Needs a fresh sign-in.
    ///
    /// # Errors
    ///
    /// [`SsoError`]; `OnlyWayIn` for somebody who has no password that would open the account.
    pub async fn unlink(&self, actor: &Actor) -> Result<(), SsoError> {
        let owner = self.0.authorize_fresh(actor).await?;
        let issuer = self.provider()?.issuer();
        let user = self.0.ports.storage.catalog().user(&owner).await?.ok_or(Denied::SessionRequired)?;
        let mut unit = self.0.ports.storage.begin().await?;
        let account = unit.users().find(&System::assume(), &user.email).await?;
        let has_password = account.is_some_and(|account| account.password.is_some());
        if !(has_password && self.0.ports.policy.passwords) {
            return Err(SsoError::OnlyWayIn);
        }
        if !unit.identities().unlink(&owner, issuer).await? {
            return Ok(());
        }
        Ok(unit.commit(self.of_own(&owner, Action::IdentityUnlink)).await?)
    }

    /// Lets an identity open the actor's account, and renews the session that asked: one that ended while its
    /// person was away links nothing. The new token is returned; none when the identity does already what was
    /// wanted.
    pub(super) async fn link(
        &self,
        claims: &Claims,
        actor: &Actor,
        session: SessionId,
        at: Timestamp,
    ) -> Result<Option<SecretText>, SsoError> {
        let owner = self.0.authorize_session(actor).await?;
        let identity = Identity { key: claims.identity.clone(), linked_at: self.0.now() };
        let token = session_token(&*self.0.ports.entropy);
        let digest = self.0.ports.digester.digest(&token);
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.sessions().renew(&System::assume(), session, &digest, at).await? {
            return Err(Denied::SessionRequired.into());
        }
        let holder = unit.identities().holder(&System::assume(), &identity.key).await?;
        if holder.is_some_and(|holder| holder.id == owner.user()) {
            return Ok(None);
        }
        match unit.identities().link(&System::assume(), owner.user(), &identity).await {
            Err(StorageError::Duplicate(Unique::Identity)) => return Err(SsoError::LinkTaken),
            Err(StorageError::Conflict) => return Err(Denied::SessionRequired.into()),
            settled => settled?,
        }
        unit.commit(self.of_own(&owner, Action::IdentityLink)).await?;
        Ok(Some(token))
    }

    fn of_own(self, owner: &Owner, action: Action) -> AuditRecord {
        let target = Target::new(TargetKind::User, owner.user());
        AuditRecord::new(self.0.event(owner, action, AuditResult::Ok, target))
    }
}
