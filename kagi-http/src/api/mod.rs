//! The REST API.
//!
//! A handler's arguments are read in order, and the first that fails decides the answer. So the
//! caller stands first (authenticate, authorise), then the body (size, content type, parse), and the
//! handler validates and finds. Path parameters are bound by position, not by name.

mod access_keys;
mod answer;
mod body;
mod caller;
mod categories;
mod entries;
mod loose;
mod query;
mod reference;
mod sign_in;
mod view;

use std::collections::HashMap;

use poem_openapi::OpenApi;
use serde_json::Value;

use crate::{
    guard::limit,
    openapi::{self, Published},
    route::{Methods, Routes},
    site::Site,
};

/// Where anybody may send a body.
const SMALL_BODIES: [&str; 4] =
    ["/auth/sign-in/email", "/auth/sign-up/email", "/auth/sign-out", "/account/reauth"];

/// Every operation.
fn apis(reference: Published) -> impl OpenApi {
    (categories::Api, entries::Api, access_keys::Api, sign_in::Api, reference::Api(reference))
}

/// Adds every operation, under `/api`.
pub(crate) fn routes(routes: Routes, site: &Site) -> Routes {
    let mut table = HashMap::new();
    apis(Published::new(site)).add_routes(&mut table);
    table.into_iter().fold(routes, |routes, (path, endpoints)| {
        let limit = if SMALL_BODIES.contains(&path.as_str()) { limit::SMALL } else { limit::USUAL };
        let on = |methods: Methods, (method, endpoint)| methods.on(method, endpoint);
        routes.at(&format!("/api{path}"), endpoints.into_iter().fold(Methods::new().limit(limit), on))
    })
}

/// The OpenAPI document of every operation.
pub(crate) fn document(published: &Published) -> Value {
    openapi::describe(&apis(published.clone()), published.url(), published.version())
}
