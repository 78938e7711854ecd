//! The program: settings, wiring, the accept loop, commands.
//!
//! [`Server`] is what a test starts in its own process; `main` only reads the command line.

pub mod cli;
mod command;
pub mod config;
mod failure;
mod logging;
mod private;
mod process;
mod serve;
mod server;
mod vault;

use std::process::ExitCode;

pub use failure::Failure;
pub use serve::serve;
pub use server::Server;
pub use vault::{Outside, Vault};

/// Runs what the command line asks for; a failure is told on the standard error in a sentence.
#[must_use]
pub fn run(cli: &cli::Cli) -> ExitCode {
    logging::hush_panics();
    process::harden();
    match command::dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            command::complain(&failure);
            ExitCode::FAILURE
        }
    }
}
