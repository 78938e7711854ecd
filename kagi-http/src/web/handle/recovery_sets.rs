//! Recovery sets: the list, one of them, making, changing, and their codes one at a time.

use kagi_domain::{
    fields::Invalid,
    ids::RecoverySetId,
    model::recovery_set::{CodeIndex, RecoverySet, RecoverySetPatch, Separator, split_codes},
    services::recovery_sets::{RecoverySetError, RevealedCode},
};
use poem::{
    Response, handler,
    web::{Path, Query},
};

use crate::{
    draft::{Raw, RecoverySetDraft},
    problem::Problem,
    web::{
        handle::{CARDS, ListQuery, begun, caught_up, filled, refused, search_refused, seen, typed},
        page::{ask::Ask, recovery_form, recovery_set as page, recovery_sets},
        part::{Crumb, Flash, Form, Nav, Shell},
        visit::{Member, Reply},
    },
};

/// The list.
#[handler]
pub(crate) async fn list(member: Member, Query(query): Query<ListQuery>) -> Result<Response, Problem> {
    let (sets, shell) = (member.kagi().recovery_sets(), member.shell(Nav::TwoFactor, "2FA"));
    match sets.list(member.actor(), Some(&query.search), &query.page(CARDS)?).await {
        Ok(found) => {
            let page = recovery_sets::list(&found, &query.search, query.is_first());
            Ok(member.reply.page(shell.page(&page)))
        }
        Err(error) => {
            let page = recovery_sets::refused(&query.search, &search_refused(error)?);
            Ok(Reply::unsearched(shell.page(&page)))
        }
    }
}

/// One set.
#[handler]
pub(crate) async fn show(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let set = member.kagi().recovery_sets().get(member.actor(), set_id(&id)?).await?;
    let page = page::set(&set, &Form::new(), None, member.now());
    Ok(member.reply.page(shell(&member, set.service.as_str(), None).page(&page)))
}

/// The form of a new set.
#[handler]
pub(crate) fn new_form(member: Member) -> Response {
    let page = recovery_form::form(&Form::new(), None);
    member.reply.page(shell(&member, "New recovery set", None).page(&page))
}

/// Makes a set.
#[handler]
pub(crate) async fn create(member: Member, form: Form) -> Result<Response, Problem> {
    let made = match draft(&form).into_new() {
        Ok(new) => member.kagi().recovery_sets().create(member.actor(), new).await.map_err(Problem::from),
        Err(invalid) => Err(invalid.into()),
    };
    match made {
        Ok(set) => Ok(member.reply.say(Flash::SetMade, &format!("/2fa/{}", set.id))),
        Err(problem) => {
            let form = refused(form, problem)?;
            let page = recovery_form::form(&form, None);
            Ok(Reply::again(&form, shell(&member, "New recovery set", None).page(&page)))
        }
    }
}

/// The form of a set that is there. It does not hold its codes.
#[handler]
pub(crate) async fn edit_form(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let set = member.kagi().recovery_sets().get(member.actor(), set_id(&id)?).await?;
    let page = recovery_form::form(&stored(&set), Some(&id));
    Ok(member.reply.page(shell(&member, "Edit", Some(&set)).page(&page)))
}

/// Changes a set; codes that were left empty stay, with their uses.
#[handler]
pub(crate) async fn update(member: Member, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let (sets, set) = (member.kagi().recovery_sets(), set_id(&id)?);
    let draft = draft(&form);
    let flash = if matches!(draft.tokens, Raw::Absent) { Flash::SetSaved } else { Flash::CodesReplaced };
    let saved = match draft.into_patch() {
        Ok(patch) => {
            let patch = RecoverySetPatch { seen: seen(&form), ..patch };
            sets.update(member.actor(), set, patch).await.map_err(Problem::from)
        }
        Err(invalid) => Err(invalid.into()),
    };
    let Err(problem) = saved else { return Ok(member.reply.say(flash, &format!("/2fa/{set}"))) };
    let above = sets.get(member.actor(), set).await?;
    let form = caught_up(refused(form, problem)?, above.revision);
    let page = recovery_form::form(&form, Some(&id));
    Ok(Reply::again(&form, shell(&member, "Edit", Some(&above)).page(&page)))
}

