//! The password hasher and the `OpenID` provider against their ports' promises.

#![cfg(test)]

mod bounds;
mod hashes;
mod oidc;

use kagi_auth::ArgonHasher;
use kagi_domain::{model::user::PasswordHash, secret::SecretText};

fn password(text: &str) -> SecretText {
    SecretText::new(text.to_owned())
}

fn stored(phc: &str) -> PasswordHash {
    PasswordHash::from_stored(phc.to_owned())
}

fn hasher() -> ArgonHasher {
    ArgonHasher::default()
}
