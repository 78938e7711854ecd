//! Env projects.

use std::time::Duration;

use kagi_domain::{
    access::{Actor, Denied, Scope},
    audit::{Action, AuditResult},
    model::{
        Patch,
        env_project::{EnvFileDraft, EnvProject, EnvProjectPatch, FileType},
    },
    paging::{Cursor, PageLimit, PageRequest},
    ports::StorageError,
    services::env_projects::{EnvProjectError, SavedEnvFile},
    text::Description,
};
use kagi_tests::{
    TestKagi, kagi,
    samples::{access_key, env_file, env_project, only, parse},
};

use crate::{acting, from, set_up, versions::newest};

pub(crate) async fn made(kagi: &TestKagi, actor: &Actor, name: &str) -> EnvProject {
    kagi.env_projects().create(actor, env_project(name)).await.unwrap().project
}

/// Saves a content as one of a project's files, whatever is there.
pub(crate) async fn save(
    kagi: &TestKagi,
    actor: &Actor,
    project: &EnvProject,
    file_type: FileType,
    content: &str,
) -> SavedEnvFile {
    let draft = EnvFileDraft { file_type, ..env_file(content) };
    kagi.env_projects().save(actor, project.id, draft).await.unwrap()
}

/// An actor with every scope that is limited to these projects.
pub(crate) async fn limited(kagi: &TestKagi, session: &Actor, projects: &[&str]) -> Actor {
    let new = kagi_domain::model::access_key::NewAccessKey {
        projects: only(projects),
        ..access_key("ci", Scope::ALL)
    };
    let issued = kagi.access_keys().create(session, new).await.unwrap();
    kagi.sign_in().by_access_key(&issued.token, from(kagi, "192.0.2.1")).await.unwrap()
}

fn renamed(name: &str) -> EnvProjectPatch {
    EnvProjectPatch { name: Some(parse(name)), ..EnvProjectPatch::default() }
}

#[tokio::test]
async fn a_project_is_made_changed_and_deleted_with_its_files() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, " Blog ").await;
    assert_eq!((blog.name.as_str(), blog.revision.0, &blog.description), ("Blog", 1, &None));
    assert_eq!(
        newest(&kagi, 1),
        [(Action::EnvProjectCreate, AuditResult::Ok, format!("env_project {}", blog.id))]
    );
    for (file_type, content) in FileType::ALL.into_iter().rev().zip(["A=1", "", "A=2\n", "B=\n"]) {
        save(&kagi, &ada, &blog, file_type, content).await;
    }
    kagi.clock.advance(Duration::from_secs(1));
    let description = Description::parse("the blog").unwrap();
    let patch =
        EnvProjectPatch { description: Patch::set_or_clear(description.clone()), ..renamed("Weblog") };
    let changed = kagi.env_projects().update(&ada, blog.id, patch).await.unwrap();
    assert_eq!(changed.files.len(), 4);
    let changed = changed.project;
    assert_eq!((changed.name.as_str(), &changed.description), ("Weblog", &description));
    assert_eq!((changed.revision.0, changed.created_at), (2, blog.created_at));
    assert!(changed.updated_at > blog.updated_at);
    assert_eq!(newest(&kagi, 1)[0].0, Action::EnvProjectUpdate);
    let shown = kagi.env_projects().get(&ada, blog.id).await.unwrap();
    assert_eq!(shown.project, changed);
    let files: Vec<_> = shown.files.iter().map(|file| (file.file_type, file.size, file.version)).collect();
    let [env, local, production, development] = FileType::ALL;
    assert_eq!(files, [(env, 3, 1), (local, 4, 1), (production, 0, 1), (development, 3, 1)]);
    kagi.env_projects().delete(&ada, blog.id).await.unwrap();
    assert_eq!(newest(&kagi, 1)[0].0, Action::EnvProjectDelete);
    assert!(kagi.storage.env_file_cells().is_empty());
    assert!(matches!(kagi.env_projects().get(&ada, blog.id).await, Err(EnvProjectError::NotFound)));
    assert!(matches!(kagi.env_projects().delete(&ada, blog.id).await, Err(EnvProjectError::NotFound)));
    let gone = kagi.env_projects().update(&ada, blog.id, renamed("Blog")).await;
    assert!(matches!(gone, Err(EnvProjectError::NotFound)));
    let gone = kagi.env_projects().save(&ada, blog.id, env_file("A=1")).await;
    assert!(matches!(gone, Err(EnvProjectError::NotFound)));
}

