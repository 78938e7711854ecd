//! The commands.

mod healthcheck;
mod keygen;
mod migrate;
mod openapi;
mod quickstart;
mod serve;
mod user;

use std::{
    fmt,
    io::{self, Write},
};

use tokio::runtime::Runtime;

use crate::{
    Failure,
    cli::{Cli, Command},
    config::Variables,
    logging,
};

/// Does what the command line asks for.
pub(crate) fn dispatch(cli: &Cli) -> Result<(), Failure> {
    let command = cli.command.clone().unwrap_or(Command::Serve);
    match command {
        Command::Keygen => keygen::run(),
        Command::Quickstart => quickstart::run(cli.env_file.as_deref()),
        Command::Serve => serve::run(&prepare(cli)?, cli.env_file.as_deref()),
        Command::Migrate => migrate::run(&prepare(cli)?),
        Command::Openapi => openapi::run(&prepare(cli)?),
        Command::User { command } => user::run(&prepare(cli)?, command),
        Command::Healthcheck => healthcheck::run(&prepare(cli)?),
    }
}

fn prepare(cli: &Cli) -> Result<Variables, Failure> {
    let variables = Variables::gather(std::env::vars_os(), cli.env_file.as_deref())?;
    logging::start(&variables)?;
    Ok(variables)
}

fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::System(error.kind()))
}

/// A line for the person or script that ran the command. That nobody reads it is no failure.
fn say(line: impl fmt::Display) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Why the command failed.
pub(crate) fn complain(failure: &Failure) {
    let _ = writeln!(io::stderr().lock(), "{failure}");
}
