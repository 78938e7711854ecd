//! What every handler has at hand.

use std::sync::Arc;

use kagi_domain::{
    Kagi,
    access::{Leaving, Origin},
    model::user::UserAgent,
    services::sign_in::Visitor,
};
use poem::{
    FromRequest, Request, RequestBody,
    http::header::{HeaderValue, USER_AGENT},
};

use crate::{body::Room, metrics::Metrics, problem::Problem, site::Site};

/// The vault, the site, and where this request came from. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    shared: Arc<Shared>,
    origin: Origin,
    /// As it came in: it is read only where a session begins.
    user_agent: Option<HeaderValue>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) kagi: Kagi,
    pub(crate) site: Site,
    pub(crate) metrics: Metrics,
    pub(crate) room: Room,
    pub(crate) strangers: Room,
}

impl Context {
    pub(crate) fn new(shared: Arc<Shared>, origin: Origin, request: &Request) -> Self {
        Self { shared, origin, user_agent: request.headers().get(USER_AGENT).cloned() }
    }

    /// The context of a request that passed the guard.
    pub(crate) fn of(request: &Request) -> Result<&Self, Problem> {
        request.data::<Self>().ok_or_else(Problem::internal)
    }

    /// The vault.
    pub(crate) fn kagi(&self) -> &Kagi {
        &self.shared.kagi
    }

    /// The site.
    pub(crate) fn site(&self) -> &Site {
        &self.shared.site
    }

    /// What is counted.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.shared.metrics
    }

    /// Room for bodies.
    pub(crate) fn room(&self) -> &Room {
        &self.shared.room
    }

    /// Room for the bodies of those who are not signed in.
    pub(crate) fn room_for_strangers(&self) -> &Room {
        &self.shared.strangers
    }

    /// The request's id and the client's address.
    pub(crate) fn origin(&self) -> Origin {
        self.origin.clone()
    }

    /// The same, what the client calls itself, and the session that it is in: for whatever begins a session.
    pub(crate) fn entrance(&self, before: Option<&Visitor>) -> Origin {
        let text = self.user_agent.as_ref().map(|value| String::from_utf8_lossy(value.as_bytes()));
        let leaves = before.and_then(|visitor| Leaving::of(&visitor.actor));
        Origin { user_agent: text.and_then(|text| UserAgent::read(&text)), leaves, ..self.origin() }
    }
}

impl<'a> FromRequest<'a> for Context {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self::of(request)?.clone())
    }
}
