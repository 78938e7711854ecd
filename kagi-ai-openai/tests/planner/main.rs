//! The planner against a server of its own, kind and hostile.

#![cfg(test)]

mod contract;
mod hostile;
mod ladder;
mod retries;
mod server;

use std::time::Duration;

use kagi_ai_openai::{Limits, OpenAiPlanner, Settings};
use kagi_domain::secret::SecretText;
use server::Server;

/// What the server must see in its header, and nobody else anywhere.
const KEY: &str = "canary-of-a-key-91f2";

/// Retries follow at once, and patience is long enough for a busy machine.
const QUICK: Limits = Limits { patience: Duration::from_secs(30), pause: Duration::from_millis(1) };
/// For servers that never finish.
const IMPATIENT: Limits = Limits { patience: Duration::from_millis(300), pause: Duration::from_millis(1) };

fn planner(server: &Server, limits: Limits) -> OpenAiPlanner {
    let key = SecretText::new(KEY.to_owned());
    let settings = Settings::new(Some(&server.url("/v1")), Some(&key), Some("test-model")).unwrap();
    OpenAiPlanner::new(settings.with_limits(limits)).unwrap()
}
