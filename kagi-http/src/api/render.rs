//! `/render`.

use poem_openapi::OpenApi;

use super::{
    answer::Answer,
    body::{Body, Input},
    caller::{EntriesReveal, May},
    plain::Plain,
};
use crate::draft::RenderDraft;

#[derive(Clone)]
pub(super) struct Api;

impl Input for RenderDraft {
    const REQUIRED: &'static [&'static str] = &["entryIds", "target"];
}

#[OpenApi]
impl Api {
    /// Writes the values of entries as a `.env` file for a reader.
    ///
    /// The file reads back to the same names and values there; what the reader cannot express is left out, and a
    /// comment in its place says so and why. The audit trail holds a reveal of each entry before the file leaves.
    ///
    /// Errors: `ENTRY_NOT_FOUND`, `SECRET_INTEGRITY_FAILURE`.
    #[oai(path = "/render", method = "post", operation_id = "renderEntries")]
    async fn render(&self, may: May<EntriesReveal>, body: Body<RenderDraft>) -> Answer<Plain> {
        let request = body.0.into_request()?;
        Ok(Plain(may.kagi().entries().render(&may.actor, request).await?.text))
    }
}
