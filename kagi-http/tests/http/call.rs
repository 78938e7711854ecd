//! Requests and answers, as plain data.

use std::{net::SocketAddr, str::FromStr};

use kagi_http::PublicUrl;
use poem::{
    Addr, Body, Endpoint, Request, RequestParts, Response,
    http::{HeaderMap, Method, Request as HttpRequest, StatusCode, Uri, uri::Scheme},
    web::{LocalAddr, RemoteAddr},
};
use serde_json::Value;

/// A request that is about to be sent.
pub(crate) struct Call {
    method: Method,
    path: String,
    headers: Vec<(String, Vec<u8>)>,
    host: bool,
    body: Body,
    remote: SocketAddr,
}

impl Call {
    pub(crate) fn new(method: &str, path: impl Into<String>) -> Self {
        Self {
            method: Method::from_str(method).unwrap(),
            path: path.into(),
            headers: Vec::new(),
            host: true,
            body: Body::empty(),
            remote: "192.0.2.9:40000".parse().unwrap(),
        }
    }

    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new("GET", path)
    }

    pub(crate) fn post(path: impl Into<String>) -> Self {
        Self::new("POST", path)
    }

    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.host &= !name.eq_ignore_ascii_case("host");
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// Leaves the `Host` header out.
    pub(crate) fn without_host(mut self) -> Self {
        self.host = false;
        self
    }

    pub(crate) fn json(self, value: &Value) -> Self {
        self.text(value.to_string())
    }

    /// A body that says it is JSON.
    pub(crate) fn text(self, text: impl Into<Vec<u8>>) -> Self {
        self.header("content-type", "application/json").body(text.into())
    }

    pub(crate) fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn from(mut self, ip: &str) -> Self {
        self.remote = SocketAddr::new(ip.parse().unwrap(), 40_000);
        self
    }

    pub(crate) fn method(&self) -> &str {
        self.method.as_str()
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// With an access key.
    pub(crate) fn key(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    pub(crate) fn into_request(self, url: &PublicUrl) -> Request {
        let mut request = HttpRequest::builder().method(self.method).uri(Uri::from_str(&self.path).unwrap());
        if self.host {
            let authority = url.to_string().split_once("://").unwrap().1.to_owned();
            request = request.header("host", authority);
        }
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let (local, remote) = (LocalAddr(Addr::default()), RemoteAddr(Addr::from(self.remote)));
        Request::from_parts(RequestParts::from((parts, local, remote, Scheme::HTTP)), self.body)
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) async fn of(app: &impl Endpoint<Output = Response>, request: Request) -> Self {
        let response = app.call(request).await.expect("the app never fails");
        let (parts, body) = response.into_parts();
        let text = body.into_string().await.unwrap();
        Self { status: parts.status, headers: parts.headers, text }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json", "{}", self.text);
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn data(&self) -> Value {
        self.json()["data"].clone()
    }

    pub(crate) fn id(&self) -> String {
        self.json()["data"]["id"].as_str().unwrap().to_owned()
    }

    /// The error's code; panics when it is not an error of the agreed form.
    pub(crate) fn code(&self) -> String {
        let json = self.json();
        let object = json.as_object().unwrap();
        assert!(!object["error"].as_str().unwrap().is_empty());
        assert_eq!(object["requestId"].as_str().unwrap(), self.header("x-request-id"));
        let code = object["code"].as_str().unwrap().to_owned();
        assert_eq!(object.contains_key("fields"), code == "VALIDATION_ERROR", "{}", self.text);
        assert_eq!(object.len(), 3 + usize::from(object.contains_key("fields")));
        code
    }

    /// The names of the fields that a validation error complains about.
    pub(crate) fn fields(&self) -> Vec<String> {
        assert_eq!(self.code(), "VALIDATION_ERROR");
        let json = self.json();
        let fields = json["fields"].as_array().unwrap();
        fields.iter().map(|field| field["field"].as_str().unwrap().to_owned()).collect()
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.code().as_str()), (status, code), "{}", self.text);
    }

    #[track_caller]
    pub(crate) fn ok(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// The body without the request's id.
    pub(crate) fn body_without_id(&self) -> String {
        self.text.replace(self.header("x-request-id"), "")
    }
}

/// The names of an object's fields, sorted.
pub(crate) fn names(object: &Value) -> Vec<&str> {
    let mut names: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}
