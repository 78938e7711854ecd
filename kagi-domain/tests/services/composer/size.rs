//! However large the vault, what a model is told fits.

use kagi_domain::{
    matcher,
    plan::{Handle, OfferedKey, PlanBrief, Prompt},
    services::composer::Rejection,
};
use kagi_tests::samples::{category, env_vars, parse};

use super::{Place, ask, selects};

fn brief(keys: usize, prompt: &str) -> PlanBrief {
    let key = |at: usize| OfferedKey {
        handle: Handle::at(at),
        category: parse(&format!("Service {} of the house", at % 1000)),
        project: parse(&format!("Project {}", at / 1000)),
        names: env_vars(&[&format!("SERVICE_{}_API_KEY", at % 1000), "REGION"]),
    };
    let prompt = Prompt::parse(prompt).unwrap();
    PlanBrief {
        prompt,
        project: Some(parse("Project 7")),
        file_type: None,
        keys: (0..keys).map(key).collect(),
    }
}

#[test]
fn ten_thousand_keys_are_cut_to_those_that_matter() {
    let whole = brief(10_000, "Service 42 of the house in Project 9, and SERVICE_77_API_KEY");
    let fitted = matcher::fitted(whole.clone(), PlanBrief::MAX_BYTES);
    assert!(fitted.quoted_len() <= PlanBrief::MAX_BYTES);
    assert!(fitted.keys.len() > 200, "as many as fit: {}", fitted.keys.len());
    let kept: Vec<_> = fitted.keys.iter().map(|key| key.handle.index()).collect();
    assert!(kept.is_sorted(), "in their order");
    assert!(kept.contains(&9042) && kept.contains(&7077), "what is named, in the projects it is said of");
    assert!(kept.contains(&7000), "then the current project's");
    assert!(fitted.keys.iter().all(|key| whole.keys[key.handle.index()] == *key), "as they were");
    assert_eq!(matcher::fitted(whole, PlanBrief::MAX_BYTES), fitted, "the same each time");
}

#[test]
fn a_small_vault_is_offered_whole() {
    let whole = brief(100, "anything");
    assert_eq!(matcher::fitted(whole.clone(), PlanBrief::MAX_BYTES), whole);
}

#[test]
fn names_as_long_as_they_may_be_do_not_get_in_the_way() {
    let mut whole = brief(300, "\u{10ffff}".repeat(2000).as_str());
    whole.project = Some(parse(&"鍵".repeat(255)));
    for key in &mut whole.keys {
        key.category = parse(&"\"\\".repeat(127));
        key.names = (0..100).map(|number| parse(&format!("{}{number}", "A".repeat(250)))).collect();
    }
    whole.keys[299].names = env_vars(&["SHORT"]);
    let fitted = matcher::fitted(whole, PlanBrief::MAX_BYTES);
    assert!(fitted.quoted_len() <= PlanBrief::MAX_BYTES);
    assert!(
        fitted.keys.iter().any(|key| key.handle.index() == 299),
        "what fits is not held up by what does not"
    );
}

/// More rows than are read at once.
#[tokio::test]
async fn every_page_of_the_vault_is_read() {
    let place = Place::new().await;
    let made = place.category(category("OpenAI", "K")).await;
    for number in 0..1003 {
        place.entry(made, &format!("P{number}"), "production", "v").await;
    }
    let context = place.kagi.composer().context(&place.ada, &ask("all")).await.unwrap();
    assert_eq!(context.offered + context.left_out, 1003);
    assert!(context.left_out > 100 && context.payload.unwrap().len() <= 64 * 1024);
    // What was left out was not on offer: a plan cannot reach it by guessing.
    let handles: Vec<_> = (1..=1003).map(|number| format!("e{number}")).collect();
    let plan = selects(&handles.iter().map(String::as_str).collect::<Vec<_>>());
    let composition = place.preview("all", plan).await;
    let unknown =
        composition.rejected.iter().filter(|rejected| rejected.reason == Rejection::Unknown).count();
    assert_eq!(unknown, context.left_out.min(200));
}

/// One name said over and over of a category in which everything is called alike: the work is not one by
/// the other, so that nobody holds a server up.
#[test]
fn a_name_said_hundreds_of_times_is_looked_up_once() {
    let mut whole = brief(0, &"FOO, ".repeat(400));
    whole.project = Some(parse("P"));
    whole.keys = (0..3000)
        .map(|at| OfferedKey {
            handle: Handle::at(at),
            category: parse(&format!("Own {at}")),
            project: parse("P"),
            names: env_vars(&["FOO"]),
        })
        .collect();
    let began = tokio::time::Instant::now();
    let planned = matcher::plan(&whole).keys.len();
    let fitted = matcher::fitted(whole, PlanBrief::MAX_BYTES).keys.len();
    assert!(planned == 3000 && fitted < 3000, "{planned}, {fitted}");
    let took = began.elapsed();
    assert!(took.as_secs() < 10, "{took:?}");
}
