//! Entries and reveal.

use std::time::Duration;

use kagi_domain::{
    access::{Denied, Scope},
    audit::{Action, AuditResult},
    ids::EntryId,
    model::{Patch, entry::EntryPatch},
    paging::PageRequest,
    ports::{Clock, StorageError},
    secret::SecretValue,
    services::entries::{EntryError, EntryQuery},
};
use kagi_tests::{
    TestKagi, kagi,
    samples::{access_key, category, entry, group, group_value, only, parse, text_value},
};

use crate::{acting, from, set_up};

fn plain(value: &SecretValue) -> Vec<(String, String)> {
    match value {
        SecretValue::Simple(text) => vec![(String::new(), text.expose().to_owned())],
        SecretValue::Group(fields) => {
            fields.iter().map(|(name, text)| (name.to_string(), text.expose().to_owned())).collect()
        }
    }
}

async fn keeps(kagi: &TestKagi, actor: &kagi_domain::access::Actor, id: EntryId, text: &str) {
    let revealed = kagi.entries().reveal(actor, id).await.unwrap();
    assert_eq!(plain(&revealed.value), [(String::new(), text.to_owned())]);
}

#[tokio::test]
async fn values_come_back_as_they_went_in() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let simple = kagi.categories().create(&ada, category("OpenAI", "OPENAI_API_KEY")).await.unwrap().category;
    let aws =
        kagi.categories().create(&ada, group("AWS", &["ID", "SECRET", "REGION"])).await.unwrap().category;
    for (n, text) in
        ["sk-live", " \n\t ", "鍵\u{10ffff}\"\\'`$", &"x".repeat(64 * 1024)].into_iter().enumerate()
    {
        let made = kagi.entries().create(&ada, entry(simple.id, &format!("P{n}"), text)).await.unwrap().entry;
        keeps(&kagi, &ada, made.id, text).await;
    }
    let mut new = entry(aws.id, "Blog", "");
    new.value = group_value(&[("SECRET", "line\nbreak"), ("ID", "")]);
    let made = kagi.entries().create(&ada, new).await.unwrap().entry;
    let revealed = kagi.entries().reveal(&ada, made.id).await.unwrap();
    let expected = [("SECRET", "line\nbreak"), ("ID", "")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(plain(&revealed.value), expected);
}

#[tokio::test]
async fn a_value_must_fit_its_category() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let simple = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    let aws = kagi.categories().create(&ada, group("AWS", &["ID", "SECRET"])).await.unwrap().category;
    let half = "x".repeat(33 * 1024);
    let cases = [
        (simple.id, text_value(""), vec!["value"]),
        (simple.id, text_value("a\0b"), vec!["value"]),
        (simple.id, text_value(&"x".repeat(64 * 1024 + 1)), vec!["value"]),
        (simple.id, group_value(&[("ID", "x")]), vec!["value"]),
        (aws.id, text_value("x"), vec!["value"]),
        (aws.id, group_value(&[]), vec!["value"]),
        (aws.id, group_value(&[("ID", "a\0"), ("NOPE", "x")]), vec!["value.ID", "value.NOPE"]),
        (aws.id, group_value(&[("ID", &half), ("SECRET", &half)]), vec!["value"]),
    ];
    for (category, value, expected) in cases {
        let mut new = entry(category, "Blog", "");
        new.value = value;
        let Err(EntryError::Invalid(invalid)) = kagi.entries().create(&ada, new).await else {
            panic!("{expected:?} was accepted");
        };
        let fields: Vec<_> = invalid.fields().iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, expected);
    }
    assert!(kagi.storage.cells().is_empty());
}

#[tokio::test]
async fn an_update_without_a_value_keeps_it_and_with_one_makes_a_version() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let made = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    let first = kagi.entries().create(&ada, entry(made.id, "Blog", "first")).await.unwrap().entry;
    let cells = kagi.storage.cells();
    let notes = Patch::Set(kagi_domain::text::Notes::parse("rotate in May").unwrap().unwrap());
    let patch = EntryPatch { notes, project: Some(parse("Shop")), ..EntryPatch::default() };
    let moved = kagi.entries().update(&ada, first.id, patch).await.unwrap().entry;
    assert_eq!((moved.version, moved.project.as_str()), (1, "Shop"));
    assert_eq!(kagi.storage.cells(), cells, "a rename never seals again");

    for (n, text) in ["second", "second"].into_iter().enumerate() {
        let patch = EntryPatch { value: Some(text_value(text)), ..EntryPatch::default() };
        let saved = kagi.entries().update(&ada, first.id, patch).await.unwrap().entry;
        assert_eq!(saved.version as usize, n + 2, "an identical value makes a version too");
    }
    keeps(&kagi, &ada, first.id, "second").await;
}