#[tokio::test]
async fn a_name_is_taken_in_whatever_spelling_by_one_person() {
    let kagi = kagi();
    let (ada, eve) = (kagi.actor("ada").await, kagi.actor("eve").await);
    made(&kagi, &ada, "Straße").await;
    let other = made(&kagi, &ada, "Other").await;
    for name in ["straße", "ＳＴＲＡßＥ", " Straße "] {
        let taken = kagi.env_projects().create(&ada, env_project(name)).await;
        assert!(matches!(taken, Err(EnvProjectError::Exists)), "{name}");
        let taken = kagi.env_projects().update(&ada, other.id, renamed(name)).await;
        assert!(matches!(taken, Err(EnvProjectError::Exists)), "{name}");
    }
    assert_eq!(
        kagi.env_projects().update(&ada, other.id, renamed("OTHER")).await.unwrap().project.name.as_str(),
        "OTHER"
    );
    made(&kagi, &eve, "straße").await;
}

#[tokio::test]
async fn a_list_is_searched_and_paged_newest_first() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    for name in ["100% Blog", "Shop", "blog_2"] {
        let project = made(&kagi, &ada, name).await;
        save(&kagi, &ada, &project, FileType::Local, name).await;
        kagi.clock.advance(Duration::from_millis(2));
    }
    let described = made(&kagi, &ada, "Last").await;
    let description = Patch::set_or_clear(Description::parse("like a BLOG").unwrap());
    let patch = EnvProjectPatch { description, ..EnvProjectPatch::default() };
    kagi.env_projects().update(&ada, described.id, patch).await.unwrap();
    for (search, expected) in [
        (None, &["Last", "blog_2", "Shop", "100% Blog"][..]),
        (Some(" bLOG "), &["Last", "blog_2", "100% Blog"]),
        (Some("%"), &["100% Blog"]),
        (Some("_"), &["blog_2"]),
        (Some("local"), &[]),
    ] {
        let (mut names, mut after) = (Vec::new(), None);
        loop {
            let request = PageRequest { limit: PageLimit::new(2).unwrap(), after };
            let page = kagi.env_projects().list(&ada, search, &request).await.unwrap();
            names.extend(page.items.iter().map(|listing| {
                assert_eq!(listing.files.len(), usize::from(listing.project.name.as_str() != "Last"));
                listing.project.name.to_string()
            }));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(names, expected, "{search:?}");
    }
    for cursor in [Cursor::Number(1), Cursor::Key("a".to_owned())] {
        let page = PageRequest { after: Some(cursor), ..PageRequest::default() };
        assert!(matches!(
            kagi.env_projects().list(&ada, None, &page).await,
            Err(EnvProjectError::Invalid(_))
        ));
    }
}

