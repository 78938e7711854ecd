//! Env files: saved, judged, revealed, deleted.

use std::time::Duration;

use kagi_domain::{
    audit::{Action, AuditResult},
    dotenv::Code,
    model::env_project::{EnvContent, EnvFileDraft, EnvFilePlace, FileType},
    paging::PageRequest,
    ports::StorageError,
    services::env_projects::{DIAGNOSTICS_TOLD, EnvProjectError},
};
use kagi_tests::{kagi, samples::env_file};

use crate::{
    env_projects::{made, save},
    versions::newest,
};

fn based(content: &str, base: u32) -> EnvFileDraft {
    EnvFileDraft { base_version: Some(base), ..env_file(content) }
}

#[tokio::test]
async fn contents_come_back_byte_for_byte() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    let long = "鍵=\r\n".repeat(EnvContent::MAX_BYTES / 6);
    for (version, content) in
        (1..).zip(["", "\u{feff}A='1\r\nB=\"\n", "x\ry", " =\n\n\n", &long, "no newline"])
    {
        let saved = save(&kagi, &ada, &blog, FileType::Production, content).await;
        assert_eq!((saved.file.version, saved.file.size as usize), (version, content.len()));
        assert_eq!(saved.created, version == 1);
        assert_eq!(
            newest(&kagi, 1),
            [(Action::EnvFileSave, AuditResult::Ok, format!("env_file {}", saved.file.id))]
        );
        let shown = kagi.env_projects().reveal(&ada, saved.file.place()).await.unwrap();
        assert_eq!(shown.content.expose(), content);
        assert_eq!((shown.id, shown.project, shown.version), (saved.file.id, blog.id, version));
        assert_eq!(shown.file_type, FileType::Production);
        assert_eq!(newest(&kagi, 1)[0].0, Action::EnvFileReveal);
    }
}

#[tokio::test]
async fn a_save_says_what_parsers_will_make_of_it() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    let saved = save(&kagi, &ada, &blog, FileType::Env, "A=1\nB=x y\nA='2'\n").await;
    let told: Vec<_> = saved.diagnostics.iter().map(|remark| (remark.line, remark.code)).collect();
    assert_eq!(told, [(2, Code::UnquotedSpace), (3, Code::DuplicateKey(1))]);
    assert!(save(&kagi, &ada, &blog, FileType::Env, "A=1\n").await.diagnostics.is_empty());
    let torn = save(&kagi, &ada, &blog, FileType::Env, &"x\n".repeat(10_000)).await;
    assert_eq!(torn.diagnostics.len(), DIAGNOSTICS_TOLD);
}

#[tokio::test]
async fn a_stale_base_changes_nothing() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    let envs = kagi.env_projects();
    for base in [1, 2, u32::MAX] {
        let refused = envs.save(&ada, blog.id, based("A=0", base)).await;
        assert!(matches!(refused, Err(EnvProjectError::VersionConflict)), "{base}");
    }
    let first = envs.save(&ada, blog.id, based("A=1", 0)).await.unwrap();
    assert!(first.created);
    assert_eq!(envs.save(&ada, blog.id, based("A=2", 1)).await.unwrap().file.version, 2);
    let (cells, events) = (kagi.storage.env_file_cells(), kagi.storage.audit_events().len());
    for base in [0, 1, 3, u32::MAX] {
        let refused = envs.save(&ada, blog.id, based("A=lost", base)).await;
        assert!(matches!(refused, Err(EnvProjectError::VersionConflict)), "{base}");
    }
    assert_eq!((kagi.storage.env_file_cells(), kagi.storage.audit_events().len()), (cells, events));
    let shown = envs.reveal(&ada, first.file.place()).await.unwrap();
    assert_eq!((shown.version, shown.content.expose()), (2, "A=2"));
    assert_eq!(envs.save(&ada, blog.id, env_file("A=3")).await.unwrap().file.version, 3);
}

