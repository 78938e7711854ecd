//! P7: what each operation costs in statements, and that none costs more in a larger vault.
//!
//! A transaction's begin and end come on top. `docs/PERFORMANCE.md` explains the numbers.

use std::time::Duration;

use kagi_domain::{
    access::{Actor, Scope},
    audit::{Action, AuditFilter},
    model::{
        Patch,
        category::CategoryPatch,
        entry::{EntryPatch, Environment},
        user::ProfilePatch,
    },
    paging::PageRequest,
    services::{
        entries::EntryQuery,
        export::ExportError,
        sign_in::{NewPassword, registration},
    },
};
use kagi_tests::samples::{access_key, category, entry, parse, secret, text_value};

use crate::vault::{Person, Place, on_both};

const PASSWORD: &str = "correct horse battery";

/// The operations' costs in a vault of a few rows more than `rows`.
async fn costs(place: &Place, name: &str, rows: usize) -> Vec<(&'static str, u64)> {
    let who = Person::new(place, name).await;
    let (kagi, actor) = (&place.kagi, &who.actor);
    let id = who.keep(place, who.simple, "first", "value").await;
    for n in 0..rows {
        who.keep(place, who.simple, &format!("project {n}"), "value").await;
        kagi.categories().create(actor, category(&format!("Category {n}"), "K")).await.unwrap();
    }
    let (categories, entries) = (kagi.categories(), kagi.entries());
    let page = PageRequest::default();
    let search = EntryQuery { search: Some("project".to_owned()), ..EntryQuery::default() };
    let renamed = EntryPatch { environment: Some(Environment::Local), ..EntryPatch::default() };
    let saved = EntryPatch { value: Some(text_value("second")), ..EntryPatch::default() };
    let mut rows = vec![
        ("list categories", place.cost(categories.list(actor, None, &page)).await),
        ("get a category", place.cost(categories.get(actor, who.simple)).await),
        ("make a category", place.cost(categories.create(actor, category("New", "K"))).await),
        (
            "change a category",
            place.cost(categories.update(actor, who.other, CategoryPatch::default())).await,
        ),
        ("delete a category", place.cost(categories.delete(actor, who.group)).await),
        ("list entries", place.cost(entries.list(actor, EntryQuery::default(), &page)).await),
        ("search entries", place.cost(entries.list(actor, search, &page)).await),
        ("list project names", place.cost(entries.project_names(actor)).await),
        ("get an entry", place.cost(entries.get(actor, id)).await),
        ("reveal an entry", place.cost(entries.reveal(actor, id)).await),
        ("make an entry", place.cost(entries.create(actor, entry(who.simple, "new", "value"))).await),
        ("change an entry's metadata", place.cost(entries.update(actor, id, renamed)).await),
        ("change an entry's value", place.cost(entries.update(actor, id, saved)).await),
    ];
    rows.extend([
        ("list an entry's versions", place.cost(entries.versions(actor, id, &page)).await),
        ("reveal a version", place.cost(entries.reveal_version(actor, id, 1)).await),
        ("restore a version", place.cost(entries.restore(actor, id, 1)).await),
        ("purge a version", place.cost(entries.purge_version(actor, id, 1)).await),
    ]);
    rows.push(("delete an entry", place.cost(entries.delete(actor, id)).await));
    let trail = kagi.audit_trail();
    let rare = AuditFilter { action: Some(Action::CategoryDelete), ..AuditFilter::default() };
    rows.extend([
        ("see the vault at a glance", place.cost(kagi.overview().get(actor)).await),
        ("list the audit trail", place.cost(trail.list(actor, &AuditFilter::default(), &page)).await),
        ("list the audit trail by action", place.cost(trail.list(actor, &rare, &page)).await),
        ("export up to 500 rows of each kind", place.cost(exported(place, actor)).await),
    ]);
    rows
}

/// A whole export, of how many pieces.
async fn exported(place: &Place, actor: &Actor) -> Result<usize, ExportError> {
    let mut export = place.kagi.export().begin(actor).await?;
    let mut count = 0;
    loop {
        match export.next().await?.len() {
            0 => return Ok(count),
            pieces => count += pieces,
        }
    }
}

