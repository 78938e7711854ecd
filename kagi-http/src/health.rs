//! Probes for whatever runs the server.

use std::time::Duration;

use poem::{Response, handler, http::StatusCode};

use crate::context::Context;

/// How long the database may take to answer a probe.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process is up.
#[handler]
pub(crate) fn livez() -> Response {
    text(StatusCode::OK, "up\n")
}

/// The database answers within [`PATIENCE`].
#[handler]
pub(crate) async fn readyz(context: Context) -> Response {
    match tokio::time::timeout(PATIENCE, context.kagi().maintenance().ping()).await {
        Ok(Ok(())) => text(StatusCode::OK, "ready\n"),
        Ok(Err(_)) | Err(_) => text(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

fn text(status: StatusCode, text: &'static str) -> Response {
    Response::builder().status(status).content_type("text/plain; charset=utf-8").body(text)
}
