//! Units of work: all or nothing, with their events.

use std::{
    net::IpAddr,
    pin::pin,
    task::{Context, Poll},
};

use kagi_domain::{
    access::{ActorKind, ActorStamp},
    audit::{Action, AuditEvent, AuditRecord, AuditResult},
    ids::{CategoryId, UserId},
    ports::{StorageError, Unique},
};

use super::Bench;
use crate::samples::{parse, simple_shape};

/// A unit that is dropped leaves nothing behind.
pub async fn a_dropped_unit_leaves_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let before = bench.trail().await;
    let category = bench.draft_category("OpenAI API", simple_shape("OPENAI_API_KEY"));
    let entry = bench.draft_entry(&category, "alpha");
    let (key, digest) = (bench.draft_access_key("ci"), bench.digest());
    let mut unit = bench.unit().await;
    unit.categories().insert(&owner, &category).await.unwrap();
    unit.entries().insert(&owner, &entry, &bench.version(1)).await.unwrap();
    unit.access_keys().insert(&owner, &key, &digest).await.unwrap();
    drop(unit);
    assert!(bench.catalog().category(&owner, category.id).await.unwrap().is_none());
    assert!(bench.catalog().entry(&owner, entry.id).await.unwrap().is_none());
    assert!(bench.directory().access_key(&Bench::system(), &digest).await.unwrap().is_none());
    assert_eq!(bench.trail().await, before);
    bench.stored(ada, category).await;
}

/// A unit sees its own changes before it commits.
pub async fn a_unit_reads_its_own_changes(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let category = bench.draft_category("OpenAI API", simple_shape("OPENAI_API_KEY"));
    let entry = bench.draft_entry(&category, "alpha");
    let mut unit = bench.unit().await;
    unit.categories().insert(&owner, &category).await.unwrap();
    unit.entries().insert(&owner, &entry, &bench.version(1)).await.unwrap();
    assert_eq!(unit.categories().find(&owner, category.id).await.unwrap(), Some(category.clone()));
    assert_eq!(unit.entries().find(&owner, entry.id).await.unwrap(), Some(entry));
    assert_eq!(unit.categories().usage(&owner, category.id).await.unwrap().entries, 1);
    assert!(unit.categories().remove(&owner, category.id).await.unwrap());
    assert_eq!(unit.categories().find(&owner, category.id).await.unwrap(), None);
}

/// A commit keeps the change together with every event of its record, whole.
pub async fn a_commit_keeps_the_change_and_its_events(bench: Bench) {
    let ada = bench.person("ada").await;
    let before = bench.trail().await;
    let category = bench.draft_category("OpenAI API", simple_shape("OPENAI_API_KEY"));
    let events = [bench.event(Some(ada)), bench.event(Some(ada)), bench.event(None)];
    let [first, second, third] = events.clone();
    let mut unit = bench.unit().await;
    unit.categories().insert(&Bench::owner(ada), &category).await.unwrap();
    unit.commit(AuditRecord::new(first).and(second).and(third)).await.unwrap();
    let listed = bench.catalog().category(&Bench::owner(ada), category.id).await.unwrap().unwrap();
    assert_eq!(listed.category, category);
    let mut kept = bench.trail().await;
    kept.retain(|event| !before.contains(event));
    assert_eq!(sorted(kept), sorted(events.to_vec()));
}

/// A record that goes with no change is kept, whatever it says.
pub async fn a_record_alone_is_kept_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    let before = bench.trail().await;
    let ips = [None, Some("203.0.113.7".parse::<IpAddr>().unwrap()), Some("2001:db8::1".parse().unwrap())];
    let results = [AuditResult::Ok, AuditResult::Denied, AuditResult::Failed];
    let library = ActorStamp { kind: ActorKind::System, id: None, name: "cron'; -- \u{1f511}".to_owned() };
    let mut wanted = Vec::new();
    for (index, action) in Action::ALL.iter().enumerate() {
        let mut event = bench.event((index % 2 == 0).then_some(ada));
        event.action = *action;
        event.result = results[index % 3];
        event.ip = ips[index % ips.len()];
        if index % 4 == 0 {
            (event.actor, event.target) = (library.clone(), None);
        }
        bench.storage.record(AuditRecord::new(event.clone())).await.unwrap();
        wanted.push(event);
    }
    let mut kept = bench.trail().await;
    kept.retain(|event| !before.contains(event));
    assert_eq!(sorted(kept), sorted(wanted));
}

/// The trail comes in the order of ids, which is the order of time.
pub async fn the_trail_is_ordered_by_time(bench: Bench) {
    let ada = bench.person("ada").await;
    for _ in 0..5 {
        bench.clock.advance(std::time::Duration::from_millis(1));
        bench.storage.record(bench.record(ada)).await.unwrap();
    }
    let times: Vec<_> = bench.trail().await.into_iter().map(|event| event.created_at).collect();
    assert!(times.is_sorted(), "{times:?}");
}

