//! The planner.

use std::{
    fmt,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use kagi_domain::{
    plan::{EnvPlan, PlanBrief},
    ports::{Engine, Planner, PlannerError},
};
use reqwest::Client;
use tokio::time::{Instant, sleep, timeout_at};

use crate::{
    client::{self, Failure},
    form::Form,
    settings::{Settings, SettingsError},
    wire,
};

/// How often an exchange is tried again that may go better in a while.
const RETRIES: u32 = 2;

/// A [`Planner`] that asks a model by Chat Completions.
///
/// Its key goes to the configured server and nowhere else: no redirect is followed and no proxy used. An
/// answer is read up to 256 KiB. A server that does not know strict schemas is asked in ever simpler forms,
/// and from then on in the form that it took.
pub struct OpenAiPlanner {
    client: Client,
    settings: Settings,
    /// The highest rung of the ladder that the server took.
    rung: AtomicUsize,
}

impl OpenAiPlanner {
    /// A planner for a server. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`SettingsError::Certificates`].
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        Ok(Self { client: client::client(&settings)?, settings, rung: AtomicUsize::new(0) })
    }

    fn body(&self, brief: &PlanBrief, rung: usize) -> String {
        wire::body(&self.settings.model, brief, Form::at(rung), self.settings.is_openai)
    }

    async fn ask(&self, brief: &PlanBrief, deadline: Instant) -> Result<EnvPlan, PlannerError> {
        let (mut rung, mut retries) = (self.rung.load(Ordering::Relaxed), 0);
        loop {
            match client::exchange(&self.client, &self.settings, self.body(brief, rung)).await {
                Ok(answer) => {
                    self.rung.store(rung, Ordering::Relaxed);
                    return wire::plan(&answer);
                }
                Err(Failure::Form) if rung + 1 < Form::LADDER.len() => rung += 1,
                Err(Failure::Form) => return Err(PlannerError::Failed),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Later(error, wait)) => {
                    let pause = self.pause(retries).max(wait.unwrap_or_default());
                    // There is no sense in waiting for a moment that is too late.
                    if retries == RETRIES || Instant::now() + pause >= deadline {
                        return Err(error);
                    }
                    sleep(pause).await;
                    retries += 1;
                }
            }
        }
    }

    fn pause(&self, retries: u32) -> Duration {
        self.settings.limits.pause * 2_u32.pow(retries)
    }
}

#[async_trait]
impl Planner for OpenAiPlanner {
    fn engine(&self) -> Engine {
        let model = self.settings.model.clone();
        if self.settings.is_openai { Engine::OpenAi(model) } else { Engine::Compatible(model) }
    }

    fn payload(&self, brief: &PlanBrief) -> String {
        self.body(brief, self.rung.load(Ordering::Relaxed))
    }

    async fn plan(&self, brief: &PlanBrief) -> Result<EnvPlan, PlannerError> {
        let deadline = Instant::now() + self.settings.limits.patience;
        let answer = timeout_at(deadline, self.ask(brief, deadline)).await;
        answer.unwrap_or(Err(PlannerError::TimedOut)).inspect_err(|error| {
            tracing::warn!(%error, "no plan");
        })
    }
}

impl fmt::Debug for OpenAiPlanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenAiPlanner({})", self.engine())
    }
}
