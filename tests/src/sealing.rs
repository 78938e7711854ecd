//! A cipher and a digester that keep their ports' promises, and protect nothing.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hasher},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use kagi_domain::{
    ports::{Cipher, CipherError, Digester, Entropy, TokenDigest},
    seal::{KeyId, SealContext, Sealed},
    secret::{SecretBytes, SecretText},
};

use crate::ambient::SeededEntropy;

/// Hashes parts into as many bytes as are asked for. Not cryptography.
fn mix<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    let mut out = [0; N];
    for (lane, chunk) in out.chunks_mut(8).enumerate() {
        let mut hasher = DefaultHasher::new();
        hasher.write_usize(lane);
        for part in parts {
            hasher.write_usize(part.len());
            hasher.write(part);
        }
        chunk.copy_from_slice(&hasher.finish().to_le_bytes()[..chunk.len()]);
    }
    out
}

fn mask(key: &KeyId, iv: &[u8], text: &[u8]) -> Vec<u8> {
    let blocks = text.chunks(8).enumerate();
    blocks
        .flat_map(|(block, chunk)| {
            let pad: [u8; 8] = mix(&[key.as_str().as_bytes(), iv, &block.to_be_bytes()]);
            chunk.iter().zip(pad).map(|(byte, pad)| byte ^ pad).collect::<Vec<_>>()
        })
        .collect()
}

fn tag_of(context: &SealContext, key: &KeyId, iv: &[u8], ciphertext: &[u8]) -> [u8; 16] {
    mix(&[b"tag", &context.aad(key), iv, ciphertext])
}

/// A [`Cipher`] in the cell format of the real one: bound to its context, different at each seal,
/// and no protection at all.
#[derive(Debug)]
pub struct FakeCipher {
    active: KeyId,
    others: BTreeSet<KeyId>,
    entropy: SeededEntropy,
}

impl FakeCipher {
    /// Seals under `active`, and opens what was sealed under it or one of `others`.
    #[must_use]
    pub fn new(active: KeyId, others: impl IntoIterator<Item = KeyId>) -> Self {
        Self { active, others: others.into_iter().collect(), entropy: SeededEntropy::new(0x5ea1) }
    }
}

impl Default for FakeCipher {
    /// One key, `fa4efa4efa4efa4e`.
    fn default() -> Self {
        Self::new(KeyId::from_stored("fa4efa4efa4efa4e".to_owned()), [])
    }
}

impl Cipher for FakeCipher {
    fn seal(&self, context: &SealContext, plaintext: &SecretBytes) -> Result<Sealed, CipherError> {
        let mut iv = [0; 12];
        self.entropy.fill(&mut iv);
        let ciphertext = mask(&self.active, &iv, plaintext.expose());
        let tag = tag_of(context, &self.active, &iv, &ciphertext);
        let cell = [&iv[..], &tag, &ciphertext].map(|part| STANDARD.encode(part)).join(":");
        Ok(Sealed { key_id: self.active.clone(), cell })
    }

    fn open(&self, context: &SealContext, sealed: &Sealed) -> Result<SecretBytes, CipherError> {
        let parts: Vec<_> = sealed.cell.split(':').map(|part| STANDARD.decode(part)).collect();
        let [Ok(iv), Ok(tag), Ok(ciphertext)] = &parts[..] else { return Err(CipherError::Malformed) };
        if iv.len() != 12 || tag.len() != 16 {
            return Err(CipherError::Malformed);
        }
        if !self.knows_key(&sealed.key_id) {
            return Err(CipherError::UnknownKey);
        }
        if tag_of(context, &sealed.key_id, iv, ciphertext)[..] != tag[..] {
            return Err(CipherError::Rejected);
        }
        Ok(SecretBytes::new(mask(&sealed.key_id, iv, ciphertext)))
    }

    fn active_key(&self) -> &KeyId {
        &self.active
    }

    fn knows_key(&self, key: &KeyId) -> bool {
        *key == self.active || self.others.contains(key)
    }
}

/// A [`Digester`] whose digests are distinct, stable, and not SHA-256.
#[derive(Debug, Clone, Copy, Default)]
pub struct FakeDigester;

impl Digester for FakeDigester {
    fn digest(&self, text: &SecretText) -> TokenDigest {
        TokenDigest::from_bytes(mix(&[b"digest", text.expose().as_bytes()]))
    }

    fn same(&self, one: &TokenDigest, other: &TokenDigest) -> bool {
        one == other
    }

    fn set_up_token(&self) -> SecretText {
        SecretText::new(URL_SAFE_NO_PAD.encode(mix::<32>(&[b"set-up"])))
    }
}
