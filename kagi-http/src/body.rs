//! Whole bodies, read into memory that is wiped and that all requests share.

use std::{ops::Deref, sync::Arc};

use futures_util::StreamExt;
use kagi_domain::fields::Invalid;
use poem::RequestBody;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

use crate::problem::Problem;

/// What all bodies that are read at one time may hold.
const ALL: usize = 64 * 1024 * 1024;
/// What those of them may hold that come from nobody who is signed in.
const STRANGERS: usize = 8 * 1024 * 1024;

/// Room for bodies. Whoever sends many large ones slowly takes no memory without end.
#[derive(Debug, Clone)]
pub(crate) struct Room(Arc<Semaphore>);

impl Room {
    /// For everybody.
    pub(crate) fn for_all() -> Self {
        Self(Arc::new(Semaphore::new(ALL)))
    }

    /// For strangers, who must not be able to take all of it.
    pub(crate) fn for_strangers() -> Self {
        Self(Arc::new(Semaphore::new(STRANGERS)))
    }

    fn take(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Problem> {
        let taken =
            u32::try_from(bytes).ok().and_then(|bytes| self.0.clone().try_acquire_many_owned(bytes).ok());
        taken.ok_or_else(|| Problem::unavailable(1))
    }
}

/// A whole body. It gives its room back when it is dropped.
pub(crate) struct Whole {
    bytes: Zeroizing<Vec<u8>>,
    _room: OwnedSemaphorePermit,
}

impl Deref for Whole {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// The whole body, up to its route's limit. A buffer that grows leaves no copy behind.
pub(crate) async fn collect(room: &Room, body: &mut RequestBody) -> poem::Result<Whole> {
    let mut chunks = body.take()?.into_bytes_stream();
    let (mut whole, mut taken) = (Zeroizing::new(Vec::new()), room.take(0)?);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| unread())?;
        taken.merge(room.take(chunk.len())?);
        let length = whole.len() + chunk.len();
        if length > whole.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(length.next_power_of_two()));
            larger.extend_from_slice(&whole);
            whole = larger;
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(Whole { bytes: whole, _room: taken })
}

/// What is said of a body that ends too early.
pub(crate) fn unread() -> Problem {
    invalid("The body could not be read to its end.")
}

/// What is wrong with a body as a whole.
pub(crate) fn invalid(message: &'static str) -> Problem {
    Invalid::field("body", message).into()
}
