//! Categories.

use kagi_domain::{
    access::{Denied, Scope},
    audit::Action,
    model::{
        Patch,
        category::{CategoryPatch, KeyType, ShapeError},
        entry::EntryPatch,
    },
    paging::PageRequest,
    ports::StorageError,
    services::categories::CategoryError,
};
use kagi_tests::{
    kagi,
    samples::{access_key, category, entry, env_vars, group, group_value, only, parse},
};

use crate::{acting, from, set_up};

#[tokio::test]
async fn a_name_is_unique_folded_within_its_owner() {
    let kagi = kagi();
    let (ada, bob) = (kagi.actor("ada").await, kagi.actor("bob").await);
    kagi.categories().create(&ada, category("OpenAI API", "OPENAI_API_KEY")).await.unwrap();
    let same = kagi.categories().create(&ada, category("ＯＰＥＮＡＩ api", "K")).await;
    assert!(matches!(same, Err(CategoryError::Exists)));
    kagi.categories().create(&bob, category("OpenAI API", "K")).await.unwrap();
}

#[tokio::test]
async fn a_patch_touches_what_it_names() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let mut new = group("AWS", &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"]);
    new.public_names = Some(env_vars(&["AWS_REGION"]));
    new.color = Some(parse("#FF9900"));
    let made = kagi.categories().create(&ada, new).await.unwrap().category;

    let patch = CategoryPatch { name: Some(parse("Amazon")), ..CategoryPatch::default() };
    let renamed = kagi.categories().update(&ada, made.id, patch).await.unwrap().category;
    assert_eq!((&renamed.shape, &renamed.color), (&made.shape, &made.color));
    assert_eq!(renamed.public_names, made.public_names);

    let patch = CategoryPatch { color: Patch::Clear, ..CategoryPatch::default() };
    let cleared = kagi.categories().update(&ada, made.id, patch).await.unwrap().category;
    assert_eq!(cleared.color, None);

    let fields = Patch::Set(env_vars(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]));
    let patch = CategoryPatch { fields, ..CategoryPatch::default() };
    let fewer = kagi.categories().update(&ada, made.id, patch).await.unwrap().category;
    assert_eq!(fewer.public_names, Some(vec![]), "a public name goes with its field, and stays explicit");

    let patch = CategoryPatch { public_names: Patch::Set(env_vars(&["NOPE"])), ..CategoryPatch::default() };
    assert!(matches!(kagi.categories().update(&ada, made.id, patch).await, Err(CategoryError::Invalid(_))));
}

#[tokio::test]
async fn entries_hold_their_category_to_its_type_and_filled_fields() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let aws =
        kagi.categories().create(&ada, group("AWS", &["ID", "SECRET", "REGION"])).await.unwrap().category;
    let to_simple = || CategoryPatch {
        key_type: Some(KeyType::Simple),
        env_var: Patch::Set(parse("AWS_KEY")),
        ..CategoryPatch::default()
    };
    let mut new = entry(aws.id, "Blog", "");
    new.value = group_value(&[("ID", "a"), ("SECRET", "b")]);
    let made = kagi.entries().create(&ada, new).await.unwrap().entry;
    let refused = kagi.categories().update(&ada, aws.id, to_simple()).await;
    assert!(matches!(refused, Err(CategoryError::TypeInUse)));

    let fields = |names| CategoryPatch { fields: Patch::Set(env_vars(names)), ..CategoryPatch::default() };
    let refused = kagi.categories().update(&ada, aws.id, fields(&["ID", "REGION"])).await;
    assert!(matches!(refused, Err(CategoryError::FieldInUse)));
    kagi.categories().update(&ada, aws.id, fields(&["SECRET", "ID", "TOKEN"])).await.unwrap();

    let value = Some(group_value(&[("ID", "a")]));
    kagi.entries().update(&ada, made.id, EntryPatch { value, ..EntryPatch::default() }).await.unwrap();
    kagi.categories().update(&ada, aws.id, fields(&["ID"])).await.unwrap();
    kagi.entries().delete(&ada, made.id).await.unwrap();
    let changed = kagi.categories().update(&ada, aws.id, to_simple()).await.unwrap().category;
    assert_eq!(changed.shape.env_var().unwrap().as_str(), "AWS_KEY");
    let nameless = CategoryPatch { key_type: Some(KeyType::Group), ..CategoryPatch::default() };
    let refused = kagi.categories().update(&ada, aws.id, nameless).await;
    assert!(matches!(refused, Err(CategoryError::Shape(ShapeError::GroupRequiresFields))));
}

