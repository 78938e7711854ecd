//! The history of a value: an entry's value and an env file's content keep the same one.

use crate::{access::ActorStamp, seal::Sealed, time::Timestamp};

/// How many versions of a value are kept.
pub const VERSIONS_KEPT: u32 = 100;

/// A version of a value in lists. The value is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionListing {
    /// Its number, from 1. A number is never used again; purged versions leave gaps.
    pub number: u32,
    /// Who saved it.
    pub actor: ActorStamp,
    /// When.
    pub created_at: Timestamp,
}

/// A version of a value, as it is written.
#[derive(Debug)]
pub struct NewVersion {
    /// Its number, from 1.
    pub number: u32,
    /// The sealed value.
    pub sealed: Sealed,
    /// Who saved it.
    pub actor: ActorStamp,
    /// When.
    pub created_at: Timestamp,
}
