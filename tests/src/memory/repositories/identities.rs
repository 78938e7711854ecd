//! Which identity opens which account.

use async_trait::async_trait;
use kagi_domain::{
    access::{Owner, System},
    ids::UserId,
    model::{
        identity::{Identity, IdentityKey, Issuer},
        user::User,
    },
    ports::{IdentityRepository, StorageError, Unique},
};

use super::super::unit::MemoryUnit;

#[async_trait]
impl IdentityRepository for MemoryUnit {
    async fn holder(&mut self, _: &System, key: &IdentityKey) -> Result<Option<User>, StorageError> {
        self.shared.answers()?;
        let Some((user, _)) = self.state.identities.get(key) else { return Ok(None) };
        let account = self.state.users.get(user).ok_or(StorageError::Corrupt)?;
        Ok(Some(account.user.clone()))
    }

    async fn link(&mut self, _: &System, user: UserId, identity: &Identity) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.person_is_there(user)?;
        let has_one = self.state.identity(user, &identity.key.issuer).is_some();
        if has_one || self.state.identities.contains_key(&identity.key) {
            return Err(StorageError::Duplicate(Unique::Identity));
        }
        self.state.identities.insert(identity.key.clone(), (user, identity.linked_at));
        Ok(())
    }

    async fn unlink(&mut self, owner: &Owner, issuer: &Issuer) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let found = self.state.identity(owner.user(), issuer);
        Ok(found.is_some_and(|identity| self.state.identities.remove(&identity.key).is_some()))
    }
}
