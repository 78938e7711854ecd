//! Entries: making, changing, revealing and deleting them.

use kagi_domain::{
    ids::EntryId,
    model::{
        category::{Category, KeyType, Shape},
        entry::{EntryListing, EntryPatch, Environment},
    },
    secret::SecretText,
    services::entries::EntryError,
};
use poem::{Response, handler, web::Path};

use crate::{
    draft::{EntryDraft, Raw, SecretDraft},
    problem::Problem,
    web::{
        handle::{
            begun,
            categories::{category_id, up},
            caught_up, filled, last_day, refused, seen, typed,
        },
        page::{ask::Ask, entry as page, entry_form::EntryForm},
        part::{Crumb, Flash, Form, words},
        visit::{Member, Reply},
    },
};

/// The form of a new entry.
#[handler]
pub(crate) async fn new_form(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let category = member.kagi().categories().get(member.actor(), category_id(&id)?).await?.category;
    let form = Form::new().with("environment", Environment::Production.as_str());
    Ok(member.reply.page(new_page(&member, &category, &form).await?))
}

/// Makes an entry.
#[handler]
pub(crate) async fn create(member: Member, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let category = member.kagi().categories().get(member.actor(), category_id(&id)?).await?.category;
    let draft = EntryDraft { category_id: Raw::Given(id), ..draft(&form, &category.shape) };
    let made = match draft.into_new() {
        Ok(new) => member.kagi().entries().create(member.actor(), new).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    let Err(problem) = made else {
        return Ok(member.reply.say(Flash::EntryMade, &format!("/keys/{}", category.id)));
    };
    let form = refused(form, problem)?;
    Ok(Reply::again(&form, new_page(&member, &category, &form).await?))
}

/// The form of an entry that is there. It does not hold the value.
#[handler]
pub(crate) async fn edit_form(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let listing = member.kagi().entries().get(member.actor(), entry_id(&id)?).await?;
    Ok(member.reply.page(edit_page(&member, &listing, &stored(&listing)).await?))
}

/// Changes an entry; a value that was left empty stays.
#[handler]
pub(crate) async fn update(member: Member, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let entry = entry_id(&id)?;
    let listing = member.kagi().entries().get(member.actor(), entry).await?;
    let draft = draft(&form, &listing.category.shape);
    let flash = if matches!(draft.value, Raw::Absent) { Flash::EntrySaved } else { Flash::ValueSaved };
    let saved = match draft.into_patch() {
        Ok(patch) => {
            let patch = EntryPatch { seen: seen(&form), ..patch };
            member.kagi().entries().update(member.actor(), entry, patch).await.map_err(Problem::from)
        }
        Err(problem) => Err(problem),
    };
    let Err(problem) = saved else {
        return Ok(member.reply.say(flash, &format!("/keys/{}", listing.category.id)));
    };
    let form = caught_up(refused(form, problem)?, listing.entry.revision);
    Ok(Reply::again(&form, edit_page(&member, &listing, &form).await?))
}

/// Reveals a value on a page that nobody keeps.
#[handler]
pub(crate) async fn reveal(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = entry_id(&id)?;
    let listing = member.kagi().entries().get(member.actor(), id).await?;
    let revealed = member.kagi().entries().reveal(member.actor(), id).await?;
    let shell = member.keys(&place(&listing), above(&listing));
    Ok(Reply::disclosure(shell.page(&page::revealed(
        &listing,
        &revealed,
        &format!("/keys/{}", listing.category.id),
    ))))
}

/// A reveal is asked for with a button; its bare address leads to the entry.
#[handler]
pub(crate) async fn back(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let listing = member.kagi().entries().get(member.actor(), entry_id(&id)?).await?;
    Ok(Reply::to(&format!("/keys/{}#e-{id}", listing.category.id)))
}

/// "Are you sure?"
#[handler]
pub(crate) async fn ask_delete(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let listing = member.kagi().entries().get(member.actor(), entry_id(&id)?).await?;
    let page = Ask {
        title: format!("Delete the entry of {}?", place(&listing)),
        text: maud::html! { "Every version of its value will be deleted. This cannot be undone." },
        action: &format!("/entries/{id}/delete"),
        button: "Delete entry",
        back: &format!("/keys/{}", listing.category.id),
    };
    Ok(member.reply.page(member.keys("Delete entry", above(&listing)).page(&page.draw())))
}

/// Deletes an entry. One that is gone already is what was wanted.
#[handler]
pub(crate) async fn delete(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let (entries, id) = (member.kagi().entries(), entry_id(&id)?);
    let home = match entries.get(member.actor(), id).await {
        Ok(listing) => format!("/keys/{}", listing.category.id),
        Err(EntryError::NotFound) => "/keys".to_owned(),
        Err(error) => return Err(error.into()),
    };
    match entries.delete(member.actor(), id).await {
        Ok(()) | Err(EntryError::NotFound) => Ok(member.reply.say(Flash::EntryGone, &home)),
        Err(error) => Err(error.into()),
    }
}

/// Reads an id from an address; one that cannot be is not there.
pub(super) fn entry_id(text: &str) -> Result<EntryId, Problem> {
    text.parse().map_err(|_| EntryError::NotFound.into())
}

/// An entry in words.
pub(super) fn place(listing: &EntryListing) -> String {
    format!("{}, {}", listing.entry.project, listing.entry.environment.as_str())
}

/// The way up from one of an entry's pages.
pub(super) fn above(listing: &EntryListing) -> Vec<Crumb> {
    let category = Crumb(listing.category.name.to_string(), format!("/keys/{}", listing.category.id));
    up(None).into_iter().chain([category]).collect()
}

async fn new_page(member: &Member, category: &Category, form: &Form) -> Result<maud::Markup, Problem> {
    let page = EntryForm {
        action: &format!("/keys/{}/entries/new", category.id),
        back: &format!("/keys/{}", category.id),
        category: category.name.as_str(),
        shape: &category.shape,
        stored: false,
        projects: &member.kagi().entries().project_names(member.actor()).await?,
    };
    Ok(member.keys("New entry", up(Some(category))).page(&page.draw(form)))
}

async fn edit_page(member: &Member, listing: &EntryListing, form: &Form) -> Result<maud::Markup, Problem> {
    let page = EntryForm {
        action: &format!("/entries/{}/edit", listing.entry.id),
        back: &format!("/keys/{}", listing.category.id),
        category: listing.category.name.as_str(),
        shape: &listing.category.shape,
        stored: true,
        projects: &member.kagi().entries().project_names(member.actor()).await?,
    };
    Ok(member.keys("Edit entry", above(listing)).page(&page.draw(form)))
}

fn draft(form: &Form, shape: &Shape) -> EntryDraft {
    EntryDraft {
        category_id: Raw::Absent,
        project_name: typed(form, "projectName"),
        environment: typed(form, "environment"),
        value: value(form, shape.key_type()),
        description: filled(form, "description"),
        notes: filled(form, "notes"),
        expires_at: last_day(form),
    }
}

/// The value as typed; one that was left empty is none.
fn value(form: &Form, kind: KeyType) -> Raw<SecretDraft> {
    let secret = |text: &str| SecretText::new(text.to_owned());
    match kind {
        KeyType::Simple if form.value("value").is_empty() => Raw::Absent,
        KeyType::Simple => Raw::Given(SecretDraft::Text(secret(form.value("value")))),
        KeyType::Group => {
            let typed = form.pairs().filter_map(|(name, text)| Some((name.strip_prefix("value.")?, text)));
            let filled = typed.filter(|(_, text)| !text.is_empty());
            let fields: Vec<_> =
                filled.map(|(name, text)| (name.to_owned(), Raw::Given(secret(text)))).collect();
            if fields.is_empty() { Raw::Absent } else { Raw::Given(SecretDraft::Fields(fields)) }
        }
    }
}

fn stored(listing: &EntryListing) -> Form {
    let entry = &listing.entry;
    let form = begun(Form::new(), entry.revision)
        .with("projectName", entry.project.as_str())
        .with("environment", entry.environment.as_str())
        .with("description", entry.description.as_ref().map_or("", |text| text.as_str()))
        .with("notes", entry.notes.as_ref().map_or("", |text| text.as_str()));
    match entry.expires_at {
        Some(at) => form.with("expiresAt", words::date_value(at)).with("expiresWas", at.to_string()),
        None => form,
    }
}
