//! Reads the cells of all who wait for one in one statement, while the writer commits the events of
//! those before.

use kagi_domain::ports::StorageError;
use tokio::sync::{mpsc, oneshot};

use super::{Done, Job, Message};
use crate::{
    disclosure::{self, Told, Wanted},
    pools::Pools,
    row::audit_event::Model,
};

/// Cells of one turn at most: what one statement reads.
const MOST: usize = disclosure::MOST;

/// Somebody who waits for a cell, with the record that must be durable before.
pub(super) struct Ask {
    pub(super) wanted: Wanted,
    pub(super) rows: Vec<Model>,
    pub(super) done: oneshot::Sender<Told>,
}

/// Runs until nobody is left who could ask.
pub(super) async fn run(pools: Pools, mut asks: mpsc::Receiver<Ask>, writer: mpsc::Sender<Message>) {
    let mut waiting = Vec::with_capacity(MOST);
    while asks.recv_many(&mut waiting, MOST).await > 0 {
        let wanted: Vec<_> = waiting.iter().map(|ask| &ask.wanted).collect();
        let found = match disclosure::read(&pools, &wanted).await {
            Ok(found) => found,
            Err(error) => wanted.iter().map(|_| Err(error)).collect(),
        };
        for (ask, found) in waiting.drain(..).zip(found) {
            match found {
                Ok(Some(cell)) => {
                    let job = Job { rows: ask.rows, done: Done::Told(Box::new(cell), ask.done) };
                    if let Err(mpsc::error::SendError(Message::Write(job))) =
                        writer.send(Message::Write(job)).await
                    {
                        job.settle(Err(StorageError::Unavailable));
                    }
                }
                // Whoever stopped waiting does not hear of it.
                nothing => drop(ask.done.send(nothing)),
            }
        }
    }
}
