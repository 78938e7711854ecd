//! Sets that will soon leave their owner without a code.

use super::{RecoverySetError, RecoverySets};
use crate::{
    access::{Actor, Scope},
    model::recovery_set::RecoverySet,
    paging::PageLimit,
};

/// How many of them are told.
pub const LOW_SETS: PageLimit = PageLimit::of(10);

impl RecoverySets<'_> {
    /// The sets of which at most [`RecoverySet::LOW`] codes are left, the fewest first; at most [`LOW_SETS`]. Needs
    /// [`Scope::TwoFactorRead`].
    ///
    /// # Errors
    ///
    /// [`RecoverySetError`].
    pub async fn running_low(&self, actor: &Actor) -> Result<Vec<RecoverySet>, RecoverySetError> {
        let owner = self.0.authorize(actor, Scope::TwoFactorRead).await?;
        Ok(self.0.ports.storage.catalog().low_recovery_sets(&owner, RecoverySet::LOW, LOW_SETS).await?)
    }
}
