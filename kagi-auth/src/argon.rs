//! Argon2id in a lane's own memory.
//!
//! The library's own calls take 19 MiB anew for each hash, aligned to 64 bytes. With glibc 2.36 such
//! memory did not come back: 721 checks on changing threads were seen to leave 5.8 GiB behind. A lane
//! therefore keeps its memory, and wipes it after each hash: the same checks leave 42 MiB on two
//! lanes.

use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        phc::{Output, ParamsString, PasswordHash as Phc, Salt},
        try_generate_salt,
    },
};
use kagi_domain::{model::user::PasswordHash, ports::HasherError, secret::SecretText};
use zeroize::Zeroizing;

/// OWASP's floor for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const PARALLELISM: u32 = 1;
const OUTPUT_BYTES: usize = 32;

/// What a stored hash may ask for at most, so that a row that somebody changed cannot take the
/// machine's memory or processors: 256 MiB, 16 passes, 16 lanes.
const MOST: (u32, u32, u32) = (256 * 1024, 16, 16);

/// The memory of one lane: none before its first hash, then as much as the dearest hash took.
#[derive(Default)]
pub(crate) struct Memory(Vec<Block>);

impl Memory {
    /// Hashes with a fresh salt, at the floor's cost.
    pub(crate) fn hash(&mut self, password: &SecretText) -> Result<PasswordHash, HasherError> {
        let salt = try_generate_salt().map_err(|_| HasherError::Broken)?;
        let mut phc = floor(&salt, &[0; OUTPUT_BYTES])?;
        phc.hash = Some(self.output(password, &phc)?);
        Ok(PasswordHash::from_stored(phc.to_string()))
    }

    /// Compares with a stored hash at that hash's cost; without one, with a decoy at the floor's.
    pub(crate) fn verify(
        &mut self,
        password: &SecretText,
        stored: Option<&PasswordHash>,
    ) -> Result<bool, HasherError> {
        // The decoy is written down rather than computed: the work is in the comparison.
        let phc = stored.map_or_else(|| floor(&[0x5a; 16], &[0x5a; OUTPUT_BYTES]), parse)?;
        let output = self.output(password, &phc)?;
        // `Output` compares in constant time. Whatever is said of the decoy, nobody has it.
        Ok(phc.hash == Some(output) && stored.is_some())
    }

    /// What the password gives under the salt, the parameters and the length of `phc`.
    fn output(&mut self, password: &SecretText, phc: &Phc) -> Result<Output, HasherError> {
        let broken = HasherError::Broken;
        let params = Params::try_from(phc).map_err(|_| broken)?;
        let version = phc.version.map_or(Ok(Version::V0x13), Version::try_from).map_err(|_| broken)?;
        let (salt, length) = phc.salt.as_ref().zip(params.output_len()).ok_or(broken)?;
        let mut output = Zeroizing::new(vec![0; length]);
        let blocks = self.blocks(params.block_count())?;
        // EXPOSE: hashed; the text is wiped when the job ends.
        let hashed = Argon2::new(Algorithm::Argon2id, version, params).hash_password_into_with_memory(
            password.expose().as_bytes(),
            salt,
            &mut output,
            &mut *blocks,
        );
        // The first blocks would let a password be guessed without the memory and the passes.
        blocks.fill(Block::new());
        hashed.map_err(|_| broken)?;
        Output::new(&output).map_err(|_| broken)
    }

    fn blocks(&mut self, count: usize) -> Result<&mut [Block], HasherError> {
        if self.0.len() < count {
            // Freed first, so that the old and the new never stand side by side.
            self.0 = Vec::new();
            self.0.try_reserve_exact(count).map_err(|_| HasherError::Broken)?;
            self.0.resize(count, Block::new());
        }
        self.0.get_mut(..count).ok_or(HasherError::Broken)
    }
}

/// A PHC string of today's cost.
fn floor(salt: &[u8], hash: &[u8]) -> Result<Phc, HasherError> {
    let broken = HasherError::Broken;
    let params = Params::new(MEMORY_KIB, PASSES, PARALLELISM, None).map_err(|_| broken)?;
    Ok(Phc {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).map_err(|_| broken)?,
        salt: Some(Salt::new(salt).map_err(|_| broken)?),
        hash: Some(Output::new(hash).map_err(|_| broken)?),
    })
}

/// Reads a stored hash; what is no argon2id, or asks for too much, is broken.
fn parse(stored: &PasswordHash) -> Result<Phc, HasherError> {
    let broken = HasherError::Broken;
    let phc = Phc::new(stored.as_str()).map_err(|_| broken)?;
    let asked = Params::try_from(&phc).map_err(|_| broken)?;
    let (memory, passes, parallelism) = MOST;
    let affordable = asked.m_cost() <= memory && asked.t_cost() <= passes && asked.p_cost() <= parallelism;
    let complete = phc.salt.is_some() && phc.hash.is_some();
    if phc.algorithm == ARGON2ID_IDENT && affordable && complete { Ok(phc) } else { Err(broken) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password() -> SecretText {
        SecretText::new("correct horse".to_owned())
    }

    #[test]
    fn memory_is_wiped_and_kept() {
        let mut memory = Memory::default();
        let hash = memory.hash(&password()).unwrap();
        let (address, capacity) = (memory.0.as_ptr(), memory.0.capacity());
        assert_eq!(capacity * Block::SIZE, 19 * 1024 * 1024);
        for stored in [Some(&hash), None] {
            memory.verify(&password(), stored).unwrap();
            assert!(memory.0.iter().all(|block| block.as_ref().iter().all(|word| *word == 0)));
            assert_eq!((memory.0.as_ptr(), memory.0.capacity()), (address, capacity));
        }
    }

    #[test]
    fn one_lane_takes_hashes_of_any_cost_in_turn() {
        let mut memory = Memory::default();
        let mut hashes = vec![memory.hash(&password()).unwrap()];
        for (kib, lanes) in [(8 * 1024, 2), (32 * 1024, 1), (97, 3)] {
            let params = Params::new(kib, 1, lanes, Some(32)).unwrap();
            let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let phc: Phc = argon2::PasswordHasher::hash_password(&argon, b"correct horse").unwrap();
            hashes.push(PasswordHash::from_stored(phc.to_string()));
        }
        for hash in hashes.iter().chain(hashes.iter().rev()) {
            assert_eq!(memory.verify(&password(), Some(hash)), Ok(true));
        }
        assert_eq!(memory.0.len(), 32 * 1024, "as much as the dearest took");
    }
}
