//! Categories: the grid, one with its entries, and changing them.

use kagi_domain::{
    catalogue::{self, Service},
    ids::CategoryId,
    model::category::{Category, CategoryPatch, KeyType},
    services::{categories::CategoryError, entries::EntryQuery},
};
use poem::{
    Response, handler,
    web::{Path, Query},
};
use serde::Deserialize;

use crate::{
    draft::{CategoryDraft, Raw},
    problem::Problem,
    web::{
        handle::{CARDS, LINES, ListQuery, begun, caught_up, filled, refused, search_refused, seen, typed},
        page::{ask::Ask, category as page, category_form, keys, services},
        part::{Crumb, Flash, Form, Nav},
        visit::{Member, Reply},
    },
};

/// The grid.
#[handler]
pub(crate) async fn list(member: Member, Query(query): Query<ListQuery>) -> Result<Response, Problem> {
    let (kagi, shell) = (member.kagi(), member.shell(Nav::Keys, "Keys"));
    match kagi.categories().list(member.actor(), Some(&query.search), &query.page(CARDS)?).await {
        Ok(listings) => {
            let page = keys::keys(&listings, &query.search, query.is_first());
            Ok(member.reply.page(shell.page(&page)))
        }
        Err(error) => {
            let page = keys::refused(&query.search, &search_refused(error)?);
            Ok(Reply::unsearched(shell.page(&page)))
        }
    }
}

/// One category with its entries.
#[handler]
pub(crate) async fn show(
    member: Member,
    Path(id): Path<String>,
    Query(query): Query<ListQuery>,
) -> Result<Response, Problem> {
    let (kagi, id) = (member.kagi(), category_id(&id)?);
    let listing = kagi.categories().get(member.actor(), id).await?;
    let search = Some(query.search.clone());
    let wanted = EntryQuery { category: Some(id), search, ..EntryQuery::default() };
    let shell = member.keys(listing.category.name.as_str(), up(None));
    match kagi.entries().list(member.actor(), wanted, &query.page(LINES)?).await {
        Ok(entries) => {
            let page = page::category(&listing, &entries, &query.search, query.is_first(), member.now());
            Ok(member.reply.page(shell.page(&page)))
        }
        Err(error) => {
            let page = page::refused(&listing, &query.search, &search_refused(error)?);
            Ok(Reply::unsearched(shell.page(&page)))
        }
    }
}

/// What the address of a new category's form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Start {
    service: String,
    search: String,
}

/// The form of a new category, blank below the services or filled in for one of them.
#[handler]
pub(crate) fn new_form(member: Member, Query(start): Query<Start>) -> Response {
    let page = match catalogue::find(&start.service) {
        Some(service) => category_form::fresh(&filled_in(service), &services::picked(service)),
        None => category_form::fresh(&category_form::blank(), &services::picker(&start.search)),
    };
    member.reply.page(member.keys("New category", up(None)).page(&page))
}

