//! The history of an entry's value: look, compare, bring back, delete for good.

use kagi_domain::{
    fields::Invalid,
    ids::EntryId,
    model::entry::EntryListing,
    paging::{PageLimit, PageRequest},
    services::entries::{EntryError, VERSIONS_KEPT},
};
use maud::Markup;
use poem::{
    Response, handler,
    web::{Path, Query},
};
use serde::Deserialize;

use crate::{
    api::Number,
    problem::Problem,
    web::{
        handle::{
            entries::{above, entry_id, place},
            refused,
        },
        page::{ask::Ask, compare as compared, entry, history as page},
        part::{Crumb, Flash, Form, Shell},
        visit::{Member, Reply},
    },
};

/// What the address of a history says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    undo: Option<String>,
}

/// The versions.
#[handler]
pub(crate) async fn show(
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let undo = asked.undo.as_deref().map(version);
    let page = whole(&member, entry_id(&id)?, &Form::new(), undo).await?;
    Ok(member.reply.page(page))
}

/// What is answered to a form only has no page of its own.
#[handler]
pub(crate) fn back(_member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(Reply::to(&path(entry_id(&id)?)))
}

/// As [`back`], from a version.
#[handler]
pub(crate) fn back_from(_member: Member, Path((id, _)): Path<(String, String)>) -> Result<Response, Problem> {
    Ok(Reply::to(&path(entry_id(&id)?)))
}

/// Reveals a version on a page that nobody keeps.
#[handler]
pub(crate) async fn reveal(
    member: Member,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (entries, id) = (member.kagi().entries(), entry_id(&id)?);
    let listing = entries.get(member.actor(), id).await?;
    let revealed = entries.reveal_version(member.actor(), id, version(&number)).await?;
    let shell = below(&member, &listing, &format!("Version {}", revealed.version));
    Ok(Reply::disclosure(shell.page(&entry::revealed(&listing, &revealed, &path(id)))))
}

/// Reveals two versions side by side, each with an event of its own.
#[handler]
pub(crate) async fn compare(member: Member, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let (entries, id) = (member.kagi().entries(), entry_id(&id)?);
    let [one, other] = ["one", "other"].map(|side| version(form.value(side)));
    if one == other {
        let invalid = Invalid::field("other", "Choose two different versions.");
        return again(&member, id, form, invalid.into()).await;
    }
    let listing = entries.get(member.actor(), id).await?;
    let older = entries.reveal_version(member.actor(), id, one.min(other)).await?;
    let newer = entries.reveal_version(member.actor(), id, one.max(other)).await?;
    let shell = below(&member, &listing, "Compare");
    Ok(Reply::disclosure(shell.page(&compared::page(&listing, &older, &newer, &path(id)))))
}

/// Makes an earlier value the current one. It is a new version, so it can be taken back the same way.
#[handler]
pub(crate) async fn restore(
    member: Member,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = entry_id(&id)?;
    match member.kagi().entries().restore(member.actor(), id, version(&number)).await {
        Ok(listing) => {
            let before = listing.entry.version.saturating_sub(1);
            Ok(member.reply.say(Flash::Restored, &format!("{}?undo={before}", path(id))))
        }
        Err(EntryError::Invalid(invalid)) => again(&member, id, Form::new(), invalid.into()).await,
        Err(error) => Err(error.into()),
    }
}

/// "Are you sure?"
#[handler]
pub(crate) async fn ask_purge(
    member: Member,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (entries, id, number) = (member.kagi().entries(), entry_id(&id)?, version(&number));
    let listing = entries.get(member.actor(), id).await?;
    let versions = entries.versions(member.actor(), id, &all()).await?.items;
    if listing.entry.version == number {
        return Err(EntryError::CurrentVersion.into());
    }
    versions.iter().find(|version| version.number == number).ok_or(EntryError::VersionNotFound)?;
    let page = Ask {
        title: format!("Delete version {number} for good?"),
        text: page::losses(),
        action: &format!("/entries/{id}/versions/{number}/purge"),
        button: "Delete version",
        back: &path(id),
    };
    Ok(member.reply.page(below(&member, &listing, "Delete version").page(&page.draw())))
}

/// Deletes a version for good. One that is gone already is what was wanted.
#[handler]
pub(crate) async fn purge(
    member: Member,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = entry_id(&id)?;
    match member.kagi().entries().purge_version(member.actor(), id, version(&number)).await {
        Ok(()) | Err(EntryError::VersionNotFound) => Ok(member.reply.say(Flash::VersionGone, &path(id))),
        Err(error) => Err(error.into()),
    }
}

async fn whole(member: &Member, id: EntryId, form: &Form, undo: Option<u32>) -> Result<Markup, Problem> {
    let listing = member.kagi().entries().get(member.actor(), id).await?;
    let versions = member.kagi().entries().versions(member.actor(), id, &all()).await?.items;
    let undo = undo.map(|number| format!("/entries/{id}/versions/{number}/restore"));
    let shell = Shell { undo, ..member.keys("History", above(&listing)) };
    Ok(shell.page(&page::history(&listing, &versions, form, member.now())))
}

/// The versions again, with the reason why the server said no.
async fn again(member: &Member, id: EntryId, form: Form, problem: Problem) -> Result<Response, Problem> {
    let form = refused(form, problem)?;
    Ok(Reply::again(&form, whole(member, id, &form, None).await?))
}

fn below(member: &Member, listing: &EntryListing, title: &str) -> Shell {
    let history = Crumb(format!("History of {}", place(listing)), path(listing.entry.id));
    member.keys(title, above(listing).into_iter().chain([history]).collect())
}

fn path(id: EntryId) -> String {
    format!("/entries/{id}/history")
}

fn version(text: &str) -> u32 {
    Number::read(text).get()
}

/// As many as are kept.
fn all() -> PageRequest {
    PageRequest { limit: PageLimit::new(VERSIONS_KEPT.into()).unwrap_or_default(), after: None }
}
