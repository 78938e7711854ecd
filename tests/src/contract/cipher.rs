//! What [`Cipher`] and [`Digester`] owe.

use kagi_domain::{
    ids::{CategoryId, EntryId, UserId},
    model::category::KeyType,
    ports::{Cipher, CipherError, Digester},
    seal::{KeyId, SealContext, Sealed},
    secret::{SecretBytes, SecretText},
};
use uuid::Uuid;

/// Three ciphers over two master keys, A and B.
pub struct Ciphers<'a> {
    /// Seals under A, knows no other.
    pub a: &'a dyn Cipher,
    /// Seals under B, knows no other.
    pub b: &'a dyn Cipher,
    /// Seals under B, opens what is under A.
    pub both: &'a dyn Cipher,
}

/// Runs every case.
pub fn cipher_contract(ciphers: &Ciphers<'_>) {
    opens_what_it_sealed(ciphers.a);
    seals_differently_each_time(ciphers.a);
    is_bound_to_its_context(ciphers.a);
    rejects_every_changed_byte(ciphers.a);
    tries_the_named_key_only(ciphers);
    calls_other_forms_malformed(ciphers.a);
    opens_under_former_keys(ciphers);
}

fn context(owner: u128, category: u128, entry: u128, version: u32, kind: KeyType) -> SealContext {
    SealContext::entry_value(
        UserId::from_uuid(Uuid::from_u128(owner)),
        CategoryId::from_uuid(Uuid::from_u128(category)),
        EntryId::from_uuid(Uuid::from_u128(entry)),
        version,
        kind,
    )
}

fn usual() -> SealContext {
    context(1, 2, 3, 1, KeyType::Simple)
}

fn bytes(text: &[u8]) -> SecretBytes {
    SecretBytes::new(text.to_vec())
}

fn opened(cipher: &dyn Cipher, context: &SealContext, sealed: &Sealed) -> Result<Vec<u8>, CipherError> {
    cipher.open(context, sealed).map(|plaintext| plaintext.expose().to_vec())
}

fn opens_what_it_sealed(cipher: &dyn Cipher) {
    let binary: Vec<u8> = (0..=255).collect();
    let long = vec![b'x'; 64 * 1024];
    for plaintext in [&b""[..], b"x", "schlüssel \u{1f511}".as_bytes(), &binary, &long] {
        let sealed = cipher.seal(&usual(), &bytes(plaintext)).unwrap();
        assert_eq!(&sealed.key_id, cipher.active_key(), "a cell names the active key");
        assert_eq!(opened(cipher, &usual(), &sealed).unwrap(), plaintext);
    }
    let check = SealContext::key_check();
    let sealed = cipher.seal(&check, &bytes(b"check")).unwrap();
    assert_eq!(opened(cipher, &check, &sealed).unwrap(), b"check");
}

fn seals_differently_each_time(cipher: &dyn Cipher) {
    let [one, other] = [(); 2].map(|()| cipher.seal(&usual(), &bytes(b"same")).unwrap());
    assert_ne!(one.cell, other.cell);
}

fn is_bound_to_its_context(cipher: &dyn Cipher) {
    let sealed = cipher.seal(&usual(), &bytes(b"mine")).unwrap();
    let elsewhere = [
        ("owner", context(9, 2, 3, 1, KeyType::Simple)),
        ("category", context(1, 9, 3, 1, KeyType::Simple)),
        ("entry", context(1, 2, 9, 1, KeyType::Simple)),
        ("version", context(1, 2, 3, 2, KeyType::Simple)),
        ("kind", context(1, 2, 3, 1, KeyType::Group)),
        ("purpose", SealContext::key_check()),
        ("swapped ids", context(2, 1, 3, 1, KeyType::Simple)),
    ];
    for (fact, other) in elsewhere {
        assert_eq!(opened(cipher, &other, &sealed), Err(CipherError::Rejected), "another {fact}");
    }
}

