//! Set-up, sign-in, sign-up, sign-out.

use kagi_domain::{
    SignUp,
    access::Origin,
    secret::SecretText,
    services::sign_in::{SignInError, SignedIn, registration},
};
use maud::Markup;
use poem::{Response, handler, http::header, web::Query};
use serde::Deserialize;

use crate::{
    cookie,
    problem::Problem,
    web::{
        handle::refused,
        page::sign_in::{self as page, Door, Ways},
        part::{Flash, Form, failure::sentence, next::local},
        visit::{Anyone, Reply},
    },
};

/// What the address of one of these pages says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ask {
    token: Option<String>,
    next: String,
    ended: Option<String>,
    failed: Option<String>,
}

/// The first account's form, behind the link that the server printed.
#[handler]
pub(crate) async fn set_up_form(guest: Anyone, Query(ask): Query<Ask>) -> Result<Response, Problem> {
    let door = guest.reply.kagi().sign_in();
    if !door.needs_set_up().await? {
        return Ok(guest.reply.page(page::set_up_done()));
    }
    let Some(token) = ask.token else {
        return Ok(guest.reply.page(page::set_up_link(false, door.offers_provider())));
    };
    if !door.opens_set_up(&SecretText::new(token.clone())).await? {
        return Ok(guest.reply.page(page::set_up_link(true, door.offers_provider())));
    }
    Ok(Reply::disclosure(page::set_up(&Form::new().with("token", token))))
}

/// Makes the first account.
#[handler]
pub(crate) async fn set_up(guest: Anyone, form: Form) -> Result<Response, Problem> {
    let context = guest.reply.context();
    let token = SecretText::new(form.value("token").to_owned());
    let done = match person(&form) {
        Ok(who) => context.kagi().sign_in().set_up(&token, who, entrance(&guest)).await,
        Err(invalid) => Err(invalid),
    };
    match done {
        Ok(signed_in) => Ok(enter(&guest.reply, &signed_in, "/", Some(Flash::Welcome))),
        Err(SignInError::SetUpClosed) => Ok(Reply::to("/setup?token=")),
        Err(error) => again(form, error, page::set_up),
    }
}

/// The sign-in form.
#[handler]
pub(crate) async fn sign_in_form(guest: Anyone, Query(ask): Query<Ask>) -> Result<Response, Problem> {
    let failed = ask.failed.as_deref().and_then(sentence);
    if guest.visitor.is_some() && failed.is_none() {
        return Ok(Reply::to(local(&ask.next)));
    }
    let reply = &guest.reply;
    if failed.is_none() && reply.kagi().sign_in().needs_set_up().await? {
        return Ok(Reply::to("/setup"));
    }
    let form = Form::new().with("next", local(&ask.next));
    let door = Door { flash: reply.flash(), ended: ask.ended.is_some(), failed, ..door(reply) };
    Ok(reply.page(page::sign_in(&form, &door)))
}

/// Signs a person in.
#[handler]
pub(crate) async fn sign_in(guest: Anyone, form: Form) -> Result<Response, Problem> {
    let context = guest.reply.context();
    let password = SecretText::new(form.value("password").to_owned());
    match context.kagi().sign_in().sign_in(form.value("email"), password, entrance(&guest)).await {
        Ok(signed_in) => Ok(enter(&guest.reply, &signed_in, local(form.value("next")), None)),
        Err(error) => again(form, error, |form| page::sign_in(form, &door(&guest.reply))),
    }
}

/// The sign-up form, where the operator lets anybody.
#[handler]
pub(crate) fn sign_up_form(guest: Anyone) -> Response {
    let open = is_open(&guest.reply);
    guest.reply.page(if open { page::sign_up(&Form::new()) } else { page::sign_up_closed() })
}

/// Makes an account.
#[handler]
pub(crate) async fn sign_up(guest: Anyone, form: Form) -> Result<Response, Problem> {
    let context = guest.reply.context();
    let done = match person(&form) {
        Ok(who) => context.kagi().sign_in().sign_up(who, entrance(&guest)).await,
        Err(invalid) => Err(invalid),
    };
    match done {
        Ok(signed_in) => Ok(enter(&guest.reply, &signed_in, "/", Some(Flash::Welcome))),
        Err(SignInError::SignUpClosed) => Ok(Reply::to("/sign-up")),
        Err(error) => again(form, error, page::sign_up),
    }
}

/// Ends the session; without one there is nothing to end. Whoever is known at Keycloak can sign out there next.
#[handler]
pub(crate) async fn sign_out(guest: Anyone) -> Result<Response, Problem> {
    let mut known = false;
    if let Some(visitor) = &guest.visitor {
        let door = guest.reply.kagi().sign_in();
        known = door.identity(&visitor.actor).await.is_ok_and(|identity| identity.is_some());
        door.sign_out(&visitor.actor).await?;
    }
    let mut response =
        if known { Reply::to("/signed-out") } else { guest.reply.say(Flash::SignedOut, "/sign-in") };
    response.headers_mut().append(header::SET_COOKIE, cookie::end(guest.reply.context().site()));
    Ok(response)
}

fn person(form: &Form) -> Result<kagi_domain::services::sign_in::Registration, SignInError> {
    let password = SecretText::new(form.value("password").to_owned());
    Ok(registration(form.value("email"), password, form.filled("name"))?)
}

fn door(reply: &Reply) -> Door {
    let ways = match (reply.kagi().sign_in().offers_provider(), reply.kagi().policy().passwords) {
        (true, true) => Ways::Both,
        (true, false) => Ways::Keycloak,
        (false, _) => Ways::Password,
    };
    Door { may_sign_up: is_open(reply), ways, ..Door::default() }
}

/// Where the person comes from, and from which session.
fn entrance(guest: &Anyone) -> Origin {
    guest.reply.context().entrance(guest.visitor.as_ref())
}

fn is_open(reply: &Reply) -> bool {
    reply.kagi().policy().sign_up == SignUp::Open
}

fn enter(reply: &Reply, signed_in: &SignedIn, path: &str, flash: Option<Flash>) -> Response {
    let mut response = flash.map_or_else(|| Reply::to(path), |flash| reply.say(flash, path));
    response
        .headers_mut()
        .append(header::SET_COOKIE, cookie::start(reply.context().site(), &signed_in.token));
    response
}

fn again(form: Form, error: SignInError, draw: impl Fn(&Form) -> Markup) -> Result<Response, Problem> {
    let form = refused(form, error)?;
    Ok(Reply::again(&form, draw(&form)))
}
