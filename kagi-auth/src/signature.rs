//! Signatures of tokens, checked by ring: what `jsonwebtoken` leaves to its user.
//!
//! Only algorithms of public keys are there. A token "signed" with a shared secret, or not at all, finds no
//! verifier.

use jsonwebtoken::{
    Algorithm, DecodingKey, DecodingKeyKind,
    crypto::{CryptoProvider, JwtVerifier, KeyUtils},
    errors::{ErrorKind, Result},
    signature::{Error, Verifier},
};
use ring::signature::{
    self as algorithm, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};

/// Every algorithm that a token may be signed with.
pub(crate) const ALLOWED: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

static RING: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::UnsupportedAlgorithm.into()),
    verifier_factory: |name, key| verifier(*name, key),
    // Of keys that are made or exported; here they are only read.
    key_utils: KeyUtils::new_unimplemented(),
};

/// Makes ring the provider of this process, unless it has one.
pub(crate) fn install() {
    // It fails when there is one already: this one, or that of a program around us.
    let _already = RING.install_default();
}

fn verifier(name: Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    let check = match (name, key.kind()) {
        (Algorithm::ES256, DecodingKeyKind::SecretOrDer(key)) => {
            Check::Point(&algorithm::ECDSA_P256_SHA256_FIXED, key.clone())
        }
        (Algorithm::ES384, DecodingKeyKind::SecretOrDer(key)) => {
            Check::Point(&algorithm::ECDSA_P384_SHA384_FIXED, key.clone())
        }
        (Algorithm::EdDSA, DecodingKeyKind::SecretOrDer(key)) => {
            Check::Point(&algorithm::ED25519, key.clone())
        }
        (name, DecodingKeyKind::RsaModulusExponent { n, e }) => {
            let parameters = rsa(name).ok_or(ErrorKind::UnsupportedAlgorithm)?;
            Check::Rsa(parameters, RsaPublicKeyComponents { n: n.clone(), e: e.clone() })
        }
        _ => return Err(ErrorKind::UnsupportedAlgorithm.into()),
    };
    Ok(Box::new(RingVerifier { name, check }))
}

/// Keys of at least 2048 bits.
fn rsa(name: Algorithm) -> Option<&'static RsaParameters> {
    Some(match name {
        Algorithm::RS256 => &algorithm::RSA_PKCS1_2048_8192_SHA256,
        Algorithm::RS384 => &algorithm::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::RS512 => &algorithm::RSA_PKCS1_2048_8192_SHA512,
        Algorithm::PS256 => &algorithm::RSA_PSS_2048_8192_SHA256,
        Algorithm::PS384 => &algorithm::RSA_PSS_2048_8192_SHA384,
        Algorithm::PS512 => &algorithm::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

enum Check {
    Point(&'static dyn VerificationAlgorithm, Vec<u8>),
    Rsa(&'static RsaParameters, RsaPublicKeyComponents<Vec<u8>>),
}

struct RingVerifier {
    name: Algorithm,
    check: Check,
}

impl Verifier<Vec<u8>> for RingVerifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        let checked = match &self.check {
            Check::Point(algorithm, key) => {
                UnparsedPublicKey::new(*algorithm, key).verify(message, signature)
            }
            Check::Rsa(parameters, key) => key.verify(parameters, message, signature),
        };
        checked.map_err(|_| Error::new())
    }
}

impl JwtVerifier for RingVerifier {
    fn algorithm(&self) -> Algorithm {
        self.name
    }
}
