//! The web pages.

use poem::Response;

use crate::{context::Context, problem::Problem, route::Routes};

/// Every page and asset.
pub(crate) fn routes() -> Routes {
    Routes::new()
}

/// What a person sees when a page cannot be shown.
pub(crate) fn error_page(_context: &Context, problem: &Problem) -> Response {
    Response::builder()
        .status(problem.status())
        .content_type("text/plain; charset=utf-8")
        .body(problem.message.clone().into_owned())
}
