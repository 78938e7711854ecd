//! Who acts: a request becomes a visitor or an actor, and from then on its body is that person's.

use kagi_domain::{
    access::Actor,
    secret::SecretText,
    services::sign_in::{AuthError, Visitor},
};
use poem::{
    Request,
    http::header::{AUTHORIZATION, HeaderMap},
};

use crate::{context::Context, cookie, problem::Problem};

/// The person in a browser, if there is one. A request with an `Authorization` header has none.
pub(crate) async fn visitor(request: &Request) -> Result<Option<Visitor>, Problem> {
    if request.headers().contains_key(AUTHORIZATION) {
        return Ok(None);
    }
    let context = Context::of(request)?;
    let Some(token) = cookie::session_token(context.site(), request) else { return Ok(None) };
    match context.kagi().sign_in().by_session(&token, context.origin()).await {
        Ok(visitor) => {
            context.note(&visitor.actor);
            Ok(Some(visitor))
        }
        Err(AuthError::Refused) => Ok(None),
        Err(AuthError::Storage(error)) => Err(error.into()),
    }
}

/// Whoever the request's credential belongs to.
///
/// A request with an `Authorization` header is judged by it alone; its cookie is not looked at.
pub(crate) async fn actor(request: &Request) -> Result<Actor, Problem> {
    if !request.headers().contains_key(AUTHORIZATION) {
        let visitor = visitor(request).await?;
        return visitor.map(|visitor| visitor.actor).ok_or_else(Problem::auth_required);
    }
    let context = Context::of(request)?;
    let token = bearer(request.headers()).ok_or_else(Problem::invalid_key)?;
    match context.kagi().sign_in().by_access_key(&token, context.origin()).await {
        Ok(actor) => {
            context.note(&actor);
            Ok(actor)
        }
        Err(AuthError::Refused) => Err(Problem::invalid_key()),
        Err(AuthError::Storage(error)) => Err(error.into()),
    }
}

fn bearer(headers: &HeaderMap) -> Option<SecretText> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (only, None) = (values.next()?, values.next()) else { return None };
    let (scheme, token) = only.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| SecretText::new(token.trim().to_owned()))
}
