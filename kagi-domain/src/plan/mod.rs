//! What a planner is asked, and what it may answer.
//!
//! A [`Planner`](crate::ports::Planner) decides which keys a request in plain words is about. What it
//! gets is a [`PlanBrief`], which has no field for a value, a note or a description: that nothing of
//! the kind reaches a model is a property of the type. What it answers is an [`EnvPlan`], of which
//! nothing is believed before [`services::composer`](crate::services::composer) has held it against
//! what was offered.

mod answer;
mod brief;
mod leak;
mod prompt;

pub use answer::{EnvPlan, PlannedKey, PlannedSecret};
pub use brief::{Handle, OfferedKey, PlanBrief};
pub use leak::holds_a_secret;
pub use prompt::{Prompt, PromptError};
