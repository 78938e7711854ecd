//! What operators watch: counts and times by route, never by path, person or id.
//!
//! Every label's value is known when the program starts, or is one of a fixed few, so that no client
//! can make a series. Counting a request takes one look-up, atomics, and one histogram's lock.

mod outcome;
mod series;

use std::{collections::HashMap, fmt, time::Duration};

use poem::{
    PathPattern, Request, Response, handler,
    http::{Method, StatusCode},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, prometheus_text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, info::Info},
    registry::Registry,
};

use crate::{
    context::Context,
    guard::forwarded,
    problem::{Code, Problem},
    site::Site,
};
use outcome::{Kind, Outcomes};
use series::{RouteSeries, Series};

/// Where they are shown.
pub(crate) const PATH: &str = "/metrics";

/// The label of whatever met no route.
const NO_ROUTE: &str = "-";

/// Everything that is counted, since the start.
pub(crate) struct Metrics {
    registry: Registry,
    in_flight: Gauge,
    /// By the framework's spelling of a route.
    routes: HashMap<String, (RouteSeries, Kind)>,
    elsewhere: RouteSeries,
    series: Series,
    reveals: Outcomes,
    sign_ins: Outcomes,
    /// By the number of a code.
    problems: Vec<Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CodeLabels {
    code: &'static str,
}

/// A request that is under way. Whatever becomes of it, in the end it no longer is.
pub(crate) struct UnderWay<'a>(&'a Gauge);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// Nothing counted yet, for these routes.
    pub(crate) fn new(version: &str, routes: &[String]) -> Self {
        let mut registry = Registry::with_prefix("kagi");
        let build = Info::new(vec![("version", version.to_owned())]);
        registry.register("build", "The program that runs", build);
        let in_flight = Gauge::default();
        registry.register("http_requests_in_flight", "Requests that are under way", in_flight.clone());
        let problems = Family::<CodeLabels, Counter>::default();
        registry.register("problems", "Errors that were answered, by the API's code", problems.clone());
        let code = |code: &Code| problems.get_or_create_owned(&CodeLabels { code: code.as_str() });
        let route = |path: &String| (path.clone(), (RouteSeries::new(path), Kind::of(path)));
        Self {
            in_flight,
            routes: routes.iter().map(route).collect(),
            elsewhere: RouteSeries::new(NO_ROUTE),
            series: Series::register(&mut registry),
            reveals: Outcomes::register(&mut registry, "reveals", "Values that were asked for, by result"),
            sign_ins: Outcomes::register(&mut registry, "sign_ins", "Sign-ins by password, by result"),
            problems: Code::ALL.iter().map(code).collect(),
            registry,
        }
    }

    /// A request begins.
    pub(crate) fn begin(&self) -> UnderWay<'_> {
        self.in_flight.inc();
        UnderWay(&self.in_flight)
    }

    /// A request was answered. One whose client hung up before is not counted here.
    pub(crate) fn answered(&self, route: Option<&PathPattern>, method: &Method, answer: &Answer) {
        let known = route.and_then(|route| self.routes.get(&*route.0));
        let (route, kind) = known.map_or((&self.elsewhere, Kind::Other), |(route, kind)| (route, *kind));
        route.count(&self.series, method, answer.status, answer.took);
        match kind {
            Kind::Reveal if method == Method::POST => self.reveals.count(kind, answer),
            Kind::SignIn if method == Method::POST => self.sign_ins.count(kind, answer),
            _ => {}
        }
        if let Some(counter) = answer.code.and_then(|code| self.problems.get(code as usize)) {
            counter.inc();
        }
    }

    /// All of it, in the text format of Prometheus.
    pub(crate) fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

/// What a request came to.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Of an error, unless a page showed it beside a form.
    pub(crate) code: Option<Code>,
    pub(crate) took: Duration,
}

/// Whether the metrics are there for whoever connects: programs on this machine, and on those of
/// the trusted proxies. What a proxy says of its client does not count; but a request on this machine
/// that was passed on, by a proxy that nobody named, comes from anywhere.
pub(crate) fn are_for(site: &Site, request: &Request) -> bool {
    forwarded::peer(request).is_some_and(|ip| {
        forwarded::is_trusted(site, ip) || (ip.is_loopback() && !forwarded::is_passed_on(request))
    })
}

/// Shows them.
#[handler]
#[expect(clippy::needless_pass_by_value, reason = "a handler owns what was extracted for it")]
pub(crate) fn show(context: Context) -> Result<Response, Problem> {
    let text = context.metrics().text().map_err(|_| Problem::internal())?;
    Ok(Response::builder().content_type(prometheus_text::CONTENT_TYPE).body(text))
}
