//! `/entries`.

use kagi_domain::{
    fields::Fields,
    ids::EntryId,
    services::entries::{EntryError, EntryQuery},
};
use poem_openapi::{OpenApi, param::Path};

use super::{
    answer::{Answer, Done, Listed, Made, Shown},
    body::{Body, Change, Input, NoBody},
    caller::{EntriesRead, EntriesReveal, EntriesWrite, May},
    query::{Asked, page},
    view::{EntryView, RevealView},
};
use crate::draft::{EntryDraft, environment as read_environment, parsed};

#[derive(Clone)]
pub(super) struct Api;

impl Input for EntryDraft {
    const REQUIRED: &'static [&'static str] = &["categoryId", "projectName", "value"];
    const NEVER_NULL: &'static [&'static str] = &["environment"];
    const FIXED: &'static [&'static str] = &["categoryId"];
}

#[OpenApi]
impl Api {
    /// A page of entries, newest first.
    ///
    /// `search` looks at projects, descriptions, notes, and the category's name and variables.
    #[oai(path = "/entries", method = "get", operation_id = "listEntries")]
    #[expect(clippy::too_many_arguments, reason = "one argument for each parameter of the query")]
    async fn list(
        &self,
        may: May<EntriesRead>,
        #[oai(name = "categoryId")] category: Asked,
        #[oai(name = "projectName")] project: Asked,
        environment: Asked,
        expiring: Asked,
        search: Asked,
        limit: Asked,
        cursor: Asked,
    ) -> Answer<Listed<EntryView>> {
        let mut fields = Fields::new();
        let filter = filter(&mut fields, category, project, environment, &expiring, search);
        let page = page(&mut fields, &limit, &cursor);
        let page = fields.finish(page)?;
        Ok(Listed::from(may.kagi().entries().list(&may.actor, filter, &page).await?))
    }

    /// The projects that entries name, sorted.
    #[oai(path = "/entries/project-names", method = "get", operation_id = "listProjectNames")]
    async fn project_names(&self, may: May<EntriesRead>) -> Answer<Shown<Vec<String>>> {
        let names = may.kagi().entries().project_names(&may.actor).await?;
        Ok(Shown(names.iter().map(ToString::to_string).collect()))
    }

    /// Makes an entry.
    ///
    /// `value` is a text for a simple category and an object of texts for a group, at most 64 KiB in all.
    ///
    /// Errors: `CATEGORY_NOT_FOUND`, `ENTRY_EXISTS`.
    #[oai(path = "/entries", method = "post", operation_id = "createEntry")]
    async fn create(&self, may: May<EntriesWrite>, body: Body<EntryDraft>) -> Answer<Made<EntryView>> {
        let new = body.0.into_new()?;
        Ok(Made(may.kagi().entries().create(&may.actor, new).await?.into()))
    }

    /// One entry, without its value.
    ///
    /// Errors: `ENTRY_NOT_FOUND`.
    #[oai(path = "/entries/:id", method = "get", operation_id = "getEntry")]
    async fn get(&self, may: May<EntriesRead>, id: Path<String>) -> Answer<Shown<EntryView>> {
        Ok(Shown(may.kagi().entries().get(&may.actor, parse(&id)?).await?.into()))
    }

    /// Changes what is named; `null` clears.
    ///
    /// An absent `value` keeps the stored one; each that is given makes a version.
    ///
    /// Errors: `ENTRY_NOT_FOUND`, `ENTRY_EXISTS`.
    #[oai(path = "/entries/:id", method = "put", operation_id = "updateEntry")]
    async fn update(
        &self,
        may: May<EntriesWrite>,
        id: Path<String>,
        body: Change<EntryDraft>,
    ) -> Answer<Shown<EntryView>> {
        let patch = body.0.into_patch()?;
        Ok(Shown(may.kagi().entries().update(&may.actor, parse(&id)?, patch).await?.into()))
    }

    /// Deletes an entry with all versions of its value.
    ///
    /// Errors: `ENTRY_NOT_FOUND`.
    #[oai(path = "/entries/:id", method = "delete", operation_id = "deleteEntry")]
    async fn delete(&self, may: May<EntriesWrite>, id: Path<String>, _body: NoBody) -> Answer<Done> {
        may.kagi().entries().delete(&may.actor, parse(&id)?).await?;
        Ok(Done)
    }

    /// Reveals an entry's value.
    ///
    /// The audit trail holds the reveal before the value leaves.
    ///
    /// Errors: `ENTRY_NOT_FOUND`, `SECRET_INTEGRITY_FAILURE`.
    #[oai(path = "/entries/:id/reveal", method = "post", operation_id = "revealEntry")]
    async fn reveal(
        &self,
        may: May<EntriesReveal>,
        id: Path<String>,
        _body: NoBody,
    ) -> Answer<Shown<RevealView>> {
        Ok(Shown(may.kagi().entries().reveal(&may.actor, parse(&id)?).await?.into()))
    }
}

/// What is no id is nobody's entry.
pub(super) fn parse(id: &str) -> Result<EntryId, EntryError> {
    id.parse().map_err(|_| EntryError::NotFound)
}

fn filter(
    fields: &mut Fields,
    category: Asked,
    project: Asked,
    environment: Asked,
    expiring: &Asked,
    search: Asked,
) -> EntryQuery {
    if !matches!(expiring.0.as_deref(), None | Some("true" | "false")) {
        fields.refuse("expiring", "Give true or false.");
    }
    EntryQuery {
        category: parsed(fields, "categoryId", category.0),
        project: parsed(fields, "projectName", project.0),
        environment: environment.0.and_then(|text| read_environment(fields, &text)),
        expiring: expiring.0.as_deref() == Some("true"),
        search: search.0,
    }
}
