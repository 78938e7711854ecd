//! Whether Keycloak opens the account.

use kagi_domain::services::sign_in::SsoError;
use maud::Markup;
use poem::{Response, handler, http::header, web::Query};
use serde::Deserialize;

use super::draw;
use crate::{
    problem::Problem,
    web::{
        handle::{
            keycloak::keep,
            refused,
            step_up::{asks_again, step_up, ways},
        },
        page::settings::{Tab, keycloak as page},
        part::{Flash, Form, failure, field::Again},
        visit::{Member, Reply},
    },
};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    failed: String,
}

/// Whether it does, and how to change that.
#[handler]
pub(crate) async fn show(member: Member, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let failed = failure::sentence(&asked.failed);
    let again = ways(&member, Tab::Keycloak.path()).await?;
    Ok(member.reply.page(page(&member, &Form::new(), failed.as_deref(), again.as_ref()).await?))
}

/// Leads to Keycloak, to link whoever signs in there.
#[handler]
pub(crate) async fn link(member: Member, form: Form) -> Result<Response, Problem> {
    let ground = match step_up(&member, &form).await {
        Ok(ground) => ground,
        Err(problem) => return retry(&member, form, problem).await,
    };
    let next = Tab::Keycloak.path().to_owned();
    let response = match member.kagi().sign_in().depart_to_link(ground.actor(), next).await {
        Ok(departure) => {
            let page = draw(&member, Tab::Keycloak, &page::leave(&departure.url));
            let mut response = Reply::disclosure(page);
            response.headers_mut().append(header::SET_COOKIE, keep(&member.reply, &departure));
            response
        }
        Err(error) => failed(&member, form, error).await?,
    };
    Ok(ground.carry(response))
}

/// Takes the link away.
#[handler]
pub(crate) async fn unlink(member: Member, form: Form) -> Result<Response, Problem> {
    let ground = match step_up(&member, &form).await {
        Ok(ground) => ground,
        Err(problem) => return retry(&member, form, problem).await,
    };
    let response = match member.kagi().sign_in().unlink(ground.actor()).await {
        Ok(()) => member.reply.say(Flash::KeycloakUnlinked, Tab::Keycloak.path()),
        Err(error) => failed(&member, form, error).await?,
    };
    Ok(ground.carry(response))
}

/// Both are buttons; their bare addresses lead to the page.
#[handler]
pub(crate) fn back(_member: Member) -> Response {
    Reply::to(Tab::Keycloak.path())
}

async fn failed(member: &Member, form: Form, error: SsoError) -> Result<Response, Problem> {
    match error {
        SsoError::Denied(denied) => retry(member, form, denied.into()).await,
        other => Ok(Reply::to(&failure::told(&other, true, "/"))),
    }
}

/// The page once more, which says what was wrong with the form.
async fn retry(member: &Member, form: Form, problem: Problem) -> Result<Response, Problem> {
    let asks = asks_again(member, &form, &problem);
    let again = if asks { ways(member, Tab::Keycloak.path()).await? } else { None };
    let form = refused(form, problem)?;
    Ok(Reply::again(&form, page(member, &form, None, again.as_ref()).await?))
}

async fn page(
    member: &Member,
    form: &Form,
    failed: Option<&str>,
    again: Option<&Again>,
) -> Result<Markup, Problem> {
    let linked = member.kagi().sign_in().identity(member.actor()).await.map_err(|error| match error {
        SsoError::Denied(denied) => denied.into(),
        SsoError::Storage(error) => error.into(),
        _ => Problem::internal(),
    })?;
    let profile = member.kagi().account().profile(member.actor()).await?;
    let matter = page::Matter {
        offered: member.kagi().sign_in().offers_provider(),
        since: linked.map(|identity| identity.linked_at),
        removable: profile.has_password && member.kagi().policy().passwords,
        failed,
    };
    Ok(draw(member, Tab::Keycloak, &page::page(&matter, form, again, member.now())))
}
