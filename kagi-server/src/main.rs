//! The `kagi-server` program.

use std::process::ExitCode;

use clap::Parser;
use kagi_server::cli::Cli;

fn main() -> ExitCode {
    kagi_server::run(&Cli::parse())
}
