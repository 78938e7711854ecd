//! Searches leave readers to everybody else.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use sea_orm::{ConnectionTrait, Statement};
use tokio::{sync::Notify, task::yield_now};

use super::Pools;
use crate::connect::DatabaseUrl;

#[tokio::test]
async fn searches_hold_at_most_half_of_the_readers_until_their_statements_end() {
    let folder = tempfile::tempdir().unwrap();
    let pools = Pools::open(&DatabaseUrl::sqlite(folder.path().join("kagi.db"))).await.unwrap();
    let (running, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let search = || {
        let (pools, running, gate) = (pools.clone(), running.clone(), gate.clone());
        tokio::spawn(async move {
            let slow = |_| async move {
                running.fetch_add(1, Ordering::Relaxed);
                gate.notified().await;
                running.fetch_sub(1, Ordering::Relaxed);
                Ok(())
            };
            pools.list(true, slow).await
        })
    };
    let settle = async || {
        for _ in 0..200 {
            yield_now().await;
        }
        running.load(Ordering::Relaxed)
    };
    let mut searches: Vec<_> = (0..6).map(|_| search()).collect();
    assert_eq!(settle().await, 2);
    // Whoever gives up does not make room: the database is still at it.
    searches.remove(0).abort();
    assert_eq!(settle().await, 2);

    let question = Statement::from_string(pools.backend, "SELECT 1");
    let other = pools.list(false, |read| async move { read.query_one_raw(question).await });
    assert!(other.await.unwrap().is_some(), "everybody else goes on reading");

    for _ in 0..6 {
        gate.notify_one();
        assert!(settle().await <= 2);
    }
    for search in searches {
        search.await.unwrap().unwrap();
    }
    pools.close().await;
}
