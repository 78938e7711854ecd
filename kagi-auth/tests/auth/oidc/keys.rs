//! Keys that sign tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING,
        EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair,
    },
};
use serde_json::{Value, json};

pub(crate) enum Pair {
    Curve(&'static str, &'static str, EcdsaKeyPair),
    Edwards(Ed25519KeyPair),
    Shared(Vec<u8>),
}

pub(crate) struct SigningKey {
    pub(crate) id: &'static str,
    pub(crate) pair: Pair,
}

fn curve(
    id: &'static str,
    names: (&'static str, &'static str),
    algorithm: &'static EcdsaSigningAlgorithm,
) -> SigningKey {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
    SigningKey { id, pair: Pair::Curve(names.0, names.1, pair) }
}

impl SigningKey {
    pub(crate) fn p256(id: &'static str) -> Self {
        curve(id, ("ES256", "P-256"), &ECDSA_P256_SHA256_FIXED_SIGNING)
    }

    pub(crate) fn p384(id: &'static str) -> Self {
        curve(id, ("ES384", "P-384"), &ECDSA_P384_SHA384_FIXED_SIGNING)
    }

    /// Signs in another form than tokens have.
    pub(crate) fn p256_asn1(id: &'static str) -> Self {
        curve(id, ("ES256", "P-256"), &ECDSA_P256_SHA256_ASN1_SIGNING)
    }

    pub(crate) fn ed25519(id: &'static str) -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self { id, pair: Pair::Edwards(Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap()) }
    }

    pub(crate) fn shared(id: &'static str, secret: &[u8]) -> Self {
        Self { id, pair: Pair::Shared(secret.to_vec()) }
    }

    pub(crate) fn algorithm(&self) -> &'static str {
        match &self.pair {
            Pair::Curve(name, ..) => name,
            Pair::Edwards(_) => "EdDSA",
            Pair::Shared(_) => "HS256",
        }
    }

    /// The bytes that everybody may know.
    pub(crate) fn public_bytes(&self) -> &[u8] {
        match &self.pair {
            Pair::Curve(_, _, pair) => pair.public_key().as_ref(),
            Pair::Edwards(pair) => pair.public_key().as_ref(),
            Pair::Shared(_) => &[],
        }
    }

    /// As the provider publishes it.
    pub(crate) fn public(&self) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let key = self.public_bytes();
        let mut jwk = match &self.pair {
            Pair::Curve(_, curve, _) => {
                let (x, y) = key[1..].split_at(key.len() / 2);
                json!({ "kty": "EC", "crv": curve, "x": text(x), "y": text(y) })
            }
            Pair::Edwards(_) => json!({ "kty": "OKP", "crv": "Ed25519", "x": text(key) }),
            Pair::Shared(secret) => json!({ "kty": "oct", "k": text(secret) }),
        };
        jwk["kid"] = self.id.into();
        jwk["use"] = "sig".into();
        jwk["alg"] = self.algorithm().into();
        jwk
    }

    pub(crate) fn sign(&self, message: &str) -> Vec<u8> {
        match &self.pair {
            Pair::Curve(_, _, pair) => {
                pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec()
            }
            Pair::Edwards(pair) => pair.sign(message.as_bytes()).as_ref().to_vec(),
            Pair::Shared(secret) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
                hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
            }
        }
    }

    /// A token as a provider makes it.
    pub(crate) fn token(&self, header: &Value, payload: &Value) -> String {
        self.token_of(&header.to_string(), &payload.to_string())
    }

    /// The same of texts that are sent as they are.
    pub(crate) fn token_of(&self, header: &str, payload: &str) -> String {
        let (header, payload) = (URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        let message = format!("{header}.{payload}");
        let signature = URL_SAFE_NO_PAD.encode(self.sign(&message));
        format!("{message}.{signature}")
    }
}
