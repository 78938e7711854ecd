//! The stylesheet, the script and the mark: hashed, so that browsers keep them for good.

use std::{io::Write as _, sync::LazyLock};

use flate2::{Compression, write::GzEncoder};
use poem::{
    Request, Response, handler,
    http::{HeaderValue, header},
    web::Path,
};

use crate::problem::Problem;

const CSS: &str = concat!(
    include_str!("../asset/token.css"),
    include_str!("../asset/base.css"),
    include_str!("../asset/part.css"),
    include_str!("../asset/overlay.css"),
    include_str!("../asset/frame.css"),
    include_str!("../asset/form.css"),
    include_str!("../asset/palette.css"),
    include_str!("../asset/keys.css"),
    include_str!("../asset/catalogue.css"),
    include_str!("../asset/overview.css"),
    include_str!("../asset/entry.css"),
    include_str!("../asset/history.css"),
    include_str!("../asset/recovery.css"),
    include_str!("../asset/settings.css"),
    include_str!("../asset/editor.css"),
    include_str!("../asset/envs.css"),
);
/// Only the API reference needs it.
const REFERENCE: &str = include_str!("../asset/reference.css");
const JS: &str = concat!(
    include_str!("../asset/app.js"),
    include_str!("../asset/disclose.js"),
    include_str!("../asset/menu.js"),
    include_str!("../asset/recovery.js"),
    include_str!("../asset/palette.js"),
    include_str!("../asset/editor-paint.js"),
    include_str!("../asset/editor.js"),
    include_str!("../asset/editing.js"),
    include_str!("../asset/files.js")
);
const MARK: &str = include_str!("../asset/icon.svg");

struct Asset {
    name: &'static str,
    kind: &'static str,
    plain: &'static str,
    packed: Vec<u8>,
}

static ASSETS: LazyLock<[Asset; 4]> = LazyLock::new(|| {
    let asset = |name, kind, plain: &'static str| Asset {
        name,
        kind,
        plain,
        packed: pack(plain.as_bytes(), Compression::best()),
    };
    [
        asset("app.css", "text/css; charset=utf-8", CSS),
        asset("reference.css", "text/css; charset=utf-8", REFERENCE),
        asset("app.js", "text/javascript; charset=utf-8", JS),
        asset("icon.svg", "image/svg+xml", MARK),
    ]
});

/// Tells one set of assets from another.
static HASH: LazyLock<String> =
    LazyLock::new(|| fingerprint([CSS, REFERENCE, JS, MARK].into_iter().flat_map(str::bytes)));

/// Sixteen digits that differ when texts do (FNV-1a); they guard nothing.
pub(crate) fn fingerprint(bytes: impl Iterator<Item = u8>) -> String {
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Where an asset of this build is.
pub(super) fn path(name: &str) -> String {
    format!("/assets/{}/{name}", *HASH)
}

/// An asset. One of another build's address (replicas are replaced one by one) is not kept.
#[handler]
pub(super) fn serve(
    request: &Request,
    Path((hash, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or_else(Problem::not_found)?;
    let keep = if hash == *HASH { "public, max-age=31536000, immutable" } else { "no-cache" };
    let builder = Response::builder()
        .content_type(asset.kind)
        .header(header::CACHE_CONTROL, keep)
        .header(header::VARY, "accept-encoding");
    Ok(if takes_gzip(request) {
        builder.header(header::CONTENT_ENCODING, "gzip").body(asset.packed.clone())
    } else {
        builder.body(asset.plain)
    })
}

/// Whether the client unpacks gzip.
pub(crate) fn takes_gzip(request: &Request) -> bool {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).map(HeaderValue::to_str);
    let mut codings = accepted.and_then(Result::ok).unwrap_or_default().split(',');
    codings.any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip")) && !parts.any(|part| part == "q=0")
    })
}

/// Packs bytes; writing to memory does not fail.
pub(crate) fn pack(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}
