//! The trail as its owner reads it.

use std::{collections::BTreeSet, net::IpAddr, time::Duration};

use kagi_domain::{
    access::{ActorKind, ActorStamp},
    audit::{Action, AuditEvent, AuditFilter, AuditRecord, AuditResult, Target, TargetKind},
    ids::{AuditEventId, UserId},
    paging::{Cursor, Page, PageLimit, PageRequest},
    ports::Clock,
};

use super::Bench;

async fn page(bench: &Bench, user: UserId, filter: AuditFilter, page: PageRequest) -> Page<AuditEvent> {
    bench.catalog().audit_events(&Bench::owner(user), &filter, &page).await.unwrap()
}

/// Every event of a list, page by page.
async fn all(bench: &Bench, user: UserId, filter: AuditFilter, rows: u64) -> Vec<AuditEvent> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let request = PageRequest { limit: PageLimit::new(rows).unwrap(), after };
        let next = page(bench, user, filter, request).await;
        assert!(next.items.len() <= usize::try_from(rows).unwrap());
        seen.extend(next.items);
        after = next.next;
        if after.is_none() {
            return seen;
        }
    }
}

fn ids(events: &[AuditEvent]) -> Vec<AuditEventId> {
    events.iter().map(|event| event.id).collect()
}

/// Writes an event.
async fn kept(bench: &Bench, event: AuditEvent) -> AuditEvent {
    bench.storage.record(AuditRecord::new(event.clone())).await.unwrap();
    event
}

/// An event of this action.
async fn done(bench: &Bench, user: UserId, action: Action) -> AuditEvent {
    kept(bench, AuditEvent { action, ..bench.event(Some(user)) }).await
}

/// Events come newest id first, as they were written, whatever is in them.
pub async fn events_come_newest_first_and_whole(bench: Bench) {
    let ada = UserId::from_uuid(uuid::Uuid::from_u128(1));
    let results = [AuditResult::Ok, AuditResult::Denied, AuditResult::Failed];
    let kinds = [ActorKind::Session, ActorKind::AccessKey, ActorKind::System];
    let addresses: [Option<IpAddr>; 3] = [None, "192.0.2.1".parse().ok(), "2001:db8::1".parse().ok()];
    let mut written = Vec::new();
    for (index, action) in Action::ALL.iter().enumerate() {
        bench.clock.advance(Duration::from_millis(u64::try_from(index).unwrap() % 2));
        let target = TargetKind::ALL.get(index).map(|kind| Target::new(*kind, "id \u{9375} '"));
        let event = AuditEvent {
            action: *action,
            result: results[index % 3],
            actor: ActorStamp {
                kind: kinds[index % 3],
                id: (index % 2 > 0).then(|| uuid::Uuid::from_u128(9)),
                name: "Ada — \u{9375}".to_owned(),
            },
            target,
            ip: addresses[index % 3],
            ..bench.event(Some(ada))
        };
        written.push(kept(&bench, event).await);
    }
    assert!(TargetKind::ALL.len() < Action::ALL.len(), "every kind was written, and none");
    written.reverse();
    assert_eq!(page(&bench, ada, AuditFilter::default(), PageRequest::default()).await.items, written);
}

/// Paging through many events of one millisecond gives each once, whatever is written meanwhile.
pub async fn paging_events_of_one_moment_gives_each_once(bench: Bench) {
    let ada = UserId::from_uuid(uuid::Uuid::from_u128(1));
    let mut record = bench.record(ada);
    for _ in 1..1000 {
        record = record.and(bench.event(Some(ada)));
    }
    let mut written: Vec<_> = record.events().map(|event| event.id).collect();
    bench.storage.record(record).await.unwrap();
    let newer = bench.parallel(8, |bench, _| async move { done(&bench, ada, Action::SignIn).await.id });
    let (seen, newer) = tokio::join!(all(&bench, ada, AuditFilter::default(), 93), newer);
    let newer: BTreeSet<_> = newer.into_iter().collect();
    let seen: Vec<_> = ids(&seen).into_iter().filter(|id| !newer.contains(id)).collect();
    assert!(written.is_sorted_by(|a, b| a < b), "ids of one record go up");
    written.reverse();
    assert_eq!(seen, written);
}

