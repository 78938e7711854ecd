//! Real processes to test with: the server, a browser, other people's tools. Each ends with its handle.

pub(crate) mod browser;
pub(crate) mod database;
pub(crate) mod devtools;
pub(crate) mod person;
pub(crate) mod process;
pub(crate) mod server;
pub(crate) mod tools;
