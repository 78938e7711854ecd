//! The hasher.

use std::{num::NonZeroUsize, thread};

use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::{
        Error,
        phc::{Output, ParamsString, PasswordHash as Phc, Salt},
    },
};
use async_trait::async_trait;
use kagi_domain::{
    model::user::PasswordHash,
    ports::{HasherError, PasswordHasher},
    secret::SecretText,
};

use crate::lanes::Lanes;

/// OWASP's floor for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const PARALLELISM: u32 = 1;

/// What a stored hash may ask for at most, so that a row that somebody changed cannot take the
/// machine's memory: 256 MiB, 16 passes, 16 lanes.
const MOST: (u32, u32, u32) = (256 * 1024, 16, 16);

/// Argon2id with OWASP's floor, in bounded lanes behind a bounded queue.
///
/// A lane takes 19 MiB while it works and about 20 ms of one processor. Hashes with other
/// parameters, made before or elsewhere, still verify, at their own cost and up to 256 MiB. Salts
/// are 16 random bytes from the system.
#[derive(Debug)]
pub struct ArgonHasher {
    lanes: Lanes,
}

impl ArgonHasher {
    /// How many callers may wait by default.
    pub const QUEUE: usize = 128;

    /// At most `lanes` hashes at a time, and at most `queue` callers waiting beside those.
    #[must_use]
    pub fn new(lanes: NonZeroUsize, queue: usize) -> Self {
        Self { lanes: Lanes::new(lanes, queue) }
    }

    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, HasherError> + Send + 'static,
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
        self.run(move || hash(&password)).await
    }

    async fn verify(&self, password: SecretText, hash: Option<PasswordHash>) -> Result<bool, HasherError> {
        self.run(move || verify(&password, hash.as_ref())).await
    }
}

fn hash(password: &SecretText) -> Result<PasswordHash, HasherError> {
    // EXPOSE: hashed, and wiped when the job ends.
    let phc = argon()?.hash_password(password.expose().as_bytes()).map_err(|_| HasherError::Broken)?;
    Ok(PasswordHash::from_stored(phc.to_string()))
}

fn verify(password: &SecretText, hash: Option<&PasswordHash>) -> Result<bool, HasherError> {
    let phc = match hash {
        Some(stored) => parse(stored)?,
        None => decoy()?,
    };
    // EXPOSE: hashed, and wiped when the job ends.
    match argon()?.verify_password(password.expose().as_bytes(), &phc) {
        // Whatever is said of the decoy, nobody has it.
        Ok(()) => Ok(hash.is_some()),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(HasherError::Broken),
    }
}

fn argon() -> Result<Argon2<'static>, HasherError> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params()?))
}

fn params() -> Result<Params, HasherError> {
    Params::new(MEMORY_KIB, PASSES, PARALLELISM, None).map_err(|_| HasherError::Broken)
}

/// Reads a stored hash; what is no argon2id, or asks for too much, is broken.
fn parse(stored: &PasswordHash) -> Result<Phc, HasherError> {
    let phc = Phc::new(stored.as_str()).map_err(|_| HasherError::Broken)?;
    let asked = Params::try_from(&phc).map_err(|_| HasherError::Broken)?;
    let (memory, passes, parallelism) = MOST;
    let affordable = asked.m_cost() <= memory && asked.t_cost() <= passes && asked.p_cost() <= parallelism;
    let complete = phc.salt.is_some() && phc.hash.is_some();
    if phc.algorithm == ARGON2ID_IDENT && affordable && complete { Ok(phc) } else { Err(HasherError::Broken) }
}

/// A hash of nothing, with the cost of a real one. It is written down rather than computed: the
/// work is in the comparison.
fn decoy() -> Result<Phc, HasherError> {
    let broken = |_| HasherError::Broken;
    Ok(Phc {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params()?).map_err(|_| HasherError::Broken)?,
        salt: Some(Salt::new(&[0x5a; 16]).map_err(broken)?),
        hash: Some(Output::new(&[0x5a; 32]).map_err(broken)?),
    })
}
