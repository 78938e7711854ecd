//! SQLite and PostgreSQL behind the storage ports of `kagi-domain`, through SeaORM.
//!
//! [`SeaStorage::connect`] opens a database and migrates it; from then on only the ports are spoken.
//! Rows stay in this crate: `convert` is the one door between them and the domain.

mod catalog;
mod code_disclosure;
mod connect;
mod convert;
mod directory;
mod disclosure;
mod env_disclosure;
mod error;
mod history;
mod installation;
mod migration;
mod pools;
mod repo;
mod row;
mod storage;
mod throttle;
mod together;
mod trail;
mod unit;

pub use connect::{ConnectError, DatabaseUrl};
pub use storage::SeaStorage;
