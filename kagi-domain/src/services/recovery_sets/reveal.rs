//! The one way by which a recovery code leaves the vault, and is used up by it.

use super::{RecoverySetError, RecoverySets};
use crate::{
    access::{Actor, Scope},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    fields::Invalid,
    ids::RecoverySetId,
    model::recovery_set::{CodeIndex, InvalidIndex},
    ports::{CipherError, CodeAnswer, CodeDisclosure, CodePick},
    seal::SealContext,
    secret::SecretText,
    text::Title,
};

/// A code on its way out.
#[derive(Debug)]
pub struct RevealedCode {
    /// The set's id.
    pub set: RecoverySetId,
    /// Where the code is good.
    pub service: Title,
    /// Which code of the set it is.
    pub index: CodeIndex,
    /// How many codes are unused now.
    pub remaining: u8,
    /// The plaintext.
    pub token: SecretText,
}

impl RecoverySets<'_> {
    /// Reveals a code, the first unused one unless `index` names another, and marks it as used; one
    /// that was used before is shown again and keeps the time of its first use. Mark and trail are
    /// durable together before the plaintext exists, so nobody gets a code that somebody else got as
    /// unused. Needs [`Scope::TwoFactorReveal`].
    ///
    /// # Errors
    ///
    /// [`RecoverySetError`]: `Invalid` for an index beyond the set, `Depleted` when no code is unused
    /// and none is named; `Integrity` leaves a second, failed event, and the code marked.
    pub async fn reveal(
        &self,
        actor: &Actor,
        id: RecoverySetId,
        index: Option<CodeIndex>,
    ) -> Result<RevealedCode, RecoverySetError> {
        let owner = self.0.authorize(actor, Scope::TwoFactorReveal).await?;
        let (pick, now) = (index.map_or(CodePick::FirstUnused, CodePick::At), self.0.ports.clock.now());
        let record = self.record(&owner, Action::TwoFactorReveal, id);
        let disclosed = match self.0.ports.storage.disclose_code(&owner, id, pick, now, record).await? {
            CodeAnswer::Disclosed(disclosed) => *disclosed,
            CodeAnswer::Depleted => return Err(RecoverySetError::Depleted),
            CodeAnswer::NoSuchCode => return Err(Invalid::field("index", InvalidIndex).into()),
            CodeAnswer::NoSuchSet => return Err(RecoverySetError::NotFound),
        };
        match self.open(&disclosed) {
            Ok(token) => {
                let CodeDisclosure { service, index, remaining, .. } = disclosed;
                Ok(RevealedCode { set: id, service, index, remaining, token })
            }
            Err(error) => {
                let target = Target::new(TargetKind::TwoFactor, id);
                let failed = self.0.event(&owner, Action::TwoFactorReveal, AuditResult::Failed, target);
                self.0.ports.storage.record(AuditRecord::new(failed)).await?;
                Err(error)
            }
        }
    }

    fn open(self, cell: &CodeDisclosure) -> Result<SecretText, RecoverySetError> {
        let context = SealContext::recovery_code(cell.owner, cell.set, cell.id);
        let plaintext = self.0.ports.cipher.open(&context, &cell.sealed).map_err(|error| match error {
            CipherError::Malformed
            | CipherError::UnknownKey
            | CipherError::Rejected
            | CipherError::Unsealable => RecoverySetError::Integrity,
        })?;
        plaintext.into_text().map_err(|_| RecoverySetError::Integrity)
    }
}
