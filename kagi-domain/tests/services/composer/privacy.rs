//! What a planner is told of a vault, and what it is not.

use std::collections::BTreeSet;

use kagi_domain::{
    model::{Patch, category::CategoryPatch, entry::EntryPatch, env_project::FileType},
    plan::{Prompt, PromptError},
    services::composer::ComposeRequest,
    text::{Description, Notes},
};
use kagi_tests::{
    samples::{category, entry, group, group_value, recovery_set, text_value},
    spellings,
};

use super::{Place, ask_in, selects};

const CANARIES: [&str; 8] = [
    "canary-value-7f3a",
    "canary-group-91bc",
    "canary-old-value-22",
    "canary-description-44",
    "canary-notes-5510",
    "canary-about-category",
    "canary-code-0042",
    "canary-icon",
];

/// The members of a JSON text's objects.
fn members(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => {
            found.extend(map.keys().cloned());
            map.values().for_each(|value| members(value, found));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| members(value, found)),
        _ => {}
    }
}

async fn vault() -> Place {
    let place = Place::new().await;
    let [value, fields, old, description, notes, about, code, icon] = CANARIES;
    let mut new = category("OpenAI", "OPENAI_API_KEY");
    new.description = Description::parse(about).unwrap();
    new.icon = Some(icon.parse().unwrap());
    let openai = place.category(new).await;
    let mut new = entry(openai, "Blog", old);
    new.description = Description::parse(description).unwrap();
    new.notes = Notes::parse(notes).unwrap();
    let made = place.kagi.entries().create(&place.ada, new).await.unwrap().entry.id;
    let patch = EntryPatch { value: Some(text_value(value)), ..EntryPatch::default() };
    place.kagi.entries().update(&place.ada, made, patch).await.unwrap();
    let aws = place.category(group("AWS", &["AWS_ID", "AWS_SECRET"])).await;
    let mut new = entry(aws, "Blog", "");
    new.value = group_value(&[("AWS_ID", fields), ("AWS_SECRET", fields)]);
    place.kagi.entries().create(&place.ada, new).await.unwrap();
    place.kagi.recovery_sets().create(&place.ada, recovery_set("GitHub", &[code])).await.unwrap();
    let patch = CategoryPatch {
        description: Patch::Set(Description::parse(about).unwrap().unwrap()),
        ..CategoryPatch::default()
    };
    place.kagi.categories().update(&place.ada, aws, patch).await.unwrap();
    place
}

/// The type has no place for them; here it is seen on a vault that is full of them.
#[tokio::test]
async fn nothing_but_names_is_sent() {
    let place = vault().await;
    let mut request = ask_in("Blog", "everything for this project");
    request.file_type = Some(FileType::Production);
    for request in [request.clone(), ComposeRequest { project: None, ..request }] {
        place.planner.answer(Ok(selects(&["e1", "e2"])));
        let extraction = place.kagi.composer().extract(&place.ada, &request).await.unwrap();
        assert!(extraction.content.expose().contains(CANARIES[0]), "the vault holds them, and the file");
    }
    let sent = place.planner.sent();
    assert_eq!(sent.len(), 2);
    for sent in &sent {
        assert!(sent.contains("OPENAI_API_KEY") && sent.contains("Blog"));
        for canary in CANARIES {
            for spelling in spellings(canary.as_bytes()) {
                assert!(!sent.contains(&spelling), "{spelling} in {sent}");
            }
        }
        let mut found = BTreeSet::new();
        members(&serde_json::from_str(sent).unwrap(), &mut found);
        let allowed =
            ["category", "currentProject", "entryId", "envVarNames", "fileType", "keys", "project", "prompt"];
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), allowed);
    }
}

/// A prompt is what a person types, and people paste.
#[test]
fn a_prompt_with_a_key_in_it_is_refused() {
    let long = "aB3dE5gH7jK9mN1pQ3sT5vX7z";
    for text in [
        format!("use {long}"),
        format!("OPENAI_API_KEY=sk-{long}"),
        format!("my token is ghp_{long}, please"),
        "postgres://app:hunter2@db/app".to_owned(),
        "-----BEGIN RSA PRIVATE KEY-----".to_owned(),
    ] {
        assert_eq!(Prompt::parse(&text), Err(PromptError::Secret));
    }
    assert_eq!(Prompt::parse(" \n"), Err(PromptError::Empty));
    assert_eq!(Prompt::parse(&"鍵".repeat(2001)), Err(PromptError::TooLong));
    assert_eq!(Prompt::parse("a\u{0}b"), Err(PromptError::Control));
    assert_eq!(Prompt::parse(&format!(" {} ", "鍵".repeat(2000))).unwrap().as_str().chars().count(), 2000);
}
