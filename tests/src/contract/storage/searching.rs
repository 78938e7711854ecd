//! Search and filters of the catalogue.

use std::time::Duration;

use kagi_domain::{
    ids::UserId,
    model::{
        Revision,
        category::{Category, CategoryFilter},
        entry::{Entry, EntryFilter, Environment},
    },
    paging::PageRequest,
    text::{Prose, fold},
};

use super::Bench;
use crate::samples::{group_shape, parse, simple_shape};

/// Texts with a meaning in patterns, of which none is part of another.
const LITERALS: [&str; 10] = ["100%", "a_b", "c\\d", "e*f", "g?h", "[i]", "j'k", "l\"m", "n^o$", "p.*q"];

async fn categories(bench: &Bench, user: UserId, text: &str) -> Vec<String> {
    let filter = CategoryFilter { search: Some(fold(text)) };
    let page = bench.catalog().categories(&Bench::owner(user), &filter, &PageRequest::default()).await;
    page.unwrap().items.into_iter().map(|row| row.category.name.to_string()).collect()
}

async fn entries(bench: &Bench, user: UserId, filter: EntryFilter) -> Vec<String> {
    let page = bench.catalog().entries(&Bench::owner(user), &filter, &PageRequest::default()).await;
    let mut found: Vec<_> =
        page.unwrap().items.into_iter().map(|row| row.entry.project.to_string()).collect();
    found.sort();
    found
}

fn searching(text: &str) -> EntryFilter {
    EntryFilter { search: Some(fold(text)), ..EntryFilter::default() }
}

/// A search text means itself in every list: `%`, `_`, `\` and their like are no patterns.
pub async fn a_search_is_literal(bench: Bench) {
    let ada = bench.person("ada").await;
    let other = bench.stored(ada, bench.draft_category("Z", simple_shape("Z"))).await;
    for text in LITERALS {
        bench.stored(ada, bench.draft_category(text, simple_shape("Z"))).await;
        bench.entry(ada, &other, text).await;
        bench.access_key(ada, text).await;
    }
    for text in LITERALS {
        assert_eq!(categories(&bench, ada, text).await, [text]);
        assert_eq!(entries(&bench, ada, searching(text)).await, [text]);
        let page = PageRequest::default();
        let keys = bench.catalog().access_keys(&Bench::owner(ada), Some(&fold(text)), &page).await.unwrap();
        assert_eq!(keys.items.iter().map(|key| key.name.as_str()).collect::<Vec<_>>(), [text]);
    }
    for (sign, count) in [("%", 1), ("_", 1), ("\\", 1), ("%%", 0), ("a%", 0), ("a%b", 0), ("\\%", 0)] {
        assert_eq!(categories(&bench, ada, sign).await.len(), count, "{sign}");
        assert_eq!(entries(&bench, ada, searching(sign)).await.len(), count, "{sign}");
    }
}

/// Search does not tell upper from lower case, nor one Unicode spelling from another.
pub async fn a_search_is_folded(bench: Bench) {
    let ada = bench.person("ada").await;
    let pairs = [
        ("ÄPFEL", "äpfel"),
        ("Ωμέγα", "ΩΜΈΓΑ"),
        ("ＦＵＬＬ", "full"),
        ("cafe\u{301}", "CAFÉ"),
        ("ДОМ", "дом"),
    ];
    let other = bench.category(ada, "Z").await;
    for (name, _) in pairs {
        bench.category(ada, name).await;
        bench.entry(ada, &other, name).await;
        bench.access_key(ada, name).await;
    }
    for (name, text) in pairs {
        assert_eq!(categories(&bench, ada, text).await, [name]);
        assert_eq!(entries(&bench, ada, searching(text)).await, [name]);
        let page = PageRequest::default();
        let keys = bench.catalog().access_keys(&Bench::owner(ada), Some(&fold(text)), &page).await.unwrap();
        assert_eq!(keys.items.iter().map(|key| key.name.as_str()).collect::<Vec<_>>(), [name]);
    }
}

/// Category search looks through the name, the description and the variables, and follows changes.
pub async fn category_search_covers_name_description_and_variables(bench: Bench) {
    let ada = bench.person("ada").await;
    let draft = bench.draft_category("AWS", group_shape(&["ACCESS_ID", "REGION"]));
    let before =
        bench.stored(ada, Category { description: Prose::parse("For billing").unwrap(), ..draft }).await;
    bench.stored(ada, bench.draft_category("OpenAI", simple_shape("OPENAI_API_KEY"))).await;
    for text in ["aws", "WS", "billing", "access_id", "region", "s_i"] {
        assert_eq!(categories(&bench, ada, text).await, ["AWS"], "{text}");
    }
    assert_eq!(categories(&bench, ada, "i").await, ["AWS", "OpenAI"]);
    assert!(categories(&bench, ada, "nothing").await.is_empty());
    let after = Category {
        name: parse("Amazon"),
        shape: group_shape(&["ZONE"]),
        description: None,
        revision: Revision(2),
        ..before
    };
    let mut unit = bench.unit().await;
    unit.categories().update(&Bench::owner(ada), &after, Revision(1)).await.unwrap();
    bench.commit(unit, ada).await;
    for text in ["aws", "billing", "access_id"] {
        assert!(categories(&bench, ada, text).await.is_empty(), "{text}");
    }
    assert_eq!(categories(&bench, ada, "zone").await, ["Amazon"]);
}

