//! The fake planner keeps its port's promises, so that what is tried on it holds for the others.

use async_trait::async_trait;
use kagi_domain::{
    plan::PlanBrief,
    ports::{Planner, PlannerError},
};
use kagi_tests::{
    FakePlanner,
    contract::planner::{Answer, Stage, planner_contract},
};
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Fake(Mutex<Arc<FakePlanner>>, Mutex<usize>);

struct Shared(Arc<FakePlanner>);

#[async_trait]
impl Planner for Shared {
    fn engine(&self) -> kagi_domain::ports::Engine {
        self.0.engine()
    }

    fn payload(&self, brief: &PlanBrief) -> String {
        self.0.payload(brief)
    }

    async fn plan(&self, brief: &PlanBrief) -> Result<kagi_domain::plan::EnvPlan, PlannerError> {
        self.0.plan(brief).await
    }
}

#[async_trait]
impl Stage for Fake {
    async fn planner(&self, answer: Answer) -> Box<dyn Planner> {
        let planner = Arc::new(FakePlanner::new(match answer {
            Answer::Plan(plan) => Ok(plan),
            Answer::Text(_) => Err(PlannerError::Unusable),
            Answer::Silence => Err(PlannerError::TimedOut),
        }));
        *self.0.lock().unwrap() = planner.clone();
        *self.1.lock().unwrap() = 0;
        Box::new(Shared(planner))
    }

    fn sent(&self) -> Vec<String> {
        let mut read = self.1.lock().unwrap();
        let sent = self.0.lock().unwrap().sent().split_off(*read);
        *read += sent.len();
        sent
    }
}

#[tokio::test]
async fn the_fake_keeps_the_contract() {
    planner_contract(&Fake::default()).await;
}
