//! A row that somebody damaged in the database hides no other: lists go on without it and say so. What must
//! be whole is whole or refused.

use kagi_domain::{
    access::Actor,
    paging::{Page, PageLimit, PageRequest},
    ports::StorageError,
    services::{
        entries::{EntryError, EntryQuery},
        export::ExportError,
    },
};
use kagi_tests::samples::{env_file, env_project, recovery_set};

use crate::vault::{Person, Place, on_both};

/// Walks a list by pages of one row: the names of what it shows, and how many rows it left out.
async fn walk<T, E: std::fmt::Debug>(
    list: impl AsyncFn(PageRequest) -> Result<Page<T>, E>,
    name: impl Fn(&T) -> String,
) -> (Vec<String>, usize) {
    let (mut names, mut damaged, mut after) = (Vec::new(), 0, None);
    loop {
        let page = list(PageRequest { limit: PageLimit::new(1).unwrap(), after }).await.unwrap();
        names.extend(page.items.iter().map(&name));
        damaged += page.damaged;
        after = page.next;
        if after.is_none() {
            return (names, damaged);
        }
    }
}

async fn export(place: &Place, actor: &Actor) -> Result<(), ExportError> {
    let mut export = place.kagi.export().begin(actor).await?;
    while !export.next().await?.is_empty() {}
    Ok(())
}

async fn a_damaged_category_hides_no_other(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let (kept, lost) = (
        ada.keep(place, ada.other, "Kept", "canary").await,
        ada.keep(place, ada.simple, "Lost", "canary").await,
    );
    let (kagi, actor, row) = (&place.kagi, &ada.actor, place.literal(ada.simple));
    let categories = || {
        walk(
            async |page| kagi.categories().list(actor, None, &page).await,
            |listing| listing.category.name.to_string(),
        )
    };
    let entries = || {
        walk(
            async |page| kagi.entries().list(actor, EntryQuery::default(), &page).await,
            |listing| listing.entry.project.to_string(),
        )
    };
    let tamper = async |change: &str| {
        place.tamper(&format!("UPDATE categories SET {change} WHERE id = {row}")).await;
    };
    place.tamper("UPDATE entries SET expires_at = 1").await;
    let all = (["AWS", "OpenAI API", "Stripe"].map(str::to_owned).to_vec(), 0);
    for (damage, mending) in [
        ("field_definitions = 'none'", "field_definitions = '[]'"),
        ("name = ''", "name = 'OpenAI API'"),
        ("key_type = 'odd'", "key_type = 'simple'"),
    ] {
        assert_eq!(categories().await, all);
        tamper(damage).await;
        assert_eq!(categories().await, (["AWS", "Stripe"].map(str::to_owned).to_vec(), 1), "{damage}");
        assert_eq!(entries().await, (vec!["Kept".to_owned()], 1), "{damage}");
        assert_eq!(kagi.overview().get(actor).await.unwrap().expiring.len(), 1, "{damage}");
        assert_eq!(ada.reveal(place, kept).await.as_deref(), Some("canary"));
        let refused = kagi.entries().get(actor, lost).await;
        assert!(matches!(refused, Err(EntryError::Storage(StorageError::Corrupt))), "{damage}: {refused:?}");
        export(place, actor).await.unwrap_err();
        tamper(mending).await;
        export(place, actor).await.unwrap();
    }
    // What only decorates is left away.
    tamper("color = 'red', icon_slug = 'No Icon'").await;
    assert_eq!(categories().await, all);
    let shown = kagi.categories().get(actor, ada.simple).await.unwrap().category;
    assert_eq!((shown.color, shown.icon), (None, None));
    assert_eq!(ada.reveal(place, lost).await.as_deref(), Some("canary"));
}

async fn damaged_sets_and_projects_hide_no_others(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let (kagi, actor) = (&place.kagi, &ada.actor);
    for name in ["One", "Two"] {
        kagi.recovery_sets().create(actor, recovery_set(name, &["canary"])).await.unwrap();
        let project = kagi.env_projects().create(actor, env_project(name)).await.unwrap().project.id;
        kagi.env_projects().save(actor, project, env_file("A=1")).await.unwrap();
    }
    let sets = || {
        walk(async |page| kagi.recovery_sets().list(actor, None, &page).await, |set| set.service.to_string())
    };
    let projects = || {
        walk(
            async |page| kagi.env_projects().list(actor, None, &page).await,
            |listing| listing.project.name.to_string(),
        )
    };
    export(place, actor).await.unwrap();
    let left = (vec!["Two".to_owned()], 1);
    place.tamper("UPDATE recovery_sets SET service = '' WHERE service = 'One'").await;
    assert_eq!(sets().await, left);
    assert_eq!(kagi.recovery_sets().running_low(actor).await.unwrap().len(), 1);
    export(place, actor).await.unwrap_err();
    place.tamper("UPDATE recovery_sets SET service = 'One' WHERE service = ''").await;
    place
        .tamper(
            "UPDATE env_files SET file_type = 'odd'
             WHERE project_id = (SELECT id FROM env_projects WHERE name = 'One')",
        )
        .await;
    assert_eq!(projects().await, left);
    export(place, actor).await.unwrap_err();
}

on_both! {
    a_damaged_category_hides_no_other;
    damaged_sets_and_projects_hide_no_others;
}
