//! The `OpenID` provider against one on loopback that can be wrong in every way.

mod endpoints;
mod flow;
mod forgeries;
mod keys;
mod rotation;
mod server;
mod tokens;

use std::sync::Arc;

use kagi_auth::{OidcProvider, Registration};
use kagi_domain::{
    ports::{Claims, Clock, IdentityProvider, Prompt, ProviderError},
    secret::SecretText,
};
use kagi_tests::{
    TestClock,
    samples::{parse, secret},
};
use serde_json::{Value, json};

use keys::SigningKey;
use server::{CLIENT, REDIRECT, SECRET, Server, challenge};

/// A provider on loopback, its usual key, and what asks it.
struct World {
    server: Server,
    key: SigningKey,
    clock: Arc<TestClock>,
    provider: OidcProvider,
}

impl World {
    async fn new() -> Self {
        let (server, key) = (Server::start().await, SigningKey::p256("usual"));
        server.publish(&[&key]);
        let clock = Arc::<TestClock>::default();
        let own = Registration {
            issuer: parse(&server.issuer()),
            client_id: CLIENT.to_owned(),
            client_secret: secret(SECRET),
            redirect_uri: REDIRECT.to_owned(),
            signed_out_uri: "http://127.0.0.1:3000/sign-in".to_owned(),
        };
        let provider = OidcProvider::new(own, clock.clone()).unwrap();
        Self { server, key, clock, provider }
    }

    fn seconds(&self) -> i64 {
        self.clock.now().as_millis() / 1000
    }

    /// The header of a good token.
    fn header(&self) -> Value {
        json!({ "alg": self.key.algorithm(), "typ": "JWT", "kid": self.key.id })
    }

    /// The payload of a good token in answer to challenge 1.
    fn payload(&self) -> Value {
        let now = self.seconds();
        json!({
            "iss": self.server.issuer(),
            "sub": "5d2a",
            "aud": CLIENT,
            "azp": CLIENT,
            "exp": now + 300,
            "iat": now,
            "auth_time": now - 5,
            "nonce": challenge(1).nonce.expose(),
            "email": "Ada@Example.com",
            "email_verified": true,
            "name": "Ada Lovelace",
        })
    }

    fn good(&self) -> String {
        self.key.token(&self.header(), &self.payload())
    }

    /// What comes of a code for which the provider gives this token.
    async fn redeem(&self, token: impl Into<String>) -> Result<Claims, ProviderError> {
        self.server.state().token = Some(token.into());
        self.redeem_code("good").await
    }

    async fn redeem_code(&self, code: &str) -> Result<Claims, ProviderError> {
        let entrance = self.provider.entrance(&challenge(1), Prompt::Usual).await?;
        self.server.visit(&entrance);
        self.provider.redeem(&SecretText::new(code.to_owned()), &challenge(1)).await
    }
}
