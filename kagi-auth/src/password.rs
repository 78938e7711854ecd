//! The hasher.

use std::{num::NonZeroUsize, thread};

use async_trait::async_trait;
use kagi_domain::{
    model::user::PasswordHash,
    ports::{HasherError, PasswordHasher},
    secret::SecretText,
};

use crate::{argon::Memory, lanes::Lanes};

/// Argon2id at OWASP's floor (19 MiB, two passes, one lane), in bounded lanes behind a bounded
/// queue.
///
/// A hash takes some 20 to 40 ms of one processor. A lane takes its 19 MiB at its first hash and
/// keeps them; lanes that were never needed at once take nothing. Hashes with other parameters,
/// made before or elsewhere, still verify, at their own cost and up to 256 MiB. Salts are 16 random
/// bytes from the system.
#[derive(Debug)]
pub struct ArgonHasher {
    lanes: Lanes<Memory>,
}

impl ArgonHasher {
    /// How many callers may wait by default.
    pub const QUEUE: usize = 128;

    /// At most `lanes` hashes at a time, and at most `queue` callers waiting beside those. Costs
    /// nothing yet. Its calls need a Tokio runtime.
    #[must_use]
    pub fn new(lanes: NonZeroUsize, queue: usize) -> Self {
        Self { lanes: Lanes::new(lanes, queue) }
    }

    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Memory) -> Result<T, HasherError> + Send + 'static,
    ) -> Result<T, HasherError> {
        let outcome = self.lanes.run(job).await.map_err(|_| HasherError::Busy)?;
        outcome.unwrap_or(Err(HasherError::Broken))
    }
}

impl Default for ArgonHasher {
    /// A lane per processor, four at most, and [`Self::QUEUE`] places to wait.
    fn default() -> Self {
        const MOST_LANES: NonZeroUsize = NonZeroUsize::MIN.saturating_add(3);
        let processors = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self::new(processors.min(MOST_LANES), Self::QUEUE)
    }
}

#[async_trait]
impl PasswordHasher for ArgonHasher {
    async fn hash(&self, password: SecretText) -> Result<PasswordHash, HasherError> {
        self.run(move |memory| memory.hash(&password)).await
    }

    async fn verify(&self, password: SecretText, hash: Option<PasswordHash>) -> Result<bool, HasherError> {
        self.run(move |memory| memory.verify(&password, hash.as_ref())).await
    }
}
