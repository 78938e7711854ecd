//! `/entries/{id}/versions`.

use kagi_domain::fields::Fields;
use poem_openapi::{OpenApi, param::Path};

use super::{
    answer::{Answer, Done, Listed, Shown},
    body::NoBody,
    caller::{EntriesRead, EntriesReveal, EntriesWrite, May},
    entries::parse,
    number::Number,
    query::{Asked, page},
    view::{EntryView, RevealView, VersionView},
};

#[derive(Clone)]
pub(super) struct Api;

#[OpenApi]
impl Api {
    /// A page of an entry's versions, newest first.
    ///
    /// The values are not in it.
    ///
    /// Errors: `ENTRY_NOT_FOUND`.
    #[oai(path = "/entries/:id/versions", method = "get", operation_id = "listEntryVersions")]
    async fn list(
        &self,
        may: May<EntriesRead>,
        id: Path<String>,
        limit: Asked,
        cursor: Asked,
    ) -> Answer<Listed<VersionView>> {
        let mut fields = Fields::new();
        let page = page(&mut fields, &limit, &cursor);
        let page = fields.finish(page)?;
        Ok(Listed::from(may.kagi().entries().versions(&may.actor, parse(&id)?, &page).await?))
    }

    /// Reveals one version of an entry's value.
    ///
    /// The audit trail holds the reveal before the value leaves.
    ///
    /// Errors: `ENTRY_NOT_FOUND`, `VERSION_NOT_FOUND`, `SECRET_INTEGRITY_FAILURE`.
    #[oai(
        path = "/entries/:id/versions/:number/reveal",
        method = "post",
        operation_id = "revealEntryVersion"
    )]
    async fn reveal(
        &self,
        may: May<EntriesReveal>,
        id: Path<String>,
        number: Path<Number>,
        _body: NoBody,
    ) -> Answer<Shown<RevealView>> {
        Ok(Shown(may.kagi().entries().reveal_version(&may.actor, parse(&id)?, number.get()).await?.into()))
    }

    /// Restores a version.
    ///
    /// Its value becomes the current one again, as a new version; nothing is overwritten.
    ///
    /// Errors: `ENTRY_NOT_FOUND`, `VERSION_NOT_FOUND`, `VALIDATION_ERROR`, `SECRET_INTEGRITY_FAILURE`.
    #[oai(
        path = "/entries/:id/versions/:number/restore",
        method = "post",
        operation_id = "restoreEntryVersion"
    )]
    async fn restore(
        &self,
        may: May<EntriesWrite>,
        id: Path<String>,
        number: Path<Number>,
        _body: NoBody,
    ) -> Answer<Shown<EntryView>> {
        Ok(Shown(may.kagi().entries().restore(&may.actor, parse(&id)?, number.get()).await?.into()))
    }

    /// Deletes a version for good.
    ///
    /// Such as one that leaked. The current one cannot be deleted.
    ///
    /// Errors: `ENTRY_NOT_FOUND`, `VERSION_NOT_FOUND`, `VERSION_CONFLICT`.
    #[oai(path = "/entries/:id/versions/:number", method = "delete", operation_id = "purgeEntryVersion")]
    async fn purge(
        &self,
        may: May<EntriesWrite>,
        id: Path<String>,
        number: Path<Number>,
        _body: NoBody,
    ) -> Answer<Done> {
        may.kagi().entries().purge_version(&may.actor, parse(&id)?, number.get()).await?;
        Ok(Done)
    }
}
