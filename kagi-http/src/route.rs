//! Routes that cannot forget their guard: whoever adds one gets the method check, the origin check,
//! the body limit, and a task of its own for everything that may change something.

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures_util::FutureExt;
use poem::{
    Endpoint, EndpointExt, IntoEndpoint, Request, Response, Route, endpoint::BoxEndpoint, http::Method,
};

use crate::{
    context::Context,
    guard::{csrf, limit},
    problem::Problem,
    site::Site,
};

/// Paths with their methods.
#[derive(Default)]
pub(crate) struct Routes {
    route: Route,
    paths: Vec<String>,
}

impl Routes {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a path, in the framework's spelling (`/entries/:id`). Panics when it is there already,
    /// which the first test to build the app shows.
    #[must_use]
    pub(crate) fn at(self, path: &str, methods: Methods) -> Self {
        self.add(path, methods.into_endpoint())
    }

    /// Adds a path that is there for some only; to all others it is like one of nothing, whatever
    /// the method.
    #[must_use]
    pub(crate) fn at_for(self, some: Allows, path: &str, methods: Methods) -> Self {
        self.add(path, Veil { some, gate: methods.into_endpoint() })
    }

    fn add(mut self, path: &str, endpoint: impl Endpoint<Output = Response> + 'static) -> Self {
        self.paths.push(path.to_owned());
        Self { route: self.route.at(path, endpoint), paths: self.paths }
    }

    /// Every path.
    pub(crate) fn paths(&self) -> &[String] {
        &self.paths
    }

    pub(crate) fn into_inner(self) -> Route {
        self.route
    }
}

/// The methods of one path. `HEAD` goes where `GET` goes.
pub(crate) struct Methods {
    endpoints: Vec<(Method, BoxEndpoint<'static>)>,
    limit: usize,
}

/// A path that can be read.
pub(crate) fn get(endpoint: impl IntoEndpoint<Endpoint: 'static>) -> Methods {
    Methods::new().on(Method::GET, endpoint)
}

impl Methods {
    /// No method yet, bodies of at most [`limit::USUAL`].
    pub(crate) const fn new() -> Self {
        Self { endpoints: Vec::new(), limit: limit::USUAL }
    }

    /// Adds a method.
    #[must_use]
    pub(crate) fn on(mut self, method: Method, endpoint: impl IntoEndpoint<Endpoint: 'static>) -> Self {
        self.endpoints.push((method, endpoint.map_to_response().boxed()));
        self
    }

    /// Adds `POST`.
    #[must_use]
    pub(crate) fn post(self, endpoint: impl IntoEndpoint<Endpoint: 'static>) -> Self {
        self.on(Method::POST, endpoint)
    }

    /// Bodies of at most so many bytes.
    #[must_use]
    pub(crate) const fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }
}

impl IntoEndpoint for Methods {
    type Endpoint = Gate;

    fn into_endpoint(self) -> Gate {
        let mut names: Vec<&str> = self.endpoints.iter().map(|(method, _)| method.as_str()).collect();
        if names.contains(&"GET") {
            names.push("HEAD");
        }
        names.sort_unstable();
        let allow = names.join(", ").into();
        let shared = |(method, endpoint)| (method, Arc::new(endpoint));
        Gate { endpoints: self.endpoints.into_iter().map(shared).collect(), allow, limit: self.limit }
    }
}

type Shared = Arc<BoxEndpoint<'static>>;

/// What stands before the handlers of a path.
pub(crate) struct Gate {
    endpoints: Vec<(Method, Shared)>,
    allow: Arc<str>,
    limit: usize,
}

impl Gate {
    fn find(&self, method: &Method) -> Option<&Shared> {
        self.endpoints.iter().find_map(|(own, endpoint)| (own == method).then_some(endpoint))
    }
}

impl Endpoint for Gate {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        if request.method() == Method::HEAD && self.find(&Method::HEAD).is_none() {
            request.set_method(Method::GET);
        }
        let endpoint =
            self.find(request.method()).ok_or_else(|| Problem::method_not_allowed(self.allow.clone()))?;
        let context = Context::of(&request)?.clone();
        if is_safe(request.method()) {
            let call = AssertUnwindSafe(endpoint.call(request)).catch_unwind().await;
            return call.unwrap_or_else(|_| panicked(&context));
        }
        csrf::check(context.site(), request.headers())?;
        let overrun = limit::wrap(&mut request, self.limit);
        let result = detached(&context, endpoint.clone(), request).await;
        if overrun.happened() { Err(Problem::too_large().into()) } else { result }
    }
}

/// Whom a path is there for.
type Allows = fn(&Site, &Request) -> bool;

/// What hides a path.
struct Veil {
    some: Allows,
    gate: Gate,
}

impl Endpoint for Veil {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if !(self.some)(Context::of(&request)?.site(), &request) {
            return Err(Problem::not_found().into());
        }
        self.gate.call(request).await
    }
}

/// Whether a method promises to change nothing (RFC 9110, section 9.2.1).
fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
}

/// Runs the handler in a task of its own: when the client hangs up, this future is dropped and the
/// task goes on. A unit of work that is dropped half-way can take later writes with it.
async fn detached(context: &Context, endpoint: Shared, request: Request) -> poem::Result<Response> {
    let task = context.site().tasks.spawn(async move { endpoint.call(request).await });
    task.await.unwrap_or_else(|_| panicked(context))
}

/// What a handler's panic comes to. Its text may quote what the handler held, so it is left alone.
fn panicked(context: &Context) -> poem::Result<Response> {
    tracing::error!(request_id = %context.origin().request_id, "a handler panicked");
    Err(Problem::internal().into())
}
