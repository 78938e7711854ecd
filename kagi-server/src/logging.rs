//! The log: to the standard error, for people on a terminal and as JSON lines elsewhere.

use std::io::{self, IsTerminal};

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
