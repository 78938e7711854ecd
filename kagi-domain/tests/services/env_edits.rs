//! Files that come out of an editor: saved with the line ends that they had.

use kagi_domain::{
    access::Actor,
    audit::{Action, AuditResult},
    dotenv::{Edit, LineEnds},
    ids::EnvProjectId,
    model::env_project::{EnvContent, FileType},
    services::env_projects::{EditBase, EnvFileEdit, EnvProjectError, SavedEnvFile},
};
use kagi_tests::{TestKagi, kagi, samples::secret};

use crate::{
    acting,
    env_projects::{limited, made, save},
    set_up,
    versions::newest,
};

async fn edit(
    kagi: &TestKagi,
    actor: &Actor,
    project: EnvProjectId,
    version: u32,
    typed: &str,
) -> Result<SavedEnvFile, EnvProjectError> {
    edit_of(kagi, actor, project, EditBase { version, file: None }, typed).await
}

async fn edit_of(
    kagi: &TestKagi,
    actor: &Actor,
    project: EnvProjectId,
    base: EditBase,
    typed: &str,
) -> Result<SavedEnvFile, EnvProjectError> {
    let edit = Edit { text: secret(typed), line_ends: LineEnds::Kept, bom: false };
    let edit = EnvFileEdit { file_type: FileType::Env, edit, base };
    kagi.env_projects().save_edit(actor, project, edit).await
}

#[tokio::test]
async fn line_ends_come_from_the_version_that_was_edited() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    let first = edit(&kagi, &ada, blog.id, 0, "A=1\r\nB=2\n").await.unwrap();
    assert!(first.created && first.file.version == 1);
    save(&kagi, &ada, &blog, FileType::Env, "A=1\r\nB=2\rC=3\n").await;
    let before = kagi.storage.audit_events().len();
    let saved = edit(&kagi, &ada, blog.id, 2, "A=1\nB=two words\nC=3\n").await.unwrap();
    assert_eq!((saved.created, saved.file.version, saved.diagnostics.is_empty()), (false, 3, false));
    let target = format!("env_file {}", saved.file.id);
    assert_eq!(newest(&kagi, 1), [(Action::EnvFileSave, AuditResult::Ok, target)]);
    assert_eq!(kagi.storage.audit_events().len(), before + 1, "no plaintext leaves, so nothing is revealed");
    let shown = kagi.env_projects().reveal(&ada, saved.file.place()).await.unwrap();
    assert_eq!(shown.content.expose(), "A=1\r\nB=two words\rC=3\n");
}

#[tokio::test]
async fn an_edit_of_a_file_that_was_made_again_changes_nothing() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    let first = edit(&kagi, &ada, blog.id, 0, "A=1\n").await.unwrap().file;
    let base = EditBase { version: 1, file: Some(first.id) };
    kagi.env_projects().delete_file(&ada, first.place()).await.unwrap();
    let gone = edit_of(&kagi, &ada, blog.id, base, "A=2\n").await;
    assert!(matches!(gone, Err(EnvProjectError::VersionConflict)));
    let other = edit(&kagi, &ada, blog.id, 0, "A=other\n").await.unwrap().file;
    let stale = edit_of(&kagi, &ada, blog.id, base, "A=2\n").await;
    assert!(matches!(stale, Err(EnvProjectError::VersionConflict)), "both are at version 1");
    let kept = kagi.env_projects().reveal(&ada, other.place()).await.unwrap();
    assert_eq!((kept.version, kept.content.expose()), (1, "A=other\n"));
    let base = EditBase { version: 1, file: Some(other.id) };
    assert_eq!(edit_of(&kagi, &ada, blog.id, base, "A=2\n").await.unwrap().file.version, 2);
}

#[tokio::test]
async fn an_edit_of_another_version_changes_nothing() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    assert!(matches!(edit(&kagi, &ada, blog.id, 1, "").await, Err(EnvProjectError::VersionConflict)));
    edit(&kagi, &ada, blog.id, 0, "A=1\n").await.unwrap();
    edit(&kagi, &ada, blog.id, 1, "A=2\n").await.unwrap();
    let cells = kagi.storage.env_file_cells();
    for base in [0, 1, 3] {
        assert!(matches!(edit(&kagi, &ada, blog.id, base, "").await, Err(EnvProjectError::VersionConflict)));
    }
    for wrong in ["A=\0", &"x".repeat(EnvContent::MAX_BYTES + 1)] {
        let Err(EnvProjectError::Invalid(invalid)) = edit(&kagi, &ada, blog.id, 2, wrong).await else {
            panic!("it is no content")
        };
        assert_eq!(invalid.fields()[0].field, "content");
    }
    assert_eq!(kagi.storage.env_file_cells(), cells);
}

#[tokio::test]
async fn an_edit_needs_the_right_and_the_project() {
    let kagi = kagi();
    let ada = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let bob = kagi.actor("bob").await;
    let blog = made(&kagi, &ada, "Blog").await;
    assert!(matches!(edit(&kagi, &bob, blog.id, 0, "A=1").await, Err(EnvProjectError::NotFound)));
    let elsewhere = limited(&kagi, &ada, &["Shop"]).await;
    assert!(matches!(edit(&kagi, &elsewhere, blog.id, 0, "A=1").await, Err(EnvProjectError::NotFound)));
    assert!(kagi.storage.env_file_cells().is_empty());
}

#[tokio::test]
async fn what_does_not_open_is_not_edited() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    let file = edit(&kagi, &ada, blog.id, 0, "A=1\r\n").await.unwrap().file;
    edit(&kagi, &ada, blog.id, 1, "A=2\n").await.unwrap();
    let first = kagi.storage.env_file_cells()[0].2.clone();
    kagi.storage.tamper_env_file(file.id, 2, first);
    let cells = kagi.storage.env_file_cells();
    assert!(matches!(edit(&kagi, &ada, blog.id, 2, "A=3\n").await, Err(EnvProjectError::Integrity)));
    let target = format!("env_file {}", file.id);
    assert_eq!(newest(&kagi, 1), [(Action::EnvFileSave, AuditResult::Failed, target)]);
    assert_eq!(kagi.storage.env_file_cells(), cells);
}
