//! Env files on the real parts: every byte comes back (256 KiB of them), a cell opens only where it was
//! sealed (C1), and each operation costs what is written down (P7).

use kagi_domain::{
    model::env_project::{EnvContent, EnvFileDraft, EnvFilePlace, EnvProjectPatch, FileType},
    paging::PageRequest,
    services::{entries::EntryError, env_projects::EnvProjectError, recovery_sets::RecoverySetError},
};
use kagi_tests::samples::{env_file, env_project, recovery_set};

use crate::vault::{Person, Place, on_both};

struct Kept<'a> {
    who: &'a Person,
    place: EnvFilePlace,
    version: u32,
    content: String,
}

impl Person {
    /// Saves a content as a project's file of this type, and gives its place.
    async fn save(
        &self,
        place: &Place,
        project: EnvFilePlace,
        file_type: FileType,
        content: &str,
    ) -> EnvFilePlace {
        let draft = EnvFileDraft { file_type, ..env_file(content) };
        let saved = place.kagi.env_projects().save(&self.actor, project.project, draft).await.unwrap();
        saved.file.place()
    }

    /// A new project with a `.env` of this content.
    async fn project(&self, place: &Place, name: &str, content: &str) -> EnvFilePlace {
        let envs = place.kagi.env_projects();
        let project = envs.create(&self.actor, env_project(name)).await.unwrap().project.id;
        envs.save(&self.actor, project, env_file(content)).await.unwrap().file.place()
    }
}

/// Two people's files: of two versions, of two types, in two projects.
async fn keep<'a>(place: &Place, people: [&'a Person; 2]) -> Vec<Kept<'a>> {
    let mut kept = Vec::new();
    for (n, who) in people.into_iter().enumerate() {
        let content = |what: &str| format!("A=canary-{n}-{what}");
        let one = who.project(place, "One", &content("old")).await;
        who.save(place, one, FileType::Env, &content("new")).await;
        let local = who.save(place, one, FileType::Local, &content("local")).await;
        let two = who.project(place, "Two", &content("two")).await;
        let files = [(one, 1, "old"), (one, 2, "new"), (local, 1, "local"), (two, 1, "two")];
        kept.extend(files.map(|(place, version, what)| Kept { who, place, version, content: content(what) }));
    }
    kept
}

async fn failures(place: &Place) -> i64 {
    let events =
        "SELECT COUNT(*) FROM audit_events WHERE action LIKE 'env_file.reveal%' AND result = 'failed'";
    place.count(events).await
}

