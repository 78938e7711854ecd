//! The ID token: what a provider vouches for, checked in full.

use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use kagi_domain::{
    model::identity::{IdentityKey, Issuer},
    ports::Claims,
    secret::SecretText,
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::Value;

use crate::signature::ALLOWED;

/// How far the provider's clock may be off.
const SKEW: Duration = Duration::from_mins(1);
/// A token of the code flow is made while its code is redeemed.
const OLDEST: Duration = Duration::from_mins(10);

/// Why a token is not believed: a word for the log, nothing of the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenError {
    #[error("it is malformed")]
    Malformed,
    #[error("its algorithm is not allowed")]
    Algorithm,
    #[error("it is of another type, or asks for an extension")]
    Kind,
    #[error("its signature is wrong")]
    Signature,
    #[error("it is of another issuer")]
    Issuer,
    #[error("it is for somebody else")]
    Audience,
    #[error("it has expired, is too old, or from the future")]
    Time,
    #[error("its nonce is another one")]
    Nonce,
    #[error("its subject is unusable")]
    Subject,
}

/// What a token is held against.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a Issuer,
    pub(crate) client_id: &'a str,
    pub(crate) nonce: &'a SecretText,
    pub(crate) now: Timestamp,
}

/// As the token has it. A claim that is there twice, or of another type, makes it malformed.
#[derive(Deserialize)]
struct Payload {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    auth_time: Option<i64>,
    email: Option<String>,
    email_verified: Option<Value>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Reads the header, by which the key is chosen. It proves nothing yet.
pub(crate) fn header(token: &str) -> Result<Header, TokenError> {
    // `none` and whatever is not known is no `Algorithm`.
    let header = decode_header(token).map_err(|_| TokenError::Malformed)?;
    if !ALLOWED.contains(&header.alg) {
        return Err(TokenError::Algorithm);
    }
    let is_jwt = header.typ.as_deref().is_none_or(|kind| kind.eq_ignore_ascii_case("JWT"));
    let plain = header.crit.is_none() && header.enc.is_none() && header.zip.is_none();
    if is_jwt && plain { Ok(header) } else { Err(TokenError::Kind) }
}

/// Checks everything: signature, issuer, audience, authorized party, times, nonce, subject.
pub(crate) fn verify(
    token: &str,
    algorithm: Algorithm,
    key: &DecodingKey,
    expected: &Expected<'_>,
) -> Result<Claims, TokenError> {
    let payload = authentic(token, algorithm, key)?;
    if payload.iss != expected.issuer.as_str() {
        return Err(TokenError::Issuer);
    }
    check_audience(&payload, expected.client_id)?;
    check_times(&payload, expected.now)?;
    // EXPOSE: compared with the nonce that the provider signed.
    if payload.nonce.as_deref() != Some(expected.nonce.expose()) {
        return Err(TokenError::Nonce);
    }
    claims(payload, expected.issuer)
}

/// What a signature covers. The claims are checked here and not by the library, which knows neither our clock
/// nor nonces, and takes an issuer that is a list.
fn authentic(token: &str, algorithm: Algorithm, key: &DecodingKey) -> Result<Payload, TokenError> {
    let mut signature_only = Validation::new(algorithm);
    signature_only.required_spec_claims.clear();
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    let decoded = decode::<Payload>(token, key, &signature_only);
    decoded.map(|token| token.claims).map_err(|error| match error.kind() {
        jsonwebtoken::errors::ErrorKind::Json(_) => TokenError::Malformed,
        _ => TokenError::Signature,
    })
}

/// The token is for this client, and where it is for others too, this client asked for it.
fn check_audience(payload: &Payload, client_id: &str) -> Result<(), TokenError> {
    let (ours, others) = match &payload.aud {
        Audience::One(one) => (one == client_id, false),
        Audience::Many(many) => (many.iter().any(|one| one == client_id), many.len() > 1),
    };
    let asked_for = match payload.azp.as_deref() {
        Some(party) => party == client_id,
        None => !others,
    };
    if ours && asked_for { Ok(()) } else { Err(TokenError::Audience) }
}

fn check_times(payload: &Payload, now: Timestamp) -> Result<(), TokenError> {
    let (latest, earliest) = (now.plus(SKEW), now.minus(SKEW));
    let expired = at(payload.exp) <= earliest;
    let made = at(payload.iat);
    let early = made > latest || payload.nbf.is_some_and(|nbf| at(nbf) > latest);
    let foretold = payload.auth_time.is_some_and(|time| at(time) > latest);
    let old = made < earliest.minus(OLDEST);
    if expired || early || foretold || old { Err(TokenError::Time) } else { Ok(()) }
}

/// Seconds since the epoch; out of range they saturate.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds.saturating_mul(1000))
}

fn claims(payload: Payload, issuer: &Issuer) -> Result<Claims, TokenError> {
    let subject = payload.sub.parse().map_err(|_| TokenError::Subject)?;
    // An address that the provider has not verified is a claim of the person's own.
    let verified = payload.email.filter(|_| payload.email_verified == Some(Value::Bool(true)));
    Ok(Claims {
        identity: IdentityKey { issuer: issuer.clone(), subject },
        email: verified.and_then(|email| email.parse().ok()),
        name: payload.name.and_then(|name| name.parse().ok()),
        authenticated_at: payload.auth_time.map(at),
    })
}