/// Makes a category.
#[handler]
pub(crate) async fn create(member: Member, form: Form) -> Result<Response, Problem> {
    let made = match draft(&form).into_new() {
        Ok(new) => member.kagi().categories().create(member.actor(), new).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    match made {
        Ok(listing) => Ok(member.reply.say(Flash::CategoryMade, &format!("/keys/{}", listing.category.id))),
        Err(problem) => {
            let form = refused(form, problem)?;
            let page = category_form::fresh(&form, &maud::html! {});
            Ok(Reply::again(&form, member.keys("New category", up(None)).page(&page)))
        }
    }
}

/// The form of a category that is there.
#[handler]
pub(crate) async fn edit_form(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let listing = member.kagi().categories().get(member.actor(), category_id(&id)?).await?;
    let page = category_form::stored(&stored(&listing.category), &id, listing.entry_count > 0);
    Ok(member.reply.page(member.keys("Edit", up(Some(&listing.category))).page(&page)))
}

/// Changes a category.
#[handler]
pub(crate) async fn update(member: Member, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let category = category_id(&id)?;
    let saved = match draft(&form).into_patch() {
        Ok(patch) => {
            let patch = CategoryPatch { seen: seen(&form), ..patch };
            member.kagi().categories().update(member.actor(), category, patch).await.map_err(Problem::from)
        }
        Err(problem) => Err(problem),
    };
    let Err(problem) = saved else {
        return Ok(member.reply.say(Flash::CategorySaved, &format!("/keys/{category}")));
    };
    let form = refused(form, problem)?;
    let listing = member.kagi().categories().get(member.actor(), category).await;
    let has_entries = listing.as_ref().is_ok_and(|listing| listing.entry_count > 0);
    let now = listing.as_ref().ok().map(|listing| &listing.category);
    let form = match now {
        Some(now) => caught_up(form, now.revision),
        None => form,
    };
    let page = category_form::stored(&form, &id, has_entries);
    let crumbs = up(now);
    Ok(Reply::again(&form, member.keys("Edit", crumbs).page(&page)))
}

/// "Are you sure?", with what goes too.
#[handler]
pub(crate) async fn ask_delete(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let listing = member.kagi().categories().get(member.actor(), category_id(&id)?).await?;
    let page = Ask {
        title: format!("Delete “{}”?", listing.category.name),
        text: page::losses(&listing),
        action: &format!("/keys/{id}/delete"),
        button: "Delete category",
        back: &format!("/keys/{id}"),
    };
    Ok(member.reply.page(member.keys("Delete", up(Some(&listing.category))).page(&page.draw())))
}

/// Deletes a category with its entries. One that is gone already is what was wanted.
#[handler]
pub(crate) async fn delete(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    match member.kagi().categories().delete(member.actor(), category_id(&id)?).await {
        Ok(()) | Err(CategoryError::NotFound) => Ok(member.reply.say(Flash::CategoryGone, "/keys")),
        Err(error) => Err(error.into()),
    }
}

/// Reads an id from an address; one that cannot be is not there.
pub(super) fn category_id(text: &str) -> Result<CategoryId, Problem> {
    text.parse().map_err(|_| CategoryError::NotFound.into())
}

/// The way up from a category, or from one of its pages.
pub(super) fn up(category: Option<&Category>) -> Vec<Crumb> {
    let keys = Crumb("Keys".to_owned(), "/keys".to_owned());
    let category =
        category.map(|category| Crumb(category.name.to_string(), format!("/keys/{}", category.id)));
    std::iter::once(keys).chain(category).collect()
}

fn draft(form: &Form) -> CategoryDraft {
    let lines = |name| form.lines(name).map(str::to_owned).collect();
    let group = form.value("keyType") == KeyType::Group.as_str();
    CategoryDraft {
        name: typed(form, "name"),
        key_type: typed(form, "keyType"),
        env_var_name: if group { Raw::Null } else { filled(form, "envVarName") },
        field_definitions: if group { Raw::Given(lines("fieldDefinitions")) } else { Raw::Null },
        public_names: match form.value("publicChoice") {
            "none" => Raw::Given(Vec::new()),
            "listed" => Raw::Given(lines("publicNames")),
            _ => Raw::Null,
        },
        description: filled(form, "description"),
        icon_slug: filled(form, "iconSlug"),
        color: filled(form, "color"),
    }
}

fn filled_in(service: &Service) -> Form {
    let lines = |names: &[&str]| names.iter().flat_map(|name| [*name, "\n"]).collect::<String>();
    let form = match service.key_type() {
        KeyType::Simple => Form::new().with("envVarName", service.names().concat()),
        KeyType::Group => Form::new().with("fieldDefinitions", lines(service.names())),
    };
    form.with("name", service.name)
        .with("keyType", service.key_type().as_str())
        .with("publicChoice", if service.public.is_empty() { "none" } else { "listed" })
        .with("publicNames", lines(service.public))
        .with("description", service.about)
        .with("iconSlug", service.icon.unwrap_or_default())
        .with("color", service.color.unwrap_or_default())
}

fn stored(category: &Category) -> Form {
    let lines = |names: &[kagi_domain::text::EnvVarName]| {
        names.iter().flat_map(|name| [name.as_str(), "\n"]).collect::<String>()
    };
    let (shape, public) = (&category.shape, category.public_names.as_deref());
    begun(Form::new(), category.revision)
        .with("name", category.name.as_str())
        .with("keyType", shape.key_type().as_str())
        .with("envVarName", shape.env_var().map_or("", |name| name.as_str()))
        .with("fieldDefinitions", lines(shape.fields()))
        .with("publicChoice", public.map_or("auto", |names| if names.is_empty() { "none" } else { "listed" }))
        .with("publicNames", lines(public.unwrap_or_default()))
        .with("description", category.description.as_ref().map_or("", |text| text.as_str()))
        .with("iconSlug", category.icon.as_ref().map_or("", |slug| slug.as_str()))
        .with("color", category.color.as_ref().map_or("", |color| color.as_str()))
}
