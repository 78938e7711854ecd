//! C5: cells travel between this cipher and an independent one; C6: nothing is sealed under the
//! raw master key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kagi_crypto::Sha256Digester;
use kagi_domain::{
    ports::{Cipher, Digester},
    seal::{KeyId, SealContext, Sealed},
};

use crate::{
    KEY_A, bytes, cipher, context,
    independent::{Facts, derive, key_id, master, open, seal},
    key, keyring,
};

const PLAINTEXTS: [&[u8]; 4] = [b"", b"x", b"sk-live-canary", &[0xff; 4097]];

#[test]
fn their_cells_open_here() {
    let (master, facts) = (master(KEY_A), Facts::of_context());
    let id = key_id(&master);
    for (n, plaintext) in PLAINTEXTS.into_iter().enumerate() {
        let iv = [u8::try_from(n).unwrap(); 12];
        let cell = seal(&facts.subkey(&master), iv, &facts.aad(&id), plaintext);
        let sealed = Sealed { key_id: KeyId::from_stored(id.clone()), cell };
        assert_eq!(cipher(KEY_A).open(&context(), &sealed).unwrap().expose(), plaintext);
    }
}

#[test]
fn our_cells_open_there() {
    let (master, facts) = (master(KEY_A), Facts::of_context());
    for plaintext in PLAINTEXTS {
        let sealed = cipher(KEY_A).seal(&context(), &bytes(plaintext)).unwrap();
        let aad = facts.aad(sealed.key_id.as_str());
        assert_eq!(open(&facts.subkey(&master), &aad, &sealed.cell).unwrap(), plaintext);
    }
}

#[test]
fn the_key_check_is_the_same_format() {
    let nil = [0; 16];
    let facts =
        Facts { purpose: "key-check", owner: nil, parent: nil, record: nil, version: 1, kind: "check" };
    let sealed = cipher(KEY_A).seal(&SealContext::key_check(), &bytes(b"check")).unwrap();
    let aad = facts.aad(sealed.key_id.as_str());
    assert_eq!(open(&facts.subkey(&master(KEY_A)), &aad, &sealed.cell).unwrap(), b"check");
}

#[test]
fn nothing_is_sealed_under_the_raw_key() {
    let (master, facts) = (master(KEY_A), Facts::of_context());
    let sealed = cipher(KEY_A).seal(&context(), &bytes(b"value")).unwrap();
    let aad = facts.aad(sealed.key_id.as_str());
    assert!(open(&facts.subkey(&master), &aad, &sealed.cell).is_some());
    assert!(open(&master, &aad, &sealed.cell).is_none());
}

#[test]
fn ids_and_set_up_tokens_are_derived_as_written() {
    let master = master(KEY_A);
    assert_eq!(key(KEY_A).id().as_str(), key_id(&master));
    let token = URL_SAFE_NO_PAD.encode(derive(&master, &[b"kagi/set-up-token/v1"]));
    assert_eq!(Sha256Digester::new(&keyring(KEY_A)).set_up_token().expose(), token);
}
