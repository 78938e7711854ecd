//! `/account/sessions`: for people in a session only.

use kagi_domain::{fields::Fields, ids::SessionId, services::account::AccountError};
use poem::{
    IntoResponse, Response,
    http::header::{HeaderValue, SET_COOKIE},
};
use poem_openapi::{
    ApiResponse, OpenApi,
    param::Path,
    registry::{MetaResponses, Registry},
};

use super::{
    answer::{Answer, Done, Listed},
    body::NoBody,
    caller::InSession,
    query::{Asked, page},
    view::ListedSessionView,
};
use crate::cookie;

#[derive(Clone)]
pub(super) struct Api;

#[OpenApi]
impl Api {
    /// A page of the sessions that still work, newest first.
    #[oai(path = "/account/sessions", method = "get", operation_id = "listSessions")]
    async fn list(
        &self,
        person: InSession,
        limit: Asked,
        cursor: Asked,
    ) -> Answer<Listed<ListedSessionView>> {
        let mut fields = Fields::new();
        let page = page(&mut fields, &limit, &cursor);
        let page = fields.finish(page)?;
        Ok(Listed::from(person.kagi().account().sessions(&person.actor, &page).await?))
    }

    /// Ends all sessions but the one that asks.
    #[oai(path = "/account/sessions", method = "delete", operation_id = "deleteOtherSessions")]
    async fn delete_others(&self, person: InSession, _body: NoBody) -> Answer<Done> {
        person.kagi().account().end_other_sessions(&person.actor).await?;
        Ok(Done)
    }

    /// Ends a session.
    ///
    /// The next request in it is refused. The one that asks may end itself.
    ///
    /// Errors: `SESSION_NOT_FOUND`.
    #[oai(path = "/account/sessions/:id", method = "delete", operation_id = "deleteSession")]
    async fn delete(&self, person: InSession, id: Path<String>, _body: NoBody) -> Answer<Ended> {
        let id = parse(&id)?;
        person.kagi().account().end_session(&person.actor, id).await?;
        let own = person.actor.session_id() == Some(id);
        Ok(Ended(own.then(|| cookie::end(person.context().site()))))
    }
}

/// 204, and the end of the cookie where that session was the caller's own.
struct Ended(Option<HeaderValue>);

impl IntoResponse for Ended {
    fn into_response(self) -> Response {
        let mut response = Done.into_response();
        if let Some(cookie) = self.0 {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        response
    }
}

impl ApiResponse for Ended {
    fn meta() -> MetaResponses {
        Done::meta()
    }

    fn register(registry: &mut Registry) {
        Done::register(registry);
    }
}

/// What is no id is nobody's session.
fn parse(id: &str) -> Result<SessionId, AccountError> {
    id.parse().map_err(|_| AccountError::SessionNotFound)
}
