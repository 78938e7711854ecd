//! A form that comes in after its session has ended is given back, to be sent again.

use std::sync::{Arc, Mutex};

use futures_util::{StreamExt, stream};
use poem::{Body, FromRequest, Request, Response, http::Method};

use crate::{
    problem::Problem,
    web::{page::ended, part::Form, visit::Reply},
};

/// A request's body, for as long as no handler has begun to read it.
pub(super) struct Unread(Arc<Mutex<Option<Body>>>);

impl Unread {
    /// Leaves the body of a form in the request, but notes it. Nothing is copied.
    pub(super) fn of(request: &mut Request) -> Option<Self> {
        let kind = request.content_type().and_then(|kind| kind.split(';').next()).unwrap_or_default();
        if request.method() != Method::POST || !kind.trim().eq_ignore_ascii_case(FORM) {
            return None;
        }
        let slot = Arc::new(Mutex::new(Some(request.take_body())));
        let own = Self(slot.clone());
        let body = stream::once(async move { take(&slot).unwrap_or_else(Body::empty) });
        request.set_body(Body::from_bytes_stream(body.flat_map(|body| Box::pin(body.into_bytes_stream()))));
        Some(own)
    }

    /// The page that gives the form back, unless there is nothing in it or it was read already. It goes to
    /// whoever has just sent the same, so it tells nobody anything; it is not packed and not kept.
    pub(super) async fn given_back(self, path: &str) -> Option<Response> {
        let request = Request::builder().method(Method::POST).content_type(FORM).body(take(&self.0)?);
        let (request, mut body) = request.split();
        let form = Form::from_request(&request, &mut body).await.ok()?;
        form.pairs().next()?;
        let form = form.refuse(Problem::auth_required());
        Some(Reply::again(&form, ended::page(&form, path)))
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

fn take(slot: &Mutex<Option<Body>>) -> Option<Body> {
    slot.lock().ok()?.take()
}
