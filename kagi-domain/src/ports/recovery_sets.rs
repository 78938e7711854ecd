//! Recovery sets in a unit of work, and what is handed out for one reveal of a code.

use async_trait::async_trait;

use crate::{
    access::Owner,
    ids::{RecoveryCodeId, RecoverySetId, UserId},
    model::{
        Revision,
        recovery_set::{CodeIndex, RecoverySet},
    },
    ports::StorageError,
    seal::Sealed,
    text::Title,
};

/// A code as it is written, unused. Its index is its place in the list.
#[derive(Debug)]
pub struct NewCode {
    /// Its id.
    pub id: RecoveryCodeId,
    /// Its sealed text.
    pub sealed: Sealed,
}

/// Changes recovery sets.
///
/// An implementor owes:
/// - only the owner's rows: one that is not there and one of somebody else answer alike, which is
///   `Conflict` for `update` and `replace_codes`;
/// - a set that `find` gave is held: until the unit ends nobody else changes it or discloses a code
///   of it, so what `find` said stays true.
#[async_trait]
pub trait RecoverySetRepository: Send {
    /// The set, held, if it is the owner's.
    async fn find(&mut self, owner: &Owner, id: RecoverySetId) -> Result<Option<RecoverySet>, StorageError>;

    /// Adds a set with these codes, none of them used.
    async fn insert(
        &mut self,
        owner: &Owner,
        set: &RecoverySet,
        codes: &[NewCode],
    ) -> Result<(), StorageError>;

    /// Replaces all but id, codes and creation time if the row is at revision `seen`, else
    /// `Conflict`.
    async fn update(&mut self, owner: &Owner, set: &RecoverySet, seen: Revision) -> Result<(), StorageError>;

    /// Removes all codes of a set and puts these in their place, none of them used.
    async fn replace_codes(
        &mut self,
        owner: &Owner,
        id: RecoverySetId,
        codes: &[NewCode],
    ) -> Result<(), StorageError>;

    /// Takes a code's use back; `false` when there is no such code or it was not used.
    async fn unuse(
        &mut self,
        owner: &Owner,
        id: RecoverySetId,
        index: CodeIndex,
    ) -> Result<bool, StorageError>;

    /// Removes a set with its codes; `false` when it is not there.
    async fn remove(&mut self, owner: &Owner, id: RecoverySetId) -> Result<bool, StorageError>;
}

/// Which code is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePick {
    /// The unused one with the lowest index.
    FirstUnused,
    /// This one, used or not.
    At(CodeIndex),
}

/// What comes of asking for a code.
#[derive(Debug)]
pub enum CodeAnswer {
    /// It is marked as used, and here it is.
    Disclosed(Box<CodeDisclosure>),
    /// Every code of the set was used.
    Depleted,
    /// The set has no code at this index.
    NoSuchCode,
    /// The set is not there, or somebody else's.
    NoSuchSet,
}

/// A code's cell, handed out for one reveal, with the facts that bind it.
#[derive(Debug)]
pub struct CodeDisclosure {
    /// The code's id as the row says.
    pub id: RecoveryCodeId,
    /// The owner as the set's row says.
    pub owner: UserId,
    /// The set as the row says.
    pub set: RecoverySetId,
    /// Where the code is good.
    pub service: Title,
    /// Which code of the set it is.
    pub index: CodeIndex,
    /// How many codes are unused now.
    pub remaining: u8,
    /// The code's cell.
    pub sealed: Sealed,
}
