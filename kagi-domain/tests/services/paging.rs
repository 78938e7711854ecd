//! Which cursors a list goes on from.

use kagi_domain::{
    access::Actor,
    audit::AuditFilter,
    fields::Invalid,
    paging::{Cursor, PageRequest},
    services::{
        access_keys::AccessKeyError,
        account::AccountError,
        audit_trail::AuditTrailError,
        categories::CategoryError,
        entries::{EntryError, EntryQuery},
        recovery_sets::RecoverySetError,
    },
};
use kagi_tests::{TestKagi, kagi};
use uuid::Uuid;

use crate::{acting, set_up, versions::history};

/// What a list says of the request: `None` when it answers with a page.
macro_rules! refusal {
    ($listed:expr, $error:ident) => {
        match $listed.await {
            Ok(_) => None,
            Err($error::Invalid(invalid)) => Some(invalid),
            Err(other) => panic!("{other:?}"),
        }
    };
}

async fn refusals(
    kagi: &TestKagi,
    actor: &Actor,
    page: &PageRequest,
) -> [(&'static str, Option<Invalid>); 7] {
    let entry = history(kagi, actor, &["a", "b"]).await;
    let filter = AuditFilter::default();
    let lists = [
        ("key categories", refusal!(kagi.categories().list(actor, None, page), CategoryError)),
        ("id entries", refusal!(kagi.entries().list(actor, EntryQuery::default(), page), EntryError)),
        ("number versions", refusal!(kagi.entries().versions(actor, entry, page), EntryError)),
        ("id recovery sets", refusal!(kagi.recovery_sets().list(actor, None, page), RecoverySetError)),
        ("id access keys", refusal!(kagi.access_keys().list(actor, None, page), AccessKeyError)),
        ("id sessions", refusal!(kagi.account().sessions(actor, page), AccountError)),
        ("id events", refusal!(kagi.audit_trail().list(actor, &filter, page), AuditTrailError)),
    ];
    let category = kagi.entries().get(actor, entry).await.unwrap().category.id;
    kagi.categories().delete(actor, category).await.unwrap();
    lists
}

#[tokio::test]
async fn each_list_refuses_the_cursors_of_lists_in_another_order() {
    let kagi = kagi();
    let ada = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let cursors = [
        ("id", Cursor::Id(Uuid::nil())),
        ("key", Cursor::Key("a".to_owned())),
        ("number", Cursor::Number(2)),
    ];
    for (kind, cursor) in cursors {
        let page = PageRequest { after: Some(cursor), ..PageRequest::default() };
        for (list, refusal) in refusals(&kagi, &ada, &page).await {
            let field = refusal.as_ref().map(|invalid| invalid.fields()[0].field.clone());
            let due = (!list.starts_with(kind)).then(|| "cursor".into());
            assert_eq!(field, due, "{list} with a cursor by {kind}");
        }
    }
    assert!(
        refusals(&kagi, &ada, &PageRequest::default()).await.iter().all(|(_, refusal)| refusal.is_none())
    );
}
