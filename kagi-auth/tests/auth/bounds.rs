//! What hashing costs, and that nobody can make it cost more.

use std::{num::NonZeroUsize, sync::Arc, time::Duration};

use kagi_auth::ArgonHasher;
use kagi_domain::{
    model::user::PasswordHash,
    ports::{HasherError, PasswordHasher},
};
use tokio::{sync::Barrier, time::Instant};

use crate::{hasher, password};

fn bounded(lanes: usize, queue: usize) -> Arc<ArgonHasher> {
    Arc::new(ArgonHasher::new(NonZeroUsize::new(lanes).unwrap(), queue))
}

/// Starts `callers` checks at one moment and counts those that were refused.
async fn refused(hasher: &Arc<ArgonHasher>, callers: usize) -> usize {
    let barrier = Arc::new(Barrier::new(callers));
    let checks: Vec<_> = (0..callers)
        .map(|_| {
            let (hasher, barrier) = (Arc::clone(hasher), Arc::clone(&barrier));
            tokio::spawn(async move {
                barrier.wait().await;
                hasher.verify(password("guess"), None).await
            })
        })
        .collect();
    let mut refused = 0;
    for check in checks {
        match check.await.unwrap() {
            Ok(valid) => assert!(!valid),
            Err(error) => {
                assert_eq!(error, HasherError::Busy);
                refused += 1;
            }
        }
    }
    refused
}

#[tokio::test]
async fn beyond_the_queue_it_is_busy() {
    let hasher = bounded(1, 3);
    assert_eq!(refused(&hasher, 4).await, 0);
    // At most four are let in at one moment; a place may come free while the last ones knock.
    assert!((1..=20).contains(&refused(&hasher, 24).await));
    assert_eq!(refused(&hasher, 4).await, 0, "there is room again");
}

#[tokio::test]
async fn callers_that_leave_free_their_places() {
    let hasher = bounded(1, 1);
    for _ in 0..5 {
        let check = hasher.verify(password("guess"), None);
        // Polled once, which starts it, and dropped.
        assert!(tokio::time::timeout(Duration::ZERO, check).await.is_err());
        let deadline = Instant::now() + Duration::from_secs(20);
        while hasher.verify(password("guess"), None).await == Err(HasherError::Busy) {
            assert!(Instant::now() < deadline, "a place was lost");
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(refused(&hasher, 2).await, 0);
}

#[tokio::test]
async fn hashing_is_bounded_as_well() {
    let hasher = bounded(1, 0);
    let hash = || hasher.hash(password("any"));
    let (first, second, third) = tokio::join!(hash(), hash(), hash());
    assert!(first.is_ok());
    assert!([second, third].iter().any(|outcome| outcome == &Err(HasherError::Busy)));
}

async fn time(hasher: &ArgonHasher, hash: Option<&PasswordHash>) -> Duration {
    let start = Instant::now();
    assert_eq!(hasher.verify(password("wrong"), hash.cloned()).await, Ok(false));
    start.elapsed()
}

/// In turns, and the least of several times each: what the work costs when nobody disturbs it.
#[tokio::test]
async fn the_decoy_takes_as_long_as_a_hash() {
    let hasher = hasher();
    let hash = hasher.hash(password("right")).await.unwrap();
    let (mut real, mut decoy) = (Duration::MAX, Duration::MAX);
    for _ in 0..16 {
        real = real.min(time(&hasher, Some(&hash)).await);
        decoy = decoy.min(time(&hasher, None).await);
    }
    let ratio = decoy.as_secs_f64() / real.as_secs_f64();
    assert!((0.5..2.0).contains(&ratio), "decoy {decoy:?}, real {real:?}");
}
