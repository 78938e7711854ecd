//! The example of the documentation is what is sent.

use std::sync::Arc;

use kagi_ai_openai::{OpenAiPlanner, Settings};
use kagi_domain::{plan::Prompt, services::composer::ComposeRequest, text::Description};
use kagi_tests::{
    model_server::{EMPTY, ModelServer, Reply},
    samples::{category, entry, group, group_value, parse},
};
use serde_json::Value;

use super::{BRIEF, QUICK};
use crate::vault::Place;

const DOCUMENT: &str = include_str!("../../../../docs/AI-PRIVACY.md");

/// The JSON of the document, a value for each block.
fn blocks() -> Vec<Value> {
    let blocks = DOCUMENT.split("```json\n").skip(1).map(|block| block.split("```").next().unwrap());
    blocks.map(|block| serde_json::from_str(block).unwrap()).collect()
}

#[tokio::test]
async fn the_document_shows_what_is_sent() {
    let place = Place::sqlite().await;
    let server = ModelServer::new([Reply::content(EMPTY)]).await;
    let settings = Settings::new(Some(&server.url("/v1")), None, Some("llama3.2")).unwrap();
    let kagi = place.asking(Arc::new(OpenAiPlanner::new(settings.with_limits(QUICK)).unwrap()));
    let ada = kagi.embedded("ada").await.unwrap();
    let mut openai = category("OpenAI API", "OPENAI_API_KEY");
    openai.description = Description::parse("The team's account.").unwrap();
    let openai = kagi.categories().create(&ada, openai).await.unwrap().category.id;
    for project in ["Blog", "Shop"] {
        kagi.entries().create(&ada, entry(openai, project, "a value")).await.unwrap();
    }
    let aws = group("AWS Credentials", &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
    let aws = kagi.categories().create(&ada, aws).await.unwrap().category.id;
    let mut new = entry(aws, "Blog", "");
    new.value = group_value(&[("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "secret")]);
    kagi.entries().create(&ada, new).await.unwrap();
    let prompt = Prompt::parse("OpenAI and a session secret for this Next.js project").unwrap();
    let (project, file_type) = (Some(parse("Blog")), Some(parse("env.local")));
    let request = ComposeRequest { project, file_type, ..ComposeRequest::new(prompt) };
    kagi.composer().preview(&ada, &request).await.unwrap();

    let [seen] = &server.seen()[..] else { panic!("one request") };
    let body: Value = serde_json::from_str(&seen.body).unwrap();
    let brief: Value = serde_json::from_str(body["messages"][1]["content"].as_str().unwrap()).unwrap();
    let expected = format!("{}\n\n{}", pretty(&brief), pretty(&body));
    assert_eq!(blocks(), [brief, body], "docs/AI-PRIVACY.md has to say:\n{expected}");
    for member in BRIEF {
        assert!(DOCUMENT.contains(&format!("`{member}`")), "{member} is explained");
    }
    place.close().await;
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}
