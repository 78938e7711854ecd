//! A bounded number of lanes for work that burns a processor, and a bounded queue before them.

use std::{num::NonZeroUsize, sync::Arc};

use tokio::{sync::Semaphore, task};

/// All lanes are taken and the queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

/// Runs at most `lanes` jobs at once; at most `queue` more wait, first come, first served.
#[derive(Debug)]
pub(crate) struct Lanes {
    /// One place for every job that runs or waits.
    places: Arc<Semaphore>,
    lanes: Arc<Semaphore>,
}

/// What became of a job that was let in: its result, or `None` when it panicked or the runtime
/// is going down.
pub(crate) type Outcome<T> = Option<T>;

impl Lanes {
    pub(crate) fn new(lanes: NonZeroUsize, queue: usize) -> Self {
        let places = lanes.get().saturating_add(queue).min(Semaphore::MAX_PERMITS);
        let lanes = lanes.get().min(Semaphore::MAX_PERMITS);
        Self { places: Arc::new(Semaphore::new(places)), lanes: Arc::new(Semaphore::new(lanes)) }
    }

    /// Runs a job on the blocking pool. A caller that goes away while it waits leaves the queue at
    /// once; a job that has begun keeps its lane until it is done, whoever waits for it, because
    /// its memory is in use that long.
    pub(crate) async fn run<T, F>(&self, job: F) -> Result<Outcome<T>, Full>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Full)?;
        // Never closed, so never an error.
        let Ok(lane) = Arc::clone(&self.lanes).acquire_owned().await else { return Ok(None) };
        let held = task::spawn_blocking(move || {
            let result = job();
            drop((lane, place));
            result
        });
        Ok(held.await.ok())
    }
}
