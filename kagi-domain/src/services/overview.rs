//! The vault at a glance.

use crate::{
    Kagi,
    access::{Actor, Denied, Scope},
    model::{entry::EntryFilter, overview::Overview},
    paging::{PageLimit, PageRequest},
    ports::StorageError,
    services::entries::EXPIRING_WITHIN,
};

/// How many new entries the overview shows.
pub const RECENT: PageLimit = PageLimit::of(5);
/// How many expiring ones.
pub const EXPIRING: PageLimit = PageLimit::of(10);

/// The service over totals.
#[derive(Debug, Clone, Copy)]
pub struct Overviews<'a>(pub(crate) &'a Kagi);

/// Why there is no overview.
#[derive(Debug, thiserror::Error)]
pub enum OverviewError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Overviews<'_> {
    /// Totals, the newest entries, and those that are expired or expire within
    /// [`EXPIRING_WITHIN`]. Needs [`Scope::StatsRead`]. For an actor that is limited to projects only
    /// their entries count; categories are all within reach.
    ///
    /// The parts are read one after another: a change in between may show in one and not in another.
    ///
    /// # Errors
    ///
    /// [`OverviewError`].
    pub async fn get(&self, actor: &Actor) -> Result<Overview, OverviewError> {
        let owner = self.0.authorize(actor, Scope::StatsRead).await?;
        let catalog = self.0.ports.storage.catalog();
        let newest = PageRequest { limit: RECENT, after: None };
        let soon = self.0.ports.clock.now().plus(EXPIRING_WITHIN);
        Ok(Overview {
            totals: catalog.totals(&owner).await?,
            recent: catalog.entries(&owner, &EntryFilter::default(), &newest).await?.items,
            expiring: catalog.expiring(&owner, soon, EXPIRING).await?,
        })
    }
}