async fn operations_cost_what_is_written_down(place: &Place) {
    let expected = [
        ("list categories", 1),
        ("get a category", 1),
        ("make a category", 2),
        ("change a category", 5),
        ("delete a category", 6),
        ("list entries", 1),
        ("search entries", 1),
        ("list project names", 1),
        ("get an entry", 1),
        ("reveal an entry", 2),
        ("make an entry", 6),
        ("change an entry's metadata", 4),
        ("change an entry's value", 8),
        ("list an entry's versions", 1),
        ("reveal a version", 2),
        ("restore a version", 9),
        ("purge a version", 3),
        ("delete an entry", 4),
        ("see the vault at a glance", 3),
        ("list the audit trail", 1),
        ("list the audit trail by action", 1),
        ("export up to 500 rows of each kind", 6),
    ];
    assert_eq!(costs(place, "small", 0).await, expected);
    assert_eq!(costs(place, "large", 60).await, expected, "a larger vault costs no more");
}

async fn a_credential_costs_one_statement(place: &Place) {
    let sign_in = place.kagi.sign_in();
    let who = registration("ada@example.com", secret("correct horse battery"), None).unwrap();
    let origin = || place.kagi.origin(None);
    let signed_in = sign_in.set_up(&sign_in.set_up_token(), who, origin()).await.unwrap();
    assert_eq!(place.cost(sign_in.by_session(&signed_in.token, origin())).await, 1);
    let session = sign_in.by_session(&signed_in.token, origin()).await.unwrap().actor;
    let issued = place.kagi.access_keys().create(&session, access_key("ci", Scope::ALL)).await.unwrap();
    sign_in.by_access_key(&issued.token, origin()).await.unwrap();
    // The time of use is written in the background, once a minute; behind it there is nothing else.
    let used = async || {
        let page = place.kagi.access_keys().list(&session, None, &PageRequest::default()).await.unwrap();
        page.items.iter().any(|key| key.last_used_at.is_some())
    };
    let written = async {
        while !used().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), written).await.expect("the time of use is written");
    assert_eq!(place.cost(sign_in.by_access_key(&issued.token, origin())).await, 1);
}

/// The own account's costs, with more categories, entries, sessions and keys than one.
async fn account_costs(place: &Place, email: &str, rows: usize) -> Vec<(&'static str, u64)> {
    let kagi = &place.kagi;
    let (sign_in, account) = (kagi.sign_in(), kagi.account());
    kagi.people().add(registration(email, secret(PASSWORD), None).unwrap()).await.unwrap();
    let enter = async || sign_in.sign_in(email, secret(PASSWORD), kagi.origin(None)).await.unwrap();
    let token = enter().await.token;
    let actor = sign_in.by_session(&token, kagi.origin(None)).await.unwrap().actor;
    let fill = async || {
        for n in 0..=rows {
            let made =
                kagi.categories().create(&actor, category(&format!("Category {n}"), "K")).await.unwrap();
            kagi.entries().create(&actor, entry(made.category.id, "Blog", "value")).await.unwrap();
            kagi.access_keys().create(&actor, access_key("ci", Scope::ALL)).await.unwrap();
        }
    };
    fill().await;
    for _ in 0..=rows {
        enter().await;
    }
    let other = enter().await.session.id;
    let (page, new) = (PageRequest::default(), NewPassword::parse(secret("another horse battery")).unwrap());
    let named = ProfilePatch { name: Patch::Set(parse("Ada")) };
    let mut costs = vec![
        ("show the account", place.cost(account.profile(&actor)).await),
        ("change the profile", place.cost(account.update(&actor, named)).await),
        ("list sessions", place.cost(account.sessions(&actor, &page)).await),
        ("see how the vault is sealed", place.cost(kagi.encryption().get(&actor)).await),
        ("end a session", place.cost(account.end_session(&actor, other)).await),
        ("end all other sessions", place.cost(account.end_other_sessions(&actor)).await),
        ("change the password", place.cost(sign_in.change_password(&actor, secret(PASSWORD), new)).await),
        ("empty the vault", place.cost(account.wipe(&actor)).await),
    ];
    fill().await;
    costs.push(("delete the account", place.cost(account.delete(&actor)).await));
    costs
}

async fn an_account_costs_what_is_written_down(place: &Place) {
    let expected = [
        ("show the account", 1),
        ("change the profile", 3),
        ("list sessions", 1),
        ("see how the vault is sealed", 1),
        ("end a session", 2),
        ("end all other sessions", 2),
        ("change the password", 14),
        ("empty the vault", 12),
        ("delete the account", 13),
    ];
    assert_eq!(account_costs(place, "small@example.com", 0).await, expected);
    assert_eq!(account_costs(place, "large@example.com", 40).await, expected, "a larger vault costs no more");
    for table in ["users", "sessions", "access_keys", "categories", "entries", "entry_versions"] {
        assert_eq!(place.count(&format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
    }
}

on_both! {
    an_account_costs_what_is_written_down;
    operations_cost_what_is_written_down;
    a_credential_costs_one_statement;
}
