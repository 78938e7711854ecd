//! The history of an env file's content.

use kagi_domain::{
    access::Actor,
    audit::{Action, AuditResult},
    model::{
        env_project::{EnvFilePlace, FileType},
        version::VERSIONS_KEPT,
    },
    paging::{Cursor, PageRequest},
    ports::StorageError,
    services::env_projects::EnvProjectError,
};
use kagi_tests::{TestKagi, kagi};

use crate::{
    env_projects::{made, save},
    versions::newest,
};

/// A file with these contents, the first one first.
async fn history(kagi: &TestKagi, actor: &Actor, contents: &[&str]) -> EnvFilePlace {
    let blog = made(kagi, actor, "Blog").await;
    let mut place = None;
    for content in contents {
        place = Some(save(kagi, actor, &blog, FileType::Env, content).await.file.place());
    }
    place.unwrap()
}

async fn numbers(kagi: &TestKagi, actor: &Actor, place: EnvFilePlace) -> Vec<u32> {
    let page = kagi.env_projects().versions(actor, place, &PageRequest::default()).await.unwrap();
    assert!(page.items.iter().all(|version| version.actor == *actor.stamp()));
    page.items.iter().map(|version| version.number).collect()
}

async fn content(
    kagi: &TestKagi,
    actor: &Actor,
    place: EnvFilePlace,
    number: u32,
) -> Result<String, EnvProjectError> {
    let revealed = kagi.env_projects().reveal_version(actor, place, number).await?;
    assert_eq!(revealed.version, number);
    Ok(revealed.content.expose().to_owned())
}

#[tokio::test]
async fn every_save_is_a_version_and_a_restore_overwrites_nothing() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let place = history(&kagi, &ada, &["A=1\r\n", "A=x y", "A=x y"]).await;
    let cells = kagi.storage.env_file_cells();
    let restored = kagi.env_projects().restore(&ada, place, 1).await.unwrap();
    assert_eq!((restored.file.version, restored.file.size, restored.created), (4, 5, false));
    assert_eq!(restored.diagnostics.len(), 1, "what was restored is judged as well");
    let target = format!("env_file_version {}/1", place.file);
    assert_eq!(newest(&kagi, 1), [(Action::EnvFileRestore, AuditResult::Ok, target.clone())]);
    assert_eq!(kagi.storage.env_file_cells()[..3], cells[..]);
    assert_eq!(numbers(&kagi, &ada, place).await, [4, 3, 2, 1]);
    for (number, text) in [(2, "A=x y"), (3, "A=x y"), (4, "A=1\r\n"), (1, "A=1\r\n")] {
        assert_eq!(content(&kagi, &ada, place, number).await.unwrap(), text);
    }
    assert_eq!(newest(&kagi, 1), [(Action::EnvFileRevealVersion, AuditResult::Ok, target)]);
    let page = PageRequest { after: Some(Cursor::Number(3)), ..PageRequest::default() };
    assert_eq!(kagi.env_projects().versions(&ada, place, &page).await.unwrap().items.len(), 2);
    let page = PageRequest { after: Some(Cursor::Key("a".to_owned())), ..PageRequest::default() };
    let refused = kagi.env_projects().versions(&ada, place, &page).await;
    assert!(matches!(refused, Err(EnvProjectError::Invalid(_))));
}

#[tokio::test]
async fn a_purged_version_is_gone_and_the_current_one_cannot_be_purged() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let place = history(&kagi, &ada, &["A=leaked", "A=2", "A=3"]).await;
    kagi.env_projects().purge_version(&ada, place, 1).await.unwrap();
    let target = format!("env_file_version {}/1", place.file);
    assert_eq!(newest(&kagi, 1), [(Action::EnvFilePurgeVersion, AuditResult::Ok, target)]);
    assert_eq!(numbers(&kagi, &ada, place).await, [3, 2]);
    assert_eq!(kagi.storage.env_file_cells().len(), 2);
    let events = kagi.storage.audit_events().len();
    let refused = kagi.env_projects().purge_version(&ada, place, 3).await;
    assert!(matches!(refused, Err(EnvProjectError::CurrentVersion)));
    for number in [0, 1, 4, u32::MAX] {
        let missing =
            |error: Option<EnvProjectError>| matches!(error, Some(EnvProjectError::VersionNotFound));
        assert!(missing(content(&kagi, &ada, place, number).await.err()));
        assert!(missing(kagi.env_projects().restore(&ada, place, number).await.err()));
        assert!(missing(kagi.env_projects().purge_version(&ada, place, number).await.err()));
    }
    assert_eq!(kagi.storage.audit_events().len(), events, "nothing happened, so nothing is noted");
}