#[tokio::test]
async fn swapped_and_rolled_back_cells_fail_closed_and_are_noted() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let made = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    let one = kagi.entries().create(&ada, entry(made.id, "One", "first")).await.unwrap().entry.id;
    let two = kagi.entries().create(&ada, entry(made.id, "Two", "other")).await.unwrap().entry.id;
    let cell = |id| kagi.storage.cells().into_iter().rev().find(|(entry, ..)| *entry == id).unwrap().2;
    let (old, foreign) = (cell(one), cell(two));
    let patch = EntryPatch { value: Some(text_value("second")), ..EntryPatch::default() };
    kagi.entries().update(&ada, one, patch).await.unwrap();
    for wrong in [old, foreign] {
        kagi.storage.tamper(one, wrong);
        assert!(matches!(kagi.entries().reveal(&ada, one).await, Err(EntryError::Integrity)));
        let events = kagi.storage.audit_events();
        let results: Vec<_> = events.iter().rev().take(2).map(|event| (event.action, event.result)).collect();
        assert_eq!(
            results,
            [(Action::EntryReveal, AuditResult::Failed), (Action::EntryReveal, AuditResult::Ok)]
        );
        keeps(&kagi, &ada, two, "other").await;
    }
}

#[tokio::test]
async fn nobody_sees_plaintext_when_the_trail_cannot_be_written() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let made = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    let id = kagi.entries().create(&ada, entry(made.id, "Blog", "value")).await.unwrap().entry.id;
    kagi.storage.fail_audit(true);
    assert!(matches!(kagi.entries().reveal(&ada, id).await, Err(EntryError::Storage(_))));
    kagi.storage.fail_audit(false);
    keeps(&kagi, &ada, id, "value").await;
}

#[tokio::test]
async fn a_failed_commit_changes_nothing() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let made = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    kagi.storage.fail_next_commit(StorageError::Unavailable);
    let refused = kagi.entries().create(&ada, entry(made.id, "Blog", "value")).await;
    assert!(matches!(refused, Err(EntryError::Storage(StorageError::Unavailable))));
    assert!(kagi.storage.cells().is_empty());
}

#[tokio::test]
async fn other_people_and_other_projects_are_out_of_reach() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let eve = kagi.actor("eve").await;
    let made = kagi.categories().create(&session, category("OpenAI", "K")).await.unwrap().category;
    let blog = kagi.entries().create(&session, entry(made.id, "Blog", "b")).await.unwrap().entry.id;
    let shop = kagi.entries().create(&session, entry(made.id, "Shop", "s")).await.unwrap().entry.id;
    let stolen = kagi.entries().create(&eve, entry(made.id, "Blog", "x")).await;
    assert!(matches!(stolen, Err(EntryError::CategoryNotFound)));

    let mut new = access_key("ci", Scope::ALL);
    new.projects = only(&["BLOG"]);
    let issued = kagi.access_keys().create(&session, new).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    keeps(&kagi, &key, blog, "b").await;
    for (actor, id) in [(&eve, blog), (&key, shop)] {
        assert!(matches!(kagi.entries().get(actor, id).await, Err(EntryError::NotFound)));
        assert!(matches!(kagi.entries().reveal(actor, id).await, Err(EntryError::NotFound)));
        assert!(matches!(kagi.entries().delete(actor, id).await, Err(EntryError::NotFound)));
        let update = kagi.entries().update(actor, id, EntryPatch::default()).await;
        assert!(matches!(update, Err(EntryError::NotFound)));
    }
    let made_beyond = kagi.entries().create(&key, entry(made.id, "Shop2", "x")).await;
    assert!(matches!(made_beyond, Err(EntryError::Denied(Denied::Project(_)))));
    let moved = EntryPatch { project: Some(parse("Shop")), ..EntryPatch::default() };
    let moved_beyond = kagi.entries().update(&key, blog, moved).await;
    assert!(matches!(moved_beyond, Err(EntryError::Denied(Denied::Project(_)))));
    keeps(&kagi, &session, shop, "s").await;
}

#[tokio::test]
async fn expiring_means_expired_or_within_30_days() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let made = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    let now = kagi.clock.now();
    let day = Duration::from_hours(24);
    let times = [("Never", None), ("Past", Some(now.minus(day))), ("Soon", Some(now.plus(day * 29)))];
    for (project, expires_at) in times.into_iter().chain([("Later", Some(now.plus(day * 31)))]) {
        let mut new = entry(made.id, project, "v");
        new.expires_at = expires_at;
        kagi.entries().create(&ada, new).await.unwrap();
        kagi.clock.advance(Duration::from_millis(1));
    }
    let query = EntryQuery { expiring: true, ..EntryQuery::default() };
    let page = kagi.entries().list(&ada, query, &PageRequest::default()).await.unwrap();
    let found: Vec<_> = page.items.iter().map(|item| item.entry.project.as_str()).collect();
    assert_eq!(found, ["Soon", "Past"]);
}

#[tokio::test]
async fn a_place_is_taken_once() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let made = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    kagi.entries().create(&ada, entry(made.id, "Blog", "v")).await.unwrap();
    let again = kagi.entries().create(&ada, entry(made.id, "ｂｌｏｇ", "v")).await;
    assert!(matches!(again, Err(EntryError::Exists)));
    let other = kagi.entries().create(&ada, entry(made.id, "Shop", "v")).await.unwrap().entry;
    let patch = EntryPatch { project: Some(parse("BLOG")), ..EntryPatch::default() };
    assert!(matches!(kagi.entries().update(&ada, other.id, patch).await, Err(EntryError::Exists)));
}
