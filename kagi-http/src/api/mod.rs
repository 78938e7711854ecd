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
mod sign_in;
mod view;

use std::collections::HashMap;

use poem_openapi::OpenApi;

use crate::{
    guard::limit,
    route::{Methods, Routes},
};

/// Where anybody may send a body.
const SMALL_BODIES: [&str; 3] = ["/auth/sign-in/email", "/auth/sign-up/email", "/account/reauth"];

/// Adds every operation, under `/api`.
pub(crate) fn routes(routes: Routes) -> Routes {
    let api = (categories::Api, entries::Api, access_keys::Api, sign_in::Api);
    let mut table = HashMap::new();
    api.add_routes(&mut table);
    table.into_iter().fold(routes, |routes, (path, endpoints)| {
        let limit = if SMALL_BODIES.contains(&path.as_str()) { limit::SMALL } else { limit::USUAL };
        let on = |methods: Methods, (method, endpoint)| methods.on(method, endpoint);
        routes.at(&format!("/api{path}"), endpoints.into_iter().fold(Methods::new().limit(limit), on))
    })
}
