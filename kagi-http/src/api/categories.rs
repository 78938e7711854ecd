//! `/categories`.

use kagi_domain::{fields::Fields, ids::CategoryId, services::categories::CategoryError};
use poem_openapi::{OpenApi, param::Path};

use super::{
    answer::{Answer, Done, Listed, Made, Shown},
    body::{Body, Change, Input, NoBody},
    caller::{CategoriesRead, CategoriesWrite, May},
    query::{Asked, page},
    view::CategoryView,
};
use crate::draft::CategoryDraft;

#[derive(Clone)]
pub(super) struct Api;

impl Input for CategoryDraft {
    const REQUIRED: &'static [&'static str] = &["name", "keyType"];
}

#[OpenApi]
impl Api {
    /// A page of categories by name.
    ///
    /// `search` looks at names, descriptions and the names of variables.
    #[oai(path = "/categories", method = "get", operation_id = "listCategories")]
    async fn list(
        &self,
        may: May<CategoriesRead>,
        search: Asked,
        limit: Asked,
        cursor: Asked,
    ) -> Answer<Listed<CategoryView>> {
        let mut fields = Fields::new();
        let page = page(&mut fields, &limit, &cursor);
        let page = fields.finish(page)?;
        let found = may.kagi().categories().list(&may.actor, search.0.as_deref(), &page).await?;
        Ok(Listed::from(found))
    }

    /// Makes a category.
    ///
    /// A `simple` one names its variable in `envVarName`, a `group` its fields in `fieldDefinitions`; the
    /// other stays out.
    ///
    /// Errors: `CATEGORY_EXISTS`, `CATEGORY_SIMPLE_REQUIRES_ENV_VAR`, `CATEGORY_GROUP_REQUIRES_FIELDS`.
    #[oai(path = "/categories", method = "post", operation_id = "createCategory")]
    async fn create(
        &self,
        may: May<CategoriesWrite>,
        body: Body<CategoryDraft>,
    ) -> Answer<Made<CategoryView>> {
        let new = body.0.into_new()?;
        Ok(Made(may.kagi().categories().create(&may.actor, new).await?.into()))
    }

    /// One category.
    ///
    /// Errors: `CATEGORY_NOT_FOUND`.
    #[oai(path = "/categories/:id", method = "get", operation_id = "getCategory")]
    async fn get(&self, may: May<CategoriesRead>, id: Path<String>) -> Answer<Shown<CategoryView>> {
        Ok(Shown(may.kagi().categories().get(&may.actor, parse(&id)?).await?.into()))
    }

    /// Changes what is named; `null` clears.
    ///
    /// `keyType` cannot change while there are entries, and a field that an entry fills cannot go.
    ///
    /// Errors: `CATEGORY_NOT_FOUND`, `CATEGORY_EXISTS`, `CATEGORY_IN_USE`,
    /// `CATEGORY_SIMPLE_REQUIRES_ENV_VAR`, `CATEGORY_GROUP_REQUIRES_FIELDS`.
    #[oai(path = "/categories/:id", method = "put", operation_id = "updateCategory")]
    async fn update(
        &self,
        may: May<CategoriesWrite>,
        id: Path<String>,
        body: Change<CategoryDraft>,
    ) -> Answer<Shown<CategoryView>> {
        let patch = body.0.into_patch()?;
        Ok(Shown(may.kagi().categories().update(&may.actor, parse(&id)?, patch).await?.into()))
    }

    /// Deletes a category with its entries.
    ///
    /// A key that is limited to projects may not, where entries of other projects would go.
    ///
    /// Errors: `CATEGORY_NOT_FOUND`.
    #[oai(path = "/categories/:id", method = "delete", operation_id = "deleteCategory")]
    async fn delete(&self, may: May<CategoriesWrite>, id: Path<String>, _body: NoBody) -> Answer<Done> {
        may.kagi().categories().delete(&may.actor, parse(&id)?).await?;
        Ok(Done)
    }
}

/// What is no id is nobody's category.
fn parse(id: &str) -> Result<CategoryId, CategoryError> {
    id.parse().map_err(|_| CategoryError::NotFound)
}