/// The reveal of what this person can reach fails closed, is audited, and tells nothing.
async fn fails(place: &Place, who: &Person, at: EnvFilePlace) {
    let before = failures(place).await;
    let error = place.kagi.env_projects().reveal(&who.actor, at).await.unwrap_err();
    assert!(matches!(error, EnvProjectError::Integrity), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(failures(place).await - before, 1);
}

/// The row left this person's reach: as for what never was, nothing is disclosed and nothing is written down.
async fn is_out_of_reach(place: &Place, who: &Person, at: EnvFilePlace) {
    let events = "SELECT COUNT(*) FROM audit_events";
    let before = place.count(events).await;
    let error = place.kagi.env_projects().reveal(&who.actor, at).await.unwrap_err();
    assert!(matches!(error, EnvProjectError::FileNotFound), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(place.count(events).await, before);
}

/// Every version but the broken ones reveals its content; those fail closed, are audited, and tell nothing.
async fn check(place: &Place, kept: &[Kept<'_>], broken: &[usize]) {
    let before = failures(place).await;
    for (index, Kept { who, place: file, version, content }) in kept.iter().enumerate() {
        let revealed = place.kagi.env_projects().reveal_version(&who.actor, *file, *version).await;
        if broken.contains(&index) {
            let error = revealed.unwrap_err();
            assert!(matches!(error, EnvProjectError::Integrity), "{error:?}");
            assert!(!format!("{error} {error:?}").contains("canary"));
        } else {
            assert_eq!(revealed.unwrap().content.expose(), content);
        }
    }
    assert_eq!(failures(place).await - before, i64::try_from(broken.len()).unwrap());
}

/// Where a version's row is.
fn row(place: &Place, kept: &Kept<'_>) -> String {
    format!("file_id = {} AND number = {}", place.literal(kept.place.file), kept.version)
}

async fn swap(place: &Place, one: &str, other: &str) {
    place
        .tamper(&format!(
            "CREATE TABLE held AS SELECT cell FROM env_file_versions WHERE {one};
             UPDATE env_file_versions SET cell = (SELECT cell FROM env_file_versions WHERE {other}) WHERE {one};
             UPDATE env_file_versions SET cell = (SELECT cell FROM held) WHERE {other};
             DROP TABLE held"
        ))
        .await;
}

async fn swapped_contents_fail_closed(place: &Place) {
    let (ada, bob) = (Person::new(place, "ada").await, Person::new(place, "bob").await);
    let kept = keep(place, [&ada, &bob]).await;
    check(place, &kept, &[]).await;
    for (n, one) in kept.iter().enumerate() {
        for (m, other) in kept.iter().enumerate().skip(n + 1) {
            let (one, other) = (row(place, one), row(place, other));
            swap(place, &one, &other).await;
            check(place, &kept, &[n, m]).await;
            swap(place, &one, &other).await;
        }
    }
    check(place, &kept, &[]).await;
}

/// An entry's or a recovery code's cell is no file's and a file's is none of theirs, though all are of one person
/// and one version.
async fn cells_of_other_kinds_fail_closed(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let file = ada.project(place, "One", "A=canary").await;
    let entry = ada.keep(place, ada.simple, "One", "A=canary").await;
    let sets = place.kagi.recovery_sets();
    let set = sets.create(&ada.actor, recovery_set("GitHub", &["A=canary"])).await.unwrap().id;
    let failed = "SELECT COUNT(*) FROM audit_events WHERE result = 'failed'";
    for (table, there) in [
        ("entry_versions", format!("entry_id = {}", place.literal(entry))),
        ("recovery_codes", format!("set_id = {}", place.literal(set))),
    ] {
        let here = format!("file_id = {}", place.literal(file.file));
        let swap = format!(
            "CREATE TABLE held AS SELECT cell FROM env_file_versions WHERE {here};
             UPDATE env_file_versions SET cell = (SELECT cell FROM {table} WHERE {there}) WHERE {here};
             UPDATE {table} SET cell = (SELECT cell FROM held) WHERE {there};
             DROP TABLE held"
        );
        place.tamper(&swap).await;
        fails(place, &ada, file).await;
        let before = place.count(failed).await;
        let told = if table == "entry_versions" {
            let error = place.kagi.entries().reveal(&ada.actor, entry).await.unwrap_err();
            assert!(matches!(error, EntryError::Integrity), "{error:?}");
            format!("{error} {error:?}")
        } else {
            let error = sets.reveal(&ada.actor, set, None).await.unwrap_err();
            assert!(matches!(error, RecoverySetError::Integrity), "{error:?}");
            format!("{error} {error:?}")
        };
        assert!(!told.contains("canary"));
        assert_eq!(place.count(failed).await - before, 1);
        place.tamper(&swap).await;
        let content = place.kagi.env_projects().reveal(&ada.actor, file).await.unwrap().content;
        assert_eq!(content.expose(), "A=canary");
    }
}

/// A row that says it is of another type, project or owner does not open.
async fn a_changed_row_fails_closed(place: &Place) {
    let (ada, bob) = (Person::new(place, "ada").await, Person::new(place, "bob").await);
    let file = ada.project(place, "One", "A=canary").await;
    let other = place.kagi.env_projects().create(&ada.actor, env_project("Other")).await.unwrap().project.id;
    let (id, moved) = (place.literal(file.file), place.literal(other));
    place.tamper(&format!("UPDATE env_files SET file_type = 'env.local' WHERE id = {id}")).await;
    fails(place, &ada, file).await;
    place
        .tamper(&format!("UPDATE env_files SET file_type = 'env', project_id = {moved} WHERE id = {id}"))
        .await;
    fails(place, &ada, EnvFilePlace { project: other, ..file }).await;
    is_out_of_reach(place, &ada, file).await;
    let (home, thief) = (place.literal(file.project), place.literal(bob.actor.user()));
    place.tamper(&format!("UPDATE env_files SET project_id = {home} WHERE id = {id}")).await;
    place.tamper(&format!("UPDATE env_projects SET user_id = {thief} WHERE id = {home}")).await;
    fails(place, &bob, file).await;
    is_out_of_reach(place, &ada, file).await;
}

/// The row of the file says that an old version is the current one, while a newer is there.
async fn a_file_that_was_turned_back_fails_closed(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let (file, other) = (ada.project(place, "One", "A=old").await, ada.project(place, "Two", "B=2").await);
    ada.save(place, file, FileType::Env, "A=canary").await;
    let id = place.literal(file.file);
    let envs = place.kagi.env_projects();
    place.tamper(&format!("UPDATE env_files SET version = 1 WHERE id = {id}")).await;
    fails(place, &ada, file).await;
    assert_eq!(envs.reveal_version(&ada.actor, file, 1).await.unwrap().content.expose(), "A=old");
    assert_eq!(envs.reveal(&ada.actor, other).await.unwrap().content.expose(), "B=2");
    place.tamper(&format!("UPDATE env_files SET version = 2 WHERE id = {id}")).await;
    assert_eq!(envs.reveal(&ada.actor, file).await.unwrap().content.expose(), "A=canary");
}

async fn the_longest_file_comes_back_byte_for_byte(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let mut content = "\u{feff}A='\u{9375}\r\n\"B\"=\t\\x\r$(C)\u{1}\n".repeat(10_000);
    while content.len() > EnvContent::MAX_BYTES {
        content.pop();
    }
    content.extend(std::iter::repeat_n('#', EnvContent::MAX_BYTES - content.len()));
    let file = ada.project(place, "One", &content).await;
    let envs = place.kagi.env_projects();
    let shown = envs.get(&ada.actor, file.project).await.unwrap();
    assert_eq!(shown.files[0].size as usize, EnvContent::MAX_BYTES);
    assert!(envs.reveal(&ada.actor, file).await.unwrap().content.expose() == content);
    envs.save(&ada.actor, file.project, env_file("A=1")).await.unwrap();
    assert_eq!(envs.restore(&ada.actor, file, 1).await.unwrap().file.version, 3);
    for number in [1, 3] {
        let old = envs.reveal_version(&ada.actor, file, number).await.unwrap();
        assert!(old.content.expose() == content, "version {number}");
    }
}

/// The operations' costs in a vault of so many projects more, each with files.
async fn costs(place: &Place, name: &str, projects: usize) -> Vec<(&'static str, u64)> {
    let ada = Person::new(place, name).await;
    for n in 0..projects {
        let file = ada.project(place, &format!("project {n}"), "A=1").await;
        ada.save(place, file, FileType::Local, "A=1").await;
    }
    let file = ada.project(place, "One", "A=1").await;
    let (envs, actor, page) = (place.kagi.env_projects(), &ada.actor, PageRequest::default());
    let local = || EnvFileDraft { file_type: FileType::Local, ..env_file("A=1") };
    vec![
        ("list env projects", place.cost(envs.list(actor, None, &page)).await),
        ("search env projects", place.cost(envs.list(actor, Some("one"), &page)).await),
        ("get an env project", place.cost(envs.get(actor, file.project)).await),
        ("make an env project", place.cost(envs.create(actor, env_project("New"))).await),
        (
            "change an env project",
            place.cost(envs.update(actor, file.project, EnvProjectPatch::default())).await,
        ),
        ("make a file", place.cost(envs.save(actor, file.project, local())).await),
        ("save a file", place.cost(envs.save(actor, file.project, env_file("A=2"))).await),
        ("reveal a file", place.cost(envs.reveal(actor, file)).await),
        ("list a file's versions", place.cost(envs.versions(actor, file, &page)).await),
        ("reveal a file's version", place.cost(envs.reveal_version(actor, file, 1)).await),
        ("restore a file's version", place.cost(envs.restore(actor, file, 1)).await),
        ("purge a file's version", place.cost(envs.purge_version(actor, file, 1)).await),
        ("delete a file", place.cost(envs.delete_file(actor, file)).await),
        ("delete an env project", place.cost(envs.delete(actor, file.project)).await),
    ]
}

async fn env_files_cost_what_is_written_down(place: &Place) {
    let expected = [
        ("list env projects", 2),
        ("search env projects", 2),
        ("get an env project", 2),
        ("make an env project", 2),
        ("change an env project", 5),
        ("make a file", 6),
        ("save a file", 7),
        ("reveal a file", 2),
        ("list a file's versions", 1),
        ("reveal a file's version", 2),
        ("restore a file's version", 7),
        ("purge a file's version", 3),
        ("delete a file", 2),
        ("delete an env project", 2),
    ];
    assert_eq!(costs(place, "small", 0).await, expected);
    assert_eq!(costs(place, "large", 40).await, expected, "a larger vault costs no more");
}

on_both! {
    swapped_contents_fail_closed;
    cells_of_other_kinds_fail_closed;
    a_changed_row_fails_closed;
    a_file_that_was_turned_back_fails_closed;
    the_longest_file_comes_back_byte_for_byte;
    env_files_cost_what_is_written_down;
}
