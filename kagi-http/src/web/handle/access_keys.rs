//! Settings: access keys.

use kagi_domain::{access::Actor, ids::AccessKeyId, services::access_keys::AccessKeyError};
use maud::Markup;
use poem::{
    Response, handler,
    web::{Path, Query},
};

use crate::{
    draft::{AccessKeyDraft, Raw},
    problem::Problem,
    web::{
        handle::{
            LINES, ListQuery, last_day, refused, settings,
            step_up::{asks_again, step_up, ways},
            typed,
        },
        page::{
            access_key as page,
            ask::Ask,
            settings::{Tab, frame},
        },
        part::{Crumb, Flash, Form, Nav, Shell},
        visit::{Member, Reply},
    },
};

/// Where a key is made.
const NEW: &str = "/settings/access-keys/new";

/// The list.
#[handler]
pub(crate) async fn list(member: Member, Query(query): Query<ListQuery>) -> Result<Response, Problem> {
    let keys = member.kagi().access_keys().list(member.actor(), None, &query.page(LINES)?).await?;
    let page = page::list(&keys, query.is_first(), member.now());
    Ok(member.reply.page(settings::draw(&member, Tab::AccessKeys, &page)))
}

/// The form of a new key.
#[handler]
pub(crate) async fn new_form(member: Member) -> Result<Response, Problem> {
    let page = page::form(&Form::new(), ways(&member, NEW).await?.as_ref());
    Ok(member.reply.page(draw(&member, "New access key", &page)))
}

/// Makes a key and shows it, this once. A password that was asked for is checked first; the session
/// goes on under a new token then, whatever becomes of the key.
#[handler]
pub(crate) async fn create(member: Member, form: Form) -> Result<Response, Problem> {
    let ground = match step_up(&member, &form).await {
        Ok(ground) => ground,
        Err(problem) => return again(&member, form, problem).await,
    };
    let response = match make(&member, ground.actor(), &form).await {
        Ok(page) => Reply::disclosure(draw(&member, "New access key", &page)),
        Err(problem) => again(&member, form, problem).await?,
    };
    Ok(ground.carry(response))
}

/// "Are you sure?"
#[handler]
pub(crate) fn ask_revoke(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    key_id(&id)?;
    let page = Ask {
        title: "Revoke this access key?".to_owned(),
        text: maud::html! { "Programs that use it are refused from their next request on. This cannot be undone." },
        action: &format!("/settings/access-keys/{id}/revoke"),
        button: "Revoke access key",
        back: "/settings/access-keys",
    };
    Ok(member.reply.page(draw(&member, "Revoke", &page.draw())))
}

/// Revokes a key. One that is gone already is what was wanted.
#[handler]
pub(crate) async fn revoke(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    match member.kagi().access_keys().delete(member.actor(), key_id(&id)?).await {
        Ok(()) | Err(AccessKeyError::NotFound) => {
            Ok(member.reply.say(Flash::KeyRevoked, "/settings/access-keys"))
        }
        Err(error) => Err(error.into()),
    }
}

async fn make(member: &Member, actor: &Actor, form: &Form) -> Result<Markup, Problem> {
    let new = draft(form).into_new()?;
    Ok(page::issued(&member.kagi().access_keys().create(actor, new).await?))
}

async fn again(member: &Member, form: Form, problem: Problem) -> Result<Response, Problem> {
    let confirm = if asks_again(member, &form, &problem) { ways(member, NEW).await? } else { None };
    let form = refused(form, problem)?;
    Ok(Reply::again(&form, draw(member, "New access key", &page::form(&form, confirm.as_ref()))))
}

fn draft(form: &Form) -> AccessKeyDraft {
    let projects: Vec<String> = form.lines("projects").map(str::to_owned).collect();
    AccessKeyDraft {
        name: typed(form, "name"),
        scopes: Raw::Given(form.all("scopes").map(str::to_owned).collect()),
        projects: if projects.is_empty() { Raw::Null } else { Raw::Given(projects) },
        expires_at: last_day(form),
    }
}

fn draw(member: &Member, title: &str, page: &Markup) -> Markup {
    let keys = Crumb("Access keys".to_owned(), Tab::AccessKeys.path().to_owned());
    let shell = Shell { crumbs: vec![keys], ..member.shell(Nav::Settings, title) };
    shell.page(&frame(Tab::AccessKeys, member.kagi().sign_in().offers_provider(), page))
}

fn key_id(text: &str) -> Result<AccessKeyId, Problem> {
    text.parse().map_err(|_| AccessKeyError::NotFound.into())
}
