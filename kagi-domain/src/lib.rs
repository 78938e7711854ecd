//! Kagi's domain: what a vault is and what may be done with it, free of any framework.
//!
//! Start at [`Kagi`], the facade: it holds the [`ports`] and gives out the [`services`]. A request
//! becomes an [`access::Actor`]; a service asks it for the [`access::Owner`] proof, opens a
//! [`ports::UnitOfWork`], changes entities of [`model`], and commits with an
//! [`audit::AuditRecord`]. Plaintext exists only as types of [`secret`].

pub mod access;
pub mod audit;
mod builder;
pub mod catalogue;
pub mod dotenv;
pub mod fields;
pub mod framework;
pub mod generate;
pub mod ids;
mod kagi;
pub mod matcher;
pub mod model;
pub mod network;
pub mod paging;
pub mod plan;
mod policy;
pub mod ports;
pub mod seal;
pub mod secret;
pub mod services;
pub mod text;
pub mod time;

pub use builder::KagiBuilder;
pub use kagi::Kagi;
pub use policy::{Policy, SignUp};
