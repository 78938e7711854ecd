//! Exports, piece by piece.

use kagi_domain::{
    access::{Actor, Denied, Scope},
    audit::Action,
    ports::StorageError,
    services::export::{ExportError, Piece},
};
use kagi_tests::{
    TestKagi, kagi,
    samples::{access_key, category, entry, env_file, env_project, only, recovery_set},
};

use crate::{acting, from, set_up};

/// What an export holds: names of categories, and below them projects.
async fn exported(kagi: &TestKagi, actor: &Actor) -> Vec<String> {
    let mut export = kagi.export().begin(actor).await.unwrap();
    let mut names = Vec::new();
    loop {
        let pieces = export.next().await.unwrap();
        if pieces.is_empty() {
            return names;
        }
        names.extend(pieces.into_iter().map(|piece| match piece {
            Piece::Category(listing) => format!("{} ({})", listing.category.name, listing.entry_count),
            Piece::Entry(entry) => format!("- {}", entry.project),
            Piece::RecoverySet(set) => format!("{} of {}", set.service, set.codes.len()),
            Piece::EnvProject(row) => format!("{} with {}", row.project.name, row.files.len()),
        }));
    }
}

fn exports(kagi: &TestKagi) -> usize {
    kagi.storage.audit_events().iter().filter(|event| event.action == Action::ExportRead).count()
}

#[tokio::test]
async fn an_export_holds_what_is_within_reach_and_is_in_the_trail() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    assert!(exported(&kagi, &session).await.is_empty());
    let eve = kagi.actor("eve").await;
    for (name, projects) in [("Zebra", &["Shop", "Blog"][..]), ("Empty", &[]), ("Apple", &["Blog"])] {
        let id = kagi.categories().create(&session, category(name, "K")).await.unwrap().category.id;
        kagi.categories().create(&eve, category(name, "K")).await.unwrap();
        for project in projects {
            kagi.entries().create(&session, entry(id, project, "v")).await.unwrap();
        }
    }
    kagi.recovery_sets().create(&session, recovery_set("GitHub", &["a", "b"])).await.unwrap();
    kagi.recovery_sets().create(&eve, recovery_set("Theirs", &["c"])).await.unwrap();
    for (actor, name) in [(&session, "Shop"), (&session, "Blog"), (&eve, "Theirs")] {
        let id = kagi.env_projects().create(actor, env_project(name)).await.unwrap().project.id;
        kagi.env_projects().save(actor, id, env_file("A=1")).await.unwrap();
    }
    let whole = [
        "Zebra (2)",
        "- Shop",
        "- Blog",
        "Empty (0)",
        "Apple (1)",
        "- Blog",
        "GitHub of 2",
        "Blog with 1",
        "Shop with 1",
    ];
    assert_eq!(exported(&kagi, &session).await, whole);
    assert_eq!(exports(&kagi), 2);

    let mut new = access_key("ci", &[Scope::ExportRead]);
    new.projects = only(&["shop"]);
    let issued = kagi.access_keys().create(&session, new).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    assert_eq!(
        exported(&kagi, &key).await,
        ["Zebra (1)", "- Shop", "Empty (0)", "Apple (0)", "GitHub of 2", "Shop with 1"]
    );
}

#[tokio::test]
async fn no_export_begins_without_its_event_or_its_scope() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    kagi.storage.fail_audit(true);
    let refused = kagi.export().begin(&session).await.unwrap_err();
    assert!(matches!(refused, ExportError::Storage(StorageError::Unavailable)));
    kagi.storage.fail_audit(false);
    let every = Scope::ALL.iter().copied().filter(|scope| *scope != Scope::ExportRead);
    let new = access_key("ci", &every.collect::<Vec<_>>());
    let issued = kagi.access_keys().create(&session, new).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let refused = kagi.export().begin(&key).await.unwrap_err();
    assert!(matches!(refused, ExportError::Denied(Denied::Scope(Scope::ExportRead))));
    assert_eq!(exports(&kagi), 0);
}

#[tokio::test]
async fn a_failure_ends_an_export_as_one() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    kagi.categories().create(&ada, category("One", "K")).await.unwrap();
    let mut export = kagi.export().begin(&ada).await.unwrap();
    kagi.storage.set_unavailable(true);
    assert_eq!(export.next().await.unwrap_err(), StorageError::Unavailable);
}
