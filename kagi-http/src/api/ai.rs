//! `/ai`: `.env` files from plain words.

use poem_openapi::OpenApi;

use super::{
    answer::{Answer, Shown},
    body::{Body, Input},
    caller::{AiExtract, EntriesReveal, May, Mentioned},
    view::{CompositionView, ContextView},
};
use crate::draft::ComposeDraft;

#[derive(Clone)]
pub(super) struct Api;

impl Input for ComposeDraft {
    const REQUIRED: &'static [&'static str] = &["prompt"];
}

#[OpenApi]
impl Api {
    /// Makes an `.env` file from a request in plain words.
    ///
    /// A model, or the built-in matcher, selects by names only; the server reveals what was selected, each
    /// entry with its own event in the trail, and writes a file that every parser reads alike. With
    /// `preview` it only says what would be selected, and `entries:reveal` is not needed.
    ///
    /// Errors: `PROMPT_CONTAINS_SECRET`, `AI_UNAVAILABLE`, `RATE_LIMITED`, `SECRET_INTEGRITY_FAILURE`.
    #[oai(path = "/ai/extract", method = "post", operation_id = "extractEnv")]
    async fn extract(
        &self,
        may: May<AiExtract>,
        _reveals: Mentioned<EntriesReveal>,
        body: Body<ComposeDraft>,
    ) -> Answer<Shown<CompositionView>> {
        let asked = body.0.into_request()?;
        let composer = may.kagi().composer();
        Ok(Shown(if asked.preview {
            composer.preview(&may.actor, &asked.request).await?.into()
        } else {
            composer.extract(&may.actor, &asked.request).await?.into()
        }))
    }

    /// Says what a model would be sent for a request.
    ///
    /// It is the exact text; nothing is sent.
    ///
    /// Errors: `PROMPT_CONTAINS_SECRET`, `RATE_LIMITED`.
    #[oai(path = "/ai/context", method = "post", operation_id = "showModelContext")]
    async fn context(&self, may: May<AiExtract>, body: Body<ComposeDraft>) -> Answer<Shown<ContextView>> {
        let asked = body.0.into_request()?;
        Ok(Shown(may.kagi().composer().context(&may.actor, &asked.request).await?.into()))
    }
}
