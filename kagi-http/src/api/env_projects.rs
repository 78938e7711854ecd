//! `/envs`.

use kagi_domain::{fields::Fields, ids::EnvProjectId, services::env_projects::EnvProjectError};
use poem_openapi::{OpenApi, param::Path};

use super::{
    answer::{Answer, Done, Listed, Made, Shown},
    body::{Body, Change, Input, NoBody},
    caller::{EnvsRead, EnvsWrite, May},
    query::{Asked, page},
    view::{EnvProjectDetailView, EnvProjectView},
};
use crate::draft::EnvProjectDraft;

#[derive(Clone)]
pub(super) struct Api;

impl Input for EnvProjectDraft {
    const REQUIRED: &'static [&'static str] = &["name"];
}

#[OpenApi]
impl Api {
    /// A page of env projects, newest first.
    ///
    /// `search` looks at names and descriptions.
    #[oai(path = "/envs", method = "get", operation_id = "listEnvProjects")]
    async fn list(
        &self,
        may: May<EnvsRead>,
        search: Asked,
        limit: Asked,
        cursor: Asked,
    ) -> Answer<Listed<EnvProjectView>> {
        let mut fields = Fields::new();
        let page = page(&mut fields, &limit, &cursor);
        let page = fields.finish(page)?;
        let found = may.kagi().env_projects().list(&may.actor, search.0.as_deref(), &page).await?;
        Ok(Listed::from(found))
    }

    /// Makes an env project without files.
    ///
    /// Errors: `ENV_PROJECT_EXISTS`.
    #[oai(path = "/envs", method = "post", operation_id = "createEnvProject")]
    async fn create(&self, may: May<EnvsWrite>, body: Body<EnvProjectDraft>) -> Answer<Made<EnvProjectView>> {
        let new = body.0.into_new()?;
        Ok(Made(may.kagi().env_projects().create(&may.actor, new).await?.into()))
    }

    /// One env project with its files, without their contents.
    ///
    /// Errors: `ENV_PROJECT_NOT_FOUND`.
    #[oai(path = "/envs/:id", method = "get", operation_id = "getEnvProject")]
    async fn get(&self, may: May<EnvsRead>, id: Path<String>) -> Answer<Shown<EnvProjectDetailView>> {
        Ok(Shown(may.kagi().env_projects().get(&may.actor, parse(&id)?).await?.into()))
    }

    /// Changes what is named; `null` clears.
    ///
    /// Errors: `ENV_PROJECT_NOT_FOUND`, `ENV_PROJECT_EXISTS`.
    #[oai(path = "/envs/:id", method = "put", operation_id = "updateEnvProject")]
    async fn update(
        &self,
        may: May<EnvsWrite>,
        id: Path<String>,
        body: Change<EnvProjectDraft>,
    ) -> Answer<Shown<EnvProjectView>> {
        let patch = body.0.into_patch()?;
        Ok(Shown(may.kagi().env_projects().update(&may.actor, parse(&id)?, patch).await?.into()))
    }

    /// Deletes an env project with its files and all their versions.
    ///
    /// Errors: `ENV_PROJECT_NOT_FOUND`.
    #[oai(path = "/envs/:id", method = "delete", operation_id = "deleteEnvProject")]
    async fn delete(&self, may: May<EnvsWrite>, id: Path<String>, _body: NoBody) -> Answer<Done> {
        may.kagi().env_projects().delete(&may.actor, parse(&id)?).await?;
        Ok(Done)
    }
}

/// What is no id is nobody's project.
pub(super) fn parse(id: &str) -> Result<EnvProjectId, EnvProjectError> {
    id.parse().map_err(|_| EnvProjectError::NotFound)
}