/// Entry search looks through the project, the description, the notes, and the category's name and
/// variables, and follows changes of either.
pub async fn entry_search_covers_the_category(bench: Bench) {
    let ada = bench.person("ada").await;
    let before = bench.stored(ada, bench.draft_category("Stripe", simple_shape("STRIPE_KEY"))).await;
    let other = bench.stored(ada, bench.draft_category("Mail", simple_shape("SMTP"))).await;
    let mut entry = bench.draft_entry(&before, "shop");
    entry.description = Prose::parse("Payments").unwrap();
    entry.notes = Prose::parse("Ask Grace\nfirst").unwrap();
    let mut entry = bench.kept(ada, entry).await;
    bench.entry(ada, &other, "blog").await;
    for text in ["SHOP", "payments", "grace", "stripe", "stripe_key", "e_k"] {
        assert_eq!(entries(&bench, ada, searching(text)).await, ["shop"], "{text}");
    }
    assert_eq!(entries(&bench, ada, searching("o")).await, ["blog", "shop"]);
    assert!(entries(&bench, ada, searching("production")).await.is_empty());

    let shape = simple_shape("PAY");
    let after = Category { name: parse("Bank"), shape, revision: Revision(2), ..before };
    (entry.notes, entry.revision) = (None, Revision(2));
    let mut unit = bench.unit().await;
    unit.categories().update(&Bench::owner(ada), &after, Revision(1)).await.unwrap();
    unit.entries().update(&Bench::owner(ada), &entry, Revision(1)).await.unwrap();
    bench.commit(unit, ada).await;
    for text in ["stripe", "stripe_key", "grace"] {
        assert!(entries(&bench, ada, searching(text)).await.is_empty(), "{text}");
    }
    for text in ["bank", "pay", "shop"] {
        assert_eq!(entries(&bench, ada, searching(text)).await, ["shop"], "{text}");
    }
}

/// Each filter cuts, and all of them together.
pub async fn filters_combine(bench: Bench) {
    let ada = bench.person("ada").await;
    let (one, two) = (bench.category(ada, "One").await, bench.category(ada, "Two").await);
    let soon = bench.now().plus(Duration::from_mins(1));
    let of = |category: &Category, project: &str, environment, expires_at| Entry {
        environment,
        expires_at,
        ..bench.draft_entry(category, project)
    };
    for entry in [
        of(&one, "a1", Environment::Production, Some(soon)),
        of(&one, "a2", Environment::Staging, Some(soon)),
        of(&one, "a3", Environment::Staging, None),
        of(&two, "b1", Environment::Staging, Some(soon.plus(Duration::from_millis(1)))),
        of(&two, "Ünï", Environment::Local, Some(bench.now())),
    ] {
        bench.kept(ada, entry).await;
    }
    let none = EntryFilter::default;
    let in_one = EntryFilter { category: Some(one.id), ..none() };
    let staging = EntryFilter { environment: Some(Environment::Staging), ..none() };
    let expiring = EntryFilter { expires_before: Some(soon), ..none() };
    assert_eq!(entries(&bench, ada, none()).await.len(), 5);
    assert_eq!(entries(&bench, ada, in_one).await, ["a1", "a2", "a3"]);
    assert_eq!(entries(&bench, ada, staging.clone()).await, ["a2", "a3", "b1"]);
    assert_eq!(entries(&bench, ada, expiring.clone()).await, ["a1", "a2", "Ünï"]);
    assert_eq!(entries(&bench, ada, EntryFilter { project: Some(parse("üNÏ")), ..none() }).await, ["Ünï"]);
    assert!(entries(&bench, ada, EntryFilter { project: Some(parse("a")), ..none() }).await.is_empty());
    let both = EntryFilter { category: Some(one.id), ..staging };
    assert_eq!(entries(&bench, ada, both.clone()).await, ["a2", "a3"]);
    let all = EntryFilter {
        expires_before: expiring.expires_before,
        project: Some(parse("A2")),
        search: Some("a".to_owned()),
        ..both
    };
    assert_eq!(entries(&bench, ada, all.clone()).await, ["a2"]);
    let missed = EntryFilter { search: Some("a1".to_owned()), ..all };
    assert!(entries(&bench, ada, missed).await.is_empty());
    let missing = bench.draft_category("Missing", simple_shape("A"));
    assert!(entries(&bench, ada, EntryFilter { category: Some(missing.id), ..none() }).await.is_empty());
}
