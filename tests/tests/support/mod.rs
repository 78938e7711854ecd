//! Real processes to test with: the server and a browser. Each ends with its handle.

pub(crate) mod browser;
pub(crate) mod process;
pub(crate) mod server;
