//! Look-ups before a person is known, and facts of the installation.

use std::collections::BTreeMap;

use async_trait::async_trait;
use kagi_domain::{
    access::System,
    model::{
        access_key::AccessKey,
        user::{Account, Session},
    },
    ports::{Bucket, Directory, Installation, KeyHolder, SessionHolder, StorageError, Throttle, TokenDigest},
    seal::{KeyId, Sealed},
    text::Email,
    time::Timestamp,
};

use super::{MemoryStorage, Shared};

impl Shared {
    /// A session with the time of its last use.
    pub(super) fn as_seen(&self, session: &Session) -> Session {
        let noted = self.uses().sessions.get(&session.id).copied();
        let last_seen_at = noted.map_or(session.last_seen_at, |at| at.max(session.last_seen_at));
        Session { last_seen_at, ..session.clone() }
    }

    /// An access key with the time of its last use.
    pub(super) fn as_used(&self, key: &AccessKey) -> AccessKey {
        let noted = self.uses().access_keys.get(&key.id).copied();
        AccessKey { last_used_at: noted.max(key.last_used_at), ..key.clone() }
    }
}

#[async_trait]
impl Directory for MemoryStorage {
    async fn access_key(&self, _: &System, digest: &TokenDigest) -> Result<Option<KeyHolder>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let Some(row) = state.access_keys.values().find(|row| row.digest == *digest) else { return Ok(None) };
        let account = state.users.get(&row.owner).ok_or(StorageError::Corrupt)?;
        let access_key = self.shared.as_used(&row.access_key);
        Ok(Some(KeyHolder { access_key, user: account.user.clone() }))
    }

    async fn session(&self, _: &System, digest: &TokenDigest) -> Result<Option<SessionHolder>, StorageError> {
        self.shared.answers()?;
        let state = self.shared.state();
        let Some(row) = state.sessions.values().find(|row| row.digest == *digest) else { return Ok(None) };
        let account = state.users.get(&row.session.user).ok_or(StorageError::Corrupt)?;
        Ok(Some(SessionHolder { session: self.shared.as_seen(&row.session), user: account.user.clone() }))
    }

    async fn account(&self, _: &System, email: &Email) -> Result<Option<Account>, StorageError> {
        self.shared.answers()?;
        Ok(self.shared.state().account(email).cloned())
    }
}

#[async_trait]
impl Throttle for MemoryStorage {
    async fn strike(
        &self,
        _: &System,
        bucket: &Bucket,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<u32, StorageError> {
        self.shared.answers()?;
        let mut strikes = self.shared.strikes.lock().unwrap();
        let strikes = strikes.entry(*bucket.0.as_bytes()).or_default();
        strikes.retain(|at| *at > since);
        strikes.push(now);
        Ok(u32::try_from(strikes.len()).unwrap_or(u32::MAX))
    }

    async fn pardon(&self, _: &System, bucket: &Bucket, at: Timestamp) -> Result<(), StorageError> {
        self.shared.answers()?;
        let mut strikes = self.shared.strikes.lock().unwrap();
        let strikes = strikes.entry(*bucket.0.as_bytes()).or_default();
        if let Some(index) = strikes.iter().position(|strike| *strike == at) {
            strikes.swap_remove(index);
        }
        Ok(())
    }

    async fn clear(&self, _: &System, bucket: &Bucket) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.shared.strikes.lock().unwrap().remove(bucket.0.as_bytes());
        Ok(())
    }
}

#[async_trait]
impl Installation for MemoryStorage {
    async fn key_check(&self, _: &System) -> Result<Option<Sealed>, StorageError> {
        self.shared.answers()?;
        Ok(self.shared.key_check.lock().unwrap().clone())
    }

    async fn keep_key_check(&self, _: &System, cell: &Sealed) -> Result<Sealed, StorageError> {
        self.shared.answers()?;
        Ok(self.shared.key_check.lock().unwrap().get_or_insert_with(|| cell.clone()).clone())
    }

    async fn cells_by_key(&self, _: &System) -> Result<Vec<(KeyId, u64)>, StorageError> {
        self.shared.answers()?;
        let mut counts = BTreeMap::new();
        let codes = self.code_cells().into_iter().map(|(_, sealed)| sealed);
        let files = self.env_file_cells().into_iter().map(|(_, _, sealed)| sealed);
        let values = self.cells().into_iter().map(|(_, _, sealed)| sealed);
        for sealed in values.chain(codes).chain(files) {
            *counts.entry(sealed.key_id).or_default() += 1;
        }
        Ok(counts.into_iter().collect())
    }

    async fn is_set_up(&self, _: &System) -> Result<bool, StorageError> {
        self.shared.answers()?;
        Ok(self.shared.state().set_up.is_some())
    }
}
