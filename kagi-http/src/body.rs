//! Whole bodies, read into memory that is wiped and that has its bounds.

use std::ops::Deref;

use futures_util::StreamExt;
use kagi_domain::{fields::Invalid, secret::SecretText};
use poem::{FromRequest, Request, RequestBody};
use zeroize::Zeroizing;

use crate::{context::Context, problem::Problem, room::Place};

/// A whole body. It gives its room back when it is dropped.
pub(crate) struct Whole {
    bytes: Zeroizing<Vec<u8>>,
    _place: Place,
}

impl Deref for Whole {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// The whole body, up to its route's limit and as long as there is room for it. A buffer that grows leaves no
/// copy behind.
pub(crate) async fn collect(mut place: Place, body: &mut RequestBody) -> poem::Result<Whole> {
    let mut chunks = body.take()?.into_bytes_stream();
    let mut whole = Zeroizing::new(Vec::new());
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| unread())?;
        place.grow(chunk.len())?;
        let length = whole.len() + chunk.len();
        if length > whole.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(length.next_power_of_two()));
            larger.extend_from_slice(&whole);
            whole = larger;
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(Whole { bytes: whole, _place: place })
}

/// A body that is a text by itself.
pub(crate) struct Text(pub(crate) SecretText);

impl<'a> FromRequest<'a> for Text {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let bytes = collect(Context::of(request)?.place(), body).await?;
        let text = str::from_utf8(&bytes).map_err(|_| invalid("The body must be UTF-8 text."))?;
        Ok(Self(SecretText::new(text.to_owned())))
    }
}

/// What is said of a body that ends too early.
pub(crate) fn unread() -> Problem {
    invalid("The body could not be read to its end.")
}

/// What is wrong with a body as a whole.
pub(crate) fn invalid(message: &'static str) -> Problem {
    Invalid::field("body", message).into()
}
