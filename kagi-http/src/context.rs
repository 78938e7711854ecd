//! What every handler has at hand.

use std::sync::Arc;

use kagi_domain::{Kagi, access::Origin};
use poem::{FromRequest, Request, RequestBody};

use crate::{problem::Problem, site::Site};

/// The vault, the site, and where this request came from. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    shared: Arc<Shared>,
    origin: Origin,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) kagi: Kagi,
    pub(crate) site: Site,
}

impl Context {
    pub(crate) const fn new(shared: Arc<Shared>, origin: Origin) -> Self {
        Self { shared, origin }
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

    /// The request's id and the client's address.
    pub(crate) fn origin(&self) -> Origin {
        self.origin.clone()
    }
}

impl<'a> FromRequest<'a> for Context {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self::of(request)?.clone())
    }
}
