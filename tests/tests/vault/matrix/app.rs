//! The whole application over a real database, in process, at a time of the test's choice.

use std::{sync::Arc, time::Duration};

use kagi_domain::{Kagi, ports::Clock, time::Timestamp};
use kagi_http::{Site, TaskTracker};
use kagi_tests::{
    TestClock,
    operations::{Operation, Things},
};
use poem::{Endpoint, Request, Response, endpoint::BoxEndpoint, http::Method};
use serde_json::Value;

use crate::vault::Place;

pub(super) struct App {
    pub(super) kagi: Kagi,
    clock: Arc<TestClock>,
    endpoint: BoxEndpoint<'static, Response>,
}

/// The headers that prove who calls.
#[derive(Debug, Clone)]
pub(super) struct Credential(Vec<(&'static str, String)>);

impl Credential {
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) fn session(token: &str) -> Self {
        Self(vec![("cookie", format!("__Host-kagi_session={token}"))])
    }

    pub(super) fn key(token: &str) -> Self {
        Self(vec![("authorization", format!("Bearer {token}"))])
    }

    /// As a browser sends it along with what another site's page asks for.
    pub(super) fn sent_by_another_site(mut self) -> Self {
        self.0.push(("sec-fetch-site", "cross-site".to_owned()));
        self
    }

    /// This one and another at once.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.extend_from_slice(&other.0);
        self
    }
}

/// An answer without what differs from request to request.
#[derive(Debug, PartialEq)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) text: String,
    headers: Vec<(String, String)>,
}

impl Reply {
    #[track_caller]
    pub(super) fn is(&self, status: u16, code: &str, what: &str) {
        assert_eq!(self.status, status, "{what}: {}", self.text);
        let body: Value = serde_json::from_str(&self.text).unwrap();
        assert_eq!(body["code"], code, "{what}: {}", self.text);
    }
}

impl App {
    pub(super) fn new(place: &Place) -> Self {
        let clock = Arc::<TestClock>::default();
        let kagi = place.clocked(&clock);
        let site = Site {
            public_url: "https://kagi.example".parse().unwrap(),
            insecure_http: false,
            trusted_proxies: Vec::new(),
            listens_on_loopback: true,
            version: "0.0.0".to_owned(),
            tasks: TaskTracker::default(),
        };
        let endpoint = kagi_http::app(kagi.clone(), site);
        Self { kagi, clock, endpoint }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn advance(&self, span: Duration) {
        self.clock.advance(span);
    }

    /// Calls an operation about these things.
    pub(super) async fn send(
        &self,
        operation: &Operation,
        things: &Things,
        credential: &Credential,
    ) -> Reply {
        let method = operation.method.parse().unwrap();
        self.call(method, &operation.path(things), operation.body(things), credential).await
    }

    pub(super) async fn get(&self, path: &str, credential: &Credential) -> Reply {
        self.call(Method::GET, path, None, credential).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<String>, credential: &Credential) -> Reply {
        let mut request = Request::builder().method(method).uri_str(path).header("host", "kagi.example");
        for (name, value) in &credential.0 {
            request = request.header(*name, value);
        }
        let request = match body {
            Some(body) => request.content_type("application/json").body(body),
            None => request.finish(),
        };
        let (parts, body) = self.endpoint.call(request).await.expect("it never fails").into_parts();
        let id = parts.headers["x-request-id"].to_str().unwrap();
        let headers = parts.headers.iter().filter(|(name, _)| *name != "x-request-id");
        let text = |value: &poem::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Reply {
            status: parts.status.as_u16(),
            headers: headers.map(|(name, value)| (name.to_string(), text(value))).collect(),
            text: body.into_string().await.unwrap().replace(id, ""),
        }
    }
}
