//! What a person chose of a preview.

use kagi_domain::{
    access::Scope,
    audit::Action,
    dotenv::Document,
    ids::EntryId,
    model::entry::Environment,
    plan::EnvPlan,
    services::composer::{Choice, ChosenKey, Comment, ComposerError, Composition, Rejection},
};
use kagi_tests::samples::{access_key, category, entry, only, parse};

use super::{Place, names, secret, selects};
use crate::{acting, from, set_up};

/// Everything that a preview selected and would make.
fn all_of(composition: &Composition) -> Choice {
    let keys = composition.selected.iter().map(|key| ChosenKey {
        entry: key.entry,
        field: key.field.clone(),
        name: key.name.clone(),
        reason: key.reason.clone(),
    });
    Choice {
        keys: keys.collect(),
        secrets: composition.generated.clone(),
        environment: composition.environment,
    }
}

/// The entries that were revealed since `before` events.
fn revealed(place: &Place, before: usize) -> Vec<String> {
    let events = place.kagi.storage.audit_events().split_off(before);
    let reveals = events.iter().filter(|event| event.action == Action::EntryReveal);
    reveals.map(|event| event.target.as_ref().unwrap().id.clone()).collect()
}

async fn previewed(place: &Place) -> Composition {
    let plan = EnvPlan { secrets: vec![secret("SESSION_SECRET", "hex", 16)], ..selects(&["e1", "e2"]) };
    place.preview("all", plan).await
}

#[tokio::test]
async fn only_what_was_chosen_is_opened_and_written() {
    let place = Place::usual().await;
    let composition = previewed(&place).await;
    assert_eq!(names(&composition), ["AWS_ID", "AWS_SECRET", "OPENAI_API_KEY", "SESSION_SECRET"]);
    let (asked, before) = (place.planner.sent().len(), place.kagi.storage.audit_events().len());
    let mut choice = all_of(&composition);
    choice.keys.retain(|key| key.name.as_str() == "AWS_SECRET");
    choice.secrets.clear();
    let aws = choice.keys[0].entry;
    let taken = place.kagi.composer().take(&place.ada, choice).await.unwrap();
    assert_eq!(taken.content.expose(), "# AWS, Blog, production: asked for\nAWS_SECRET=secret\n\n");
    assert_eq!(revealed(&place, before), [aws.to_string()], "what is switched off is not decrypted");
    assert_eq!(place.planner.sent().len(), asked, "nobody is asked again");
    let before = place.kagi.storage.audit_events().len();
    let taken = place.kagi.composer().take(&place.ada, all_of(&composition)).await.unwrap();
    let document = Document::read(&taken.content);
    let written: Vec<_> = document.assignments().map(|each| each.raw_name().to_owned()).collect();
    assert_eq!(written, names(&composition));
    assert_eq!(revealed(&place, before).len(), 2, "a group is opened once");
    let before = place.kagi.storage.audit_events().len();
    let none = Choice { keys: vec![], secrets: vec![], environment: composition.environment };
    assert_eq!(place.kagi.composer().take(&place.ada, none).await.unwrap().content.expose(), "");
    assert_eq!(revealed(&place, before), Vec::<String>::new());
}

#[tokio::test]
async fn a_choice_is_not_believed() {
    let place = Place::usual().await;
    let composition = previewed(&place).await;
    let eve = place.kagi.actor("eve").await;
    let before = place.kagi.storage.audit_events().len();
    let taken = place.kagi.composer().take(&eve, all_of(&composition)).await.unwrap();
    assert!(taken.selected.is_empty() && taken.rejected.iter().all(|each| each.reason == Rejection::Gone));
    assert!(!taken.content.expose().contains("secret\n") && !taken.content.expose().contains("blog's"));
    assert_eq!(revealed(&place, before), Vec::<String>::new());

    let mut choice = all_of(&composition);
    for (key, name) in choice.keys.iter_mut().zip(["LD_PRELOAD", "AWS_SECRET", "AWS_SECRET"]) {
        key.name = parse(name);
        key.reason = Comment::new("why\nEVIL=1\u{2028}EVIL=2\r EVIL=3");
    }
    choice.secrets[0].name = parse("NODE_OPTIONS");
    let taken = place.kagi.composer().take(&place.ada, choice).await.unwrap();
    let read = Document::read(&taken.content);
    let names: Vec<_> = read.assignments().map(|each| each.raw_name().to_owned()).collect();
    assert_eq!(names, ["AWS_SECRET"], "{}", taken.content.expose());
    assert_eq!(taken.rejected.len(), 3);
    assert!(taken.content.expose().contains("# AWS, Blog, production: why EVIL=1 EVIL=2 EVIL=3\n"));
}

#[tokio::test]
async fn a_key_takes_what_its_scopes_and_projects_reach() {
    let place = Place::new().await;
    let session = acting(&place.kagi, &set_up(&place.kagi, "ada@example.com").await).await;
    let openai = place.kagi.categories().create(&session, category("OpenAI", "K")).await.unwrap().category.id;
    let blog = place.kagi.entries().create(&session, entry(openai, "Blog", "canary")).await.unwrap().entry.id;
    let chosen = |entry| Choice {
        keys: vec![ChosenKey { entry, field: parse("K"), name: parse("K"), reason: Comment::default() }],
        secrets: vec![],
        environment: Environment::Production,
    };
    let take = async |scopes: &[Scope], project: &str| {
        let mut new = access_key("ci", scopes);
        new.projects = only(&[project]);
        let issued = place.kagi.access_keys().create(&session, new).await.unwrap();
        let from = from(&place.kagi, "192.0.2.1");
        let key = place.kagi.sign_in().by_access_key(&issued.token, from).await.unwrap();
        place.kagi.composer().take(&key, chosen(blog)).await
    };
    for lacking in [Scope::AiExtract, Scope::EntriesReveal] {
        assert!(matches!(take(&[lacking], "Blog").await, Err(ComposerError::Denied(_))));
    }
    let both = [Scope::AiExtract, Scope::EntriesReveal];
    let beyond = take(&both, "Shop").await.unwrap();
    assert_eq!((beyond.content.expose(), &beyond.rejected[0].reason), ("", &Rejection::Gone));
    assert_eq!(
        take(&both, "Blog").await.unwrap().content.expose(),
        "# OpenAI, Blog, production\nK=canary\n\n"
    );
    let gone: EntryId = "0198c0de-0000-7000-8000-000000000000".parse().unwrap();
    let taken = place.kagi.composer().take(&session, chosen(gone)).await.unwrap();
    assert_eq!(taken.rejected[0].reason, Rejection::Gone);
}
