//! From plain words to a file.

mod file;
mod hostile;
mod privacy;
mod reach;
mod rules;
mod size;

use std::{sync::Arc, time::Duration};

use kagi_domain::{
    access::Actor,
    ids::{CategoryId, EntryId},
    model::{category::NewCategory, entry::Environment},
    plan::{EnvPlan, PlannedKey, PlannedSecret, Prompt},
    services::composer::{ComposeRequest, Composition, Extraction},
};
use kagi_tests::{
    FakePlanner, TestKagi, kagi_with_planner,
    samples::{category, entry, group, group_value, parse},
};

/// Time between two requests, so that nobody asks too often.
const UNHURRIED: Duration = Duration::from_secs(4);

/// A vault with a model that says what a test wants.
struct Place {
    kagi: TestKagi,
    planner: Arc<FakePlanner>,
    ada: Actor,
}

impl Place {
    async fn new() -> Self {
        let planner = Arc::<FakePlanner>::default();
        let kagi = kagi_with_planner(planner.clone());
        let ada = kagi.actor("ada").await;
        Self { kagi, planner, ada }
    }

    async fn category(&self, new: NewCategory) -> CategoryId {
        self.kagi.categories().create(&self.ada, new).await.unwrap().category.id
    }

    async fn entry(&self, category: CategoryId, project: &str, environment: &str, value: &str) -> EntryId {
        let mut new = entry(category, project, value);
        new.environment = Environment::from_text(environment).unwrap();
        self.kagi.entries().create(&self.ada, new).await.unwrap().entry.id
    }

    /// `OpenAI` in Blog (e2) and Shop (e3), and AWS in Blog (e1): categories, then projects, by name.
    async fn usual() -> Self {
        let place = Self::new().await;
        let openai = place.category(category("OpenAI", "OPENAI_API_KEY")).await;
        place.entry(openai, "Blog", "production", "blog's").await;
        place.entry(openai, "Shop", "production", "shop's").await;
        let aws = place.category(group("AWS", &["AWS_ID", "AWS_SECRET", "AWS_REGION"])).await;
        let mut new = entry(aws, "Blog", "");
        new.value = group_value(&[("AWS_SECRET", "secret"), ("AWS_ID", "id")]);
        place.kagi.entries().create(&place.ada, new).await.unwrap();
        place
    }

    async fn preview(&self, prompt: &str, plan: EnvPlan) -> Composition {
        self.planner.answer(Ok(plan));
        self.kagi.clock.advance(UNHURRIED);
        self.kagi.composer().preview(&self.ada, &ask(prompt)).await.unwrap()
    }

    async fn extract(&self, request: &ComposeRequest, plan: EnvPlan) -> Extraction {
        self.planner.answer(Ok(plan));
        self.kagi.clock.advance(UNHURRIED);
        self.kagi.composer().extract(&self.ada, request).await.unwrap()
    }
}

fn ask(prompt: &str) -> ComposeRequest {
    ComposeRequest::new(Prompt::parse(prompt).unwrap())
}

fn ask_in(project: &str, prompt: &str) -> ComposeRequest {
    ComposeRequest { project: Some(parse(project)), ..ask(prompt) }
}

fn key(handle: &str, name: &str) -> PlannedKey {
    PlannedKey { handle: handle.to_owned(), name: name.to_owned(), reason: "asked for".to_owned() }
}

fn secret(name: &str, format: &str, bytes: u64) -> PlannedSecret {
    PlannedSecret { name: name.to_owned(), format: format.to_owned(), bytes, reason: "asked for".to_owned() }
}

/// A plan that selects these handles.
fn selects(handles: &[&str]) -> EnvPlan {
    EnvPlan { keys: handles.iter().map(|handle| key(handle, "")).collect(), ..EnvPlan::default() }
}

/// The names that a file would assign.
fn names(composition: &Composition) -> Vec<String> {
    let selected = composition.selected.iter().map(|key| key.name.to_string());
    selected.chain(composition.generated.iter().map(|secret| secret.name.to_string())).collect()
}

/// What is left out, and why.
fn rejections(composition: &Composition) -> Vec<String> {
    composition
        .rejected
        .iter()
        .map(|rejected| format!("{}: {}", rejected.reference, rejected.reason))
        .collect()
}
