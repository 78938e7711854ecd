//! A form that comes in after its session has ended is given back, to be sent again.

use std::sync::{Arc, Mutex};

use futures_util::{StreamExt, stream};
use poem::{Body, Request, RequestBody, Response, http::Method};

use crate::{
    context::Context,
    problem::{Code, Problem},
    web::{
        page::ended,
        part::{Form, urlencoded::is_form},
        visit::Reply,
    },
};

/// A request's body, for as long as no handler has begun to read it.
pub(super) struct Unread(Arc<Mutex<Option<Body>>>);

impl Unread {
    /// Leaves the body of a form in the request, but notes it. Nothing is copied.
    pub(super) fn of(request: &mut Request) -> Option<Self> {
        if request.method() != Method::POST || !is_form(request) {
            return None;
        }
        let slot = Arc::new(Mutex::new(Some(request.take_body())));
        let own = Self(slot.clone());
        let body = stream::once(async move { take(&slot).unwrap_or_else(Body::empty) });
        request.set_body(Body::from_bytes_stream(body.flat_map(|body| Box::pin(body.into_bytes_stream()))));
        Some(own)
    }

    /// The page that gives the form back, unless there is nothing in it or it was read already. It goes to
    /// whoever has just sent the same, so it tells nobody anything; it is not packed and not kept. Where there
    /// is no room for it that is said, so that it can be sent again.
    pub(super) async fn given_back(self, context: &Context, path: &str) -> Result<Option<Response>, Problem> {
        let Some(body) = take(&self.0) else { return Ok(None) };
        let read = Form::read(context.place_of_stranger(), &mut RequestBody::new(body)).await;
        let read = read.map_err(|error| Problem::from_framework(&error));
        match read {
            Ok(form) if form.pairs().next().is_some() => {
                let form = form.refuse(Problem::auth_required());
                Ok(Some(Reply::again(&form, ended::page(&form, path))))
            }
            Err(problem) if problem.code == Code::Unavailable => Err(problem),
            _ => Ok(None),
        }
    }
}

fn take(slot: &Mutex<Option<Body>>) -> Option<Body> {
    slot.lock().ok()?.take()
}
