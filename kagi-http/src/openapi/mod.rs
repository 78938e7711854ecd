//! The API's own description, as `OpenAPI` 3.0 and as pages for people.
//!
//! Operations describe themselves: paths, parameters, bodies and answers come from the handlers'
//! signatures, texts from their documentation, and what they demand from their callers' extractors. This
//! module completes that with what follows from it. Codes of an operation's own stand in a paragraph
//! `Errors:` of its documentation. Tests refuse an operation that is not fully described.

mod demand;
mod document;
mod example;
mod failure;
mod operation;
mod published;
mod schema;
mod tag;
#[cfg(test)]
mod tests;
mod word;

use poem_openapi::OpenApi;
use serde_json::Value;

pub(crate) use demand::{ANY, FRESH, PUBLIC, SESSION};
pub(crate) use published::Published;

use crate::site::PublicUrl;

/// The description of these operations, as they are served at an address.
pub(crate) fn describe<A: OpenApi>(apis: &A, url: &PublicUrl, version: &str) -> Value {
    document::of(apis, url, version)
}