#[tokio::test]
async fn the_newest_hundred_are_kept_and_no_number_is_used_again() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let place = history(&kagi, &ada, &["A=1"]).await;
    let blog = kagi.env_projects().get(&ada, place.project).await.unwrap().project;
    let mut there = vec![1];
    for number in 2..=120 {
        let saved = save(&kagi, &ada, &blog, FileType::Env, &format!("A={number}")).await;
        assert_eq!(saved.file.version, number);
        there.push(number);
        there.drain(..there.len().saturating_sub(VERSIONS_KEPT as usize));
        if number % 10 == 0 {
            // The newest but one, where it matters most that its number stays unused.
            kagi.env_projects().purge_version(&ada, place, there.remove(there.len() - 2)).await.unwrap();
        }
    }
    let kept: Vec<_> = there.into_iter().rev().collect();
    assert_eq!(numbers(&kagi, &ada, place).await, kept);
    assert_eq!(kagi.storage.env_file_cells().len(), kept.len());
}

#[tokio::test]
async fn a_content_that_does_not_open_is_neither_shown_nor_restored() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let place = history(&kagi, &ada, &["A=1", "A=2", "A=3"]).await;
    let second = kagi.storage.env_file_cells()[1].2.clone();
    kagi.storage.tamper_env_file(place.file, 1, second.clone());
    let cells = kagi.storage.env_file_cells();
    let target = format!("env_file_version {}/1", place.file);
    assert!(matches!(content(&kagi, &ada, place, 1).await, Err(EnvProjectError::Integrity)));
    let reveal = Action::EnvFileRevealVersion;
    let expected = [AuditResult::Failed, AuditResult::Ok].map(|result| (reveal, result, target.clone()));
    assert_eq!(newest(&kagi, 2), expected);
    assert!(matches!(kagi.env_projects().restore(&ada, place, 1).await, Err(EnvProjectError::Integrity)));
    assert_eq!(newest(&kagi, 1), [(Action::EnvFileRestore, AuditResult::Failed, target)]);
    assert_eq!(kagi.storage.env_file_cells(), cells);
    kagi.storage.tamper_env_file(place.file, 3, second);
    assert!(matches!(kagi.env_projects().reveal(&ada, place).await, Err(EnvProjectError::Integrity)));
    let results: Vec<_> = newest(&kagi, 2).into_iter().map(|(action, result, _)| (action, result)).collect();
    assert_eq!(results, [AuditResult::Failed, AuditResult::Ok].map(|result| (Action::EnvFileReveal, result)));
    assert_eq!(content(&kagi, &ada, place, 2).await.unwrap(), "A=2");
}

#[tokio::test]
async fn restore_and_purge_are_tried_again_five_times_in_all() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let place = history(&kagi, &ada, &["A=1", "A=2"]).await;
    let conflicts = |count| (0..count).for_each(|_| kagi.storage.fail_next_commit(StorageError::Conflict));
    conflicts(4);
    assert_eq!(kagi.env_projects().restore(&ada, place, 1).await.unwrap().file.version, 3);
    conflicts(5);
    assert!(kagi.env_projects().restore(&ada, place, 1).await.is_err());
    conflicts(4);
    kagi.env_projects().purge_version(&ada, place, 1).await.unwrap();
    assert_eq!(numbers(&kagi, &ada, place).await, [3, 2]);
}
