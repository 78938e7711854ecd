//! The cell format written down a second time, from its description, on the crates of `RustCrypto`.

use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, KeyInit, Payload},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::hex;

/// Each part behind its length as a big-endian `u32`.
fn prefixed(parts: &[&[u8]]) -> Vec<u8> {
    parts
        .iter()
        .flat_map(|part| [&u32::try_from(part.len()).unwrap().to_be_bytes()[..], part].concat())
        .collect()
}

pub(crate) fn master(hex: &str) -> [u8; 32] {
    std::array::from_fn(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap())
}

pub(crate) fn derive(master: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut derived = [0; 32];
    Hkdf::<Sha256>::new(Some(b"kagi/hkdf/v1"), master).expand(&prefixed(parts), &mut derived).unwrap();
    derived
}

pub(crate) fn key_id(master: &[u8; 32]) -> String {
    hex(&derive(master, &[b"kagi/key-id/v1"])[..8])
}

/// The facts of [`crate::context`], spelled by hand.
pub(crate) struct Facts {
    pub(crate) purpose: &'static str,
    pub(crate) owner: [u8; 16],
    pub(crate) parent: [u8; 16],
    pub(crate) record: [u8; 16],
    pub(crate) version: u32,
    pub(crate) kind: &'static str,
}

impl Facts {
    pub(crate) fn of_context() -> Self {
        let id = |n: u128| n.to_be_bytes();
        let (owner, parent, record) = (id(0x11), id(0x22), id(0x33));
        Self { purpose: "entry-value", owner, parent, record, version: 7, kind: "group" }
    }

    pub(crate) fn subkey(&self, master: &[u8; 32]) -> [u8; 32] {
        derive(master, &[b"kagi/subkey/v1", self.purpose.as_bytes(), &self.owner])
    }

    pub(crate) fn aad(&self, key_id: &str) -> Vec<u8> {
        prefixed(&[
            b"kagi/aad/v1",
            key_id.as_bytes(),
            self.purpose.as_bytes(),
            &self.owner,
            &self.parent,
            &self.record,
            &self.version.to_be_bytes(),
            self.kind.as_bytes(),
        ])
    }
}

pub(crate) fn seal(key: &[u8; 32], iv: [u8; 12], aad: &[u8], msg: &[u8]) -> String {
    let sealed = Aes256Gcm::new(key.into()).encrypt(&iv.into(), Payload { msg, aad }).unwrap();
    let (ciphertext, tag) = sealed.split_at(sealed.len() - 16);
    [&iv[..], tag, ciphertext].map(|part| STANDARD.encode(part)).join(":")
}

pub(crate) fn open(key: &[u8; 32], aad: &[u8], cell: &str) -> Option<Vec<u8>> {
    let parts: Vec<Vec<u8>> = cell.split(':').map(|part| STANDARD.decode(part).unwrap()).collect();
    let iv: [u8; 12] = parts[0][..].try_into().unwrap();
    let msg = &[&parts[2][..], &parts[1]].concat();
    Aes256Gcm::new(key.into()).decrypt(&iv.into(), Payload { msg, aad }).ok()
}
