//! The authorization code flow (RFC 6749, section 4.1) with PKCE (RFC 7636), by the `oauth2` crate.

use kagi_domain::{
    access::Actor,
    ports::{Challenge, Prompt, ProviderError},
    secret::SecretText,
};
use oauth2::{
    AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    ExtraTokenFields, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    StandardErrorResponse, StandardRevocableToken, StandardTokenResponse, TokenUrl,
    basic::{
        BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse,
        BasicTokenIntrospectionResponse, BasicTokenType,
    },
};
use serde::{Deserialize, Serialize};

use super::{Registration, description::Description, fetch::Fetch};

/// What `OpenID Connect` adds to a token response.
#[derive(Serialize, Deserialize)]
struct IdToken {
    id_token: Option<String>,
}

impl ExtraTokenFields for IdToken {}

impl std::fmt::Debug for IdToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdToken(••••)")
    }
}

type TokenResponse = StandardTokenResponse<IdToken, BasicTokenType>;

type OidcClient = Client<
    BasicErrorResponse,
    TokenResponse,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

fn client(own: &Registration, description: Description) -> Result<OidcClient, ProviderError> {
    let redirect = RedirectUrl::new(own.redirect_uri.clone()).map_err(|_| ProviderError::Misconfigured)?;
    // EXPOSE: the secret goes to the token endpoint.
    let secret = ClientSecret::new(own.client_secret.expose().to_owned());
    Ok(Client::new(ClientId::new(own.client_id.clone()))
        .set_client_secret(secret)
        .set_auth_uri(AuthUrl::from_url(description.authorization))
        .set_token_uri(TokenUrl::from_url(description.token))
        .set_redirect_uri(redirect))
}

/// Where a browser begins.
pub(super) fn entrance(
    own: &Registration,
    description: Description,
    challenge: &Challenge,
    prompt: Prompt,
) -> Result<String, ProviderError> {
    let client = client(own, description)?;
    // EXPOSE: the browser carries state and nonce, and the verifier's digest.
    let (state, nonce) = (challenge.state.expose().to_owned(), challenge.nonce.expose().to_owned());
    let verifier = verifier(challenge);
    let mut request = client
        .authorize_url(|| CsrfToken::new(state))
        .add_scopes(["openid", "profile", "email"].map(|scope| Scope::new(scope.to_owned())))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_extra_param("nonce", nonce);
    if prompt == Prompt::SignInAgain {
        // `max_age` obliges the provider to tell when.
        let age = Actor::FRESH.as_secs().to_string();
        request = request.add_extra_param("prompt", "login").add_extra_param("max_age", age);
    }
    Ok(request.url().0.into())
}

/// The ID token for a code.
pub(super) async fn redeem(
    own: &Registration,
    description: Description,
    fetch: &Fetch,
    code: &SecretText,
    challenge: &Challenge,
) -> Result<SecretText, ProviderError> {
    let client = client(own, description)?;
    // EXPOSE: the code goes to the token endpoint.
    let code = AuthorizationCode::new(code.expose().to_owned());
    let request = client.exchange_code(code).set_pkce_verifier(verifier(challenge));
    let response = request.request_async(fetch).await.map_err(refusal)?;
    let Some(token) = response.extra_fields().id_token.clone() else {
        tracing::warn!("the identity provider gave no ID token: is the scope openid allowed to the client?");
        return Err(ProviderError::Misconfigured);
    };
    Ok(SecretText::new(token))
}

fn verifier(challenge: &Challenge) -> PkceCodeVerifier {
    // EXPOSE: the library digests it, or sends it to the token endpoint.
    PkceCodeVerifier::new(challenge.verifier.expose().to_owned())
}

type Failure = RequestTokenError<ProviderError, StandardErrorResponse<BasicErrorResponseType>>;

/// What a failure comes to. The provider's own words stay unread but for the code.
fn refusal(failure: Failure) -> ProviderError {
    match failure {
        RequestTokenError::Request(error) => error,
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            BasicErrorResponseType::InvalidGrant => {
                tracing::warn!("the identity provider refused a code");
                ProviderError::Refused
            }
            BasicErrorResponseType::InvalidClient | BasicErrorResponseType::UnauthorizedClient => {
                tracing::warn!("the identity provider refuses this client: check its id, secret and flows");
                ProviderError::Misconfigured
            }
            BasicErrorResponseType::Extension(_) => {
                tracing::warn!("the identity provider's token endpoint failed");
                ProviderError::Unavailable
            }
            _ => {
                tracing::warn!("the identity provider refuses the request for a token");
                ProviderError::Misconfigured
            }
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            tracing::warn!("the identity provider's answer is no token response");
            ProviderError::Unavailable
        }
    }
}
