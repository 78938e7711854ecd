//! Asks a model which keys an `.env` file needs: `OpenAI`, or any server that speaks its Chat Completions.
//!
//! [`OpenAiPlanner`] implements the domain's [`Planner`](kagi_domain::ports::Planner). What a model is told
//! is in `prompt` and nowhere else; what it may answer is in `wire`; how a server is reached, with all its
//! limits, is in `client`.

mod client;
mod form;
mod planner;
mod prompt;
mod settings;
mod wire;

pub use planner::OpenAiPlanner;
pub use settings::{Limits, Settings, SettingsError};
