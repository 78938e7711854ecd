//! The program as an operator and its clients meet it: every test starts the real binary.
//!
//! Cases on PostgreSQL need a server in `KAGI_TEST_POSTGRES_URL` (an address of a database from
//! which others can be made); `tests/run` starts one.

#![cfg(test)]

mod accounts;
mod canary;
mod commands;
mod deployment;
mod durability;
mod flood;
mod forwarding;
mod hang_ups;
mod keycloak;
mod keys;
mod leaks;
mod limits;
mod panics;
mod quickstart;
mod settings;
mod slow_clients;
mod stopping;
mod support;

/// The whole count with `KAGI_TEST_FULL=1`, a tenth of it otherwise.
fn counted(full: usize) -> usize {
    if std::env::var_os("KAGI_TEST_FULL").is_some_and(|full| full == "1") { full } else { full / 10 }
}
