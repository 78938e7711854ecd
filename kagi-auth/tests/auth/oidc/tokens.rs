//! Good tokens are believed, and only as far as they go.

use serde_json::json;

use super::{CLIENT, SigningKey, World};

#[tokio::test]
async fn a_good_token_vouches_for_somebody() {
    let world = World::new().await;
    let claims = world.redeem(world.good()).await.unwrap();
    assert_eq!(claims.identity.issuer.as_str(), world.server.issuer());
    assert_eq!(claims.identity.subject.as_str(), "5d2a");
    assert_eq!(claims.email.unwrap().as_str(), "ada@example.com");
    assert_eq!(claims.name.unwrap().as_str(), "Ada Lovelace");
    assert_eq!(claims.authenticated_at.unwrap().as_millis() / 1000, world.seconds() - 5);
}

#[tokio::test]
async fn what_the_standard_allows_is_believed() {
    let world = World::new().await;
    let now = world.seconds();
    for (case, change) in [
        ("an audience in a list", json!({ "aud": [CLIENT] })),
        ("audiences beside ours, when we asked", json!({ "aud": ["account", CLIENT] })),
        ("no authorized party", json!({ "azp": null })),
        ("claims nobody knows", json!({ "acr": "1", "groups": ["a"], "at_hash": "x", "sid": 7 })),
        ("a clock that is behind", json!({ "exp": now - 59, "iat": now - 300 })),
        ("a clock that is ahead", json!({ "iat": now + 60, "nbf": now + 60, "auth_time": now + 60 })),
        ("no time of authentication", json!({ "auth_time": null })),
    ] {
        let mut payload = world.payload();
        for (name, value) in change.as_object().unwrap() {
            payload[name] = value.clone();
        }
        let token = world.key.token(&world.header(), &payload);
        assert!(world.redeem(token).await.is_ok(), "{case}");
    }
    let bare = world.key.token(&json!({ "alg": "ES256" }), &world.payload());
    assert!(world.redeem(bare).await.is_ok(), "the only key needs no name");
}

#[tokio::test]
async fn every_allowed_kind_of_key_signs() {
    for key in [SigningKey::p384("other"), SigningKey::ed25519("other")] {
        let mut world = World::new().await;
        world.server.publish(&[&world.key, &key]);
        world.key = key;
        assert!(world.redeem(world.good()).await.is_ok(), "{}", world.key.algorithm());
    }
}

/// An address is the person's own claim until the provider says that it is verified.
#[tokio::test]
async fn an_address_that_is_not_verified_is_none() {
    let world = World::new().await;
    for verified in [json!(false), json!(null), json!("true"), json!(1)] {
        let mut payload = world.payload();
        payload["email_verified"] = verified.clone();
        let claims = world.redeem(world.key.token(&world.header(), &payload)).await.unwrap();
        assert_eq!(claims.email, None, "{verified}");
    }
    for nonsense in ["", "no address", "a@b@c", "ada@example.com\r\nbcc: x"] {
        let mut payload = world.payload();
        payload["email"] = nonsense.into();
        payload["name"] = "a\u{7}".into();
        let claims = world.redeem(world.key.token(&world.header(), &payload)).await.unwrap();
        assert_eq!((claims.email, claims.name), (None, None), "{nonsense:?}");
    }
}
