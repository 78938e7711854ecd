//! How a provider describes itself (`OpenID Connect` Discovery 1.0).

use kagi_domain::{model::identity::Issuer, ports::ProviderError};
use serde::Deserialize;
use url::Url;

use super::fetch::Fetch;

/// What is used of it, checked.
#[derive(Debug, Clone)]
pub(super) struct Description {
    pub(super) authorization: Url,
    pub(super) token: Url,
    pub(super) keys: Url,
    pub(super) end_session: Option<Url>,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    end_session_endpoint: Option<Url>,
}

impl Description {
    /// Asks the issuer. One that calls itself otherwise, or sends people or secrets over plain http though it
    /// is https itself, is not who was configured.
    pub(super) async fn of(issuer: &Issuer, fetch: &Fetch) -> Result<Self, ProviderError> {
        let url = format!("{issuer}/.well-known/openid-configuration");
        let url = Url::parse(&url).map_err(|_| ProviderError::Misconfigured)?;
        let document: Document = fetch.document(url.clone()).await?;
        if document.issuer != issuer.as_str() {
            tracing::warn!(
                "the identity provider calls itself otherwise than configured: check its public address"
            );
            return Err(ProviderError::Misconfigured);
        }
        let mut places = vec![&document.authorization_endpoint, &document.token_endpoint, &document.jwks_uri];
        places.extend(&document.end_session_endpoint);
        if !places.into_iter().all(|place| is_as_safe(&url, place)) {
            tracing::warn!("an endpoint of the identity provider is less safe than its address");
            return Err(ProviderError::Misconfigured);
        }
        Ok(Self {
            authorization: document.authorization_endpoint,
            token: document.token_endpoint,
            keys: document.jwks_uri,
            end_session: document.end_session_endpoint,
        })
    }
}

fn is_as_safe(own: &Url, other: &Url) -> bool {
    let scheme = other.scheme() == "https" || (other.scheme() == "http" && own.scheme() == "http");
    scheme && other.has_host() && other.username().is_empty() && other.password().is_none()
}
