//! The addresses that lead on.

use poem::{Response, handler};

use crate::web::visit::{Member, Reply};

/// The front page is the keys.
#[handler]
pub(crate) fn front(_member: Member) -> Response {
    Reply::to("/keys")
}

/// Settings begin with the person.
#[handler]
pub(crate) fn settings(_member: Member) -> Response {
    Reply::to("/settings/profile")
}