#[tokio::test]
async fn a_limited_key_changes_no_category_that_other_projects_use() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let made = kagi.categories().create(&session, category("OpenAI", "K")).await.unwrap().category;
    kagi.entries().create(&session, entry(made.id, "Shop", "v")).await.unwrap();
    let mut new = access_key("ci", &[Scope::CategoriesWrite, Scope::CategoriesRead]);
    new.projects = only(&["Blog"]);
    let issued = kagi.access_keys().create(&session, new).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let patch = CategoryPatch { env_var: Patch::Set(parse("PWNED")), ..CategoryPatch::default() };
    let refused = kagi.categories().update(&key, made.id, patch.clone()).await;
    assert!(matches!(refused, Err(CategoryError::Denied(Denied::Project(Scope::CategoriesWrite)))));
    assert_eq!(kagi.storage.audit_events().last().unwrap().action, Action::AccessDenied);
    let shape = kagi.categories().get(&session, made.id).await.unwrap().category.shape;
    assert_eq!(shape.env_var(), Some(&parse("K")));
    let unused = kagi.categories().create(&session, category("Stripe", "S")).await.unwrap().category;
    kagi.categories().update(&key, unused.id, patch).await.expect("nobody beyond its projects uses it");
    let refused = kagi.categories().delete(&key, made.id).await;
    assert!(matches!(refused, Err(CategoryError::Denied(Denied::Project(Scope::CategoriesWrite)))));
    assert_eq!(kagi.categories().get(&key, made.id).await.unwrap().entry_count, 0, "counts what is in reach");
    assert_eq!(kagi.categories().get(&session, made.id).await.unwrap().entry_count, 1);
    kagi.categories().delete(&session, made.id).await.unwrap();
    assert!(kagi.storage.cells().is_empty());
}

#[tokio::test]
async fn conflicts_are_tried_again_and_then_told() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let made = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    let rename = |name| CategoryPatch { name: Some(parse(name)), ..CategoryPatch::default() };
    for _ in 0..4 {
        kagi.storage.fail_next_commit(StorageError::Conflict);
    }
    kagi.categories().update(&ada, made.id, rename("Second")).await.unwrap();
    for _ in 0..5 {
        kagi.storage.fail_next_commit(StorageError::Conflict);
    }
    let told = kagi.categories().update(&ada, made.id, rename("Third")).await;
    assert!(matches!(told, Err(CategoryError::Storage(StorageError::Conflict))));
    assert_eq!(kagi.categories().get(&ada, made.id).await.unwrap().category.name, parse("Second"));
    for _ in 0..4 {
        kagi.storage.fail_next_commit(StorageError::Conflict);
    }
    kagi.categories().delete(&ada, made.id).await.unwrap();
}

#[tokio::test]
async fn each_change_is_in_the_trail() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let made = kagi.categories().create(&ada, category("OpenAI", "K")).await.unwrap().category;
    kagi.categories().update(&ada, made.id, CategoryPatch::default()).await.unwrap();
    kagi.categories().delete(&ada, made.id).await.unwrap();
    let actions: Vec<_> = kagi.storage.audit_events().iter().map(|event| event.action).collect();
    assert_eq!(
        actions,
        [Action::UserCreate, Action::CategoryCreate, Action::CategoryUpdate, Action::CategoryDelete]
    );
}

#[tokio::test]
async fn a_long_search_is_refused_as_typed_and_as_folded() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let page = PageRequest::default();
    let sentence = async |search: &str| match kagi.categories().list(&ada, Some(search), &page).await {
        Err(CategoryError::Invalid(invalid)) => {
            assert_eq!(invalid.fields()[0].field, "search");
            Some(invalid.fields()[0].message.clone())
        }
        other => other.map(|_| None).unwrap(),
    };
    assert_eq!(sentence(&"ä".repeat(255)).await, None);
    assert_eq!(sentence(&"ä".repeat(256)).await.as_deref(), Some("Use at most 255 characters."));
    // One character that folds to 18.
    assert_eq!(sentence(&"\u{fdfa}".repeat(14)).await, None);
    assert!(sentence(&"\u{fdfa}".repeat(15)).await.is_some());
}
