//! Answers that are a text and nothing else, for whoever asks for one.

use kagi_domain::secret::SecretText;
use poem::{Body, FromRequest, IntoResponse, Request, RequestBody, Response, http::header::ACCEPT};
use poem_openapi::{
    ApiResponse,
    registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
};
use tokio_util::bytes::Bytes;

use super::answer::{Shown, View, data};

const TEXT: &str = "text/plain; charset=utf-8";
const EXAMPLE: &str = "OPENAI_API_KEY=sk-example-3f7a\n";

/// A secret text as the whole answer, byte for byte.
pub(crate) struct Plain(pub(crate) SecretText);

/// A view as JSON, or a text of it as it is.
pub(crate) enum Either<T> {
    Json(T),
    Text(Plain),
}

/// Whether the client asks for a text rather than for JSON.
pub(crate) struct WantsText(pub(crate) bool);

impl<'a> FromRequest<'a> for WantsText {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let headers = request.headers().get_all(ACCEPT).iter();
        let ranges: Vec<&str> =
            headers.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
        Ok(Self(rank(&ranges, "text", "plain") > rank(&ranges, "application", "json")))
    }
}

/// How much a media type is wanted (RFC 9110, section 12.5.1), in thousandths, and by how exact a range:
/// of two that are wanted alike the one that is named goes first.
fn rank(ranges: &[&str], kind: &str, subtype: &str) -> (u16, u8) {
    let of = |range: &&str| {
        let mut parts = range.split(';').map(str::trim);
        let exactness = match parts.next()?.to_ascii_lowercase().split_once('/')? {
            (own, sub) if own == kind && sub == subtype => 3,
            (own, "*") if own == kind => 2,
            ("*", "*") => 1,
            _ => return None,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        Some((exactness, weight.map_or(1000, thousandths)))
    };
    let (exactness, weight) = ranges.iter().filter_map(of).max().unwrap_or((0, 0));
    if weight == 0 { (0, 0) } else { (weight, exactness) }
}

/// A weight such as `0.8`; what is none counts as nothing.
fn thousandths(weight: &str) -> u16 {
    match weight.split_once('.').unwrap_or((weight, "")) {
        ("1", rest) if rest.bytes().all(|digit| digit == b'0') => 1000,
        ("0", rest) if rest.len() <= 3 => format!("{rest:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

impl AsRef<[u8]> for Plain {
    fn as_ref(&self) -> &[u8] {
        // EXPOSE: this is the answer to an authorised, recorded reveal; it is wiped once it was sent.
        self.0.expose().as_bytes()
    }
}

impl IntoResponse for Plain {
    fn into_response(self) -> Response {
        Response::builder().content_type(TEXT).body(Body::from_bytes(Bytes::from_owner(self)))
    }
}

impl<T: View> IntoResponse for Either<T> {
    fn into_response(self) -> Response {
        match self {
            Self::Json(view) => Shown(view).into_response(),
            Self::Text(text) => text.into_response(),
        }
    }
}

impl ApiResponse for Plain {
    fn meta() -> MetaResponses {
        described(vec![text()])
    }

    fn register(_: &mut Registry) {}
}

impl<T: View> ApiResponse for Either<T> {
    fn meta() -> MetaResponses {
        described(vec![MetaMediaType { content_type: "application/json", schema: data::<T>() }, text()])
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

fn text() -> MetaMediaType {
    let example = Some(EXAMPLE.into());
    let schema = MetaSchema { example, ..MetaSchema::new_with_format("string", "password") };
    MetaMediaType { content_type: "text/plain", schema: MetaSchemaRef::Inline(Box::new(schema)) }
}

fn described(content: Vec<MetaMediaType>) -> MetaResponses {
    let (status, description, headers) = (Some(200), "", Vec::new());
    let response = MetaResponse { description, status, status_range: None, content, headers };
    MetaResponses { responses: vec![response] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_given_to_whoever_prefers_it() {
        let wants = |header: &str| {
            let ranges: Vec<&str> = header.split(',').collect();
            rank(&ranges, "text", "plain") > rank(&ranges, "application", "json")
        };
        for text in [
            "text/plain",
            "TEXT/Plain; charset=utf-8",
            "text/*",
            "text/plain, */*",
            "text/plain;q=0.9, application/json;q=0.8",
            "application/json;q=0, text/plain;q=0.1",
            "*/*, text/plain",
        ] {
            assert!(wants(text), "{text}");
        }
        for json in [
            "",
            "*/*",
            "application/json",
            "application/json, text/plain",
            "text/plain;q=0",
            "text/plain;q=0.5, */*",
            "text/plain;q=2",
            "text/html",
            "text/plain;q=0.7, application/*;q=0.8",
        ] {
            assert!(!wants(json), "{json}");
        }
    }
}
