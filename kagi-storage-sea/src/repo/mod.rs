//! The repositories, all implemented by the unit of work.

mod access_keys;
mod categories;
mod entries;
mod identities;
mod recovery_sets;
mod sessions;
mod users;
mod versions;
mod wipe;

use kagi_domain::{access::Owner, ports::StorageError};
use sea_orm::{ColumnTrait, Condition};

use crate::row;

/// The owner's entries, of projects within the owner's limit.
pub(crate) fn reach(owner: &Owner) -> Condition {
    let own = Condition::all().add(row::entry::Column::UserId.eq(owner.user().as_uuid()));
    match owner.projects().keys() {
        None => own,
        Some(keys) => own.add(row::entry::Column::ProjectKey.is_in(keys)),
    }
}

/// A change that must have met one row.
fn met(rows: u64) -> Result<(), StorageError> {
    if rows > 0 { Ok(()) } else { Err(StorageError::Conflict) }
}
