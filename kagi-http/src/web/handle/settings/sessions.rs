//! Where a person is signed in.

use kagi_domain::{ids::SessionId, services::account::AccountError};
use poem::{
    Response, handler,
    web::{Path, Query},
};

use super::draw;
use crate::{
    problem::Problem,
    web::{
        handle::{LINES, ListQuery},
        page::settings::{Tab, sessions as page},
        part::Flash,
        visit::{Member, Reply},
    },
};

/// The list.
#[handler]
pub(crate) async fn list(member: Member, Query(query): Query<ListQuery>) -> Result<Response, Problem> {
    let found = member.kagi().account().sessions(member.actor(), &query.page(LINES)?).await?;
    let page = page::page(&found, query.is_first(), member.now());
    Ok(member.reply.page(draw(&member, Tab::Sessions, &page)))
}

/// Ends a session. One that is over already is what was wanted.
#[handler]
pub(crate) async fn end(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    match member.kagi().account().end_session(member.actor(), session_id(&id)?).await {
        Ok(()) | Err(AccountError::SessionNotFound) => {
            Ok(member.reply.say(Flash::SessionEnded, Tab::Sessions.path()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends all sessions but this one.
#[handler]
pub(crate) async fn end_others(member: Member) -> Result<Response, Problem> {
    member.kagi().account().end_other_sessions(member.actor()).await?;
    Ok(member.reply.say(Flash::OthersEnded, Tab::Sessions.path()))
}

/// A session is ended with a button; the button's bare address leads to the list.
#[handler]
pub(crate) fn back(_member: Member) -> Response {
    Reply::to(Tab::Sessions.path())
}

fn session_id(text: &str) -> Result<SessionId, Problem> {
    text.parse().map_err(|_| AccountError::SessionNotFound.into())
}
