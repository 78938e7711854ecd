//! A provider's keys.

use jsonwebtoken::{
    DecodingKey, Header,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};
use kagi_domain::ports::ProviderError;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::fetch::Fetch;

/// What signs, of a key set.
#[derive(Debug, Clone)]
pub(super) struct Keys(Vec<Jwk>);

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl Keys {
    /// Asks the provider. Keys of kinds that are not known are left out, as the standard has it.
    pub(super) async fn at(url: Url, fetch: &Fetch) -> Result<Self, ProviderError> {
        let document: Document = fetch.document(url).await?;
        let keys = document.keys.into_iter().filter_map(|key| serde_json::from_value::<Jwk>(key).ok());
        Ok(Self(keys.filter(signs).collect()))
    }

    /// The one key that can have signed under this header: by its id, or, where the header names none, because
    /// there is no other. Of several nobody is believed.
    pub(super) fn find(&self, header: &Header) -> Option<DecodingKey> {
        let named = |key: &&Jwk| header.kid.is_none() || header.kid == key.common.key_id;
        let mut fitting = self.0.iter().filter(named).filter(|key| fits(key, header));
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => DecodingKey::from_jwk(key).ok(),
            _ => None,
        }
    }
}

/// Whether a key is for signatures.
fn signs(key: &Jwk) -> bool {
    matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature))
}

/// Whether a key is for the header's algorithm.
fn fits(key: &Jwk, header: &Header) -> bool {
    use jsonwebtoken::Algorithm as A;
    let declared = key.common.key_algorithm.is_none_or(|name| name.to_string().parse() == Ok(header.alg));
    declared
        && match (&key.algorithm, header.alg) {
            (AlgorithmParameters::RSA(_), alg) => {
                matches!(alg, A::RS256 | A::RS384 | A::RS512 | A::PS256 | A::PS384 | A::PS512)
            }
            (AlgorithmParameters::EllipticCurve(key), A::ES256) => key.curve == EllipticCurve::P256,
            (AlgorithmParameters::EllipticCurve(key), A::ES384) => key.curve == EllipticCurve::P384,
            (AlgorithmParameters::OctetKeyPair(key), A::EdDSA) => key.curve == EllipticCurve::Ed25519,
            _ => false,
        }
}
