//! Requests to the provider: few, short, bounded, and never led elsewhere.

use std::{pin::Pin, time::Duration};

use kagi_domain::ports::ProviderError;
use reqwest::{Client, Response, StatusCode, redirect};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde::de::DeserializeOwned;
use url::Url;

/// How long one request may take in all.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long connecting may take.
const CONNECTING: Duration = Duration::from_secs(3);
/// How much of an answer is read. Keycloak's descriptions have 8 KiB, its keys 6 KiB, its tokens 4 KiB.
const LARGEST: usize = 256 * 1024;

/// TLS could not be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("TLS for requests to the provider could not be set up.")]
pub struct NoTls;

/// The way to the provider.
#[derive(Debug, Clone)]
pub(super) struct Fetch(Client);

impl Fetch {
    /// Certificates count that the operating system trusts, or the well-known list. A provider on this machine is
    /// asked without the proxy of the environment: plain http is only for it, and the client's secret goes along.
    pub(super) fn new(local: bool) -> Result<Self, NoTls> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let config = ClientConfig::builder_with_provider(ring::default_provider().into())
            .with_safe_default_protocol_versions()
            .map_err(|_| NoTls)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let builder = if local { Client::builder().no_proxy() } else { Client::builder() };
        let client = builder
            .tls_backend_preconfigured(config)
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECTING)
            .timeout(PATIENCE)
            .user_agent(concat!("kagi/", env!("CARGO_PKG_VERSION")))
            .build();
        client.map(Self).map_err(|_| NoTls)
    }

    /// A document. Whatever it is instead, the provider is not available.
    pub(super) async fn document<T: DeserializeOwned>(&self, url: Url) -> Result<T, ProviderError> {
        let what = url.path().to_owned();
        let response = self.0.get(url).send().await.map_err(|error| unanswered(&error))?;
        let status = response.status();
        let body = read(response).await?;
        if status != StatusCode::OK {
            tracing::warn!(
                status = status.as_u16(),
                path = what,
                "the identity provider did not give a document"
            );
            let unknown = status == StatusCode::NOT_FOUND;
            return Err(if unknown { ProviderError::Misconfigured } else { ProviderError::Unavailable });
        }
        serde_json::from_slice(&body).map_err(|_| {
            tracing::warn!(path = what, "the identity provider's document is malformed");
            ProviderError::Unavailable
        })
    }

    /// A request that the OAuth library made.
    async fn send(&self, request: oauth2::HttpRequest) -> Result<oauth2::HttpResponse, ProviderError> {
        let (parts, body) = request.into_parts();
        let url = Url::parse(&parts.uri.to_string()).map_err(|_| ProviderError::Misconfigured)?;
        let request = self.0.request(parts.method, url).headers(parts.headers).body(body);
        let response = request.send().await.map_err(|error| unanswered(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut answer = oauth2::HttpResponse::new(read(response).await?);
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        Ok(answer)
    }
}

impl<'c> oauth2::AsyncHttpClient<'c> for Fetch {
    type Error = ProviderError;
    type Future = Pin<Box<dyn Future<Output = Result<oauth2::HttpResponse, ProviderError>> + Send + 'c>>;

    fn call(&'c self, request: oauth2::HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

async fn read(mut response: Response) -> Result<Vec<u8>, ProviderError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unanswered(&error))? {
        if body.len() + chunk.len() > LARGEST {
            tracing::warn!("the identity provider's answer is too large");
            return Err(ProviderError::Unavailable);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The error's text holds addresses; what it is about is enough.
fn unanswered(error: &reqwest::Error) -> ProviderError {
    let why = if error.is_timeout() {
        "it takes too long"
    } else if error.is_connect() {
        "no connection, or no trust in its certificate"
    } else {
        "the answer broke off"
    };
    tracing::warn!(why, "the identity provider does not answer");
    ProviderError::Unavailable
}
