//! `/import`.

use poem_openapi::OpenApi;

use super::{
    answer::{Answer, Made, Shown},
    body::{Body, Input},
    caller::{EntriesWrite, May},
    view::{ImportPlanView, ImportedView},
};
use crate::draft::{ImportDraft, ImportPreviewDraft};

#[derive(Clone)]
pub(super) struct Api;

impl Input for ImportPreviewDraft {
    const REQUIRED: &'static [&'static str] = &["content"];
}

impl Input for ImportDraft {
    const REQUIRED: &'static [&'static str] = &["content", "choices"];
}

#[OpenApi]
impl Api {
    /// Says what each line of a `.env` file would become.
    ///
    /// Every line is in the answer, blank ones aside; no value is. Nothing is written.
    #[oai(path = "/import/preview", method = "post", operation_id = "previewImport")]
    async fn preview(
        &self,
        may: May<EntriesWrite>,
        body: Body<ImportPreviewDraft>,
    ) -> Answer<Shown<ImportPlanView>> {
        let source = body.0.into_source()?;
        Ok(Shown(may.kagi().entries().plan_import(&may.actor, &source).await?.into()))
    }

    /// Makes entries of the confirmed lines of a `.env` file, all or none.
    ///
    /// Lines of one group become one entry. Where new categories are among them, an access key needs the scope
    /// `categories:write` too. When a line would become something else by now than was confirmed, nothing is made.
    ///
    /// Errors: `CATEGORY_NOT_FOUND`, `VERSION_CONFLICT`.
    #[oai(path = "/import", method = "post", operation_id = "importEntries")]
    async fn import(&self, may: May<EntriesWrite>, body: Body<ImportDraft>) -> Answer<Made<ImportedView>> {
        let (source, choices) = body.0.into_import()?;
        Ok(Made(may.kagi().entries().import(&may.actor, &source, &choices).await?.into()))
    }
}
