//! What every request passes, whatever it asks for: it gets an id, its host is checked, a panic
//! becomes a plain answer, the answer gets its security headers, and one line goes to the log.

pub(crate) mod csrf;
pub(crate) mod forwarded;
mod headers;
mod host;
pub(crate) mod limit;
#[cfg(test)]
mod tests;

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures_util::FutureExt;
use kagi_domain::Kagi;
use poem::{Endpoint, PathPattern, Request, Response, Route, http::Method};
use tokio::time::Instant;

use crate::{
    context::{Context, Shared},
    metrics::{Answer, Metrics},
    problem::Problem,
    room::Rooms,
    route::Routes,
    site::Site,
    web,
};

/// The outermost endpoint. Never fails.
pub(crate) struct Guard {
    shared: Arc<Shared>,
    routes: Route,
}

impl Guard {
    pub(crate) fn new(kagi: Kagi, site: Site, routes: Routes) -> Self {
        let metrics = Metrics::new(&site.version, routes.paths());
        Self {
            shared: Arc::new(Shared { kagi, site, metrics, rooms: Rooms::new() }),
            routes: routes.into_inner(),
        }
    }

    async fn answer(&self, request: Request) -> Result<Response, (Problem, Option<PathPattern>)> {
        let refused = |problem| (problem, None);
        host::check(&self.shared.site, &request).map_err(refused)?;
        let call = AssertUnwindSafe(self.routes.call(request)).catch_unwind().await;
        // A panic's payload may quote what a handler held.
        let result = call.map_err(|_| refused(Problem::internal()))?;
        result.map_err(|error| (Problem::from_framework(&error), error.data::<PathPattern>().cloned()))
    }
}

impl Endpoint for Guard {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let began = Instant::now();
        let (site, metrics) = (&self.shared.site, &self.shared.metrics);
        let _under_way = metrics.begin();
        let origin = self.shared.kagi.origin(forwarded::client_ip(site, &request));
        let context = Context::new(self.shared.clone(), origin, &request);
        let (method, is_api) = (request.method().clone(), is_api(request.uri().path()));
        request.set_data(context.clone());
        let (mut response, pattern, code) = match self.answer(request).await {
            Ok(response) => {
                let pattern = response.data::<PathPattern>().cloned();
                (response, pattern, None)
            }
            Err((problem, pattern)) => (present(&context, &problem, is_api), pattern, Some(problem.code)),
        };
        if method == Method::HEAD {
            response.set_body(());
        }
        let request_id = context.origin().request_id;
        headers::set(site, request_id, &mut response);
        let answer = Answer { status: response.status(), code, took: began.elapsed() };
        metrics.answered(pattern.as_ref(), &method, &answer);
        tracing::info!(
            method = %name(&method),
            route = pattern.as_ref().map_or("-", |pattern| &*pattern.0),
            status = answer.status.as_u16(),
            duration_us = u64::try_from(answer.took.as_micros()).unwrap_or(u64::MAX),
            %request_id,
            "request"
        );
        Ok(response)
    }
}

fn present(context: &Context, problem: &Problem, is_api: bool) -> Response {
    if is_api {
        return problem.to_json(context.origin().request_id);
    }
    let mut response = web::error_page(context, problem);
    response.set_status(if response.status().is_redirection() {
        response.status()
    } else {
        problem.status()
    });
    problem.set_headers(&mut response);
    response
}

fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// The method for the log; one that is made up is not repeated.
fn name(method: &Method) -> &str {
    let known = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::OPTIONS,
        Method::PATCH,
    ];
    if known.contains(method) { method.as_str() } else { "-" }
}
