//! The writer's loop.

use std::time::Duration;

use tokio::{sync::mpsc, time::MissedTickBehavior};

use super::{Message, batch, uses::Uses};
use crate::pools::Pools;

/// Messages of one batch at most.
const MOST: usize = 256;
/// How long a noted use may wait.
const FLUSH: Duration = Duration::from_secs(1);

/// Runs until it is told to stop, or until nobody is left who could send.
pub(super) async fn run(pools: Pools, mut queue: mpsc::Receiver<Message>) {
    let mut uses = Uses::default();
    let mut stops = Vec::new();
    let mut messages = Vec::with_capacity(MOST);
    let mut clock = tokio::time::interval(FLUSH);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            _ = clock.tick(), if !uses.is_empty() => uses.flush(&pools).await,
            count = queue.recv_many(&mut messages, MOST) => {
                if count == 0 {
                    break;
                }
                let mut jobs = Vec::with_capacity(count);
                for message in messages.drain(..) {
                    match message {
                        Message::Write(job) => jobs.push(job),
                        Message::Used(seen) => uses.note(seen),
                        // Answered at the end, after all that was sent before.
                        Message::Stop(done) => stops.push(done),
                    }
                }
                if !stops.is_empty() {
                    queue.close();
                }
                batch::write(&pools, jobs).await;
            }
        }
    }
    uses.flush(&pools).await;
    for done in stops {
        // Whoever asked may have stopped waiting.
        let _ = done.send(());
    }
}
