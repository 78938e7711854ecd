//! The REST API and the web pages over the domain's services.
//!
//! [`app`] makes one endpoint of it all. A request passes the `guard` (its id, headers, host), is
//! routed, proves where it comes from (`route`), becomes an actor (`actor`), and reaches a handler of
//! `api` or `web`, which parses (`draft`), calls a service, and presents the answer. Whatever goes
//! wrong becomes a [`problem::Problem`].

mod actor;
mod api;
mod body;
pub mod brand;
mod context;
mod cookie;
mod draft;
mod guard;
mod health;
mod metrics;
mod openapi;
pub mod problem;
mod room;
mod route;
mod schema;
mod site;
mod web;

use kagi_domain::Kagi;
use poem::{EndpointExt, Response, endpoint::BoxEndpoint};

pub use site::{InvalidPublicUrl, PublicUrl, Site};
pub use tokio_util::task::TaskTracker;

/// Everything that is served, as one endpoint that answers each request and never fails. The caller
/// accepts connections and sets [`poem::web::RemoteAddr`]; without it a client has no address.
#[must_use]
pub fn app(kagi: Kagi, site: Site) -> BoxEndpoint<'static, Response> {
    let routes = api::routes(web::routes(), &site);
    let routes = routes.at("/livez", route::get(health::livez)).at("/readyz", route::get(health::readyz));
    let routes = routes.at_for(metrics::are_for, metrics::PATH, route::get(metrics::show));
    guard::Guard::new(kagi, site, routes).map_to_response().boxed()
}

/// The path of every page and asset, in the router's spelling (`/keys/:id`). All of them answer `GET`.
#[must_use]
pub fn page_paths() -> Vec<String> {
    web::routes().paths().to_vec()
}

/// The API's description, as `GET /api/openapi` answers it at this address.
#[must_use]
pub fn openapi_document(url: PublicUrl, version: &str) -> String {
    let document = api::document(&openapi::Published::at(url, version.to_owned()));
    format!("{document:#}")
}
