//! Why a command did not do its work, in words for the operator.

use std::{io, net::SocketAddr};

use kagi_domain::{
    fields::Invalid,
    ports::StorageError,
    services::{maintenance::KeyCheckError, people::PeopleError},
};
use kagi_storage_sea::ConnectError;

use crate::config::ConfigError;

/// Why a command failed. The texts are sentences; none holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The settings have mistakes.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database cannot be used.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// No TLS for requests to an identity provider.
    #[error(transparent)]
    Tls(#[from] kagi_auth::NoTls),
    /// The keys do not fit the database.
    #[error(transparent)]
    Keys(#[from] KeyCheckError),
    /// An account could not be made or changed.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// What was typed has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The database failed later.
    #[error("It was not done: {0}.")]
    Storage(#[from] StorageError),
    /// The address is taken.
    #[error("Another program listens on {0} already. Stop it, or choose another address with KAGI_LISTEN.")]
    AddressTaken(SocketAddr),
    /// The address cannot be used.
    #[error("KAGI_LISTEN names an address on which this machine cannot listen: {0}.")]
    Listen(io::ErrorKind),
    /// The system does not give what a program needs.
    #[error("The system refused to start the program's threads or signal handlers: {0}.")]
    System(io::ErrorKind),
    /// The folder of a quick start cannot be made.
    #[error("./kagi-data cannot be made or written to: {0}. Run quickstart in a folder of your own.")]
    Folder(io::ErrorKind),
    /// Requests were cut off by the stop.
    #[error("Stopped, but some requests were still under way after ten seconds and were cut off.")]
    CutOff,
    /// Anything that has a sentence of its own.
    #[error("{0}")]
    Said(&'static str),
}
