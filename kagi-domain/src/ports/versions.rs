//! The history of a value in a unit of work.

use async_trait::async_trait;

use crate::{access::Owner, model::version::NewVersion, ports::StorageError, seal::Sealed};

/// Changes the versions of what an `Id` names: of an entry's value, of an env file's content.
///
/// An implementor owes: only what is within the owner's reach. What is not there and what is beyond reach
/// answer alike.
#[async_trait]
pub trait VersionHistory<Id>: Send {
    /// Adds a version, and forgets the oldest beyond `keep`; `Conflict` when what the id names is not
    /// within reach. A number that is there already is an error: no version is ever replaced.
    async fn add_version(
        &mut self,
        owner: &Owner,
        id: Id,
        version: &NewVersion,
        keep: u32,
    ) -> Result<(), StorageError>;

    /// A version's cell; `None` when it is not there.
    async fn version(&mut self, owner: &Owner, id: Id, number: u32) -> Result<Option<Sealed>, StorageError>;

    /// Removes a version; `false` when it is not there. The current one stays, also if it became the
    /// current one at this very moment: `false` too.
    async fn remove_version(&mut self, owner: &Owner, id: Id, number: u32) -> Result<bool, StorageError>;
}