#[tokio::test]
async fn of_saves_on_one_base_one_is_kept() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    for base in [0, 1] {
        let tasks: Vec<_> = (0..8)
            .map(|n| {
                let (kagi, ada, id) = (kagi.clone(), ada.clone(), blog.id);
                tokio::spawn(async move {
                    kagi.env_projects().save(&ada, id, based(&format!("A={n}"), base)).await
                })
            })
            .collect();
        let mut kept = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(saved) => kept += saved.file.version,
                Err(error) => assert!(matches!(error, EnvProjectError::VersionConflict)),
            }
        }
        assert_eq!(kept, base + 1);
    }
    // Without a base each is a version of its own.
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let (kagi, ada, id) = (kagi.clone(), ada.clone(), blog.id);
            tokio::spawn(async move { kagi.env_projects().save(&ada, id, env_file(&format!("B={n}"))).await })
        })
        .collect();
    let mut versions = Vec::new();
    for task in tasks {
        versions.push(task.await.unwrap().unwrap().file.version);
    }
    versions.sort_unstable();
    assert_eq!(versions, (3..=10).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_file_that_is_made_again_begins_anew() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    let old = save(&kagi, &ada, &blog, FileType::Env, "A=1").await.file;
    save(&kagi, &ada, &blog, FileType::Env, "A=2").await;
    kagi.env_projects().delete_file(&ada, old.place()).await.unwrap();
    assert_eq!(newest(&kagi, 1), [(Action::EnvFileDelete, AuditResult::Ok, format!("env_file {}", old.id))]);
    assert!(kagi.storage.env_file_cells().is_empty());
    let again = kagi.env_projects().delete_file(&ada, old.place()).await;
    assert!(matches!(again, Err(EnvProjectError::FileNotFound)));
    let new = kagi.env_projects().save(&ada, blog.id, based("A=3", 0)).await.unwrap();
    assert!(new.created && new.file.id != old.id && new.file.version == 1);
    assert!(matches!(
        kagi.env_projects().reveal(&ada, old.place()).await,
        Err(EnvProjectError::FileNotFound)
    ));
}

#[tokio::test]
async fn a_file_is_found_under_its_own_project_and_owner_only() {
    let kagi = kagi();
    let (ada, eve) = (kagi.actor("ada").await, kagi.actor("eve").await);
    let (blog, shop) = (made(&kagi, &ada, "Blog").await, made(&kagi, &ada, "Shop").await);
    let hers = made(&kagi, &eve, "Blog").await;
    let file = save(&kagi, &ada, &blog, FileType::Env, "A=1").await.file;
    save(&kagi, &ada, &blog, FileType::Env, "A=2").await;
    let (cells, events) = (kagi.storage.env_file_cells(), kagi.storage.audit_events().len());
    let envs = kagi.env_projects();
    for (actor, project) in [(&ada, shop.id), (&ada, hers.id), (&eve, hers.id), (&eve, blog.id)] {
        let place = EnvFilePlace { project, file: file.id };
        let missing = |error: Option<EnvProjectError>| matches!(error, Some(EnvProjectError::FileNotFound));
        assert!(missing(envs.reveal(actor, place).await.err()));
        assert!(missing(envs.reveal_version(actor, place, 1).await.err()));
        assert!(missing(envs.versions(actor, place, &PageRequest::default()).await.err()));
        assert!(missing(envs.restore(actor, place, 1).await.err()));
        assert!(missing(envs.purge_version(actor, place, 1).await.err()));
        assert!(missing(envs.delete_file(actor, place).await.err()));
    }
    assert_eq!((kagi.storage.env_file_cells(), kagi.storage.audit_events().len()), (cells, events));
}

#[tokio::test]
async fn without_a_trail_nothing_is_shown_saved_or_deleted() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    let place = save(&kagi, &ada, &blog, FileType::Env, "A=1").await.file.place();
    let cells = kagi.storage.env_file_cells();
    kagi.storage.fail_audit(true);
    assert!(matches!(kagi.env_projects().reveal(&ada, place).await, Err(EnvProjectError::Storage(_))));
    assert!(matches!(
        kagi.env_projects().save(&ada, blog.id, env_file("B=1")).await,
        Err(EnvProjectError::Storage(_))
    ));
    assert!(matches!(kagi.env_projects().delete_file(&ada, place).await, Err(EnvProjectError::Storage(_))));
    kagi.storage.fail_audit(false);
    assert_eq!(kagi.storage.env_file_cells(), cells);
    (0..4).for_each(|_| kagi.storage.fail_next_commit(StorageError::Conflict));
    kagi.clock.advance(Duration::from_secs(1));
    assert_eq!(save(&kagi, &ada, &blog, FileType::Env, "A=2").await.file.version, 2);
}
