//! A bounded number of lanes for work that burns a processor, and a bounded queue before them.

use std::{
    fmt,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{sync::Semaphore, task};

/// All lanes are taken and the queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

/// Runs at most `lanes` jobs at once; at most `queue` more wait, first come, first served. Each
/// lane has a tool `S`, made when the lane is first needed and handed from job to job.
pub(crate) struct Lanes<S> {
    /// One place for every job that runs or waits.
    places: Arc<Semaphore>,
    /// One turn for every job that runs.
    turns: Arc<Semaphore>,
    /// The tools of free lanes; last in, first out, so that a quiet program needs one.
    tools: Arc<Mutex<Vec<S>>>,
}

/// What became of a job that was let in: its result, or `None` when it panicked or the runtime
/// is going down.
pub(crate) type Outcome<T> = Option<T>;

impl<S: Default + Send + 'static> Lanes<S> {
    pub(crate) fn new(lanes: NonZeroUsize, queue: usize) -> Self {
        let places = lanes.get().saturating_add(queue).min(Semaphore::MAX_PERMITS);
        let lanes = lanes.get().min(Semaphore::MAX_PERMITS);
        Self {
            places: Arc::new(Semaphore::new(places)),
            turns: Arc::new(Semaphore::new(lanes)),
            tools: Arc::default(),
        }
    }

    /// Runs a job on the blocking pool. A caller that goes away while it waits leaves the queue at
    /// once; a job that has begun keeps its lane until it is done, whoever waits for it, because
    /// its memory is in use that long.
    pub(crate) async fn run<T, F>(&self, job: F) -> Result<Outcome<T>, Full>
    where
        T: Send + 'static,
        F: FnOnce(&mut S) -> T + Send + 'static,
    {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Full)?;
        // Never closed, so never an error.
        let Ok(turn) = Arc::clone(&self.turns).acquire_owned().await else { return Ok(None) };
        let tools = Arc::clone(&self.tools);
        let running = task::spawn_blocking(move || {
            let tools = || tools.lock().unwrap_or_else(PoisonError::into_inner);
            let tool = tools().pop();
            let mut tool = tool.unwrap_or_default();
            let result = job(&mut tool);
            tools().push(tool);
            // The place first: who takes it finds the lane free next, and not the other way round.
            drop(place);
            drop(turn);
            result
        });
        Ok(running.await.ok())
    }
}

impl<S> fmt::Debug for Lanes<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lanes({} places free)", self.places.available_permits())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        sync::{
            atomic::{AtomicUsize, Ordering},
            mpsc,
        },
        task::{Context, Poll, Waker},
    };

    use super::*;

    fn lanes(lanes: usize, queue: usize) -> Lanes<usize> {
        Lanes::new(NonZeroUsize::new(lanes).unwrap(), queue)
    }

    /// Polls once, so that the job is let in, queued or refused.
    fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    /// A job that ends when the sender says so, or goes.
    fn held() -> (mpsc::Sender<()>, impl FnOnce(&mut usize) -> bool + Send + 'static) {
        let (end, ended) = mpsc::channel();
        (end, move |_: &mut usize| ended.recv().is_ok())
    }

    #[tokio::test]
    async fn beyond_the_queue_it_is_full() {
        let lanes = lanes(1, 2);
        let (end, job) = held();
        let mut running = pin!(lanes.run(job));
        assert!(poll(running.as_mut()).is_pending());
        let (mut second, mut third) = (pin!(lanes.run(|_| 2)), pin!(lanes.run(|_| 3)));
        assert!(poll(second.as_mut()).is_pending() && poll(third.as_mut()).is_pending());
        assert_eq!(poll(pin!(lanes.run(|_| 4))), Poll::Ready(Err(Full)));
        end.send(()).unwrap();
        assert_eq!(running.await, Ok(Some(true)));
        assert_eq!((second.await, third.await), (Ok(Some(2)), Ok(Some(3))));
        assert_eq!(lanes.run(|_| 5).await, Ok(Some(5)), "there is room again");
    }

    #[tokio::test]
    async fn a_caller_that_leaves_the_queue_frees_its_place() {
        let lanes = lanes(1, 1);
        let (end, job) = held();
        let mut running = pin!(lanes.run(job));
        assert!(poll(running.as_mut()).is_pending());
        {
            let mut waiting = pin!(lanes.run(|_| 2));
            assert!(poll(waiting.as_mut()).is_pending());
            assert_eq!(poll(pin!(lanes.run(|_| 3))), Poll::Ready(Err(Full)));
        }
        let mut next = pin!(lanes.run(|_| 4));
        assert!(poll(next.as_mut()).is_pending());
        end.send(()).unwrap();
        assert_eq!(next.await, Ok(Some(4)));
    }

    #[tokio::test]
    async fn a_job_keeps_its_lane_when_its_caller_leaves() {
        let lanes = lanes(1, 0);
        let (end, job) = held();
        {
            let mut abandoned = pin!(lanes.run(job));
            assert!(poll(abandoned.as_mut()).is_pending());
        }
        assert_eq!(poll(pin!(lanes.run(|_| 2))), Poll::Ready(Err(Full)), "its memory is still in use");
        end.send(()).unwrap();
        let _free = lanes.turns.acquire().await.unwrap();
        assert_eq!(lanes.places.available_permits(), 1);
    }

    #[tokio::test]
    async fn a_job_that_panics_frees_its_lane() {
        let lanes = lanes(1, 0);
        assert_eq!(lanes.run(|_| -> u8 { panic!("staged") }).await, Ok(None));
        assert_eq!(lanes.run(|_| 1).await, Ok(Some(1)));
    }

    #[tokio::test]
    async fn a_lane_hands_its_tool_on() {
        let lanes = lanes(4, 0);
        for expected in 1..=5 {
            let job = |jobs: &mut usize| {
                *jobs += 1;
                *jobs
            };
            assert_eq!(lanes.run(job).await, Ok(Some(expected)), "a quiet program needs one");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn no_more_run_at_once_than_there_are_lanes() {
        static NOW: AtomicUsize = AtomicUsize::new(0);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let lanes = Arc::new(lanes(2, 100));
        let callers: Vec<_> = (0..100)
            .map(|_| {
                let lanes = Arc::clone(&lanes);
                tokio::spawn(async move {
                    let job = |_: &mut usize| {
                        let now = NOW.fetch_add(1, Ordering::SeqCst) + 1;
                        MOST.fetch_max(now, Ordering::SeqCst);
                        std::thread::yield_now();
                        NOW.fetch_sub(1, Ordering::SeqCst);
                    };
                    lanes.run(job).await
                })
            })
            .collect();
        for caller in callers {
            assert_eq!(caller.await.unwrap(), Ok(Some(())));
        }
        assert!((1..=2).contains(&MOST.load(Ordering::SeqCst)));
    }
}
