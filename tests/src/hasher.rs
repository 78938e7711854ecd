//! A password hasher that costs nothing.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use kagi_domain::{
    model::user::PasswordHash,
    ports::{HasherError, PasswordHasher},
    secret::SecretText,
};
use tokio::sync::oneshot;

/// A [`PasswordHasher`] that remembers which password got which number, so that a hash tells
/// nothing of its password and two hashes of one password differ, at no cost.
#[derive(Debug, Default)]
pub struct FakeHasher {
    passwords: Mutex<HashMap<String, SecretText>>,
    checks: AtomicUsize,
    busy: AtomicBool,
    pause: Mutex<Option<(oneshot::Sender<()>, oneshot::Receiver<()>)>>,
}

impl FakeHasher {
    /// How many passwords were checked, decoys included.
    #[must_use]
    pub fn checks(&self) -> usize {
        self.checks.load(Ordering::SeqCst)
    }

    /// From now on, answers that it is busy, or no longer.
    pub fn set_busy(&self, busy: bool) {
        self.busy.store(busy, Ordering::SeqCst);
    }

    /// The next check takes its time: it has looked when the receiver hears, and answers when told.
    pub fn pause_next_check(&self) -> (oneshot::Receiver<()>, oneshot::Sender<()>) {
        let (looked, has_looked) = oneshot::channel();
        let (go_on, may_go_on) = oneshot::channel();
        *self.pause.lock().unwrap() = Some((looked, may_go_on));
        (has_looked, go_on)
    }

    fn admit(&self) -> Result<(), HasherError> {
        if self.busy.load(Ordering::SeqCst) { Err(HasherError::Busy) } else { Ok(()) }
    }
}

#[async_trait]
impl PasswordHasher for FakeHasher {
    async fn hash(&self, password: SecretText) -> Result<PasswordHash, HasherError> {
        self.admit()?;
        let mut passwords = self.passwords.lock().unwrap();
        let phc = format!("$fake${}", passwords.len());
        passwords.insert(phc.clone(), password);
        Ok(PasswordHash::from_stored(phc))
    }

    async fn verify(&self, password: SecretText, hash: Option<PasswordHash>) -> Result<bool, HasherError> {
        self.admit()?;
        self.checks.fetch_add(1, Ordering::SeqCst);
        let right = {
            let passwords = self.passwords.lock().unwrap();
            let known = hash.and_then(|hash| passwords.get(hash.as_str()));
            known.is_some_and(|known| known.expose() == password.expose())
        };
        let pause = self.pause.lock().unwrap().take();
        if let Some((looked, may_go_on)) = pause {
            let _ = looked.send(());
            let _ = may_go_on.await;
        }
        Ok(right)
    }
}
