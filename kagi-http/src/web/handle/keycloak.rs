//! The way to Keycloak and back. Both ends are plain links that browsers follow: a form could not lead to
//! another host under this site's policy.

use kagi_domain::{
    secret::SecretText,
    services::sign_in::{Arrival, Departure, Outcome, Return, SsoError},
};
use poem::{
    Request, Response, handler,
    http::{HeaderValue, header},
    web::Query,
};
use serde::Deserialize;

use crate::{
    cookie,
    problem::Problem,
    web::{
        page::sign_in as page,
        part::{
            Flash,
            failure::told,
            next::{local, sign_in as sign_in_page},
        },
        visit::{Anyone, Reply},
    },
};

/// What the link says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ask {
    next: String,
    /// Whether somebody in a session confirms that it is still them.
    again: Option<String>,
}

/// What Keycloak sends along.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Answer {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Sends a browser to Keycloak. Another site's link leads to the sign-in page instead, and whoever is signed in
/// stays so: nobody else begins or replaces a person's session.
#[handler]
pub(crate) async fn depart(
    request: &Request,
    guest: Anyone,
    ask: poem::Result<Query<Ask>>,
) -> Result<Response, Problem> {
    let ask = ask.map(|Query(ask)| ask).unwrap_or_default();
    let (sign_in, next) = (guest.reply.kagi().sign_in(), local(&ask.next));
    if is_cross_site(request) {
        return Ok(Reply::to(&sign_in_page(next)));
    }
    let departure = match &guest.visitor {
        Some(visitor) if ask.again.is_some() => {
            sign_in.depart_to_confirm(&visitor.actor, next.to_owned()).await
        }
        Some(_) => return Ok(Reply::to(next)),
        None => sign_in.depart(next.to_owned()).await,
    };
    Ok(match departure {
        Ok(departure) => leave(&guest.reply, &departure),
        Err(error) => Reply::to(&told(&error, guest.visitor.is_some(), next)),
    })
}

/// Whether another site led here; browsers say so themselves.
fn is_cross_site(request: &Request) -> bool {
    let sites = request.headers().get_all("sec-fetch-site");
    sites.iter().any(|site| site == "cross-site" || site == "same-site")
}

/// Takes a browser back from Keycloak. What is begun here ends, also when the browser hangs up.
#[handler]
pub(crate) async fn arrive(
    request: &Request,
    guest: Anyone,
    answer: poem::Result<Query<Answer>>,
) -> Result<Response, Problem> {
    let context = guest.reply.context().clone();
    let keepsake = cookie::keepsake(context.site(), request);
    // An answer that cannot be read answers nothing.
    let returned = answer.map(|Query(answer)| answer).unwrap_or_default().into();
    let (vault, origin) = (context.kagi().clone(), context.entrance(guest.visitor.as_ref()));
    let actor = guest.visitor.as_ref().map(|visitor| visitor.actor.clone());
    let settling = context.site().tasks.spawn(async move {
        vault.sign_in().arrive(returned, keepsake.as_ref(), actor.as_ref(), origin).await
    });
    let settled = settling.await.map_err(|_| Problem::internal())?;
    let mut response = welcome(&guest, settled);
    response.headers_mut().append(header::SET_COOKIE, cookie::forget_keepsake(context.site()));
    Ok(response)
}

/// What to do after signing out of Kagi: Keycloak may still know the browser.
#[handler]
pub(crate) async fn signed_out(guest: Anyone) -> Response {
    if guest.visitor.is_some() {
        return Reply::to("/");
    }
    match guest.reply.kagi().sign_in().provider_exit().await {
        Some(exit) => guest.reply.page(page::signed_out(&exit)),
        None => guest.reply.say(Flash::SignedOut, "/sign-in"),
    }
}

impl From<Answer> for Return {
    fn from(answer: Answer) -> Self {
        let secret = |text: Option<String>| text.map(SecretText::new);
        Self {
            state: secret(answer.state),
            code: secret(answer.code),
            error: answer.error,
            issuer: answer.iss,
        }
    }
}

fn welcome(guest: &Anyone, settled: Result<Arrival, SsoError>) -> Response {
    let reply = &guest.reply;
    let (outcome, next) = match settled {
        Ok(arrival) => (arrival.outcome, arrival.next),
        Err(error) => return Reply::to(&told(&error, guest.visitor.is_some(), "/")),
    };
    let (token, mut response) = match outcome {
        Outcome::Entered(signed_in) => (Some(signed_in.token), Reply::to(local(&next))),
        Outcome::Confirmed(signed_in) => (Some(signed_in.token), reply.say(Flash::Confirmed, local(&next))),
        Outcome::Linked(token) => (token, reply.say(Flash::KeycloakLinked, "/settings/keycloak")),
    };
    if let Some(token) = token {
        response.headers_mut().append(header::SET_COOKIE, cookie::start(reply.context().site(), &token));
    }
    response
}

fn leave(reply: &Reply, departure: &Departure) -> Response {
    let mut response = Reply::to(&departure.url);
    response.headers_mut().append(header::SET_COOKIE, keep(reply, departure));
    response
}

/// The cookie that goes with a departure.
pub(super) fn keep(reply: &Reply, departure: &Departure) -> HeaderValue {
    cookie::keep(reply.context().site(), &departure.keepsake, departure.lasts)
}
