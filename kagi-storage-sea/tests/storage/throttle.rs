//! The counts of sign-in attempts, beneath the port.

use std::{sync::Arc, time::Duration};

use kagi_domain::ports::Bucket;
use kagi_tests::contract::storage::Bench;

use crate::place::{Place, on_both, rows};

/// A strike that was taken back leaves no row: each later count would read it.
async fn pardoned_strikes_leave_no_rows(place: Arc<Place>) {
    let bench = Bench::new(place.clone());
    let (bucket, start) = (Bucket(bench.digest()), bench.now());
    bench
        .parallel(40, move |bench, number| async move {
            // Few moments for many, so that some strikes share one.
            let at = start.plus(Duration::from_millis(number as u64 % 4));
            let throttle = bench.storage.throttle();
            let since = at.minus(Duration::from_mins(15));
            throttle.strike(&Bench::system(), &bucket, at, since).await.unwrap();
            throttle.pardon(&Bench::system(), &bucket, at).await.unwrap();
        })
        .await;
    let connection = place.site.connection().await;
    assert!(rows(&connection, "SELECT * FROM throttle_strikes").await.is_empty());
    connection.close().await.unwrap();
}

on_both! {
    pardoned_strikes_leave_no_rows
}
