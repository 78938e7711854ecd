//! A person's own account: profile, sessions, and the end of it. Only a signed-in person may.

use crate::{
    Kagi,
    access::{Actor, Denied, Owner},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    fields::Invalid,
    ids::SessionId,
    model::user::{ListedSession, Profile, ProfilePatch},
    paging::{Order, Page, PageRequest},
    ports::StorageError,
    services::retry::{Contended, retried},
};

/// The service over a person's own account.
#[derive(Debug, Clone, Copy)]
pub struct OwnAccount<'a>(pub(crate) &'a Kagi);

/// Why a call on the own account failed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The account was deleted meanwhile.
    #[error("Unauthorized")]
    Gone,
    /// Not there, or somebody else's.
    #[error("There is no such session.")]
    SessionNotFound,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Contended for AccountError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Storage(StorageError::Conflict))
    }
}

impl OwnAccount<'_> {
    /// The person as they see themselves. Needs a session.
    ///
    /// # Errors
    ///
    /// [`AccountError`].
    pub async fn profile(&self, actor: &Actor) -> Result<Profile, AccountError> {
        let owner = self.0.authorize_session(actor).await?;
        self.0.ports.storage.catalog().profile(&owner).await?.ok_or(AccountError::Gone)
    }

    /// Changes what the patch names. Needs a session.
    ///
    /// # Errors
    ///
    /// [`AccountError`]; nothing is changed then.
    pub async fn update(&self, actor: &Actor, patch: ProfilePatch) -> Result<Profile, AccountError> {
        let owner = self.0.authorize_session(actor).await?;
        let mut profile = self.profile(actor).await?;
        profile.user.name = patch.name.apply(profile.user.name);
        let mut unit = self.0.ports.storage.begin().await?;
        match unit.users().rename(&owner, profile.user.name.as_ref()).await {
            Err(StorageError::Conflict) => return Err(AccountError::Gone),
            settled => settled?,
        }
        unit.commit(self.of_person(&owner, Action::AccountUpdate)).await?;
        Ok(profile)
    }

    /// A page of the sessions that still work, newest first. Needs a session.
    ///
    /// # Errors
    ///
    /// [`AccountError`]; `Invalid` for a cursor of another list.
    pub async fn sessions(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Page<ListedSession>, AccountError> {
        let owner = self.0.authorize_session(actor).await?;
        page.ordered_by(Order::Id)?;
        let (now, policy) = (self.0.ports.clock.now(), &self.0.ports.policy);
        let (began, seen) = (now.minus(policy.session_max), now.minus(policy.session_idle));
        let found = self.0.ports.storage.catalog().sessions(&owner, began, seen, page).await?;
        let own = actor.session_id();
        let items = found.items.into_iter().map(|session| {
            let current = Some(session.id) == own;
            ListedSession { session, current }
        });
        Ok(Page { items: items.collect(), next: found.next, damaged: found.damaged })
    }

    /// Ends a session; the next request in it is refused. Needs a session, and may end that one.
    ///
    /// # Errors
    ///
    /// [`AccountError`].
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> Result<(), AccountError> {
        let owner = self.0.authorize_session(actor).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.sessions().end(&owner, id).await? {
            return Err(AccountError::SessionNotFound);
        }
        let event = self.0.event(
            &owner,
            Action::SessionDelete,
            AuditResult::Ok,
            Target::new(TargetKind::Session, id),
        );
        Ok(unit.commit(AuditRecord::new(event)).await?)
    }

    /// Ends all sessions but the one that asks. Needs a session.
    ///
    /// # Errors
    ///
    /// [`AccountError`].
    pub async fn end_other_sessions(&self, actor: &Actor) -> Result<(), AccountError> {
        let owner = self.0.authorize_session(actor).await?;
        let own = actor.session_id().ok_or(Denied::SessionRequired)?;
        self.sweep(&owner, Sweep::OtherSessions(own)).await
    }

    /// Empties the vault, all or nothing: whatever holds a secret or names one is gone. The account,
    /// its sessions and its access keys stay. Needs a fresh sign-in.
    ///
    /// # Errors
    ///
    /// [`AccountError`]; nothing is changed then.
    pub async fn wipe(&self, actor: &Actor) -> Result<(), AccountError> {
        let owner = self.0.authorize_fresh(actor).await?;
        self.sweep(&owner, Sweep::Vault).await
    }

    /// Deletes the account with everything in it, all or nothing. Its sessions and access keys are
    /// refused from the next request on; its trail stays, for the operator. The installation stays
    /// set up, even without anybody. Needs a fresh sign-in.
    ///
    /// # Errors
    ///
    /// [`AccountError`]; nothing is changed then.
    pub async fn delete(&self, actor: &Actor) -> Result<(), AccountError> {
        let owner = self.0.authorize_fresh(actor).await?;
        self.sweep(&owner, Sweep::Account).await
    }

    /// Tries again when somebody else changed one of the many rows in between.
    async fn sweep(&self, owner: &Owner, what: Sweep) -> Result<(), AccountError> {
        retried(|| self.try_sweep(owner, what)).await
    }

    async fn try_sweep(&self, owner: &Owner, what: Sweep) -> Result<(), AccountError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let action = match what {
            Sweep::OtherSessions(own) => {
                unit.sessions().end_others(owner, own).await?;
                Action::SessionDelete
            }
            Sweep::Vault => {
                unit.users().wipe(owner).await?;
                Action::AccountWipe
            }
            Sweep::Account if unit.users().remove(owner).await? => Action::AccountDelete,
            Sweep::Account => return Err(AccountError::Gone),
        };
        Ok(unit.commit(self.of_person(owner, action)).await?)
    }

    fn of_person(self, owner: &Owner, action: Action) -> AuditRecord {
        let target = Target::new(TargetKind::User, owner.user());
        AuditRecord::new(self.0.event(owner, action, AuditResult::Ok, target))
    }
}

/// What goes at once.
#[derive(Debug, Clone, Copy)]
enum Sweep {
    OtherSessions(SessionId),
    Vault,
    Account,
}
