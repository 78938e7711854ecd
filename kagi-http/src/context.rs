//! What every handler has at hand.

use std::sync::{Arc, OnceLock};

use kagi_domain::{
    Kagi,
    access::{Actor, Leaving, Origin},
    ids::UserId,
    model::user::UserAgent,
    services::sign_in::Visitor,
};
use poem::{
    FromRequest, Request, RequestBody,
    http::header::{HeaderValue, USER_AGENT},
};

use crate::{
    metrics::Metrics,
    problem::Problem,
    room::{Place, Rooms},
    site::Site,
};

/// The vault, the site, and where this request came from. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    shared: Arc<Shared>,
    origin: Origin,
    /// As it came in: it is read only where a session begins.
    user_agent: Option<HeaderValue>,
    /// Who calls, from when it is known.
    person: OnceLock<UserId>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) kagi: Kagi,
    pub(crate) site: Site,
    pub(crate) metrics: Metrics,
    pub(crate) rooms: Rooms,
}

impl Context {
    pub(crate) fn new(shared: Arc<Shared>, origin: Origin, request: &Request) -> Self {
        let user_agent = request.headers().get(USER_AGENT).cloned();
        Self { shared, origin, user_agent, person: OnceLock::new() }
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

    /// Notes who calls: a valid session or access key says so.
    pub(crate) fn note(&self, actor: &Actor) {
        // A request has one credential that counts; who is known stays so.
        let _ = self.person.set(actor.user());
    }

    /// Room for this request's body: of the person who calls. As long as nobody is known, and whoever asks too
    /// early is told less rather than more, it is of a stranger.
    pub(crate) fn place(&self) -> Place {
        match self.person.get() {
            Some(person) => self.shared.rooms.of(*person),
            None => self.place_of_stranger(),
        }
    }

    /// Room for a body of nobody who is signed in.
    pub(crate) fn place_of_stranger(&self) -> Place {
        self.shared.rooms.of_stranger(self.origin.ip)
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
