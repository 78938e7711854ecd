//! The one error table: every error of the domain becomes a status, a code and a public sentence.
//!
//! The matches have no wildcard: a new error does not compile until somebody has decided here what
//! clients see. Server errors say no more than the request's id.

mod code;
mod domain;

use std::{borrow::Cow, sync::Arc, time::Duration};

use kagi_domain::{
    fields::{FieldError, Invalid},
    ids::RequestId,
};
use poem::{
    Response,
    error::ResponseError,
    http::{HeaderValue, StatusCode, header},
};
use serde::Serialize;

pub use code::Code;

/// Why a request was not done, as clients may know it. Holds no secret, SQL, path or type name.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// The code, which decides the status.
    pub code: Code,
    /// What is wrong and what to do.
    pub message: Cow<'static, str>,
    /// Mistakes by field; only with [`Code::ValidationError`].
    pub fields: Vec<FieldError>,
    /// When to try again.
    pub retry_after: Option<Duration>,
    /// The methods that there are; only with [`Code::MethodNotAllowed`].
    pub allow: Option<Arc<str>>,
}

impl Problem {
    /// A problem with its sentence.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), fields: Vec::new(), retry_after: None, allow: None }
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.code.status()
    }

    pub(crate) fn internal() -> Self {
        Self::new(Code::InternalError, "Something went wrong on the server. Nothing more was done.")
    }

    pub(crate) fn unavailable(seconds: u64) -> Self {
        let message = "The vault is not available at the moment. Please try again shortly.";
        Self::new(Code::Unavailable, message).retry_after(Duration::from_secs(seconds))
    }

    /// There is no room for another body, or none of this sender's.
    pub(crate) fn crowded() -> Self {
        let message =
            "More is being sent at this moment than is taken in at one time. Please try again shortly.";
        Self::new(Code::Unavailable, message).retry_after(Duration::from_secs(1))
    }

    pub(crate) fn auth_required() -> Self {
        Self::new(Code::AuthRequired, "Unauthorized")
    }

    pub(crate) fn invalid_key() -> Self {
        Self::new(Code::AuthInvalidKey, "This access key is not valid: it is unknown, expired or revoked.")
    }

    pub(crate) fn csrf() -> Self {
        Self::new(Code::CsrfRejected, "The request came from another site and was refused.")
    }

    pub(crate) fn misdirected() -> Self {
        Self::new(Code::MisdirectedRequest, "This server does not answer for the host that was asked for.")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(Code::NotFound, "There is nothing here.")
    }

    pub(crate) fn method_not_allowed(allow: Arc<str>) -> Self {
        let message = "This address does not support the method; see the Allow header.";
        Self { allow: Some(allow), ..Self::new(Code::MethodNotAllowed, message) }
    }

    pub(crate) fn too_large() -> Self {
        Self::new(Code::PayloadTooLarge, "The body is larger than this address accepts.")
    }

    pub(crate) fn unsupported_media_type(expected: &str) -> Self {
        Self::new(Code::UnsupportedMediaType, format!("Send the body as {expected}."))
    }

    fn retry_after(mut self, span: Duration) -> Self {
        self.retry_after = Some(span);
        self
    }

    /// What an error of the framework means. Its text quotes input, so only its status counts.
    pub(crate) fn from_framework(error: &poem::Error) -> Self {
        if let Some(problem) = error.downcast_ref::<Self>() {
            return problem.clone();
        }
        match error.status() {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::method_not_allowed("".into()),
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::unsupported_media_type("the expected content type"),
            status if status.is_client_error() => Invalid::field("request", "It could not be read.").into(),
            _ => Self::internal(),
        }
    }

    /// The answer of the API.
    pub(crate) fn to_json(&self, request_id: RequestId) -> Response {
        let fields = (!self.fields.is_empty()).then(|| self.fields.iter().map(FieldView::from).collect());
        let (code, request_id) = (self.code.as_str(), request_id.to_string());
        let view = ProblemView { error: &self.message, code, request_id, fields };
        let body = serde_json::to_vec(&view).unwrap_or_default();
        let mut response =
            Response::builder().status(self.status()).content_type("application/json").body(body);
        self.set_headers(&mut response);
        response
    }

    /// The headers that go with the status, whatever the body.
    pub(crate) fn set_headers(&self, response: &mut Response) {
        let headers = response.headers_mut();
        if let Some(span) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(span.as_secs().max(1)));
        }
        if let Some(allow) = self.allow.as_deref().and_then(|allow| HeaderValue::from_str(allow).ok()) {
            headers.insert(header::ALLOW, allow);
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
    }
}

impl ResponseError for Problem {
    fn status(&self) -> StatusCode {
        self.code.status()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProblemView<'a> {
    error: &'a str,
    code: &'static str,
    request_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<FieldView<'a>>>,
}

#[derive(Serialize)]
struct FieldView<'a> {
    field: &'a str,
    message: &'a str,
}

impl<'a> From<&'a FieldError> for FieldView<'a> {
    fn from(error: &'a FieldError) -> Self {
        Self { field: &error.field, message: &error.message }
    }
}
