//! Requests by route, method and class of status, and how long they took.

use std::{sync::OnceLock, time::Duration};

use poem::http::{Method, StatusCode};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};

/// Seconds. A get takes about one millisecond, a sign-in about fifty.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5];
const CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "-"];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    route: String,
    method: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StatusLabels {
    route: String,
    method: &'static str,
    status: &'static str,
}

/// What the series of all routes are made in.
pub(super) struct Series {
    requests: Family<StatusLabels, Counter>,
    durations: Family<Labels, Histogram, fn() -> Histogram>,
}

impl Series {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let requests = Family::default();
        registry.register("http_requests", "Requests that were answered", requests.clone());
        let durations: Family<_, _, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(BUCKETS));
        let help = "How long requests took, until the head of their answer";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, durations.clone());
        Self { requests, durations }
    }
}

/// One route and method.
struct Line {
    classes: [Counter; 4],
    duration: Histogram,
}

/// One route. Its lines are made when they are first met, so that an idle server shows few.
pub(super) struct RouteSeries {
    label: String,
    lines: [OnceLock<Line>; 5],
}

impl RouteSeries {
    /// The label shows where parameters are, not their names, which the framework makes up:
    /// `/api/entries/{}/reveal`.
    pub(super) fn new(path: &str) -> Self {
        let spelled = path.split('/').map(|part| if part.starts_with(':') { "{}" } else { part });
        Self { label: spelled.collect::<Vec<_>>().join("/"), lines: Default::default() }
    }

    pub(super) fn count(&self, series: &Series, method: &Method, status: StatusCode, took: Duration) {
        let number = number(method);
        let Some((line, method)) = self.lines.get(number).zip(METHODS.get(number)) else { return };
        let line = line.get_or_init(|| self.line(series, method));
        if let Some(class) = line.classes.get(usize::from(status.as_u16() / 100).saturating_sub(2)) {
            class.inc();
        }
        line.duration.observe(took.as_secs_f64());
    }

    fn line(&self, series: &Series, method: &'static str) -> Line {
        let route = || self.label.clone();
        let class =
            |status| series.requests.get_or_create_owned(&StatusLabels { route: route(), method, status });
        let duration = series.durations.get_or_create_owned(&Labels { route: route(), method });
        Line { classes: CLASSES.map(class), duration }
    }
}

/// A method's place in [`METHODS`]. `HEAD` goes where `GET` goes; what no route takes is the last.
fn number(method: &Method) -> usize {
    match *method {
        Method::GET | Method::HEAD => 0,
        Method::POST => 1,
        Method::PUT => 2,
        Method::DELETE => 3,
        _ => 4,
    }
}
