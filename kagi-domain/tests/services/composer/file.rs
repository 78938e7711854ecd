//! The file itself.

use kagi_domain::{
    audit::{Action, AuditResult},
    dotenv::{Document, Target},
    plan::{EnvPlan, PlannedKey},
    services::composer::{ComposerError, Rejection},
};
use kagi_tests::samples::category;

use super::{Place, ask, ask_in, names, rejections, secret, selects};

/// The assignments that every parser reads.
fn read(content: &kagi_domain::secret::SecretText) -> Vec<(String, String)> {
    let document = Document::read_as(Target::Portable, content);
    document
        .assignments()
        .map(|assignment| (assignment.raw_name().to_owned(), assignment.value().expose().to_owned()))
        .collect()
}

#[tokio::test]
async fn the_file_holds_what_was_selected_and_made() {
    let place = Place::usual().await;
    let plan = EnvPlan { secrets: vec![secret("SESSION_SECRET", "hex", 16)], ..selects(&["e2", "e1"]) };
    let extraction = place.extract(&ask_in("Blog", "all"), plan).await;
    let assigned = read(&extraction.content);
    let pairs: Vec<_> = assigned.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs[..3], [("OPENAI_API_KEY", "blog's"), ("AWS_ID", "id"), ("AWS_SECRET", "secret")]);
    assert!(pairs[3].0 == "SESSION_SECRET" && pairs[3].1.len() == 32 && pairs.len() == 4);
    assert_eq!(names(&extraction.composition), pairs.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let text = extraction.content.expose();
    assert!(text.starts_with("# OpenAI, Blog, production: asked for\nOPENAI_API_KEY="), "{text}");
    assert!(Document::read(&extraction.content).diagnostics().is_empty());
}

#[tokio::test]
async fn each_entry_is_revealed_once_and_on_record_and_a_preview_reveals_nothing() {
    let place = Place::usual().await;
    let before = place.kagi.storage.audit_events().len();
    place.preview("all", selects(&["e1", "e2"])).await;
    assert_eq!(place.kagi.storage.audit_events().len(), before);
    let extraction = place.extract(&ask("all"), selects(&["e1", "e2"])).await;
    let events = place.kagi.storage.audit_events().split_off(before);
    let revealed: Vec<_> = events.iter().map(|event| event.target.as_ref().unwrap().id.clone()).collect();
    let mut expected: Vec<_> =
        extraction.composition.selected.iter().map(|key| key.entry.to_string()).collect();
    expected.dedup();
    assert_eq!(revealed, expected);
    assert!(
        events.iter().all(|event| (event.action, event.result) == (Action::EntryReveal, AuditResult::Ok))
    );
}

#[tokio::test]
async fn nobody_sees_a_file_when_the_trail_cannot_be_written() {
    let place = Place::usual().await;
    place.planner.answer(Ok(selects(&["e2"])));
    place.kagi.storage.fail_audit(true);
    let refused = place.kagi.composer().extract(&place.ada, &ask("all")).await;
    assert!(matches!(refused, Err(ComposerError::Storage(_))));
}

#[tokio::test]
async fn a_value_that_does_not_open_makes_no_file() {
    let place = Place::usual().await;
    let extraction = place.extract(&ask("all"), selects(&["e2", "e3"])).await;
    let blog = extraction.composition.selected[0].entry;
    let foreign = place.kagi.storage.cells().into_iter().find(|(id, ..)| *id != blog).unwrap().2;
    place.kagi.storage.tamper(blog, foreign);
    let refused = place.kagi.composer().extract(&place.ada, &ask("all")).await;
    assert!(matches!(refused, Err(ComposerError::Integrity)));
}

#[tokio::test]
async fn what_no_quoting_serves_becomes_a_comment_that_says_why_and_where_to_get_it() {
    let place = Place::new().await;
    let hash = place.category(category("Admin", "ADMIN_HASH")).await;
    place.entry(hash, "Blog", "production", "$2b$12$abcdefghijk").await;
    let extraction = place.extract(&ask("all"), selects(&["e1"])).await;
    assert!(read(&extraction.content).is_empty() && extraction.composition.selected.is_empty());
    assert!(matches!(extraction.composition.rejected[0].reason, Rejection::Unwritable(_)));
    let text = extraction.content.expose();
    assert!(text.contains("# ADMIN_HASH is left out: the value has a $"), "{text}");
    assert!(text.contains("# Copy it from Kagi: Admin, Blog, production."), "{text}");
    assert!(!text.contains("2b"), "nothing of the value: {text}");
}

#[tokio::test]
async fn a_stand_in_for_a_missing_environment_is_named() {
    let place = Place::usual().await;
    let plan = EnvPlan { environment: Some("staging".to_owned()), ..selects(&["e2"]) };
    let extraction = place.extract(&ask("all"), plan).await;
    let said = "# There is no value for staging; this is the one for production.\n";
    assert!(extraction.content.expose().contains(said));
}

#[tokio::test]
async fn a_models_words_stay_in_one_comment_line() {
    let place = Place::usual().await;
    let reason = "x\nEVIL=1\r\nexport EVIL=2\u{2028}EVIL=3\u{202e}".repeat(50);
    let key = PlannedKey { handle: "e2".to_owned(), name: "A\nEVIL=1".to_owned(), reason };
    let extraction = place.extract(&ask("all"), EnvPlan { keys: vec![key], ..EnvPlan::default() }).await;
    assert_eq!(read(&extraction.content).len(), 1);
    assert!(rejections(&extraction.composition).is_empty());
    let text = extraction.content.expose();
    assert!(text.lines().all(|line| line.is_empty() || line.starts_with(['#', 'O'])), "{text}");
    assert!(!text.contains(['\u{202e}', '\u{2028}', '\r']));
}
