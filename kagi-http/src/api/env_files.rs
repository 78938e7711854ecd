//! `/envs/{id}/files`.

use kagi_domain::{model::env_project::EnvFilePlace, services::env_projects::EnvProjectError};
use poem_openapi::{OpenApi, param::Path};

use super::{
    answer::{Answer, Done, Listed, Saved},
    body::{Body, Input, NoBody},
    caller::{EnvsRead, EnvsReveal, EnvsWrite, May},
    env_projects::parse,
    plain::{Either, WantsText},
    view::{EnvFileView, RevealedEnvFileView, SavedEnvFileView, env_file},
};
use crate::draft::ContentDraft;

#[derive(Clone)]
pub(super) struct Api;

impl Input for ContentDraft {
    const REQUIRED: &'static [&'static str] = &["fileType", "content"];
}

#[OpenApi]
impl Api {
    /// The files of an env project, without their contents.
    ///
    /// A project has at most one file of each type, so there is one page.
    ///
    /// Errors: `ENV_PROJECT_NOT_FOUND`.
    #[oai(path = "/envs/:id/files", method = "get", operation_id = "listEnvFiles")]
    async fn list(&self, may: May<EnvsRead>, id: Path<String>) -> Answer<Listed<EnvFileView>> {
        let found = may.kagi().env_projects().get(&may.actor, parse(&id)?).await?;
        Ok(Listed { items: found.files.into_iter().map(EnvFileView::from).collect(), next: None, damaged: 0 })
    }

    /// Saves a content as one of the project's files.
    ///
    /// 201 when the file was not there, 200 when it got another content; each save is a version. The content is
    /// kept byte for byte, whatever it is, and `diagnostics` say what parsers will make of it.
    ///
    /// Errors: `ENV_PROJECT_NOT_FOUND`, `VERSION_CONFLICT`.
    #[oai(path = "/envs/:id/files", method = "post", operation_id = "saveEnvFile")]
    async fn save(
        &self,
        may: May<EnvsWrite>,
        id: Path<String>,
        body: Body<ContentDraft>,
    ) -> Answer<Saved<SavedEnvFileView>> {
        let draft = body.0.into_draft()?;
        let saved = may.kagi().env_projects().save(&may.actor, parse(&id)?, draft).await?;
        Ok(Saved { created: saved.created, view: saved.into() })
    }

    /// Deletes a file with all its versions.
    ///
    /// One of the same type that is made later begins at version 1.
    ///
    /// Errors: `ENV_FILE_NOT_FOUND`.
    #[oai(path = "/envs/:id/files/:fileId", method = "delete", operation_id = "deleteEnvFile")]
    async fn delete(
        &self,
        may: May<EnvsWrite>,
        id: Path<String>,
        #[oai(name = "fileId")] file: Path<String>,
        _body: NoBody,
    ) -> Answer<Done> {
        may.kagi().env_projects().delete_file(&may.actor, place(&id, &file)?).await?;
        Ok(Done)
    }

    /// Reveals a file's content.
    ///
    /// The audit trail holds the reveal before the content leaves. With `Accept: text/plain` the answer is the
    /// content and nothing else.
    ///
    /// Errors: `ENV_FILE_NOT_FOUND`, `SECRET_INTEGRITY_FAILURE`.
    #[oai(path = "/envs/:id/files/:fileId/reveal", method = "post", operation_id = "revealEnvFile")]
    async fn reveal(
        &self,
        may: May<EnvsReveal>,
        id: Path<String>,
        #[oai(name = "fileId")] file: Path<String>,
        wants: WantsText,
        _body: NoBody,
    ) -> Answer<Either<RevealedEnvFileView>> {
        let revealed = may.kagi().env_projects().reveal(&may.actor, place(&id, &file)?).await?;
        Ok(env_file(revealed, &wants))
    }
}

/// What is no id, of project or file, is nobody's file.
pub(super) fn place(id: &str, file: &str) -> Result<EnvFilePlace, EnvProjectError> {
    match (id.parse(), file.parse()) {
        (Ok(project), Ok(file)) => Ok(EnvFilePlace { project, file }),
        _ => Err(EnvProjectError::FileNotFound),
    }
}
