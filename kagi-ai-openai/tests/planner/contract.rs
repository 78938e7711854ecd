//! The port's contract, over loopback.

use std::sync::Mutex;

use async_trait::async_trait;
use kagi_domain::{plan::EnvPlan, ports::Planner};
use kagi_tests::contract::planner::{Answer, Stage, planner_contract};
use serde_json::json;

use crate::{
    IMPATIENT, QUICK, planner,
    server::{Reply, Server},
};

#[derive(Default)]
struct Loopback(Mutex<Option<Server>>);

/// A plan as a model spells it.
pub(crate) fn spelled(plan: &EnvPlan) -> String {
    let keys = plan
        .keys
        .iter()
        .map(|key| json!({"entryId": key.handle, "envVarName": key.name, "reason": key.reason}));
    let secrets = plan.secrets.iter().map(|secret| {
        json!({"envVarName": secret.name, "format": secret.format, "bytes": secret.bytes, "reason": secret.reason})
    });
    let (keys, secrets): (Vec<_>, Vec<_>) = (keys.collect(), secrets.collect());
    json!({"selectedKeys": keys, "secretsToGenerate": secrets, "environment": plan.environment}).to_string()
}

#[async_trait]
impl Stage for Loopback {
    async fn planner(&self, answer: Answer) -> Box<dyn Planner> {
        let (reply, limits) = match answer {
            Answer::Plan(plan) => (Reply::content(&spelled(&plan)), QUICK),
            Answer::Text(text) => (Reply::content(text), QUICK),
            Answer::Silence => (Reply::Silence, IMPATIENT),
        };
        let server = Server::new([reply]).await;
        let planner = planner(&server, limits);
        *self.0.lock().unwrap() = Some(server);
        Box::new(planner)
    }

    fn sent(&self) -> Vec<String> {
        let server = self.0.lock().unwrap();
        server.iter().flat_map(Server::seen).map(|seen| seen.body).collect()
    }
}

#[tokio::test]
async fn the_planner_keeps_the_contract() {
    planner_contract(&Loopback::default()).await;
}