#[tokio::test]
async fn a_limited_key_reaches_env_projects_of_its_names_only() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let (blog, shop) = (made(&kagi, &session, "Blog").await, made(&kagi, &session, "Shop").await);
    let file = save(&kagi, &session, &shop, FileType::Env, "A=1").await.file;
    let key = limited(&kagi, &session, &["BLOG", "Fresh"]).await;
    let list = kagi.env_projects().list(&key, None, &PageRequest::default()).await.unwrap().items;
    assert_eq!(list.iter().map(|listing| listing.project.id).collect::<Vec<_>>(), [blog.id]);
    let (before, cells) = (kagi.storage.audit_events().len(), kagi.storage.env_file_cells());
    assert!(matches!(kagi.env_projects().get(&key, shop.id).await, Err(EnvProjectError::NotFound)));
    assert!(matches!(kagi.env_projects().delete(&key, shop.id).await, Err(EnvProjectError::NotFound)));
    assert!(matches!(
        kagi.env_projects().update(&key, shop.id, renamed("Blog")).await,
        Err(EnvProjectError::NotFound)
    ));
    assert!(matches!(
        kagi.env_projects().save(&key, shop.id, env_file("B=2")).await,
        Err(EnvProjectError::NotFound)
    ));
    assert!(matches!(
        kagi.env_projects().reveal(&key, file.place()).await,
        Err(EnvProjectError::FileNotFound)
    ));
    assert!(matches!(
        kagi.env_projects().delete_file(&key, file.place()).await,
        Err(EnvProjectError::FileNotFound)
    ));
    assert_eq!((kagi.storage.audit_events().len(), kagi.storage.env_file_cells()), (before, cells));
    for refused in [
        kagi.env_projects().create(&key, env_project("Shop 2")).await.map(|_| ()),
        kagi.env_projects().update(&key, blog.id, renamed("Shop 2")).await.map(|_| ()),
    ] {
        let denied = Denied::Project(Scope::EnvsWrite);
        assert!(matches!(refused, Err(EnvProjectError::Denied(error)) if error == denied));
    }
    made(&kagi, &key, "fresh").await;
    save(&kagi, &key, &blog, FileType::Env, "A=1").await;
    kagi.env_projects().delete(&key, blog.id).await.unwrap();
}

#[tokio::test]
async fn each_operation_asks_for_its_scope() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let blog = made(&kagi, &session, "Blog").await;
    let place = save(&kagi, &session, &blog, FileType::Env, "A=1").await.file.place();
    save(&kagi, &session, &blog, FileType::Env, "A=2").await;
    let page = PageRequest::default();
    for scope in [Scope::EnvsRead, Scope::EnvsWrite, Scope::EnvsReveal] {
        let others: Vec<_> = Scope::ALL.iter().copied().filter(|other| *other != scope).collect();
        let issued = kagi.access_keys().create(&session, access_key("ci", &others)).await.unwrap();
        let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
        let envs = kagi.env_projects();
        let errors = match scope {
            Scope::EnvsRead => vec![
                envs.list(&key, None, &page).await.err(),
                envs.get(&key, blog.id).await.err(),
                envs.versions(&key, place, &page).await.err(),
            ],
            Scope::EnvsReveal => {
                vec![envs.reveal(&key, place).await.err(), envs.reveal_version(&key, place, 1).await.err()]
            }
            _ => vec![
                envs.create(&key, env_project("New")).await.err(),
                envs.update(&key, blog.id, renamed("New")).await.err(),
                envs.save(&key, blog.id, env_file("B=1")).await.err(),
                envs.restore(&key, place, 1).await.err(),
                envs.purge_version(&key, place, 1).await.err(),
                envs.delete_file(&key, place).await.err(),
                envs.delete(&key, blog.id).await.err(),
            ],
        };
        for error in errors {
            assert!(matches!(error, Some(EnvProjectError::Denied(Denied::Scope(denied))) if denied == scope));
        }
    }
    assert_eq!(kagi.storage.env_file_cells().len(), 2);
}

#[tokio::test]
async fn a_change_in_between_is_tried_again_and_a_lost_commit_changes_nothing() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let blog = made(&kagi, &ada, "Blog").await;
    (0..4).for_each(|_| kagi.storage.fail_next_commit(StorageError::Conflict));
    assert_eq!(
        kagi.env_projects().update(&ada, blog.id, renamed("Weblog")).await.unwrap().project.revision.0,
        2
    );
    kagi.storage.fail_next_commit(StorageError::Unavailable);
    assert!(kagi.env_projects().delete(&ada, blog.id).await.is_err());
    assert_eq!(kagi.env_projects().get(&ada, blog.id).await.unwrap().project.name.as_str(), "Weblog");
}
