//! `/openapi` and `/docs`: the API about itself.

use poem::{IntoResponse, Request, Response};
use poem_openapi::{
    ApiResponse, OpenApi,
    registry::{MetaResponse, MetaResponses, MetaSchema, Registry},
};

use super::{answer::media, caller::Public};
use crate::openapi::Published;

#[derive(Clone)]
pub(super) struct Api(pub(super) Published);

struct Document(Response);

struct Page(Response);

#[OpenApi]
impl Api {
    /// This description, as an OpenAPI 3.0 document.
    ///
    /// May be kept for an hour; `If-None-Match` asks whether it has changed.
    #[oai(path = "/openapi", method = "get", operation_id = "getOpenApi")]
    #[expect(clippy::unused_async, reason = "the framework calls it so")]
    async fn openapi(&self, _anybody: Public, request: &Request) -> Document {
        Document(self.0.json(request))
    }

    /// This description, as a page for people.
    ///
    /// Loads nothing from other hosts and works without script.
    #[oai(path = "/docs", method = "get", operation_id = "getDocs")]
    #[expect(clippy::unused_async, reason = "the framework calls it so")]
    async fn docs(&self, _anybody: Public, request: &Request) -> Page {
        Page(self.0.page(request))
    }
}

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        self.0
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        self.0
    }
}

impl ApiResponse for Document {
    fn meta() -> MetaResponses {
        let example = serde_json::json!({"openapi": "3.0.3", "paths": {}});
        kept("application/json", MetaSchema { example: Some(example), ..MetaSchema::new("object") })
    }

    fn register(_: &mut Registry) {}
}

impl ApiResponse for Page {
    fn meta() -> MetaResponses {
        let example = serde_json::json!("<!DOCTYPE html>…");
        kept("text/html", MetaSchema { example: Some(example), ..MetaSchema::new("string") })
    }

    fn register(_: &mut Registry) {}
}

/// Something that clients may keep: they can ask whether it has changed.
fn kept(content_type: &'static str, schema: MetaSchema) -> MetaResponses {
    let mut meta = media(content_type, schema);
    meta.responses.push(MetaResponse {
        description: "What the client has, as its `If-None-Match` says, is still right.",
        status: Some(304),
        status_range: None,
        content: Vec::new(),
        headers: Vec::new(),
    });
    meta
}
