//! Which identity opens which account.

use async_trait::async_trait;

use crate::{
    access::{Owner, System},
    ids::UserId,
    model::{
        identity::{Identity, IdentityKey, Issuer},
        user::User,
    },
    ports::StorageError,
};

/// Changes identities.
///
/// An implementor owes:
/// - an identity opens one account, and an account is opened by one identity of an issuer: whatever would
///   break that is [`Unique::Identity`](crate::ports::Unique::Identity);
/// - keys are compared byte by byte, issuer and subject each for itself;
/// - an identity goes with its person.
#[async_trait]
pub trait IdentityRepository: Send {
    /// The person whom an identity opens, disabled or not, held: nobody else changes them until the unit ends.
    async fn holder(&mut self, proof: &System, key: &IdentityKey) -> Result<Option<User>, StorageError>;

    /// Lets an identity open a person's account. `Conflict` when the person is not there.
    async fn link(&mut self, proof: &System, user: UserId, identity: &Identity) -> Result<(), StorageError>;

    /// Takes the owner's identity of an issuer away; `false` when there is none.
    async fn unlink(&mut self, owner: &Owner, issuer: &Issuer) -> Result<bool, StorageError>;
}
