//! The writer's loop.

use std::time::Duration;

use kagi_domain::ports::StorageError;
use tokio::{sync::mpsc, time::MissedTickBehavior};

use super::{Job, Message, insert::MOST, uses::Uses};
use crate::{error::within, pools::Pools, row::audit_event::Model, trail::insert};

/// Jobs of one commit at most.
const BATCH: usize = 256;
/// How long a noted use may wait.
const FLUSH: Duration = Duration::from_secs(1);

pub(super) async fn run(pools: Pools, mut queue: mpsc::Receiver<Message>) {
    let mut uses = Uses::default();
    let mut clock = tokio::time::interval(FLUSH);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut messages = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            biased;
            count = queue.recv_many(&mut messages, BATCH) => {
                if count == 0 {
                    break;
                }
            }
            _ = clock.tick(), if !uses.is_empty() => uses.flush(&pools).await,
        }
        let mut jobs = Vec::with_capacity(messages.len());
        let mut stops = Vec::new();
        for message in messages.drain(..) {
            match message {
                Message::Write(job) => jobs.push(job),
                Message::Used(seen) => uses.note(seen),
                Message::Stop(done) => {
                    queue.close();
                    stops.push(done);
                }
            }
        }
        write(&pools, jobs).await;
        if !stops.is_empty() {
            drain(&pools, &mut queue, &mut uses).await;
            for done in stops {
                // Whoever asked may have stopped waiting.
                let _ = done.send(());
            }
            return;
        }
    }
    uses.flush(&pools).await;
}

/// What was sent before the queue closed.
async fn drain(pools: &Pools, queue: &mut mpsc::Receiver<Message>, uses: &mut Uses) {
    let mut jobs = Vec::new();
    while let Some(message) = queue.recv().await {
        match message {
            Message::Write(job) => jobs.push(job),
            Message::Used(seen) => uses.note(seen),
            Message::Stop(done) => {
                let _ = done.send(());
            }
        }
    }
    write(pools, jobs).await;
    uses.flush(pools).await;
}

/// Commits all jobs together; where that fails for a reason that lies in one of them, each alone,
/// so that one poisoned record cannot fail its neighbours.
async fn write(pools: &Pools, jobs: Vec<Job>) {
    if jobs.is_empty() {
        return;
    }
    let together: Vec<Model> = jobs.iter().flat_map(|job| job.rows.iter().cloned()).collect();
    match commit(pools, &together).await {
        Err(error) if jobs.len() > 1 && error != StorageError::Unavailable => {
            for job in jobs {
                let result = commit(pools, &job.rows).await;
                job.settle(result);
            }
        }
        result => jobs.into_iter().for_each(|job| job.settle(result)),
    }
}

/// One statement is a transaction by itself and spares the two round trips round it.
async fn commit(pools: &Pools, rows: &[Model]) -> Result<(), StorageError> {
    if rows.len() <= MOST {
        return within(insert(&pools.write, rows)).await;
    }
    let transaction = pools.begin().await?;
    within(insert(&transaction, rows)).await?;
    Pools::commit(transaction).await
}

impl Job {
    /// Whoever stopped waiting does not hear of it; the record stands.
    fn settle(self, result: Result<(), StorageError>) {
        let _ = self.done.send(result);
    }
}
