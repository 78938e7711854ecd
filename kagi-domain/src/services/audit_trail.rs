//! What happened to a vault, for its owner to read.

use crate::{
    Kagi,
    access::{Actor, Denied, Scope},
    audit::{AuditEvent, AuditFilter},
    fields::Invalid,
    paging::{Order, Page, PageRequest},
    ports::StorageError,
};

/// The service over the audit trail.
#[derive(Debug, Clone, Copy)]
pub struct AuditTrail<'a>(pub(crate) &'a Kagi);

/// Why the trail was not shown.
#[derive(Debug, thiserror::Error)]
pub enum AuditTrailError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl AuditTrail<'_> {
    /// A page of the actor's own trail, newest first. Needs [`Scope::AuditRead`]. Reading leaves no
    /// event. An actor that is limited to projects reads the whole trail: it names objects by id,
    /// never by project.
    ///
    /// # Errors
    ///
    /// [`AuditTrailError`]; `Invalid` for a cursor of another list.
    pub async fn list(
        &self,
        actor: &Actor,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEvent>, AuditTrailError> {
        let owner = self.0.authorize(actor, Scope::AuditRead).await?;
        page.ordered_by(Order::Id)?;
        Ok(self.0.ports.storage.catalog().audit_events(&owner, filter, page).await?)
    }
}
