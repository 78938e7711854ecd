//! The addresses that lead on.

use poem::{Response, handler};

use crate::web::visit::{Member, Reply};

/// Signing out is a button; its bare address leads to the front page.
#[handler]
pub(crate) fn front(_member: Member) -> Response {
    Reply::to("/")
}

/// Settings begin with the person.
#[handler]
pub(crate) fn settings(_member: Member) -> Response {
    Reply::to("/settings/profile")
}
