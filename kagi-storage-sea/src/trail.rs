//! The way of a reveal, and of every event that goes with no change: one task reads the cells of all
//! who wait in one statement, another commits all their events in one transaction, so that
//! concurrent reveals share a read and an fsync. The writer also keeps the times at which
//! credentials were used.

mod batch;
mod insert;
mod reader;
mod uses;
mod writer;

use kagi_domain::{
    access::Owner,
    audit::AuditRecord,
    ids::EntryId,
    ports::{EntryDisclosure, StorageError, Use},
};
use tokio::sync::{mpsc, oneshot};

use crate::{
    convert,
    disclosure::{Told, Wanted},
    pools::Pools,
    row::audit_event::Model,
    together::answer,
};

use reader::Ask;

pub(crate) use insert::insert;

/// How many jobs may wait. Beyond that callers wait, and in the end are refused.
const QUEUE: usize = 4096;

enum Message {
    Write(Job),
    Used(Use),
    Stop(oneshot::Sender<()>),
}

/// A record on its way, and who waits for it.
struct Job {
    rows: Vec<Model>,
    done: Done,
}

enum Done {
    Written(oneshot::Sender<Result<(), StorageError>>),
    Told(Box<EntryDisclosure>, oneshot::Sender<Told>),
}

impl Job {
    /// Answers. Whoever stopped waiting does not hear of it; the record stands.
    fn settle(self, result: Result<(), StorageError>) {
        match self.done {
            Done::Written(done) => drop(done.send(result)),
            Done::Told(cell, done) => drop(done.send(result.map(|()| Some(*cell)))),
        }
    }
}

/// The way to both tasks. When the last one is dropped, they finish and end.
#[derive(Debug, Clone)]
pub(crate) struct Trail {
    asks: mpsc::Sender<Ask>,
    writer: mpsc::Sender<Message>,
}

impl Trail {
    /// Starts reader and writer on the current runtime.
    pub(crate) fn start(pools: Pools) -> Self {
        let (asks, asked) = mpsc::channel(QUEUE);
        let (writer, queue) = mpsc::channel(QUEUE);
        tokio::spawn(reader::run(pools.clone(), asked, writer.clone()));
        tokio::spawn(writer::run(pools, queue));
        Self { asks, writer }
    }

    /// Returns once the record is durable. A record that is given up on may still be written: the
    /// trail then tells of a reveal that nobody saw, never less.
    pub(crate) async fn write(&self, record: &AuditRecord) -> Result<(), StorageError> {
        let (done, written) = oneshot::channel();
        let job = Job { rows: rows(record), done: Done::Written(done) };
        answer(&self.writer, Message::Write(job), written).await
    }

    /// Returns an entry's cell once the record is durable.
    pub(crate) async fn disclose(
        &self,
        owner: &Owner,
        id: EntryId,
        record: &AuditRecord,
    ) -> Result<Option<EntryDisclosure>, StorageError> {
        let (done, told) = oneshot::channel();
        let ask = Ask { wanted: Wanted::new(owner, id), rows: rows(record), done };
        answer(&self.asks, ask, told).await
    }

    /// Returns a cell that was read already, once the record is durable.
    pub(crate) async fn hand_out(
        &self,
        cell: EntryDisclosure,
        record: &AuditRecord,
    ) -> Result<Option<EntryDisclosure>, StorageError> {
        let (done, told) = oneshot::channel();
        let job = Job { rows: rows(record), done: Done::Told(Box::new(cell), done) };
        answer(&self.writer, Message::Write(job), told).await
    }

    /// Notes a use; forgets it when the queue is full.
    pub(crate) fn note(&self, seen: Use) {
        if self.writer.try_send(Message::Used(seen)).is_err() {
            tracing::debug!("a time of last use was not kept");
        }
    }

    /// Writes what waits and stops the writer.
    pub(crate) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.writer.send(Message::Stop(done)).await.is_ok() {
            // An error says that the writer is gone, which is what was asked for.
            let _ = stopped.await;
        }
    }
}

/// A record as rows.
pub(crate) fn rows(record: &AuditRecord) -> Vec<Model> {
    record.events().map(convert::event_row).collect()
}
