//! `/envs/{id}/files/{fileId}/versions`.

use kagi_domain::fields::Fields;
use poem_openapi::{OpenApi, param::Path};

use super::{
    answer::{Answer, Done, Listed, Shown},
    body::NoBody,
    caller::{EnvsRead, EnvsReveal, EnvsWrite, May},
    env_files::place,
    number::Number,
    plain::{Either, WantsText},
    query::{Asked, page},
    view::{RevealedEnvFileView, SavedEnvFileView, VersionView, env_file},
};

#[derive(Clone)]
pub(super) struct Api;

#[OpenApi]
impl Api {
    /// A page of a file's versions, newest first.
    ///
    /// The contents are not in it.
    ///
    /// Errors: `ENV_FILE_NOT_FOUND`.
    #[oai(path = "/envs/:id/files/:fileId/versions", method = "get", operation_id = "listEnvFileVersions")]
    async fn list(
        &self,
        may: May<EnvsRead>,
        id: Path<String>,
        #[oai(name = "fileId")] file: Path<String>,
        limit: Asked,
        cursor: Asked,
    ) -> Answer<Listed<VersionView>> {
        let mut fields = Fields::new();
        let page = page(&mut fields, &limit, &cursor);
        let page = fields.finish(page)?;
        Ok(Listed::from(may.kagi().env_projects().versions(&may.actor, place(&id, &file)?, &page).await?))
    }

    /// Reveals one version of a file's content.
    ///
    /// As the reveal of a file does, with `Accept: text/plain` too.
    ///
    /// Errors: `ENV_FILE_NOT_FOUND`, `VERSION_NOT_FOUND`, `SECRET_INTEGRITY_FAILURE`.
    #[oai(
        path = "/envs/:id/files/:fileId/versions/:number/reveal",
        method = "post",
        operation_id = "revealEnvFileVersion"
    )]
    async fn reveal(
        &self,
        may: May<EnvsReveal>,
        id: Path<String>,
        #[oai(name = "fileId")] file: Path<String>,
        number: Path<Number>,
        wants: WantsText,
        _body: NoBody,
    ) -> Answer<Either<RevealedEnvFileView>> {
        let place = place(&id, &file)?;
        let revealed = may.kagi().env_projects().reveal_version(&may.actor, place, number.get()).await?;
        Ok(env_file(revealed, &wants))
    }

    /// Restores a version.
    ///
    /// Its content becomes the current one again, as a new version; nothing is overwritten.
    ///
    /// Errors: `ENV_FILE_NOT_FOUND`, `VERSION_NOT_FOUND`, `SECRET_INTEGRITY_FAILURE`.
    #[oai(
        path = "/envs/:id/files/:fileId/versions/:number/restore",
        method = "post",
        operation_id = "restoreEnvFileVersion"
    )]
    async fn restore(
        &self,
        may: May<EnvsWrite>,
        id: Path<String>,
        #[oai(name = "fileId")] file: Path<String>,
        number: Path<Number>,
        _body: NoBody,
    ) -> Answer<Shown<SavedEnvFileView>> {
        let place = place(&id, &file)?;
        Ok(Shown(may.kagi().env_projects().restore(&may.actor, place, number.get()).await?.into()))
    }

    /// Deletes a version for good.
    ///
    /// Such as one that leaked. The current one cannot be deleted.
    ///
    /// Errors: `ENV_FILE_NOT_FOUND`, `VERSION_NOT_FOUND`, `VERSION_CONFLICT`.
    #[oai(
        path = "/envs/:id/files/:fileId/versions/:number",
        method = "delete",
        operation_id = "purgeEnvFileVersion"
    )]
    async fn purge(
        &self,
        may: May<EnvsWrite>,
        id: Path<String>,
        #[oai(name = "fileId")] file: Path<String>,
        number: Path<Number>,
        _body: NoBody,
    ) -> Answer<Done> {
        may.kagi().env_projects().purge_version(&may.actor, place(&id, &file)?, number.get()).await?;
        Ok(Done)
    }
}
