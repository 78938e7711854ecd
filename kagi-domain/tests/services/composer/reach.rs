//! Who may, and what is within their reach.

use kagi_domain::{
    access::{Denied, Scope},
    ports::{Engine, PlannerError},
    services::composer::{ComposeRequest, ComposerError},
};
use kagi_tests::samples::{access_key, category, entry, only};

use super::{Place, ask, names, selects};
use crate::{acting, from, set_up};

async fn with_key(place: &Place, scopes: &[Scope], projects: Option<&[&str]>) -> kagi_domain::access::Actor {
    let session = acting(&place.kagi, &set_up(&place.kagi, "ada@example.com").await).await;
    let openai = place.kagi.categories().create(&session, category("OpenAI", "K")).await.unwrap().category.id;
    for project in ["Blog", "Shop"] {
        place.kagi.entries().create(&session, entry(openai, project, project)).await.unwrap();
    }
    let mut new = access_key("ci", scopes);
    if let Some(projects) = projects {
        new.projects = only(projects);
    }
    let issued = place.kagi.access_keys().create(&session, new).await.unwrap();
    place.kagi.sign_in().by_access_key(&issued.token, from(&place.kagi, "192.0.2.1")).await.unwrap()
}

#[tokio::test]
async fn a_file_needs_two_scopes_and_a_preview_one() {
    for (scopes, may_preview, missing) in [
        (&[Scope::AiExtract, Scope::EntriesReveal][..], true, None),
        (&[Scope::AiExtract], true, Some(Scope::EntriesReveal)),
        (&[Scope::EntriesReveal, Scope::EntriesRead], false, Some(Scope::AiExtract)),
    ] {
        let place = Place::new().await;
        let key = with_key(&place, scopes, None).await;
        place.planner.answer(Ok(selects(&["e1"])));
        let composer = place.kagi.composer();
        assert_eq!(composer.context(&key, &ask("all")).await.is_ok(), may_preview);
        assert!(place.planner.sent().is_empty(), "a context is not sent");
        assert_eq!(composer.preview(&key, &ask("all")).await.is_ok(), may_preview);
        let sent = place.planner.sent().len();
        match (composer.extract(&key, &ask("all")).await, missing) {
            (Ok(extraction), None) => assert_eq!(names(&extraction.composition), ["K"]),
            (Err(ComposerError::Denied(Denied::Scope(scope))), Some(missing)) => {
                assert_eq!(scope, missing);
                assert_eq!(place.planner.sent().len(), sent, "nothing was sent");
            }
            (outcome, _) => panic!("{outcome:?}"),
        }
    }
}

#[tokio::test]
async fn a_limited_key_sees_its_projects_only() {
    let place = Place::new().await;
    let key = with_key(&place, Scope::ALL, Some(&["shop"])).await;
    place.planner.answer(Ok(selects(&["e1", "e2"])));
    let extraction = place.kagi.composer().extract(&key, &ask("all")).await.unwrap();
    let projects: Vec<_> = extraction.composition.selected.iter().map(|key| key.project.as_str()).collect();
    assert_eq!(projects, ["Shop"]);
    assert_eq!(extraction.composition.rejected.len(), 1, "e2 is not on offer");
    assert!(place.planner.sent().iter().all(|sent| !sent.contains("Blog")));
}

#[tokio::test]
async fn other_peoples_keys_are_not_on_offer() {
    let place = Place::usual().await;
    let eve = place.kagi.actor("eve").await;
    place.planner.answer(Ok(selects(&["e1", "e2", "e3"])));
    let extraction = place.kagi.composer().extract(&eve, &ask("all")).await.unwrap();
    assert!(extraction.composition.selected.is_empty() && extraction.composition.rejected.len() == 3);
    let sent = place.planner.sent();
    assert!(sent.iter().all(|sent| !sent.contains("OpenAI") && sent.contains("\"keys\":[]")));
}

#[tokio::test]
async fn when_the_model_fails_the_matcher_answers_only_if_it_is_asked() {
    let place = Place::usual().await;
    for error in
        [PlannerError::Unreachable, PlannerError::TimedOut, PlannerError::Refused, PlannerError::Unusable]
    {
        place.planner.answer(Err(error));
        let failed = place.kagi.composer().extract(&place.ada, &ask("openai for the blog")).await;
        assert!(matches!(&failed, Err(ComposerError::Planner(same)) if *same == error));
        assert!(failed.unwrap_err().to_string().contains("built-in matcher"));
    }
    let sent = place.planner.sent().len();
    let request = ComposeRequest { offline: true, ..ask("openai for the blog") };
    let extraction = place.kagi.composer().extract(&place.ada, &request).await.unwrap();
    assert_eq!(extraction.composition.engine, Engine::Offline);
    assert_eq!(names(&extraction.composition), ["OPENAI_API_KEY"]);
    let context = place.kagi.composer().context(&place.ada, &request).await.unwrap();
    assert_eq!((context.engine, context.payload, context.offered), (Engine::Offline, None, 3));
    assert_eq!(place.planner.sent().len(), sent, "nothing was sent");
}

#[tokio::test]
async fn the_context_is_what_is_sent() {
    let place = Place::usual().await;
    let context = place.kagi.composer().context(&place.ada, &ask("all")).await.unwrap();
    assert!(place.planner.sent().is_empty());
    place.preview("all", selects(&[])).await;
    assert_eq!(Some(&place.planner.sent()[0]), context.payload.as_ref());
    assert_eq!((context.offered, context.left_out), (3, 0));
    assert_eq!(context.engine.to_string(), "compatible:fake");
}
