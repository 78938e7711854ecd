//! The trail's writer: shared commits, poisoned records, a trail that cannot be written.

use std::sync::Arc;

use futures_util::future::join_all;
use kagi_domain::{
    audit::AuditRecord,
    model::entry::Entry,
    ports::{Storage, StorageError},
};
use kagi_tests::contract::storage::Bench;
use sea_orm::ConnectionTrait;

use crate::place::{Place, on_both, polled, trail};

/// Each of a thousand parallel reveals has its event.
async fn every_reveal_is_in_the_trail(place: Arc<Place>) {
    let (bench, ada, entry) = vault(&place).await;
    let records = bench
        .parallel(1000, |bench, _| {
            let entry = entry.id;
            async move {
                let event = bench.event(Some(ada));
                let record = AuditRecord::new(event.clone());
                let cell = bench.storage.disclose_entry(&Bench::owner(ada), entry, record).await.unwrap();
                assert!(cell.is_some());
                event.id
            }
        })
        .await;
    let connection = place.site.connection().await;
    let kept: Vec<_> = trail(&connection).await.iter().map(|event| event.id).collect();
    assert!(records.iter().all(|id| kept.contains(id)));
}

/// A record that cannot be written fails alone, and its caller gets no cell.
async fn a_poisoned_record_fails_alone(place: Arc<Place>) {
    let (bench, ada, entry) = vault(&place).await;
    let taken = bench.event(Some(ada));
    bench.storage.record(AuditRecord::new(taken.clone())).await.unwrap();
    for _ in 0..20 {
        let results = bench
            .parallel(64, |bench, number| {
                let (entry, taken) = (entry.id, taken.clone());
                async move {
                    let poisoned = number % 16 == 3;
                    let event = if poisoned { taken } else { bench.event(Some(ada)) };
                    let owner = Bench::owner(ada);
                    let told = bench.storage.disclose_entry(&owner, entry, AuditRecord::new(event)).await;
                    (poisoned, told.map(|cell| cell.is_some()))
                }
            })
            .await;
        for (poisoned, told) in results {
            assert_eq!(told, if poisoned { Err(StorageError::Internal) } else { Ok(true) });
        }
    }
}

/// Without a trail nobody gets a cell.
async fn no_trail_no_cell(place: Arc<Place>) {
    let (bench, ada, entry) = vault(&place).await;
    let connection = place.site.connection().await;
    connection.execute_unprepared("ALTER TABLE audit_events RENAME TO hidden").await.unwrap();
    let told = bench.storage.disclose_entry(&Bench::owner(ada), entry.id, bench.record(ada)).await;
    assert!(told.is_err());
    connection.execute_unprepared("ALTER TABLE hidden RENAME TO audit_events").await.unwrap();
    let told = bench.storage.disclose_entry(&Bench::owner(ada), entry.id, bench.record(ada)).await;
    assert!(told.unwrap().is_some());
}

/// Closing writes what waits; afterwards every call is refused at once.
async fn closing_writes_what_waits(place: Arc<Place>) {
    let (bench, ada, entry) = vault(&place).await;
    let (_, digest) = bench.access_key(ada, "key").await;
    let holder = bench.directory().access_key(&Bench::system(), &digest).await.unwrap().unwrap();
    assert_eq!(holder.access_key.last_used_at, None);
    bench.storage.note_use(kagi_domain::ports::Use::AccessKey(holder.access_key.id, bench.now()));
    place.storage.close().await;
    let owner = Bench::owner(ada);
    let told = bench.storage.disclose_entry(&owner, entry.id, bench.record(ada)).await;
    assert_eq!(told.unwrap_err(), StorageError::Unavailable);
    assert_eq!(bench.storage.record(bench.record(ada)).await, Err(StorageError::Unavailable));
    assert_eq!(bench.storage.begin().await.err(), Some(StorageError::Unavailable));
    assert_eq!(bench.storage.ping().await, Err(StorageError::Unavailable));
    let again = kagi_storage_sea::SeaStorage::connect(&place.site.url()).await.unwrap();
    let holder = again.directory().access_key(&Bench::system(), &digest).await.unwrap().unwrap();
    assert_eq!(holder.access_key.last_used_at, Some(bench.now()));
    again.close().await;
}

/// What is acknowledged after callers left while their units were beginning is there, whichever
/// connection it went through: a transaction that one of them left open would swallow it.
async fn no_stray_transaction_swallows_an_event(place: Arc<Place>) {
    let (bench, ada, _) = vault(&place).await;
    let mut acknowledged = Vec::new();
    for polls in 0..120 {
        // A unit that did open is dropped at once: the others wait for it.
        join_all((0..4).map(|_| async { drop(polled(bench.storage.begin(), polls % 6).await) })).await;
        let event = bench.event(Some(ada));
        bench.storage.record(AuditRecord::new(event.clone())).await.unwrap();
        acknowledged.push(event.id);
    }
    let connection = place.site.connection().await;
    let kept: Vec<_> = trail(&connection).await.iter().map(|event| event.id).collect();
    let lost = acknowledged.iter().filter(|id| !kept.contains(id)).count();
    assert_eq!(lost, 0, "of {} events", acknowledged.len());
}

async fn vault(place: &Arc<Place>) -> (Bench, kagi_domain::ids::UserId, Entry) {
    let bench = Bench::new(place.clone());
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "AWS").await;
    let entry = bench.entry(ada, &category, "alpha").await;
    (bench, ada, entry)
}

on_both! {
    every_reveal_is_in_the_trail
    a_poisoned_record_fails_alone
    no_trail_no_cell
    closing_writes_what_waits
    no_stray_transaction_swallows_an_event
}
