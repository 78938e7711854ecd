//! Sealing and token digests with `ring`, for any program that holds a Kagi vault.
//!
//! A [`MasterKey`] is 32 bytes that never seal anything themselves. HKDF-SHA-256 derives one
//! AES-256-GCM subkey per purpose and owner from it, the key's public id, and the set-up token. A
//! [`Keyring`] is the active master key and the decrypt-only ones; [`RingCipher`] seals and opens
//! cells with it. [`SystemClock`] and [`SystemEntropy`] are the machine's own.

use std::sync::Arc;

use kagi_domain::{Kagi, KagiBuilder, ports::Storage};

mod ambient;
mod cell;
mod cipher;
mod guessable;
mod key;
mod keyring;
#[cfg(test)]
mod known_answers;
mod token;

pub use ambient::{SystemClock, SystemEntropy};
pub use cell::{Cell, MalformedCell};
pub use cipher::RingCipher;
pub use key::{KeyError, MasterKey};
pub use keyring::Keyring;
pub use token::Sha256Digester;

/// Starts a vault over a storage and a keyring, with this crate's cipher and digests and the
/// system's clock and randomness. What a program that embeds Kagi writes is
/// `vault(storage, Keyring::from_hex(&key)?).build()`.
#[must_use]
pub fn vault(storage: Arc<dyn Storage>, keyring: Keyring) -> KagiBuilder {
    let digester = Arc::new(Sha256Digester::new(&keyring));
    let cipher = Arc::new(RingCipher::new(keyring));
    Kagi::builder(storage, cipher, digester, Arc::new(SystemClock), Arc::new(SystemEntropy))
}
