//! The vault at a glance.

use std::time::Duration;

use kagi_domain::{
    access::{Actor, Denied, Scope},
    model::{entry::Environment, overview::Overview},
    services::overview::OverviewError,
};
use kagi_tests::{
    TestKagi, kagi,
    samples::{access_key, category, entry, group, only, recovery_set, secret},
};

use crate::{PASSWORD, acting, from, set_up};

#[tokio::test]
async fn an_overview_counts_what_is_within_reach_and_warns_of_30_days() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let one = kagi.categories().create(&session, category("One", "K")).await.unwrap().category.id;
    kagi.categories().create(&session, group("Two", &["A"])).await.unwrap();
    let day = Duration::from_hours(24);
    for (index, days) in [Some(40), Some(30), None, Some(1)].into_iter().enumerate() {
        let mut new = entry(one, if index == 3 { "Shop" } else { "Blog" }, "v");
        new.environment = Environment::ALL[index];
        new.expires_at = days.map(|days| kagi.now().plus(day * days));
        kagi.entries().create(&session, new).await.unwrap();
    }
    kagi.recovery_sets().create(&session, recovery_set("GitHub", &["a", "b"])).await.unwrap();
    let seen = kagi.overview().get(&session).await.unwrap();
    assert_eq!(seen.totals.recovery_sets, 1);
    assert_eq!((seen.totals.categories.sum(), seen.totals.entries.sum()), (2, 4));
    assert_eq!(seen.recent.len(), 4);
    let expiring =
        |seen: &Overview| seen.expiring.iter().map(|row| row.entry.environment).collect::<Vec<_>>();
    assert_eq!(expiring(&seen), [Environment::Local, Environment::Staging]);
    kagi.clock.advance(day * 10);
    let later = kagi.overview().get(&acting_key(&kagi, &[Scope::StatsRead]).await).await.unwrap();
    assert_eq!(expiring(&later), [Environment::Local, Environment::Staging, Environment::Production]);
}

/// Somebody with a fresh key: to make one, Ada signs in again.
async fn acting_key(kagi: &TestKagi, scopes: &[Scope]) -> Actor {
    let mut new = access_key("ci", scopes);
    new.projects = only(&["blog", "Shop"]);
    let origin = from(kagi, "192.0.2.1");
    let signed_in = kagi.sign_in().sign_in("ada@example.com", secret(PASSWORD), origin).await.unwrap();
    let issued = kagi.access_keys().create(&acting(kagi, &signed_in).await, new).await.unwrap();
    kagi.sign_in().by_access_key(&issued.token, from(kagi, "192.0.2.1")).await.unwrap()
}

#[tokio::test]
async fn an_overview_needs_its_scope() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    let key = acting_key(&kagi, &[Scope::EntriesRead, Scope::CategoriesRead]).await;
    let refused = kagi.overview().get(&key).await.unwrap_err();
    assert!(matches!(refused, OverviewError::Denied(Denied::Scope(Scope::StatsRead))));
}
