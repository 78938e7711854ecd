//! A provider of identities that speaks `OpenID Connect`: discovery, and the code flow with PKCE.
//!
//! Its tokens are read once and dropped: the access token is not used, and nothing is kept.

mod description;
mod fetch;
mod flow;
mod kept;
mod keys;

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use kagi_domain::{
    model::identity::Issuer,
    ports::{Challenge, Claims, Clock, IdentityProvider, Prompt, ProviderError},
    secret::SecretText,
};

use url::Url;

use crate::{
    id_token::{self, Expected},
    keycloak::is_loopback,
    signature,
};
use description::Description;
use fetch::Fetch;
use kept::Kept;
use keys::Keys;

pub use fetch::NoTls;

/// For how long a description is believed.
const DESCRIBED: Duration = Duration::from_hours(1);
/// For how long keys are: one that the provider took back signs no longer than this.
const KEYED: Duration = Duration::from_mins(5);
/// How long a page waits to hear where to sign out.
const GLANCE: Duration = Duration::from_secs(1);

/// How this installation is known to the provider.
#[derive(Debug)]
pub struct Registration {
    /// The provider.
    pub issuer: Issuer,
    /// The client's id there.
    pub client_id: String,
    /// The client's secret there.
    pub client_secret: SecretText,
    /// Where browsers come back to; registered there, character by character.
    pub redirect_uri: String,
    /// Where browsers go after they signed out there; registered there too.
    pub signed_out_uri: String,
}

/// The provider.
pub struct OidcProvider {
    own: Registration,
    clock: Arc<dyn Clock>,
    fetch: Fetch,
    description: Kept<Description>,
    keys: Kept<Keys>,
}

impl OidcProvider {
    /// A provider that was not asked anything yet: it need not be there.
    ///
    /// # Errors
    ///
    /// [`NoTls`].
    pub fn new(own: Registration, clock: Arc<dyn Clock>) -> Result<Self, NoTls> {
        signature::install();
        let (description, keys) = (Kept::new(DESCRIBED), Kept::new(KEYED));
        let local = Url::parse(own.issuer.as_str()).is_ok_and(|url| is_loopback(&url));
        Ok(Self { own, clock, fetch: Fetch::new(local)?, description, keys })
    }

    async fn description(&self) -> Result<Description, ProviderError> {
        let now = self.clock.now();
        if let Some(known) = self.description.get(now) {
            return Ok(known);
        }
        let told = Description::of(&self.own.issuer, &self.fetch).await?;
        Ok(self.description.keep(told, now))
    }

    async fn claims(&self, token: &str, challenge: &Challenge) -> Result<Claims, ProviderError> {
        let checked = self.check(token, challenge).await?;
        checked.map_err(|why| {
            tracing::warn!(%why, "an ID token was refused");
            ProviderError::Refused
        })
    }

    async fn check(
        &self,
        token: &str,
        challenge: &Challenge,
    ) -> Result<Result<Claims, id_token::TokenError>, ProviderError> {
        let header = match id_token::header(token) {
            Ok(header) => header,
            Err(why) => return Ok(Err(why)),
        };
        let now = self.clock.now();
        let known = self.keys.get(now).and_then(|keys| keys.find(&header));
        let key = match known {
            Some(key) => Some(key),
            // The provider changed its keys, or nobody has asked yet.
            None => self.fresh_keys().await?.find(&header),
        };
        let Some(key) = key else { return Ok(Err(id_token::TokenError::Signature)) };
        let (issuer, client_id, nonce) = (&self.own.issuer, &self.own.client_id, &challenge.nonce);
        Ok(id_token::verify(token, header.alg, &key, &Expected { issuer, client_id, nonce, now }))
    }

    async fn fresh_keys(&self) -> Result<Keys, ProviderError> {
        let url = self.description().await?.keys;
        let told = Keys::at(url, &self.fetch).await?;
        Ok(self.keys.keep(told, self.clock.now()))
    }
}

#[async_trait]
impl IdentityProvider for OidcProvider {
    fn issuer(&self) -> &Issuer {
        &self.own.issuer
    }

    async fn entrance(&self, challenge: &Challenge, prompt: Prompt) -> Result<String, ProviderError> {
        flow::entrance(&self.own, self.description().await?, challenge, prompt)
    }

    async fn redeem(&self, code: &SecretText, challenge: &Challenge) -> Result<Claims, ProviderError> {
        let description = self.description().await?;
        let token = flow::redeem(&self.own, description, &self.fetch, code, challenge).await?;
        // EXPOSE: the token is read, and dropped.
        self.claims(token.expose(), challenge).await
    }

    async fn exit(&self) -> Option<String> {
        let described = tokio::time::timeout(GLANCE, self.description()).await;
        let mut url = described.ok()?.ok()?.end_session?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.own.client_id)
            .append_pair("post_logout_redirect_uri", &self.own.signed_out_uri);
        Some(url.into())
    }
}

impl fmt::Debug for OidcProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OidcProvider({})", self.own.issuer)
    }
}