/// Reveals a code on a page that nobody keeps: the next unused one, or the one that is named.
#[handler]
pub(crate) async fn reveal(member: Member, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let id = set_id(&id)?;
    let revealed = disclose(&member, id, &form).await;
    let (form, revealed) = match revealed {
        Ok(code) => (form, Some(code)),
        Err(problem) => (refused(form, problem)?, None),
    };
    let set = member.kagi().recovery_sets().get(member.actor(), id).await?;
    let page = page::set(&set, &form, revealed.as_ref(), member.now());
    Ok(Reply::again(&form, shell(&member, set.service.as_str(), None).page(&page)))
}

/// A code is asked for with a button; its bare address leads to the set.
#[handler]
pub(crate) fn back(_member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(Reply::to(&format!("/2fa/{}", set_id(&id)?)))
}

/// The same for the address that takes a use back.
#[handler]
pub(crate) fn back_from(_member: Member, Path((id, _)): Path<(String, String)>) -> Result<Response, Problem> {
    Ok(Reply::to(&format!("/2fa/{}", set_id(&id)?)))
}

/// Takes a mistaken use back.
#[handler]
pub(crate) async fn unuse(
    member: Member,
    Path((id, index)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = set_id(&id)?;
    let index = index.parse().map_err(|_| RecoverySetError::NotFound)?;
    member.kagi().recovery_sets().unuse(member.actor(), id, index).await?;
    Ok(member.reply.say(Flash::CodeUnused, &format!("/2fa/{id}")))
}

/// "Are you sure?"
#[handler]
pub(crate) async fn ask_delete(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let set = member.kagi().recovery_sets().get(member.actor(), set_id(&id)?).await?;
    let page = Ask {
        title: format!("Delete the recovery codes of “{}”?", set.service),
        text: recovery_form::losses(&set),
        action: &format!("/2fa/{id}/delete"),
        button: "Delete recovery set",
        back: &format!("/2fa/{id}"),
    };
    Ok(member.reply.page(shell(&member, "Delete", Some(&set)).page(&page.draw())))
}

/// Deletes a set. One that is gone already is what was wanted.
#[handler]
pub(crate) async fn delete(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    match member.kagi().recovery_sets().delete(member.actor(), set_id(&id)?).await {
        Ok(()) | Err(RecoverySetError::NotFound) => Ok(member.reply.say(Flash::SetGone, "/2fa")),
        Err(error) => Err(error.into()),
    }
}

async fn disclose(member: &Member, id: RecoverySetId, form: &Form) -> Result<RevealedCode, Problem> {
    let named = form.filled("index").map(str::parse::<CodeIndex>).transpose();
    let index = named.map_err(|error| Invalid::field("index", error))?;
    Ok(member.kagi().recovery_sets().reveal(member.actor(), id, index).await?)
}

/// Reads an id from an address; one that cannot be is not there.
pub(super) fn set_id(text: &str) -> Result<RecoverySetId, Problem> {
    text.parse().map_err(|_| RecoverySetError::NotFound.into())
}

fn shell(member: &Member, title: &str, above: Option<&RecoverySet>) -> Shell {
    let all = Crumb("2FA".to_owned(), "/2fa".to_owned());
    let set = above.map(|set| Crumb(set.service.to_string(), format!("/2fa/{}", set.id)));
    let crumbs = std::iter::once(all).chain(set).collect();
    Shell { crumbs, ..member.shell(Nav::TwoFactor, title) }
}

fn draft(form: &Form) -> RecoverySetDraft {
    let lines = form.filled("wholeLines").is_some();
    let separator = if lines { Separator::LineBreak } else { Separator::Any };
    let codes = split_codes(form.value("tokens"), separator);
    RecoverySetDraft {
        service: typed(form, "service"),
        label: filled(form, "label"),
        tokens: if codes.is_empty() { Raw::Absent } else { Raw::Given(codes) },
    }
}

fn stored(set: &RecoverySet) -> Form {
    let label = set.label.as_ref().map_or("", |label| label.as_str());
    begun(Form::new(), set.revision).with("service", set.service.as_str()).with("label", label)
}
