//! A planner that answers what a test wants.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use kagi_domain::{
    plan::{EnvPlan, PlanBrief},
    ports::{Engine, Planner, PlannerError},
};

/// A [`Planner`] that gives the same answer each time, and remembers every payload.
pub struct FakePlanner {
    answer: Mutex<Result<EnvPlan, PlannerError>>,
    sent: Mutex<Vec<String>>,
}

impl FakePlanner {
    /// Answers this.
    #[must_use]
    pub const fn new(answer: Result<EnvPlan, PlannerError>) -> Self {
        Self { answer: Mutex::new(answer), sent: Mutex::new(Vec::new()) }
    }

    /// Answers this from now on.
    pub fn answer(&self, answer: Result<EnvPlan, PlannerError>) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }

    /// What was sent, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Default for FakePlanner {
    /// Selects nothing.
    fn default() -> Self {
        Self::new(Ok(EnvPlan::default()))
    }
}

impl fmt::Debug for FakePlanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FakePlanner")
    }
}

#[async_trait]
impl Planner for FakePlanner {
    fn engine(&self) -> Engine {
        Engine::Compatible("fake".to_owned())
    }

    fn payload(&self, brief: &PlanBrief) -> String {
        serde_json::to_string(brief).unwrap()
    }

    async fn plan(&self, brief: &PlanBrief) -> Result<EnvPlan, PlannerError> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(self.payload(brief));
        self.answer.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
