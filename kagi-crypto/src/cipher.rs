//! AES-256-GCM under one subkey per purpose and owner.

use kagi_domain::{
    ports::{Cipher, CipherError},
    seal::{KeyId, SealContext, Sealed},
    secret::SecretBytes,
};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, Tag, UnboundKey},
    rand::{SecureRandom, SystemRandom},
};
use zeroize::Zeroizing;

use crate::{Cell, Keyring, MasterKey, key::Derived};

/// Seals under the keyring's active key and opens under the one that a cell names.
///
/// IVs are random and drawn here, from the system: nobody can inject one. Their 96 bits bound how
/// many cells one subkey may seal (2^32, NIST SP 800-38D, section 8.3); since every purpose and
/// owner has a subkey of its own, that is four thousand million changes of one person's values
/// under one master key. A plaintext is at most 64 GiB - 32 bytes, GCM's own limit.
#[derive(Debug)]
pub struct RingCipher {
    keyring: Keyring,
}

impl RingCipher {
    /// Takes the keys over.
    #[must_use]
    pub const fn new(keyring: Keyring) -> Self {
        Self { keyring }
    }
}

impl Cipher for RingCipher {
    fn seal(&self, context: &SealContext, plaintext: &SecretBytes) -> Result<Sealed, CipherError> {
        let master = self.keyring.active();
        let key = subkey(master, context).ok_or(CipherError::Unsealable)?;
        // EXPOSE: copied once, and encrypted in place.
        let buffer = plaintext.expose().to_vec();
        let cell = seal_with_fresh_iv(&key, &context.aad(master.id()), buffer)?;
        Ok(Sealed { key_id: master.id().clone(), cell: cell.to_string() })
    }

    fn open(&self, context: &SealContext, sealed: &Sealed) -> Result<SecretBytes, CipherError> {
        let cell: Cell = sealed.cell.parse().map_err(|_| CipherError::Malformed)?;
        let master = self.keyring.find(&sealed.key_id).ok_or(CipherError::UnknownKey)?;
        let key = subkey(master, context).ok_or(CipherError::Rejected)?;
        open_cell(&key, &context.aad(master.id()), cell)
    }

    fn active_key(&self) -> &KeyId {
        self.keyring.active().id()
    }

    fn knows_key(&self, key: &KeyId) -> bool {
        self.keyring.find(key).is_some()
    }
}

/// The subkey of a purpose and an owner. Deriving takes a few microseconds, so nothing is cached
/// that would have to be bounded and wiped.
fn subkey(master: &MasterKey, context: &SealContext) -> Option<LessSafeKey> {
    let (purpose, owner) = (context.purpose().label().as_bytes(), context.owner());
    aead_key(&master.derive(&[b"kagi/subkey/v1", purpose, owner.as_bytes()])?)
}

/// The only maker of AEAD keys: it takes what HKDF derived, never a master key.
pub(crate) fn aead_key(derived: &Derived) -> Option<LessSafeKey> {
    // EXPOSE: the cipher's key schedule is made from it.
    UnboundKey::new(&AES_256_GCM, derived.expose()).ok().map(LessSafeKey::new)
}

/// The only sealing, and the only maker of nonces to seal with.
fn seal_with_fresh_iv(key: &LessSafeKey, aad: &[u8], buffer: Vec<u8>) -> Result<Cell, CipherError> {
    // Wiped on the way out, unless it became ciphertext.
    let mut buffer = Zeroizing::new(buffer);
    let mut iv = [0; Cell::IV_BYTES];
    SystemRandom::new().fill(&mut iv).map_err(|_| CipherError::Unsealable)?;
    let nonce = Nonce::assume_unique_for_key(iv);
    let tag = key
        .seal_in_place_separate_tag(nonce, Aad::from(aad), &mut buffer)
        .map_err(|_| CipherError::Unsealable)?;
    let tag = tag.as_ref().try_into().map_err(|_| CipherError::Unsealable)?;
    Ok(Cell { iv, tag, ciphertext: std::mem::take(&mut *buffer) })
}

/// The only opening.
pub(crate) fn open_cell(key: &LessSafeKey, aad: &[u8], cell: Cell) -> Result<SecretBytes, CipherError> {
    let mut buffer = Zeroizing::new(cell.ciphertext);
    let nonce = Nonce::try_assume_unique_for_key(&cell.iv).map_err(|_| CipherError::Rejected)?;
    key.open_in_place_separate_tag(nonce, Aad::from(aad), Tag::from(cell.tag), &mut buffer, 0..)
        .map_err(|_| CipherError::Rejected)?;
    Ok(SecretBytes::new(std::mem::take(&mut *buffer)))
}
