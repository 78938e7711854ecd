//! The way to the provider and back.

use kagi_domain::ports::{IdentityProvider, Prompt, ProviderError};
use url::Url;

use super::{CLIENT, REDIRECT, SECRET, World, challenge, server::Fault};

#[tokio::test]
async fn the_entrance_says_what_is_needed_and_no_more() {
    let world = World::new().await;
    let own = challenge(1);
    let entrance = world.provider.entrance(&own, Prompt::Usual).await.unwrap();
    let url = Url::parse(&entrance).unwrap();
    assert!(entrance.starts_with(&format!("{}/auth?", world.server.issuer())));
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    pairs.sort();
    let challenge_pair = pairs.remove(1);
    assert_eq!((challenge_pair.0.as_str(), challenge_pair.1.len()), ("code_challenge", 43));
    let expected = [
        ("client_id", CLIENT),
        ("code_challenge_method", "S256"),
        ("nonce", own.nonce.expose()),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", own.state.expose()),
    ];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(!entrance.contains(own.verifier.expose()) && !entrance.contains(SECRET));

    let again = world.provider.entrance(&own, Prompt::SignInAgain).await.unwrap();
    assert!(again.contains("prompt=login") && again.contains("max_age=600"), "{again}");
    assert_eq!(world.server.asked("openid-configuration"), 1, "the description is kept");
}

#[tokio::test]
async fn a_code_is_redeemed_with_its_verifier_only() {
    let world = World::new().await;
    world.redeem(world.good()).await.expect("the provider checks secret, address and verifier");
    assert_eq!(world.redeem_code("stolen").await, Err(ProviderError::Refused));
    let entrance = world.provider.entrance(&challenge(2), Prompt::Usual).await.unwrap();
    world.server.visit(&entrance);
    let code = kagi_tests::samples::secret("good");
    let mixed_up = world.provider.redeem(&code, &challenge(1)).await;
    assert_eq!(mixed_up, Err(ProviderError::Refused), "another challenge's code");
}

#[tokio::test]
async fn what_the_token_endpoint_says_is_told_apart() {
    let world = World::new().await;
    let hostile = r#"{"error": "invalid_grant", "error_description": "<script>alert(1)</script>"}"#;
    for (status, body, expected) in [
        (400, hostile, ProviderError::Refused),
        (401, r#"{"error": "invalid_client"}"#, ProviderError::Misconfigured),
        (400, r#"{"error": "unauthorized_client"}"#, ProviderError::Misconfigured),
        (400, r#"{"error": "<script>"}"#, ProviderError::Unavailable),
        (500, "<html>", ProviderError::Unavailable),
        (200, "<html>", ProviderError::Unavailable),
        (200, "{}", ProviderError::Unavailable),
        (200, r#"{"access_token": "x", "token_type": "Bearer"}"#, ProviderError::Misconfigured),
        (200, r#"{"access_token": "x", "token_type": "Bearer", "id_token": 7}"#, ProviderError::Unavailable),
        (200, r#"{"access_token": "x", "token_type": "Bearer", "id_token": "x"}"#, ProviderError::Refused),
    ] {
        world.server.fault("/token", Fault::Answers(status, body));
        let error = world.redeem(world.good()).await.unwrap_err();
        assert_eq!(error, expected, "{status} {body}");
        assert!(!format!("{error} {error:?}").contains("script"));
    }
}

#[tokio::test]
async fn a_browser_signs_out_where_the_provider_says() {
    let world = World::new().await;
    let exit = world.provider.exit().await.unwrap();
    let back = "post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fsign-in";
    assert_eq!(exit, format!("{}/logout?client_id={CLIENT}&{back}", world.server.issuer()));

    let other = World::new().await;
    other.server.state().description = serde_json::json!({ "end_session_endpoint": null });
    assert_eq!(other.provider.exit().await, None);
    let gone = World::new().await;
    gone.server.fault("openid-configuration", Fault::HangsUp);
    assert_eq!(gone.provider.exit().await, None);
}
