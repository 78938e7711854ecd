//! What a provider told, for a while.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use kagi_domain::time::Timestamp;

pub(super) struct Kept<T> {
    lasts: Duration,
    told: Mutex<Option<(Timestamp, T)>>,
}

impl<T: Clone> Kept<T> {
    pub(super) const fn new(lasts: Duration) -> Self {
        Self { lasts, told: Mutex::new(None) }
    }

    /// What was told not too long ago. A clock that was set back makes it too long ago.
    pub(super) fn get(&self, now: Timestamp) -> Option<T> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, told) = told.as_ref()?;
        (*at <= now && now.since(*at) < self.lasts).then(|| told.clone())
    }

    pub(super) fn keep(&self, told: T, now: Timestamp) -> T {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, told.clone()));
        told
    }
}
