//! `/2fa`.

use kagi_domain::{
    fields::Fields, ids::RecoverySetId, model::recovery_set::CodeIndex,
    services::recovery_sets::RecoverySetError,
};
use poem_openapi::{OpenApi, param::Path};

use super::{
    answer::{Answer, Done, Listed, Made, Shown},
    body::{Body, Change, Input, MaybeBody, NoBody},
    caller::{May, TwoFactorRead, TwoFactorReveal, TwoFactorWrite},
    query::{Asked, page},
    view::{RecoverySetView, RevealedCodeView},
};
use crate::draft::{CodeDraft, RecoverySetDraft};

#[derive(Clone)]
pub(super) struct Api;

impl Input for RecoverySetDraft {
    const REQUIRED: &'static [&'static str] = &["service", "tokens"];
}

impl Input for CodeDraft {
    const REQUIRED: &'static [&'static str] = &[];
}

#[OpenApi]
impl Api {
    /// A page of recovery sets, newest first.
    #[oai(path = "/2fa", method = "get", operation_id = "listRecoverySets")]
    async fn list(
        &self,
        may: May<TwoFactorRead>,
        search: Asked,
        limit: Asked,
        cursor: Asked,
    ) -> Answer<Listed<RecoverySetView>> {
        let mut fields = Fields::new();
        let page = page(&mut fields, &limit, &cursor);
        let page = fields.finish(page)?;
        let found = may.kagi().recovery_sets().list(&may.actor, search.0.as_deref(), &page).await?;
        Ok(Listed::from(found))
    }

    /// Makes a recovery set.
    #[oai(path = "/2fa", method = "post", operation_id = "createRecoverySet")]
    async fn create(
        &self,
        may: May<TwoFactorWrite>,
        body: Body<RecoverySetDraft>,
    ) -> Answer<Made<RecoverySetView>> {
        let new = body.0.into_new()?;
        Ok(Made(may.kagi().recovery_sets().create(&may.actor, new).await?.into()))
    }

    /// One recovery set, without its codes' texts.
    ///
    /// Errors: `TWO_FACTOR_NOT_FOUND`.
    #[oai(path = "/2fa/:id", method = "get", operation_id = "getRecoverySet")]
    async fn get(&self, may: May<TwoFactorRead>, id: Path<String>) -> Answer<Shown<RecoverySetView>> {
        Ok(Shown(may.kagi().recovery_sets().get(&may.actor, parse(&id)?).await?.into()))
    }

    /// Changes what is named; `null` clears.
    ///
    /// New `tokens` replace all codes, with nothing used.
    ///
    /// Errors: `TWO_FACTOR_NOT_FOUND`.
    #[oai(path = "/2fa/:id", method = "put", operation_id = "updateRecoverySet")]
    async fn update(
        &self,
        may: May<TwoFactorWrite>,
        id: Path<String>,
        body: Change<RecoverySetDraft>,
    ) -> Answer<Shown<RecoverySetView>> {
        let patch = body.0.into_patch()?;
        Ok(Shown(may.kagi().recovery_sets().update(&may.actor, parse(&id)?, patch).await?.into()))
    }

    /// Deletes a recovery set with its codes.
    ///
    /// Errors: `TWO_FACTOR_NOT_FOUND`.
    #[oai(path = "/2fa/:id", method = "delete", operation_id = "deleteRecoverySet")]
    async fn delete(&self, may: May<TwoFactorWrite>, id: Path<String>, _body: NoBody) -> Answer<Done> {
        may.kagi().recovery_sets().delete(&may.actor, parse(&id)?).await?;
        Ok(Done)
    }

    /// Reveals a code and marks it as used.
    ///
    /// The first unused one, unless an index is named. Mark and audit event are durable before the code
    /// leaves; a used code can be revealed again by its index.
    ///
    /// Errors: `TWO_FACTOR_NOT_FOUND`, `TWO_FACTOR_DEPLETED`, `SECRET_INTEGRITY_FAILURE`.
    #[oai(path = "/2fa/:id/reveal", method = "post", operation_id = "revealRecoveryCode")]
    async fn reveal(
        &self,
        may: May<TwoFactorReveal>,
        id: Path<String>,
        body: MaybeBody<CodeDraft>,
    ) -> Answer<Shown<RevealedCodeView>> {
        let index = body.0.into_index()?;
        Ok(Shown(may.kagi().recovery_sets().reveal(&may.actor, parse(&id)?, index).await?.into()))
    }

    /// Takes a mistaken use of a code back.
    ///
    /// A code that was not used stays so.
    ///
    /// Errors: `TWO_FACTOR_NOT_FOUND`.
    #[oai(path = "/2fa/:id/codes/:index/unuse", method = "post", operation_id = "unuseRecoveryCode")]
    async fn unuse(
        &self,
        may: May<TwoFactorWrite>,
        id: Path<String>,
        index: Path<String>,
        _body: NoBody,
    ) -> Answer<Shown<RecoverySetView>> {
        let (id, index) = (parse(&id)?, parse_index(&index)?);
        Ok(Shown(may.kagi().recovery_sets().unuse(&may.actor, id, index).await?.into()))
    }
}

/// What is no id is nobody's set.
fn parse(id: &str) -> Result<RecoverySetId, RecoverySetError> {
    id.parse().map_err(|_| RecoverySetError::NotFound)
}

/// What is no index is no code's.
fn parse_index(index: &str) -> Result<CodeIndex, RecoverySetError> {
    index.parse().map_err(|_| RecoverySetError::NotFound)
}
