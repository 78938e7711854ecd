//! People and their sign-ins.

use async_trait::async_trait;
use kagi_domain::{
    access::{Owner, System},
    ids::{SessionId, UserId},
    model::user::{Account, PasswordHash, Session, User},
    ports::{SessionRepository, StorageError, TokenDigest, Unique, UserRepository},
    text::{Email, Title},
    time::Timestamp,
};

use super::super::{state::SessionRow, unit::MemoryUnit};

#[async_trait]
impl UserRepository for MemoryUnit {
    async fn find(&mut self, _: &System, email: &Email) -> Result<Option<Account>, StorageError> {
        self.shared.answers()?;
        Ok(self.state.account(email).cloned())
    }

    async fn insert(
        &mut self,
        _: &System,
        user: &User,
        password: Option<&PasswordHash>,
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        if self.state.account(&user.email).is_some() {
            return Err(StorageError::Duplicate(Unique::Email));
        }
        self.state.users.insert(user.id, Account { user: user.clone(), password: password.cloned() });
        Ok(())
    }

    async fn claim_set_up(&mut self, _: &System, at: Timestamp) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let first = self.state.set_up.is_none();
        self.state.set_up.get_or_insert(at);
        Ok(first)
    }

    async fn set_password(
        &mut self,
        _: &System,
        id: UserId,
        password: &PasswordHash,
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        let account = self.state.users.get_mut(&id).ok_or(StorageError::Conflict)?;
        account.password = Some(password.clone());
        Ok(())
    }

    async fn disable(&mut self, _: &System, id: UserId, at: Timestamp) -> Result<(), StorageError> {
        self.shared.answers()?;
        let account = self.state.users.get_mut(&id).ok_or(StorageError::Conflict)?;
        account.user.disabled_at = Some(at);
        Ok(())
    }

    async fn rename(&mut self, owner: &Owner, name: Option<&Title>) -> Result<(), StorageError> {
        self.shared.answers()?;
        let account = self.state.users.get_mut(&owner.user()).ok_or(StorageError::Conflict)?;
        account.user.name = name.cloned();
        Ok(())
    }

    async fn wipe(&mut self, owner: &Owner) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.categories.retain(|_, row| row.owner != owner.user());
        self.state.entries.retain(|_, row| row.owner != owner.user());
        self.state.recovery_sets.retain(|_, row| row.owner != owner.user());
        self.state.env_projects.retain(|_, row| row.owner != owner.user());
        Ok(())
    }

    async fn remove(&mut self, owner: &Owner) -> Result<bool, StorageError> {
        self.wipe(owner).await?;
        self.state.access_keys.retain(|_, row| row.owner != owner.user());
        self.state.sessions.retain(|_, row| row.session.user != owner.user());
        Ok(self.state.users.remove(&owner.user()).is_some())
    }
}

#[async_trait]
impl SessionRepository for MemoryUnit {
    async fn insert(
        &mut self,
        _: &System,
        session: &Session,
        digest: &TokenDigest,
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.person_is_there(session.user)?;
        let row = SessionRow { session: session.clone(), digest: *digest };
        self.state.sessions.insert(session.id, row);
        Ok(())
    }

    async fn renew(
        &mut self,
        _: &System,
        id: SessionId,
        digest: &TokenDigest,
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let Some(row) = self.state.sessions.get_mut(&id) else { return Ok(false) };
        row.digest = *digest;
        row.session.authenticated_at = at;
        Ok(true)
    }

    async fn remove(&mut self, _: &System, id: SessionId) -> Result<bool, StorageError> {
        self.shared.answers()?;
        Ok(self.state.sessions.remove(&id).is_some())
    }

    async fn end(&mut self, owner: &Owner, id: SessionId) -> Result<bool, StorageError> {
        self.shared.answers()?;
        match self.state.sessions.get(&id) {
            Some(row) if row.session.user == owner.user() => Ok(self.state.sessions.remove(&id).is_some()),
            _ => Ok(false),
        }
    }

    async fn end_others(&mut self, owner: &Owner, keep: SessionId) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.sessions.retain(|id, row| row.session.user != owner.user() || *id == keep);
        Ok(())
    }

    async fn remove_all(&mut self, _: &System, user: UserId) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.sessions.retain(|_, row| row.session.user != user);
        Ok(())
    }

    async fn remove_stale(
        &mut self,
        _: &System,
        began: Timestamp,
        seen: Timestamp,
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        let shared = &self.shared;
        let fresh = |session: &Session| session.created_at >= began && session.last_seen_at >= seen;
        self.state.sessions.retain(|_, row| fresh(&shared.as_seen(&row.session)));
        Ok(())
    }
}
