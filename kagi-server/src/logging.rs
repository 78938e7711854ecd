//! The log: to the standard error, for people on a terminal and as JSON lines elsewhere.

use std::{
    io::{self, IsTerminal, Write},
    panic,
};

use tracing_subscriber::{Layer, filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{Config, ConfigError, Variables};

/// Starts the log and tells the settings' warnings. A second call in one process changes nothing.
pub(crate) fn start(variables: &Variables) -> Result<(), ConfigError> {
    let filter: Targets = Config::read_log_filter(variables)?;
    let layer = fmt::layer().with_writer(io::stderr);
    let layer = if io::stderr().is_terminal() {
        layer.with_target(false).boxed()
    } else {
        layer.with_ansi(false).json().flatten_event(true).boxed()
    };
    let _ = tracing_subscriber::registry().with(layer.with_filter(filter)).try_init();
    for warning in variables.warnings() {
        tracing::warn!("{warning}");
    }
    Ok(())
}

/// From here on a panic tells where it was and no more: its message may quote a value. That goes to
/// the log, and straight to the standard error while there is none.
pub(crate) fn hush_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        if tracing::dispatcher::has_been_set() {
            tracing::error!(%place, "a part of the program panicked, which is a bug");
        } else {
            let _ = writeln!(io::stderr().lock(), "The program panicked at {place}, which is a bug.");
        }
    }));
}
