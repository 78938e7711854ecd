//! How large a body may be, counted while it streams in.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use futures_util::StreamExt;
use poem::{Body, Request, http::header::CONTENT_LENGTH};

/// The limit of the API and the pages. A value takes 64 KiB,
/// and six times as much where JSON escapes every byte of it.
pub(crate) const USUAL: usize = 2 * 1024 * 1024;
/// The API's limit where anybody may send: sign-in, sign-up, step-up. A password of 1024 characters
/// fits unless nearly all of them take four bytes.
pub(crate) const SMALL: usize = 4 * 1024;
/// The limit where a person in a session replaces their password: two of 1024 characters fit however
/// they are written. JSON may write a character as twelve bytes (`\ud83d\udd11`), and so does a form.
pub(crate) const PASSWORDS: usize = 32 * 1024;
/// The same as [`SMALL`] for the pages' forms, set-up included. They are larger because a form sends each byte
/// beyond ASCII as three: 1024 characters of four bytes are 12 KiB. A name, an address and a path to
/// go on to have room beside them.
pub(crate) const SMALL_FORM: usize = 16 * 1024;
/// The limit of the editor's form. Beside the text it may hold the text of before: two of 256 KiB fit, even
/// of line ends alone, each of which a form sends as six bytes.
pub(crate) const EDITED: usize = 4 * 1024 * 1024;

/// Whether a body went over its limit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Overrun(Arc<AtomicBool>);

impl Overrun {
    pub(crate) fn happened(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Lets at most `limit` bytes of the body through, then fails it. A body that announces more fails
/// at its first byte, and no earlier: who may not send at all is told that first.
pub(crate) fn wrap(request: &mut Request, limit: usize) -> Overrun {
    let overrun = Overrun::default();
    let flag = overrun.clone();
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let mut left = if announced.is_some_and(|length: u64| length > limit as u64) { 0 } else { limit };
    let chunks = request.take_body().into_bytes_stream();
    request.set_body(Body::from_bytes_stream(chunks.map(move |chunk| {
        let chunk = chunk?;
        if chunk.len() > left {
            flag.0.store(true, Ordering::Relaxed);
            return Err(io::Error::other("the body is over its limit"));
        }
        left -= chunk.len();
        Ok(chunk)
    })));
    overrun
}
