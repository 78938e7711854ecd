//! Access keys: list, make, revoke. Only a signed-in person may.

use crate::{
    Kagi,
    access::{Actor, Denied},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    fields::{Fields, Invalid},
    ids::AccessKeyId,
    model::access_key::{AccessKey, IssuedAccessKey, NewAccessKey},
    paging::{Order, Page, PageRequest},
    ports::StorageError,
    services::{
        categories::search_key,
        tokens::{ACCESS_KEY_PREFIX, access_key_token},
    },
};

/// The service over access keys.
#[derive(Debug, Clone, Copy)]
pub struct AccessKeys<'a>(pub(crate) &'a Kagi);

/// Why a call on access keys failed.
#[derive(Debug, thiserror::Error)]
pub enum AccessKeyError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Not there, or somebody else's.
    #[error("There is no such access key.")]
    NotFound,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl AccessKeys<'_> {
    /// A page of access keys, newest first. Needs a session.
    ///
    /// # Errors
    ///
    /// [`AccessKeyError`].
    pub async fn list(
        &self,
        actor: &Actor,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<AccessKey>, AccessKeyError> {
        let owner = self.0.authorize_session(actor).await?;
        page.ordered_by(Order::Id)?;
        let search = search_key(search)?;
        Ok(self.0.ports.storage.catalog().access_keys(&owner, search.as_deref(), page).await?)
    }

    /// Makes an access key and returns its text, this once. Needs a fresh sign-in.
    ///
    /// # Errors
    ///
    /// [`AccessKeyError`]; `Invalid` without a scope or with an expiry that has passed.
    pub async fn create(&self, actor: &Actor, new: NewAccessKey) -> Result<IssuedAccessKey, AccessKeyError> {
        let owner = self.0.authorize_fresh(actor).await?;
        let now = self.0.ports.clock.now();
        let mut fields = Fields::new();
        if new.scopes.is_empty() {
            fields.refuse("scopes", "Choose at least one scope.");
        }
        if new.expires_at.is_some_and(|at| at <= now) {
            fields.refuse("expiresAt", "Choose a time in the future.");
        }
        fields.finish(Some(()))?;
        let token = access_key_token(&*self.0.ports.entropy);
        // EXPOSE: the first eight characters are kept so that people recognise the key.
        let prefix = token.expose().chars().take(ACCESS_KEY_PREFIX.len() + 8).collect();
        let access_key = AccessKey {
            id: AccessKeyId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            name: new.name,
            prefix,
            scopes: new.scopes,
            projects: new.projects,
            expires_at: new.expires_at,
            last_used_at: None,
            created_at: now,
        };
        let digest = self.0.ports.digester.digest(&token);
        let mut unit = self.0.ports.storage.begin().await?;
        unit.access_keys().insert(&owner, &access_key, &digest).await?;
        let target = Target::new(TargetKind::AccessKey, access_key.id);
        let event = self.0.event(&owner, Action::AccessKeyCreate, AuditResult::Ok, target);
        unit.commit(AuditRecord::new(event)).await?;
        Ok(IssuedAccessKey { access_key, token })
    }

    /// Revokes an access key; the next request with it is refused. Needs a session.
    ///
    /// # Errors
    ///
    /// [`AccessKeyError`].
    pub async fn delete(&self, actor: &Actor, id: AccessKeyId) -> Result<(), AccessKeyError> {
        let owner = self.0.authorize_session(actor).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.access_keys().remove(&owner, id).await? {
            return Err(AccessKeyError::NotFound);
        }
        let event = self.0.event(
            &owner,
            Action::AccessKeyDelete,
            AuditResult::Ok,
            Target::new(TargetKind::AccessKey, id),
        );
        Ok(unit.commit(AuditRecord::new(event)).await?)
    }
}
