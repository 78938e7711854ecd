//! Who decides which keys a request is about.

use std::fmt;

use async_trait::async_trait;

use crate::plan::{EnvPlan, PlanBrief};

/// Who answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// `OpenAI`, with this model.
    OpenAi(String),
    /// Another server that speaks the same protocol, with this model.
    Compatible(String),
    /// The matcher that is built in.
    Offline,
}

impl fmt::Display for Engine {
    /// As the API spells it: `openai:<model>`, `compatible:<model>` or `offline`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenAi(model) => write!(f, "openai:{model}"),
            Self::Compatible(model) => write!(f, "compatible:{model}"),
            Self::Offline => f.write_str("offline"),
        }
    }
}

/// Why there is no plan. The sentences are shown to people; none holds a text from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlannerError {
    /// No answer at all: no connection, or one that broke.
    #[error("The model’s server could not be reached.")]
    Unreachable,
    /// More than [`PATIENCE`] in all.
    #[error("The model took too long to answer.")]
    TimedOut,
    /// The server wants fewer requests, or money.
    #[error("The model’s server takes no more requests at the moment: its limit or quota is used up.")]
    Limited,
    /// The server does not accept the operator's key.
    #[error("The model’s server does not accept the key that this Kagi is set up with.")]
    Unauthorized,
    /// The server answered with an error of its own.
    #[error("The model’s server answered with an error.")]
    Failed,
    /// The model declined.
    #[error("The model declined to answer this request.")]
    Refused,
    /// The answer broke off.
    #[error("The model’s answer was too long and broke off.")]
    Truncated,
    /// The answer is not a plan.
    #[error("The model’s answer made no sense.")]
    Unusable,
}

/// How long a plan may take in all, retries included.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_mins(1);

/// Plans which keys a file needs.
///
/// An implementor owes:
/// - what leaves the process for a brief is [`payload`](Self::payload) of it, and for a server that does
///   not take it, the same words in a simpler form; nothing else about the vault is sent;
/// - the payload of a brief within [`PlanBrief::MAX_BYTES`] is at most 64 KiB long;
/// - it answers within [`PATIENCE`], or fails with [`PlannerError::TimedOut`];
/// - whatever the model answers, no call panics; an answer that is not a plan is a [`PlannerError`];
/// - the plan holds what the model said, not more: an implementor neither mends nor invents a handle;
/// - no error and no log line holds a prompt, a name of the vault, an answer or a credential.
#[async_trait]
pub trait Planner: Send + Sync {
    /// Who answers.
    fn engine(&self) -> Engine;

    /// The text that [`plan`](Self::plan) sends about a brief, for the person to read.
    fn payload(&self, brief: &PlanBrief) -> String;

    /// Asks for a plan.
    ///
    /// # Errors
    ///
    /// [`PlannerError`].
    async fn plan(&self, brief: &PlanBrief) -> Result<EnvPlan, PlannerError>;
}