/// A list by action holds these alone: frequent ones, rare ones, and ones that never happened.
pub async fn a_list_keeps_to_its_action(bench: Bench) {
    let ada = UserId::from_uuid(uuid::Uuid::from_u128(1));
    let (mut rare, mut frequent) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        for _ in 0..9 {
            frequent.push(done(&bench, ada, Action::EntryReveal).await.id);
        }
        rare.push(done(&bench, ada, Action::CategoryDelete).await.id);
    }
    rare.reverse();
    frequent.reverse();
    let of = |action| AuditFilter { action: Some(action), ..AuditFilter::default() };
    for rows in [1, 2, 1000] {
        assert_eq!(ids(&all(&bench, ada, of(Action::CategoryDelete), rows).await), rare);
        assert_eq!(ids(&all(&bench, ada, of(Action::EntryReveal), rows).await), frequent);
        assert!(all(&bench, ada, of(Action::SignOut), rows).await.is_empty());
    }
}

/// Of a time, its first moment is within and its last is not.
pub async fn a_list_keeps_to_its_time(bench: Bench) {
    let ada = UserId::from_uuid(uuid::Uuid::from_u128(1));
    let start = bench.now();
    let mut written = Vec::new();
    for _ in 0..6 {
        for action in [Action::EntryReveal, Action::SignIn] {
            written.push(done(&bench, ada, action).await);
        }
        bench.clock.advance(Duration::from_millis(1));
    }
    written.reverse();
    let at = |millis: u64| start.plus(Duration::from_millis(millis));
    for since in [None, Some(0), Some(2), Some(5), Some(6)] {
        for until in [None, Some(0), Some(1), Some(4), Some(9)] {
            for action in [None, Some(Action::EntryReveal), Some(Action::SignIn)] {
                let filter = AuditFilter { action, since: since.map(at), until: until.map(at) };
                let wanted = written.iter().filter(|event| {
                    action.is_none_or(|action| event.action == action)
                        && filter.since.is_none_or(|since| event.created_at >= since)
                        && filter.until.is_none_or(|until| event.created_at < until)
                });
                let wanted: Vec<_> = wanted.map(|event| event.id).collect();
                assert_eq!(ids(&all(&bench, ada, filter, 2).await), wanted, "{filter:?}");
            }
        }
    }
}

/// When the clock is set back, ids go on from where they were; a time finds the events that bear it.
pub async fn a_clock_that_was_set_back_hides_nothing(bench: Bench) {
    let ada = UserId::from_uuid(uuid::Uuid::from_u128(1));
    let late = done(&bench, ada, Action::SignIn).await;
    bench.clock.set(bench.now().minus(AuditFilter::CLOCK_MARGIN));
    let early = bench.clock.now();
    let after = done(&bench, ada, Action::SignIn).await;
    assert!(after.id > late.id && after.created_at < late.created_at);
    let during = AuditFilter { since: Some(early), until: Some(late.created_at), action: None };
    assert_eq!(ids(&all(&bench, ada, during, 1).await), [after.id]);
    let moment = AuditFilter { until: Some(early.plus(Duration::from_millis(1))), ..during };
    assert_eq!(ids(&all(&bench, ada, moment, 1).await), [after.id]);
    assert_eq!(ids(&all(&bench, ada, AuditFilter::default(), 1).await), [after.id, late.id]);
}

/// Events of other people, and of nobody, never appear, whatever is asked for and after whichever id.
pub async fn anothers_events_never_appear(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    let own = done(&bench, ada, Action::EntryReveal).await;
    for owner in [Some(eve), None] {
        for action in [Action::EntryReveal, Action::SignIn] {
            kept(&bench, AuditEvent { action, ..bench.event(owner) }).await;
        }
    }
    for action in [None, Some(Action::EntryReveal), Some(Action::SignIn)] {
        let filter = AuditFilter { action, since: Some(own.created_at), until: None };
        let seen = all(&bench, ada, filter, 1).await;
        assert!(seen.iter().all(|event| event.owner == Some(ada)), "{seen:?}");
        assert_eq!(seen.contains(&own), action != Some(Action::SignIn));
    }
    let limited = Bench::limited(ada, &["alpha"]);
    let page = PageRequest::default();
    let seen = bench.catalog().audit_events(&limited, &AuditFilter::default(), &page).await.unwrap();
    assert!(seen.items.contains(&own), "a project limit does not cut the trail");
    let newest = Some(Cursor::Id(uuid::Uuid::max()));
    let request = PageRequest { after: newest, ..PageRequest::default() };
    let seen = bench.catalog().audit_events(&limited, &AuditFilter::default(), &request).await.unwrap();
    assert!(seen.items.iter().all(|event| event.owner == Some(ada)));
}

/// Reading leaves no event.
pub async fn reading_the_trail_leaves_no_event(bench: Bench) {
    let ada = bench.person("ada").await;
    let before = bench.trail().await;
    all(&bench, ada, AuditFilter::default(), 1).await;
    bench.catalog().totals(&Bench::owner(ada)).await.unwrap();
    assert_eq!(bench.trail().await, before);
}