/// Units that are dropped do not use up connections.
pub async fn dropped_units_cost_no_connection(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..40 {
        let mut unit = bench.unit().await;
        let category = bench.draft_category(&format!("c{round}"), simple_shape("A"));
        unit.categories().insert(&Bench::owner(ada), &category).await.unwrap();
    }
    let category = bench.category(ada, "c0").await;
    assert!(bench.catalog().category(&Bench::owner(ada), category.id).await.unwrap().is_some());
}

/// A future that is dropped at any point has done all of its unit or nothing, and the connection it
/// used comes back clean.
pub async fn a_future_dropped_anywhere_leaves_all_or_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    for polls in 1..200 {
        let category = bench.draft_category(&format!("c{polls}"), simple_shape("A"));
        let event = bench.event(Some(ada));
        let record = AuditRecord::new(event.clone());
        let work = async {
            let mut unit = bench.unit().await;
            unit.categories().insert(&Bench::owner(ada), &category).await.unwrap();
            unit.commit(record).await.unwrap();
        };
        let finished = polled(work, polls).await;
        // A write that is acknowledged after the drop must survive, whichever connection it got.
        let after = bench.category(ada, &format!("after {polls}")).await;
        assert!(is_there(&bench, ada, after.id).await, "an acknowledged write is lost after {polls} polls");
        // A commit that was under way when its caller left may land between two looks.
        let (mut change, mut trail, mut looks) = (false, true, 0);
        while change != trail && looks < 100 {
            (change, trail) = (is_there(&bench, ada, category.id).await, bench.has_event(event.id).await);
            looks += 1;
        }
        assert_eq!(change, trail, "a change without its event, or the reverse, after {polls} polls");
        if finished {
            assert!(change, "an acknowledged unit is lost");
            return;
        }
    }
}

/// After a refused write a unit commits everything else, or says that it did not.
pub async fn a_commit_after_a_refusal_is_honest(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    bench.category(ada, "taken").await;
    let category = bench.draft_category("free", simple_shape("A"));
    let twin = bench.draft_category("TAKEN", simple_shape("A"));
    let event = bench.event(Some(ada));
    let mut unit = bench.unit().await;
    unit.categories().insert(&owner, &category).await.unwrap();
    let refused = unit.categories().insert(&owner, &twin).await;
    assert_eq!(refused, Err(StorageError::Duplicate(Unique::CategoryName)));
    let committed = unit.commit(AuditRecord::new(event.clone())).await.is_ok();
    assert_eq!(is_there(&bench, ada, category.id).await, committed);
    assert_eq!(bench.has_event(event.id).await, committed);
    assert!(!is_there(&bench, ada, twin.id).await);
}

/// Units at the same time lose nothing.
pub async fn units_in_parallel_lose_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    let before = bench.trail().await.len();
    let made =
        bench.parallel(24, |bench, index| async move { bench.category(ada, &format!("c{index}")).await.id });
    for id in made.await {
        assert!(is_there(&bench, ada, id).await);
    }
    assert_eq!(bench.trail().await.len(), before + 24);
}

/// Records at the same time are all kept, once.
pub async fn records_in_parallel_lose_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    let ids = bench.parallel(32, |bench, _| async move {
        let event = bench.event(Some(ada));
        bench.storage.record(AuditRecord::new(event.clone())).await.unwrap();
        assert!(bench.has_event(event.id).await, "not durable when it returned");
        event.id
    });
    let ids = ids.await;
    let trail = bench.trail().await;
    for id in ids {
        assert_eq!(trail.iter().filter(|event| event.id == id).count(), 1);
    }
}

/// What one acknowledged is seen by all from the next call on.
pub async fn a_commit_is_seen_at_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let mut category = bench.category(ada, "c").await;
    for round in 0..30 {
        let seen = category.revision;
        category.revision = seen.next();
        category.name = parse(&format!("c{round}"));
        let mut unit = bench.unit().await;
        unit.categories().update(&Bench::owner(ada), &category, seen).await.unwrap();
        bench.commit(unit, ada).await;
        let listed = bench.catalog().category(&Bench::owner(ada), category.id).await.unwrap().unwrap();
        assert_eq!(listed.category, category);
    }
}

/// A database that is there answers.
pub async fn it_answers(bench: Bench) {
    bench.storage.ping().await.unwrap();
}

async fn is_there(bench: &Bench, user: UserId, id: CategoryId) -> bool {
    bench.catalog().category(&Bench::owner(user), id).await.unwrap().is_some()
}

fn sorted(mut events: Vec<AuditEvent>) -> Vec<AuditEvent> {
    events.sort_by_key(|event| event.id);
    events
}

/// Polls a future this often at most and drops it; whether it finished.
pub(super) async fn polled(work: impl Future<Output = ()>, polls: usize) -> bool {
    let mut work = pin!(work);
    let mut left = polls;
    std::future::poll_fn(move |context: &mut Context<'_>| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        let poll = work.as_mut().poll(context);
        if left == 0 && poll.is_pending() {
            return Poll::Ready(false);
        }
        poll.map(|()| true)
    })
    .await
}
