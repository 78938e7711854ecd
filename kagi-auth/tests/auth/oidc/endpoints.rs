//! Providers that are slow, broken, or somebody else.

use kagi_domain::ports::{IdentityProvider, Prompt, ProviderError};
use serde_json::json;

use super::{World, challenge, server::Fault};

const ENDPOINTS: [&str; 3] = ["openid-configuration", "/certs", "/token"];

#[tokio::test]
async fn a_provider_that_is_someone_else_is_not_asked() {
    let evil = "http://127.0.0.1:1/realms/team";
    for (case, change) in [
        ("another issuer", json!({ "issuer": evil })),
        ("an issuer with a slash more", json!({ "issuer": "(slash)" })),
        ("a file for keys", json!({ "jwks_uri": "file:///etc/passwd" })),
        ("a script for a page", json!({ "authorization_endpoint": "javascript:alert(1)" })),
        ("a name in an address", json!({ "token_endpoint": "http://user:word@127.0.0.1/token" })),
    ] {
        let world = World::new().await;
        let mut change = change;
        if change["issuer"] == "(slash)" {
            change["issuer"] = format!("{}/", world.server.issuer()).into();
        }
        world.server.state().description = change;
        let refused = world.provider.entrance(&challenge(1), Prompt::Usual).await;
        assert_eq!(refused, Err(ProviderError::Misconfigured), "{case}");
    }
}

#[tokio::test]
async fn a_broken_endpoint_is_not_available_and_may_mend() {
    for endpoint in ENDPOINTS {
        for fault in [
            Fault::Answers(500, "{}"),
            Fault::Answers(503, "<html>"),
            Fault::Answers(200, "<html>"),
            Fault::Answers(200, "[]"),
            Fault::Answers(200, ""),
            Fault::HangsUp,
            Fault::Floods,
        ] {
            let world = World::new().await;
            world.server.fault(endpoint, fault.clone());
            let broken = world.redeem(world.good()).await;
            assert_eq!(broken, Err(ProviderError::Unavailable), "{endpoint}: {fault:?}");
            world.server.state().faults.clear();
            assert!(world.redeem(world.good()).await.is_ok(), "{endpoint} after {fault:?}");
        }
    }
}

#[tokio::test]
async fn nobody_is_led_elsewhere() {
    for (endpoint, elsewhere) in [
        ("openid-configuration", "/.well-known/openid-configuration?copy"),
        ("/certs", "/certs?copy"),
        ("/token", "/token?copy"),
    ] {
        let world = World::new().await;
        world.server.fault(endpoint, Fault::Redirects(elsewhere));
        assert!(world.redeem(world.good()).await.is_err(), "{endpoint}");
        assert_eq!(world.server.asked("?copy"), 0, "{endpoint}");
    }
}

#[tokio::test]
async fn a_realm_that_is_not_there_is_a_mistake() {
    let world = World::new().await;
    world.server.fault("openid-configuration", Fault::Answers(404, "{}"));
    assert_eq!(world.redeem(world.good()).await, Err(ProviderError::Misconfigured));
}

/// Each waits for its time limit, all at once.
#[tokio::test]
async fn a_slow_endpoint_is_given_up() {
    let slow =
        ENDPOINTS.into_iter().flat_map(|endpoint| [(endpoint, Fault::Hangs), (endpoint, Fault::Stalls)]);
    let tries = slow.map(|(endpoint, fault)| async move {
        let world = World::new().await;
        world.server.fault(endpoint, fault.clone());
        let began = tokio::time::Instant::now();
        let given_up = world.redeem(world.good()).await;
        assert_eq!(given_up, Err(ProviderError::Unavailable), "{endpoint}: {fault:?}");
        assert!(began.elapsed().as_secs() < 15, "{endpoint}: {fault:?}");
    });
    let tries: Vec<_> = tries.map(tokio::spawn).collect();
    for outcome in tries {
        outcome.await.unwrap();
    }
}
