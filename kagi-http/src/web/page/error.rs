//! What a person sees when a page cannot be shown.

use maud::{Markup, html};
use poem::http::StatusCode;

use crate::{problem::Problem, web::part::plain};

/// The page of a problem; `request` is the request's id, for the operator.
pub(crate) fn error(problem: &Problem, request: &str) -> Markup {
    let status = problem.status();
    let title = title(status);
    plain(
        title,
        &html! {
            p.status-code { (status.as_u16()) }
            h1 { (title) }
            p.lead { (problem.message) }
            @if status.is_server_error() {
                p.hint { "If it stays like this, tell whoever runs this Kagi: request " code { (request) } "." }
            }
            p { a.button.primary href="/" { "To the front page" } }
        },
    )
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "Nothing here",
        StatusCode::FORBIDDEN => "Not allowed",
        StatusCode::UNAUTHORIZED => "Please sign in",
        StatusCode::TOO_MANY_REQUESTS => "Too many attempts",
        StatusCode::SERVICE_UNAVAILABLE => "Not available right now",
        StatusCode::PAYLOAD_TOO_LARGE => "Too large",
        StatusCode::MISDIRECTED_REQUEST => "Wrong address",
        status if status.is_server_error() => "Something went wrong",
        _ => "That did not work",
    }
}
