//! What can be done with a vault. Each service asks the actor for its proof, calls the ports, and
//! has an error enum of its own beside it; the presentation layer matches those without a wildcard.

pub mod access_keys;
pub mod account;
pub mod audit_trail;
pub mod categories;
pub mod composer;
pub(crate) mod denials;
pub mod embedded;
pub mod encryption;
pub mod entries;
pub mod env_projects;
pub mod export;
pub mod maintenance;
pub mod overview;
pub mod people;
pub mod recovery_sets;
mod retry;
pub mod sign_in;
mod throttling;
mod tokens;
mod versions;
