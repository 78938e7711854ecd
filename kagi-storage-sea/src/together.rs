//! Reads that many wait for at once, in one statement.
//!
//! A task reads for whoever asks; who asks while its statement runs is served by the next one. So
//! nobody waits for company, and under load a statement's cost is shared. The answer is at least as
//! new as the question: a statement begins after all that it answers were asked.

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use kagi_domain::ports::StorageError;
use sea_orm::{DbBackend, Statement, Value};
use tokio::sync::{mpsc, oneshot};

use crate::{error::PATIENCE, pools::Pools};

/// Questions of one statement at most.
const MOST: usize = 32;
/// One, two, four, … up to [`MOST`]: as many numbers of keys as there are.
const SIZES: usize = MOST.ilog2() as usize + 1;
/// How many may wait. Beyond that callers wait, and in the end are refused.
const QUEUE: usize = 4096;

/// What a caller is told: what was found, if anything.
pub(crate) type Told<F> = Result<Option<F>, StorageError>;

/// Something that can be asked for many at once.
pub(crate) trait Question: Sized + Send + Sync + 'static {
    /// What is found.
    type Found: Send + 'static;

    /// The answers, in the order of the questions.
    fn read(
        pools: &Pools,
        questions: &[&Self],
    ) -> impl Future<Output = Result<Vec<Told<Self::Found>>, StorageError>> + Send;
}

struct Ask<Q: Question> {
    question: Q,
    done: oneshot::Sender<Told<Q::Found>>,
}

/// The way to the task. When the last one is dropped, the task ends.
pub(crate) struct Together<Q: Question>(mpsc::Sender<Ask<Q>>);

impl<Q: Question> Clone for Together<Q> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<Q: Question> Together<Q> {
    /// Starts the task on the current runtime.
    pub(crate) fn start(pools: Pools) -> Self {
        let (asks, asked) = mpsc::channel(QUEUE);
        tokio::spawn(run(pools, asked));
        Self(asks)
    }

    /// Waits for the answer, no longer than [`PATIENCE`].
    pub(crate) async fn ask(&self, question: Q) -> Told<Q::Found> {
        let (done, told) = oneshot::channel();
        answer(&self.0, Ask { question, done }, told).await
    }
}

impl<Q: Question> std::fmt::Debug for Together<Q> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Together")
    }
}

async fn run<Q: Question>(pools: Pools, mut asks: mpsc::Receiver<Ask<Q>>) {
    let mut waiting = Vec::with_capacity(MOST);
    while asks.recv_many(&mut waiting, MOST).await > 0 {
        let questions: Vec<_> = waiting.iter().map(|ask| &ask.question).collect();
        let told = match Q::read(&pools, &questions).await {
            Ok(told) => told,
            Err(error) => questions.iter().map(|_| Err(error)).collect(),
        };
        for (ask, told) in waiting.drain(..).zip(told) {
            // Whoever stopped waiting does not hear of it.
            let _ = ask.done.send(told);
        }
    }
}

/// Sends a message and waits for its answer, no longer than [`PATIENCE`] in all.
pub(crate) async fn answer<M, T>(
    queue: &mpsc::Sender<M>,
    message: M,
    answer: oneshot::Receiver<Result<T, StorageError>>,
) -> Result<T, StorageError> {
    let answered = tokio::time::timeout(PATIENCE, async {
        queue.send(message).await.map_err(|_| StorageError::Unavailable)?;
        answer.await.unwrap_or(Err(StorageError::Unavailable))
    });
    answered.await.unwrap_or_else(|_| {
        tracing::warn!("the database cannot answer as fast as it is asked");
        Err(StorageError::Unavailable)
    })
}

/// The keys of a statement, each once, filled up with the last one to a power of two: few numbers of
/// parameters make few statements, which the driver keeps prepared.
pub(crate) fn keys<K: Ord + Clone>(all: impl Iterator<Item = K>) -> Vec<K> {
    let mut keys: Vec<K> = all.collect();
    keys.sort_unstable();
    keys.dedup();
    if let Some(last) = keys.last().cloned() {
        keys.resize(keys.len().next_power_of_two(), last);
    }
    keys
}

/// The text of a statement whose only values are [`keys`], for each number of them. It is built once
/// for each kind of database: building it took longer than reading the answer.
pub(crate) struct Texts {
    sqlite: [OnceLock<String>; SIZES],
    postgres: [OnceLock<String>; SIZES],
}

impl Texts {
    pub(crate) const fn new() -> Self {
        Self { sqlite: [const { OnceLock::new() }; SIZES], postgres: [const { OnceLock::new() }; SIZES] }
    }

    /// The statement of these keys; `build` makes it while its text is not there yet.
    pub(crate) fn statement<K: Into<Value>>(
        &self,
        backend: DbBackend,
        keys: Vec<K>,
        build: impl FnOnce(Vec<K>) -> Statement,
    ) -> Statement {
        let texts = if backend == DbBackend::Postgres { &self.postgres } else { &self.sqlite };
        let size = keys.len().checked_ilog2().filter(|_| keys.len().is_power_of_two());
        let Some(place) = size.and_then(|size| texts.get(size as usize)) else { return build(keys) };
        if let Some(text) = place.get() {
            return Statement::from_sql_and_values(backend, text, keys.into_iter().map(Into::into));
        }
        let statement = build(keys);
        // Whoever was faster has set the same.
        let _ = place.set(statement.sql.clone());
        statement
    }
}
