//! The database holds no plaintext, in no file and no spelling.

use kagi_domain::services::sign_in::registration;
use kagi_tests::{
    samples::{access_key, recovery_set, secret},
    spellings,
};

use crate::vault::{Person, Place};

const VALUE: &str = "canary-value-5f0c2b7e9d1a";
const CODE: &str = "canary-code-41d0a7c2";
const PASSWORD: &str = "canary-password-8c41";
const PROJECT: &str = "visible-project-77aa";

fn holds(haystack: &[u8], text: &str) -> bool {
    let found = |needle: &[u8]| haystack.windows(needle.len()).any(|window| window == needle);
    spellings(text.as_bytes()).iter().any(|needle| found(needle.as_bytes()))
}

#[tokio::test]
async fn the_files_of_a_vault_hold_no_plaintext() {
    let place = Place::sqlite().await;
    let ada = Person::new(&place, "ada").await;
    let entry = ada.keep(&place, ada.simple, PROJECT, VALUE).await;
    ada.keep(&place, ada.group, PROJECT, VALUE).await;
    assert_eq!(ada.reveal(&place, entry).await.as_deref(), Some(VALUE));
    let set =
        place.kagi.recovery_sets().create(&ada.actor, recovery_set(PROJECT, &[CODE, "x"])).await.unwrap();
    let revealed = place.kagi.recovery_sets().reveal(&ada.actor, set.id, None).await.unwrap();
    assert_eq!(revealed.token.expose(), CODE);
    let sign_in = place.kagi.sign_in();
    let who = registration("ada@example.com", secret(PASSWORD), None).unwrap();
    let signed_in = sign_in.set_up(&sign_in.set_up_token(), who, place.kagi.origin(None)).await.unwrap();
    let session = sign_in.by_session(&signed_in.token, place.kagi.origin(None)).await.unwrap().actor;
    let scopes = kagi_domain::access::Scope::ALL;
    let issued = place.kagi.access_keys().create(&session, access_key("ci", scopes)).await.unwrap();

    let mut files = Vec::new();
    for file in std::fs::read_dir(place.folder().unwrap()).unwrap() {
        files.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    assert!(holds(&files, PROJECT), "metadata is found, so the search works");
    for text in [VALUE, CODE, PASSWORD, signed_in.token.expose(), issued.token.expose()] {
        assert!(!holds(&files, text), "{}…", &text[..8]);
    }
    place.close().await;
}
