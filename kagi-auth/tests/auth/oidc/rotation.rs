//! Keys come and go.

use std::time::Duration;

use kagi_domain::ports::ProviderError;
use serde_json::json;

use super::{SigningKey, World};

#[tokio::test]
async fn a_new_key_is_known_at_once_and_an_old_one_not_for_long() {
    let mut world = World::new().await;
    let before = world.good();
    assert!(world.redeem(before.as_str()).await.is_ok());
    assert!(world.redeem(before.as_str()).await.is_ok());
    assert_eq!(world.server.asked("/certs"), 1, "keys are kept");

    let old = std::mem::replace(&mut world.key, SigningKey::ed25519("next"));
    world.server.publish(&[&old, &world.key]);
    assert!(world.redeem(world.good()).await.is_ok(), "the new key");
    assert!(world.redeem(before.as_str()).await.is_ok(), "the old one is still published");

    world.server.publish(&[&world.key]);
    world.clock.advance(Duration::from_mins(5));
    assert_eq!(world.redeem(before.as_str()).await, Err(ProviderError::Refused), "it was taken back");
    assert!(world.redeem(world.good()).await.is_ok());
}

#[tokio::test]
async fn a_name_that_is_given_to_another_key_is_followed() {
    let mut world = World::new().await;
    assert!(world.redeem(world.good()).await.is_ok());
    world.key = SigningKey::p256("usual");
    world.server.publish(&[&world.key]);
    assert_eq!(world.redeem(world.good()).await, Err(ProviderError::Refused), "for as long as keys are kept");
    world.clock.advance(Duration::from_mins(5));
    assert!(world.redeem(world.good()).await.is_ok());
}

#[tokio::test]
async fn keys_that_sign_nothing_are_not_used() {
    let world = World::new().await;
    let usual = world.key.public();
    let changed = |name: &str, value: serde_json::Value| {
        let mut key = usual.clone();
        key[name] = value;
        key
    };
    for (case, keys) in [
        ("no key", vec![]),
        ("a key for encryption", vec![changed("use", json!("enc"))]),
        ("a key for another algorithm", vec![changed("alg", json!("ES384"))]),
        ("a key of another kind", vec![changed("kty", json!("oct"))]),
        ("two keys of one name", vec![usual.clone(), SigningKey::p256("usual").public()]),
        ("a shared secret", vec![SigningKey::shared("usual", b"x").public()]),
        ("a point that is none", vec![changed("x", json!("AAAA"))]),
        ("not even a key", vec![json!("x"), json!(null), json!({})]),
    ] {
        let fresh = World::new().await;
        fresh.server.state().keys = keys;
        assert_eq!(fresh.redeem(fresh_token(&fresh, &world)).await, Err(ProviderError::Refused), "{case}");
    }
    let fresh = World::new().await;
    fresh.server.state().keys = vec![json!({ "kty": "FUTURE" }), json!(7), usual];
    assert!(fresh.redeem(fresh_token(&fresh, &world)).await.is_ok(), "what is not known is left out");
}

/// A good token for one world, signed by the other's key.
fn fresh_token(fresh: &World, signer: &World) -> String {
    signer.key.token(&fresh.header(), &fresh.payload())
}
