//! Recovery sets: list, make, change, delete; reveal their codes, and take a use back.

mod low;
mod reveal;

use crate::{
    Kagi,
    access::{Actor, Denied, Owner, Scope},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    fields::Invalid,
    ids::{RecoveryCodeId, RecoverySetId},
    model::{
        Revision,
        recovery_set::{CodeIndex, CodeUse, NewRecoverySet, RecoveryCodes, RecoverySet, RecoverySetPatch},
    },
    paging::{Order, Page, PageRequest},
    ports::{NewCode, StorageError},
    seal::SealContext,
    secret::{SecretBytes, SecretText},
    services::categories::search_key,
};

pub use low::LOW_SETS;
pub use reveal::RevealedCode;

/// The service over recovery sets. They belong to no project, so an access key that is limited to
/// projects reaches all of them that its scopes allow.
#[derive(Debug, Clone, Copy)]
pub struct RecoverySets<'a>(pub(crate) &'a Kagi);

/// Why a call on recovery sets failed.
#[derive(Debug, thiserror::Error)]
pub enum RecoverySetError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Not there, or somebody else's; or the path names a code that is not there.
    #[error("There is no such recovery set or code.")]
    NotFound,
    /// The change began with another revision than the current one; nothing was changed.
    #[error(
        "It was changed in the meantime, and nothing was overwritten: look at what is stored now, then save again to replace it."
    )]
    Stale,
    /// Every code was used.
    #[error(
        "All codes of this set have been used. Add new ones from the service, or take a mistaken use back."
    )]
    Depleted,
    /// The stored code did not open. It is marked as used, which can be taken back.
    #[error(
        "The stored code failed its integrity check and was not shown. Take the next one, or give the set new codes."
    )]
    Integrity,
    /// A code could not be sealed; nothing was stored.
    #[error("The codes could not be encrypted; nothing was saved.")]
    Unsealable,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl RecoverySets<'_> {
    /// A page of sets, newest first. Needs [`Scope::TwoFactorRead`].
    ///
    /// # Errors
    ///
    /// [`RecoverySetError`]; `Invalid` for a cursor of another list.
    pub async fn list(
        &self,
        actor: &Actor,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<RecoverySet>, RecoverySetError> {
        let owner = self.0.authorize(actor, Scope::TwoFactorRead).await?;
        page.ordered_by(Order::Id)?;
        let search = search_key(search)?;
        Ok(self.0.ports.storage.catalog().recovery_sets(&owner, search.as_deref(), page).await?)
    }

    /// One set. Needs [`Scope::TwoFactorRead`].
    ///
    /// # Errors
    ///
    /// [`RecoverySetError`].
    pub async fn get(&self, actor: &Actor, id: RecoverySetId) -> Result<RecoverySet, RecoverySetError> {
        let owner = self.0.authorize(actor, Scope::TwoFactorRead).await?;
        self.0.ports.storage.catalog().recovery_set(&owner, id).await?.ok_or(RecoverySetError::NotFound)
    }

    /// Makes a set. Needs [`Scope::TwoFactorWrite`].
    ///
    /// # Errors
    ///
    /// [`RecoverySetError`].
    pub async fn create(&self, actor: &Actor, new: NewRecoverySet) -> Result<RecoverySet, RecoverySetError> {
        let owner = self.0.authorize(actor, Scope::TwoFactorWrite).await?;
        let now = self.0.ports.clock.now();
        let id = RecoverySetId::mint(&*self.0.ports.clock, &*self.0.ports.entropy);
        let codes = self.sealed(&owner, id, &new.codes)?;
        let set = RecoverySet {
            id,
            service: new.service,
            label: new.label,
            codes: unused(&codes),
            revision: Revision::FIRST,
            created_at: now,
            updated_at: now,
        };
        let mut unit = self.0.ports.storage.begin().await?;
        unit.recovery_sets().insert(&owner, &set, &codes).await?;
        unit.commit(self.record(&owner, Action::TwoFactorCreate, id)).await?;
        Ok(set)
    }

    /// Changes what the patch names. New codes take the place of all old ones, with nothing used;
    /// without them codes and uses stay. Needs [`Scope::TwoFactorWrite`].
    ///
    /// # Errors
    ///
    /// [`RecoverySetError`]; nothing is changed then.
    pub async fn update(
        &self,
        actor: &Actor,
        id: RecoverySetId,
        patch: RecoverySetPatch,
    ) -> Result<RecoverySet, RecoverySetError> {
        let owner = self.0.authorize(actor, Scope::TwoFactorWrite).await?;
        let codes = patch.codes.map(|codes| self.sealed(&owner, id, &codes)).transpose()?;
        let mut unit = self.0.ports.storage.begin().await?;
        // Held from here on, so there is nothing to try again: the revision cannot move.
        let before = unit.recovery_sets().find(&owner, id).await?.ok_or(RecoverySetError::NotFound)?;
        if !before.revision.fits(patch.seen) {
            return Err(RecoverySetError::Stale);
        }
        let set = RecoverySet {
            service: patch.service.unwrap_or(before.service),
            label: patch.label.apply(before.label),
            codes: codes.as_deref().map_or(before.codes, unused),
            revision: before.revision.next(),
            updated_at: self.0.ports.clock.now(),
            ..before
        };
        unit.recovery_sets().update(&owner, &set, before.revision).await?;
        if let Some(codes) = codes {
            unit.recovery_sets().replace_codes(&owner, id, &codes).await?;
        }
        unit.commit(self.record(&owner, Action::TwoFactorUpdate, id)).await?;
        Ok(set)
    }

    /// Deletes a set with its codes. Needs [`Scope::TwoFactorWrite`].
    ///
    /// # Errors
    ///
    /// [`RecoverySetError`].
    pub async fn delete(&self, actor: &Actor, id: RecoverySetId) -> Result<(), RecoverySetError> {
        let owner = self.0.authorize(actor, Scope::TwoFactorWrite).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        if !unit.recovery_sets().remove(&owner, id).await? {
            return Err(RecoverySetError::NotFound);
        }
        Ok(unit.commit(self.record(&owner, Action::TwoFactorDelete, id)).await?)
    }

    /// Takes a mistaken use back: the code counts as unused again. One that was not used stays so,
    /// and then nothing is written, to the trail neither. Needs [`Scope::TwoFactorWrite`].
    ///
    /// # Errors
    ///
    /// [`RecoverySetError`]; `NotFound` when the set has no code at this index, too.
    pub async fn unuse(
        &self,
        actor: &Actor,
        id: RecoverySetId,
        index: CodeIndex,
    ) -> Result<RecoverySet, RecoverySetError> {
        let owner = self.0.authorize(actor, Scope::TwoFactorWrite).await?;
        let mut unit = self.0.ports.storage.begin().await?;
        let mut set = unit.recovery_sets().find(&owner, id).await?.ok_or(RecoverySetError::NotFound)?;
        let code = set.codes.get_mut(usize::from(index.get())).ok_or(RecoverySetError::NotFound)?;
        if code.used_at.take().is_some() {
            unit.recovery_sets().unuse(&owner, id, index).await?;
            unit.commit(self.record(&owner, Action::TwoFactorUnuse, id)).await?;
        }
        Ok(set)
    }

    fn sealed(
        self,
        owner: &Owner,
        set: RecoverySetId,
        codes: &RecoveryCodes,
    ) -> Result<Vec<NewCode>, RecoverySetError> {
        let ports = &self.0.ports;
        let seal = |code: &SecretText| {
            let id = RecoveryCodeId::mint(&*ports.clock, &*ports.entropy);
            // EXPOSE: the cipher needs the bytes.
            let plaintext = SecretBytes::new(code.expose().as_bytes().to_vec());
            let sealed = ports.cipher.seal(&SealContext::recovery_code(owner.user(), set, id), &plaintext);
            Ok(NewCode { id, sealed: sealed.map_err(|_| RecoverySetError::Unsealable)? })
        };
        codes.as_slice().iter().map(seal).collect()
    }

    fn record(self, owner: &Owner, action: Action, id: RecoverySetId) -> AuditRecord {
        AuditRecord::new(self.0.event(owner, action, AuditResult::Ok, Target::new(TargetKind::TwoFactor, id)))
    }
}

/// Fresh codes as lists show them.
fn unused(codes: &[NewCode]) -> Vec<CodeUse> {
    vec![CodeUse::default(); codes.len()]
}
