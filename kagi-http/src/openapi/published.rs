//! The document as it is served: made once, at the first request for it.

use std::sync::{Arc, OnceLock};

use flate2::Compression;
use poem::{
    Body, Request, Response,
    http::{HeaderValue, StatusCode, header},
};
use tokio_util::bytes::Bytes;

use crate::{
    api,
    site::{PublicUrl, Site},
    web::{fingerprint, pack, reference, takes_gzip},
};

/// What is said about an API, in memory. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Published(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    url: PublicUrl,
    version: String,
    json: OnceLock<Copy>,
    page: OnceLock<Copy>,
}

/// One text, ready to be sent.
#[derive(Debug)]
struct Copy {
    kind: &'static str,
    plain: Bytes,
    packed: Bytes,
    tag: HeaderValue,
}

impl Published {
    /// What this site says about itself.
    pub(crate) fn new(site: &Site) -> Self {
        Self::at(site.public_url.clone(), site.version.clone())
    }

    /// What a site at this address says about itself.
    pub(crate) fn at(url: PublicUrl, version: String) -> Self {
        Self(Arc::new(Inner { url, version, json: OnceLock::new(), page: OnceLock::new() }))
    }

    /// The document.
    pub(crate) fn json(&self, request: &Request) -> Response {
        let make = || Copy::new("application/json", &api::document(self).to_string());
        self.0.json.get_or_init(make).answer(request)
    }

    /// The page of it.
    pub(crate) fn page(&self, request: &Request) -> Response {
        let make = || Copy::new("text/html; charset=utf-8", &reference(&api::document(self)));
        self.0.page.get_or_init(make).answer(request)
    }

    /// Where the API is.
    pub(crate) fn url(&self) -> &PublicUrl {
        &self.0.url
    }

    /// The program's version.
    pub(crate) fn version(&self) -> &str {
        &self.0.version
    }
}

impl Copy {
    fn new(kind: &'static str, text: &str) -> Self {
        let tag = HeaderValue::from_str(&format!("W/\"{}\"", fingerprint(text.bytes())));
        Self {
            kind,
            plain: text.to_owned().into(),
            packed: pack(text.as_bytes(), Compression::best()).into(),
            tag: tag.unwrap_or(HeaderValue::from_static("W/\"\"")),
        }
    }

    fn answer(&self, request: &Request) -> Response {
        let builder = Response::builder()
            .header(header::CACHE_CONTROL, "public, max-age=3600")
            .header(header::ETAG, self.tag.clone())
            .header(header::VARY, "accept-encoding");
        if self.is_known(request) {
            return builder.status(StatusCode::NOT_MODIFIED).finish();
        }
        let builder = builder.content_type(self.kind);
        if takes_gzip(request) {
            builder.header(header::CONTENT_ENCODING, "gzip").body(Body::from_bytes(self.packed.clone()))
        } else {
            builder.body(Body::from_bytes(self.plain.clone()))
        }
    }

    /// Whether the client has this text already (RFC 9110, section 13.1.2: compared weakly).
    fn is_known(&self, request: &Request) -> bool {
        let own = self.tag.to_str().unwrap_or_default().trim_start_matches("W/");
        let known = request.headers().get_all(header::IF_NONE_MATCH).iter();
        let mut known = known.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        known.any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == own)
    }
}
