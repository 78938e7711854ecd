//! What [`Planner`] owes.

use async_trait::async_trait;
use kagi_domain::{
    model::env_project::FileType,
    plan::{EnvPlan, Handle, OfferedKey, PlanBrief, PlannedKey, PlannedSecret, Prompt},
    ports::{Planner, PlannerError},
};

use crate::samples::{env_vars, parse};

/// What a model is made to say.
#[derive(Debug, Clone)]
pub enum Answer {
    /// This plan, in the model's own form.
    Plan(EnvPlan),
    /// A text that is no plan.
    Text(&'static str),
    /// Nothing, ever.
    Silence,
}

/// Where an adapter is tried: a model that says what it is told to.
#[async_trait]
pub trait Stage: Send + Sync {
    /// A planner whose model answers this. It may give up sooner than [`PATIENCE`](kagi_domain::ports::PATIENCE),
    /// so that silence does not take a minute.
    async fn planner(&self, answer: Answer) -> Box<dyn Planner>;

    /// The bodies of everything that was sent since the last call.
    fn sent(&self) -> Vec<String>;
}

/// Runs every case.
pub async fn planner_contract(stage: &dyn Stage) {
    sends_the_payload_and_nothing_else(stage).await;
    stays_below_64_kib(stage).await;
    passes_a_plan_on_as_it_is(stage).await;
    calls_nonsense_an_error(stage).await;
    gives_up(stage).await;
}

/// A small brief.
#[must_use]
pub fn brief(prompt: &str) -> PlanBrief {
    let key = |at, category, project, names: &[&str]| OfferedKey {
        handle: Handle::at(at),
        category: parse(category),
        project: parse(project),
        names: env_vars(names),
    };
    PlanBrief {
        prompt: Prompt::parse(prompt).unwrap(),
        project: Some(parse("Blog")),
        file_type: Some(FileType::Local),
        keys: vec![
            key(0, "OpenAI \"API\"\\", "Blog", &["OPENAI_API_KEY"]),
            key(1, "AWS", "鍵", &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]),
        ],
    }
}

/// A brief that is as long as one may be.
#[must_use]
pub fn longest() -> PlanBrief {
    let mut brief = brief(&"\"\\".repeat(Prompt::MAX_CHARS / 2));
    let key = |at: usize| OfferedKey {
        handle: Handle::at(at),
        category: parse(&format!("\"{at}\" \\ 鍵 category")),
        project: parse("\\\\\"\""),
        names: env_vars(&["A", "B", "C"]),
    };
    brief.keys.clear();
    let mut length = brief.quoted_len();
    for at in 0.. {
        let next = key(at);
        length += next.quoted_len();
        if length > PlanBrief::MAX_BYTES {
            break;
        }
        brief.keys.push(next);
    }
    brief
}

async fn sends_the_payload_and_nothing_else(stage: &dyn Stage) {
    let planner = stage.planner(Answer::Plan(EnvPlan::default())).await;
    for prompt in ["stripe", "the \"key\"\nfor 鍵\t\\"] {
        let brief = brief(prompt);
        assert_eq!(planner.payload(&brief), planner.payload(&brief));
        drop(stage.sent());
        planner.plan(&brief).await.unwrap();
        let sent = stage.sent();
        assert!(!sent.is_empty(), "something was sent");
        for body in sent {
            assert_eq!(body, planner.payload(&brief));
        }
    }
}

async fn stays_below_64_kib(stage: &dyn Stage) {
    let planner = stage.planner(Answer::Plan(EnvPlan::default())).await;
    let brief = longest();
    assert!(brief.keys.len() > 100 && brief.quoted_len() > PlanBrief::MAX_BYTES - 1000);
    let length = planner.payload(&brief).len();
    assert!(length <= 64 * 1024, "{length} bytes");
}

async fn passes_a_plan_on_as_it_is(stage: &dyn Stage) {
    let key = |handle: &str, name: &str, reason: &str| PlannedKey {
        handle: handle.to_owned(),
        name: name.to_owned(),
        reason: reason.to_owned(),
    };
    let plan = EnvPlan {
        keys: vec![
            key("e1", "OPENAI_API_KEY", "asked for"),
            key("e1", "OPENAI_API_KEY", "again"),
            key("e99", "x\nEVIL=1", "<b>invented</b> \u{202e}"),
            key("", "", ""),
        ],
        secrets: vec![PlannedSecret {
            name: "SESSION_SECRET".to_owned(),
            format: "hex".to_owned(),
            bytes: 32,
            reason: "a session".to_owned(),
        }],
        environment: Some("staging".to_owned()),
    };
    for plan in [plan, EnvPlan::default()] {
        let planner = stage.planner(Answer::Plan(plan.clone())).await;
        assert_eq!(planner.plan(&brief("stripe")).await, Ok(plan));
    }
}

async fn calls_nonsense_an_error(stage: &dyn Stage) {
    for text in
        ["", "no", "{}", "[]", "null", "{\"selectedKeys\":1}", "<html><body>502</body></html>", "\u{0}"]
    {
        let planner = stage.planner(Answer::Text(text)).await;
        let outcome = planner.plan(&brief("stripe")).await;
        assert_eq!(outcome, Err(PlannerError::Unusable), "{text:?}");
    }
}

async fn gives_up(stage: &dyn Stage) {
    let planner = stage.planner(Answer::Silence).await;
    assert_eq!(planner.plan(&brief("stripe")).await, Err(PlannerError::TimedOut));
}
