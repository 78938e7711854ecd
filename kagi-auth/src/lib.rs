//! Who somebody is: password hashing behind a bounded queue, and a provider that vouches for people.

mod argon;
mod id_token;
pub mod keycloak;
mod lanes;
mod oidc;
mod password;
mod signature;

pub use oidc::{NoTls, OidcProvider, Registration};
pub use password::ArgonHasher;
