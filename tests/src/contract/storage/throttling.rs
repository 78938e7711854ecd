//! Counting wrong passwords.

use std::time::Duration;

use kagi_domain::{ports::Bucket, time::Timestamp};

use super::Bench;

const WINDOW: Duration = Duration::from_mins(15);

async fn strike(bench: &Bench, bucket: &Bucket, now: Timestamp) -> u32 {
    bench.storage.throttle().strike(&Bench::system(), bucket, now, now.minus(WINDOW)).await.unwrap()
}

/// Parallel strikes at one bucket return each number from one on, once.
pub async fn parallel_strikes_are_counted_one_by_one(bench: Bench) {
    let bucket = Bucket(bench.digest());
    let mut counts =
        bench.parallel(40, move |bench, _| async move { strike(&bench, &bucket, bench.now()).await }).await;
    counts.sort_unstable();
    assert_eq!(counts, (1..=40).collect::<Vec<_>>());
}

/// Buckets do not know of each other.
pub async fn buckets_are_independent(bench: Bench) {
    let (one, two) = (Bucket(bench.digest()), Bucket(bench.digest()));
    assert_eq!(strike(&bench, &one, bench.now()).await, 1);
    assert_eq!(strike(&bench, &one, bench.now()).await, 2);
    assert_eq!(strike(&bench, &two, bench.now()).await, 1);
    bench.storage.throttle().clear(&Bench::system(), &one).await.unwrap();
    assert_eq!(strike(&bench, &two, bench.now()).await, 2);
}

/// Only strikes later than `since` count; the others are forgotten for good.
pub async fn old_strikes_are_forgotten(bench: Bench) {
    let (bucket, start) = (Bucket(bench.digest()), bench.now());
    let second = Duration::from_secs(1);
    assert_eq!(strike(&bench, &bucket, start).await, 1);
    assert_eq!(strike(&bench, &bucket, start.plus(second)).await, 2);
    // The first is exactly `WINDOW` old: not later than `since`.
    assert_eq!(strike(&bench, &bucket, start.plus(WINDOW)).await, 2);
    assert_eq!(strike(&bench, &bucket, start.plus(WINDOW).plus(second)).await, 2);
    let throttle = bench.storage.throttle();
    let now = start.plus(WINDOW).plus(second);
    let long_ago = start.minus(WINDOW);
    assert_eq!(throttle.strike(&Bench::system(), &bucket, now, long_ago).await.unwrap(), 3);
}

/// Several strikes of one moment all count.
pub async fn strikes_of_one_moment_all_count(bench: Bench) {
    let bucket = Bucket(bench.digest());
    for count in 1..=5 {
        assert_eq!(strike(&bench, &bucket, bench.now()).await, count);
    }
}

/// A pardon takes back one strike of its moment.
pub async fn a_pardon_takes_one_strike_back(bench: Bench) {
    let (bucket, start) = (Bucket(bench.digest()), bench.now());
    let later = start.plus(Duration::from_secs(1));
    for at in [start, later, later] {
        strike(&bench, &bucket, at).await;
    }
    let throttle = bench.storage.throttle();
    throttle.pardon(&Bench::system(), &bucket, later).await.unwrap();
    assert_eq!(strike(&bench, &bucket, later).await, 3);
    throttle.pardon(&Bench::system(), &bucket, later.plus(WINDOW)).await.unwrap();
    assert_eq!(strike(&bench, &bucket, later).await, 4);
    throttle.pardon(&Bench::system(), &Bucket(bench.digest()), later).await.unwrap();
    assert_eq!(strike(&bench, &bucket, later).await, 5);
}

/// A cleared bucket starts anew.
pub async fn a_cleared_bucket_starts_anew(bench: Bench) {
    let bucket = Bucket(bench.digest());
    for _ in 0..3 {
        strike(&bench, &bucket, bench.now()).await;
    }
    bench.storage.throttle().clear(&Bench::system(), &bucket).await.unwrap();
    bench.storage.throttle().clear(&Bench::system(), &bucket).await.unwrap();
    assert_eq!(strike(&bench, &bucket, bench.now()).await, 1);
}
