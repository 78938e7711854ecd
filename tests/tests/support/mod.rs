//! Real processes to test with: the server, a browser, other people's tools. Each ends with its handle.

pub(crate) mod browser;
pub(crate) mod database;
pub(crate) mod devtools;
pub(crate) mod keyboard;
pub(crate) mod person;
pub(crate) mod process;
pub(crate) mod server;
pub(crate) mod tools;

/// Whether the whole counts are wanted, not a tenth of them.
pub(crate) fn whole() -> bool {
    std::env::var_os("KAGI_TEST_FULL").is_some_and(|full| full == "1")
}
