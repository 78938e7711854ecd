//! Versions in lists.

use kagi_domain::{
    access::{ActorKind, ActorStamp},
    model::version::VersionListing,
    ports::StorageError,
};
use uuid::Uuid;

use super::Column;

/// What a list reads of a version: its number, who saved it (kind, id, name), and when.
pub(crate) type SavedVersion = (i64, String, Option<Uuid>, String, i64);

/// Reads a row of a table of versions.
pub(crate) fn version_listing(
    table: &'static str,
    (number, kind, id, name, at): SavedVersion,
) -> Result<VersionListing, StorageError> {
    let column = |name| Column(table, name);
    let kind = ActorKind::from_stored(&kind).ok_or_else(|| column("actor_kind").corrupt())?;
    Ok(VersionListing {
        number: column("number").version(number)?,
        actor: ActorStamp { kind, id, name },
        created_at: column("created_at").time(at)?,
    })
}
