//! Refusals of a known actor are in the trail, and cannot flood it.

use std::time::Duration;

use kagi_domain::{access::Scope, audit::Action, paging::PageRequest};
use kagi_tests::{kagi, samples::access_key};

use crate::{acting, from, set_up};

#[tokio::test]
async fn sixty_refusals_a_minute_are_listed_and_then_summed_up() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let issued = kagi.access_keys().create(&session, access_key("ci", &[Scope::StatsRead])).await.unwrap();
    let key = kagi.sign_in().by_access_key(&issued.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let count = |action| kagi.storage.audit_events().iter().filter(|event| event.action == action).count();
    for round in 1..=2 {
        for _ in 0..100 {
            kagi.categories().list(&key, None, &PageRequest::default()).await.unwrap_err();
        }
        assert_eq!(count(Action::AccessDenied), 60 * round);
        assert_eq!(count(Action::AccessDeniedMany), round);
        kagi.clock.advance(Duration::from_mins(1));
    }
    let event =
        kagi.storage.audit_events().into_iter().find(|event| event.action == Action::AccessDenied).unwrap();
    assert_eq!(event.target.unwrap().id, "categories:read");
}