/// Changes one character of each base64 group to another of the alphabet: the form stays right
/// (or becomes malformed, when the last bits of a part no longer fit), the content does not.
fn rejects_every_changed_byte(cipher: &dyn Cipher) {
    let sealed = cipher.seal(&usual(), &bytes(b"twelve bytes")).unwrap();
    for (at, old) in sealed.cell.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
        let new = if old == 'A' { 'B' } else { 'A' };
        let mut cell = sealed.cell.clone();
        cell.replace_range(at..=at, &new.to_string());
        let changed = Sealed { cell, ..sealed.clone() };
        let error = opened(cipher, &usual(), &changed).expect_err("a changed cell does not open");
        assert!(matches!(error, CipherError::Rejected | CipherError::Malformed), "at {at}: {error}");
    }
}

fn tries_the_named_key_only(Ciphers { a, b, both }: &Ciphers<'_>) {
    let sealed = a.seal(&usual(), &bytes(b"under A")).unwrap();
    assert_eq!(opened(*b, &usual(), &sealed), Err(CipherError::UnknownKey));
    // The right key is at hand, but the cell names the other one.
    let misnamed = Sealed { key_id: b.active_key().clone(), ..sealed };
    assert_eq!(opened(*both, &usual(), &misnamed), Err(CipherError::Rejected));
}

fn calls_other_forms_malformed(cipher: &dyn Cipher) {
    let sealed = cipher.seal(&usual(), &bytes(b"value")).unwrap();
    let [iv, tag, text] = sealed.cell.split(':').collect::<Vec<_>>()[..] else {
        panic!("a cell has three parts");
    };
    let forms = [
        String::new(),
        ":".to_owned(),
        "::".to_owned(),
        ":::".to_owned(),
        format!("{iv}:{tag}"),
        format!("{iv}:{tag}:{text}:"),
        format!("{iv}:{tag}:{text}:{text}"),
        format!("{tag}:{iv}:{text}"),
        format!(" {iv}:{tag}:{text}"),
        format!("{iv}:{tag}:{text}\n"),
        format!("{iv}:{}:{text}", tag.trim_end_matches('=')),
        format!("{iv}:{tag}:{text}="),
        format!("{iv}:{tag}:{text}\u{e9}"),
        format!("{iv}:{tag}:\0"),
        "{\"iv\":\"\"}".to_owned(),
    ];
    let stranger = KeyId::from_stored("0000000000000000".to_owned());
    for cell in forms {
        for key_id in [cipher.active_key(), &stranger] {
            let sealed = Sealed { key_id: key_id.clone(), cell: cell.clone() };
            let outcome = opened(cipher, &usual(), &sealed);
            assert_eq!(outcome, Err(CipherError::Malformed), "{cell:?} under {key_id}");
        }
    }
}

fn opens_under_former_keys(Ciphers { a, b, both }: &Ciphers<'_>) {
    assert_eq!(both.active_key(), b.active_key());
    assert_ne!(a.active_key(), b.active_key());
    assert!(both.knows_key(a.active_key()) && both.knows_key(b.active_key()));
    assert!(a.knows_key(a.active_key()) && !a.knows_key(b.active_key()));
    let old = a.seal(&usual(), &bytes(b"old")).unwrap();
    assert_eq!(opened(*both, &usual(), &old).unwrap(), b"old");
    let new = both.seal(&usual(), &bytes(b"new")).unwrap();
    assert_eq!(opened(*b, &usual(), &new).unwrap(), b"new");
}

/// What a digester owes beside being SHA-256: `replica` is another one of the same master key,
/// `stranger` one of another.
pub fn digester_contract(digester: &dyn Digester, replica: &dyn Digester, stranger: &dyn Digester) {
    let text = |text: &str| SecretText::new(text.to_owned());
    let one = digester.digest(&text("kagi_one"));
    assert!(digester.same(&one, &replica.digest(&text("kagi_one"))));
    assert!(!digester.same(&one, &digester.digest(&text("kagi_two"))));
    let token = digester.set_up_token();
    assert_eq!(token.expose().len(), 43);
    assert!(token.expose().bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')));
    assert_eq!(token.expose(), replica.set_up_token().expose());
    assert_ne!(token.expose(), stranger.set_up_token().expose());
}
