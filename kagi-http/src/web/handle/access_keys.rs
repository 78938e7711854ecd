//! Settings: access keys.

use kagi_domain::{
    access::Actor,
    fields::Invalid,
    ids::AccessKeyId,
    secret::SecretText,
    services::{access_keys::AccessKeyError, sign_in::SignInError},
};
use maud::Markup;
use poem::{
    Response, handler,
    http::{HeaderValue, header},
    web::{Path, Query},
};

use crate::{
    cookie,
    draft::{AccessKeyDraft, Raw},
    problem::Problem,
    web::{
        handle::{LINES, ListQuery, last_day, refused, typed},
        page::{access_key as page, ask::Ask},
        part::{Crumb, Flash, Form, Nav, Shell},
        visit::{Member, Reply},
    },
};

/// The list.
#[handler]
pub(crate) async fn list(member: Member, Query(query): Query<ListQuery>) -> Result<Response, Problem> {
    let keys = member.kagi().access_keys().list(member.actor(), None, &query.page(LINES)?).await?;
    let page = page::list(&keys, query.is_first(), member.now());
    Ok(member.reply.page(member.shell(Nav::Settings, "Access keys").page(&page)))
}

/// The form of a new key.
#[handler]
pub(crate) fn new_form(member: Member) -> Response {
    let page = page::form(&Form::new(), is_stale(&member));
    member.reply.page(shell(&member, "New access key").page(&page))
}

/// Makes a key and shows it, this once. A password that was asked for is checked first; the session
/// goes on under a new token then, whatever becomes of the key.
#[handler]
pub(crate) async fn create(member: Member, form: Form) -> Result<Response, Problem> {
    let fresh = match step_up(&member, &form).await {
        Ok(fresh) => fresh,
        Err(problem) => return again(&member, form, problem),
    };
    let actor = fresh.as_ref().map_or(member.actor(), |fresh| &fresh.actor);
    let mut response = match make(&member, actor, &form).await {
        Ok(page) => Reply::disclosure(shell(&member, "New access key").page(&page)),
        Err(problem) => again(&member, form, problem)?,
    };
    if let Some(fresh) = fresh {
        response.headers_mut().append(header::SET_COOKIE, fresh.cookie);
    }
    Ok(response)
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
    Ok(member.reply.page(shell(&member, "Revoke").page(&page.draw())))
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

/// A session whose password was just confirmed.
struct Fresh {
    actor: Actor,
    cookie: HeaderValue,
}

async fn step_up(member: &Member, form: &Form) -> Result<Option<Fresh>, Problem> {
    let password = form.filled("password").filter(|_| is_stale(member));
    let Some(password) = password else { return Ok(None) };
    let (sign_in, context) = (member.kagi().sign_in(), member.reply.context());
    let password = SecretText::new(password.to_owned());
    let signed_in = sign_in.reauthenticate(member.actor(), password).await.map_err(|error| match error {
        SignInError::WrongCredentials => Invalid::field("password", "This is not your password.").into(),
        other => Problem::from(other),
    })?;
    let visitor = sign_in.by_session(&signed_in.token, context.origin()).await;
    let actor = visitor.map_err(|_| Problem::auth_required())?.actor;
    Ok(Some(Fresh { actor, cookie: cookie::start(context.site(), &signed_in.token) }))
}

async fn make(member: &Member, actor: &Actor, form: &Form) -> Result<Markup, Problem> {
    let new = draft(form).into_new()?;
    Ok(page::issued(&member.kagi().access_keys().create(actor, new).await?))
}

fn again(member: &Member, form: Form, problem: Problem) -> Result<Response, Problem> {
    // Whether to ask for the password: not when it was right and something else was wrong.
    let confirm = is_stale(member) && (form.filled("password").is_none() || blames_password(&problem));
    let form = refused(form, problem)?;
    Ok(Reply::again(&form, shell(member, "New access key").page(&page::form(&form, confirm))))
}

fn blames_password(problem: &Problem) -> bool {
    problem.fields.is_empty() || problem.fields.iter().any(|error| error.field == "password")
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

/// Whether the password has to be confirmed before a key can be made.
fn is_stale(member: &Member) -> bool {
    member.actor().authorize_fresh(member.now()).is_err()
}

fn shell(member: &Member, title: &str) -> Shell {
    let keys = Crumb("Access keys".to_owned(), "/settings/access-keys".to_owned());
    Shell { crumbs: vec![keys], ..member.shell(Nav::Settings, title) }
}

fn key_id(text: &str) -> Result<AccessKeyId, Problem> {
    text.parse().map_err(|_| AccessKeyError::NotFound.into())
}
