//! One exchange with the server, within its limits.

use std::{sync::Arc, time::Duration};

use kagi_domain::ports::PlannerError;
use reqwest::{
    Client, Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER},
    redirect::Policy,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::settings::{Settings, SettingsError};

/// The longest answer that is read.
const LONGEST_ANSWER: usize = 256 * 1024;
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a server may let wait for a retry, as far as one listens to it.
const LONGEST_WAIT: u64 = 60;

/// How an exchange ended without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server does not know the form that was asked for; a simpler one may do.
    Form,
    /// It may go better in a while: after this long at least, as far as the server says.
    Later(PlannerError, Option<Duration>),
    /// It will not go better.
    Final(PlannerError),
}

/// A client that goes to no other place: it follows no redirect and uses no proxy.
///
/// # Errors
///
/// [`SettingsError::Certificates`].
pub(crate) fn client(settings: &Settings) -> Result<Client, SettingsError> {
    let refused = |_| SettingsError::Certificates;
    // Named here, as the process may hold no provider, or another one.
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let tls = tls.with_safe_default_protocol_versions().map_err(refused)?;
    // A server on this machine needs no certificates, and none have to be there then.
    let tls = match settings.endpoint.scheme() {
        "https" => tls.with_platform_verifier().map_err(refused)?,
        _ => tls.with_root_certificates(RootCertStore::empty()),
    };
    let builder = Client::builder()
        .tls_backend_preconfigured(tls.with_no_client_auth())
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .user_agent(concat!("kagi/", env!("CARGO_PKG_VERSION")));
    builder.build().map_err(|_| SettingsError::Certificates)
}

/// Sends a body and reads the answer to it.
pub(crate) async fn exchange(client: &Client, settings: &Settings, body: String) -> Result<Vec<u8>, Failure> {
    let mut request =
        client.post(settings.endpoint.clone()).header(CONTENT_TYPE, "application/json").body(body);
    if let Some(authorization) = &settings.authorization {
        request = request.header(AUTHORIZATION, authorization.clone());
    }
    let response = request.send().await.map_err(|error| {
        tracing::warn!(connecting = error.is_connect(), "the model's server could not be reached");
        Failure::Later(PlannerError::Unreachable, None)
    })?;
    match response.status() {
        StatusCode::OK => read(response).await,
        status => {
            tracing::warn!(status = status.as_u16(), "the model's server answered with an error");
            Err(failure(status, wait(&response)))
        }
    }
}

/// What a status other than 200 means. The body is not looked at: it may quote the request.
fn failure(status: StatusCode, wait: Option<Duration>) -> Failure {
    match status.as_u16() {
        400 | 415 | 422 | 501 => Failure::Form,
        401 | 403 => Failure::Final(PlannerError::Unauthorized),
        402 => Failure::Final(PlannerError::Limited),
        429 => Failure::Later(PlannerError::Limited, wait),
        500 | 502..=504 | 529 => Failure::Later(PlannerError::Failed, wait),
        _ => Failure::Final(PlannerError::Failed),
    }
}

/// `Retry-After` in seconds. One that is a date is left to the usual pause.
fn wait(response: &Response) -> Option<Duration> {
    let seconds: u64 = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(LONGEST_WAIT)))
}

async fn read(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut answer = Vec::new();
    while let Some(chunk) =
        response.chunk().await.map_err(|_| Failure::Later(PlannerError::Unreachable, None))?
    {
        if answer.len() + chunk.len() > LONGEST_ANSWER {
            return Err(Failure::Final(PlannerError::Truncated));
        }
        answer.extend_from_slice(&chunk);
    }
    Ok(answer)
}
