//! The trail's one writer: it commits the events of all who wait in one transaction, so that
//! concurrent reveals share an fsync, and keeps the times at which credentials were used.

mod insert;
mod uses;
mod writer;

use kagi_domain::{
    audit::AuditRecord,
    ports::{StorageError, Use},
};
use tokio::sync::{mpsc, oneshot};

use crate::{convert, error::PATIENCE, pools::Pools, row::audit_event::Model};

pub(crate) use insert::insert;

/// How many jobs may wait. Beyond that callers wait, and in the end are refused.
const QUEUE: usize = 4096;

/// A record on its way, and who waits for it.
struct Job {
    rows: Vec<Model>,
    done: oneshot::Sender<Result<(), StorageError>>,
}

enum Message {
    Write(Job),
    Used(Use),
    Stop(oneshot::Sender<()>),
}

/// The way to the writer. When the last one is dropped, the writer finishes and ends.
#[derive(Debug, Clone)]
pub(crate) struct Trail(mpsc::Sender<Message>);

impl Trail {
    /// Starts the writer on the current runtime.
    pub(crate) fn start(pools: Pools) -> Self {
        let (sender, queue) = mpsc::channel(QUEUE);
        tokio::spawn(writer::run(pools, queue));
        Self(sender)
    }

    /// Returns once the record is durable.
    pub(crate) async fn write(&self, record: &AuditRecord) -> Result<(), StorageError> {
        let (done, written) = oneshot::channel();
        let job = Message::Write(Job { rows: rows(record), done });
        self.0.send_timeout(job, PATIENCE).await.map_err(|_| {
            tracing::warn!("the trail cannot be written as fast as it is asked for");
            StorageError::Unavailable
        })?;
        // The writer always answers, within its own patience.
        written.await.unwrap_or(Err(StorageError::Unavailable))
    }

    /// Notes a use; forgets it when the queue is full.
    pub(crate) fn note(&self, seen: Use) {
        if self.0.try_send(Message::Used(seen)).is_err() {
            tracing::debug!("a time of last use was not kept");
        }
    }

    /// Writes what waits and stops the writer.
    pub(crate) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.0.send(Message::Stop(done)).await.is_ok() {
            // An error says that the writer is gone, which is what was asked for.
            let _ = stopped.await;
        }
    }
}

/// A record as rows.
pub(crate) fn rows(record: &AuditRecord) -> Vec<Model> {
    record.events().map(convert::event_row).collect()
}
