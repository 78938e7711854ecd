//! The session that a browser was in when it begins another.

use super::{Actor, ActorStamp};
use crate::ids::{SessionId, UserId};

/// A session that ends when the next one begins: the browser forgets its token then, and nobody else
/// should know it.
#[derive(Debug, Clone)]
pub struct Leaving {
    pub(crate) user: UserId,
    pub(crate) session: SessionId,
    pub(crate) stamp: ActorStamp,
}

impl Leaving {
    /// The session that somebody acts in; none when they act by anything else.
    #[must_use]
    pub fn of(actor: &Actor) -> Option<Self> {
        let session = actor.session_id()?;
        Some(Self { user: actor.user(), session, stamp: actor.stamp().clone() })
    }
}
