//! What waits together is committed in one transaction.

use kagi_domain::ports::StorageError;

use super::{
    Job,
    insert::{MOST, insert},
};
use crate::{error::within, pools::Pools, row::audit_event::Model};

/// Commits all jobs together; where that fails for a reason that lies in one of them, each alone,
/// so that one poisoned record cannot fail its neighbours.
pub(super) async fn write(pools: &Pools, jobs: Vec<Job>) {
    if jobs.is_empty() {
        return;
    }
    let together = jobs.iter().flat_map(|job| job.rows.iter().cloned()).collect();
    match commit(pools, together).await {
        Err(error) if jobs.len() > 1 && error != StorageError::Unavailable => {
            for mut job in jobs {
                let result = commit(pools, std::mem::take(&mut job.rows)).await;
                job.settle(result);
            }
        }
        result => jobs.into_iter().for_each(|job| job.settle(result)),
    }
}

/// One statement is a transaction by itself and spares the two round trips round it.
async fn commit(pools: &Pools, rows: Vec<Model>) -> Result<(), StorageError> {
    if rows.len() <= MOST {
        return within(insert(&pools.write, rows)).await;
    }
    let transaction = pools.begin().await?;
    within(insert(&transaction, rows)).await?;
    Pools::commit(transaction).await
}
