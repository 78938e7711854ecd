//! `/auth` and `/account/reauth`: sessions begin, are confirmed, and end.

use kagi_domain::services::sign_in::SignedIn;
use poem::{Request, http::header::AUTHORIZATION};
use poem_openapi::OpenApi;

use super::{
    answer::{Answer, Done, Made, Shown, WithCookie},
    body::{Body, Input, NoBody},
    caller::{Guest, InSession},
    view::SessionView,
};
use crate::{
    actor,
    context::Context,
    cookie,
    draft::{PasswordDraft, SignInDraft, SignUpDraft},
};

#[derive(Clone)]
pub(super) struct Api;

impl Input for SignInDraft {
    const REQUIRED: &'static [&'static str] = &["email", "password"];
}

impl Input for SignUpDraft {
    const REQUIRED: &'static [&'static str] = &["email", "password"];
}

impl Input for PasswordDraft {
    const REQUIRED: &'static [&'static str] = &["password"];
}

#[OpenApi]
impl Api {
    /// Signs in by address and password; the session is in the cookie.
    ///
    /// A session whose cookie comes along ends.
    ///
    /// Not there (404) where the operator has switched passwords off.
    ///
    /// Errors: `AUTH_INVALID_CREDENTIALS`, `RATE_LIMITED`, `NOT_FOUND`.
    #[oai(path = "/auth/sign-in/email", method = "post", operation_id = "signIn")]
    async fn sign_in(
        &self,
        context: Context,
        guest: Guest,
        body: Body<SignInDraft>,
    ) -> Answer<WithCookie<Shown<SessionView>>> {
        let (email, password) = body.0.into_credentials()?;
        let origin = context.entrance(guest.0.as_ref());
        let signed_in = context.kagi().sign_in().sign_in(&email, password, origin).await?;
        Ok(WithCookie(Shown(view(&signed_in)), cookie::start(context.site(), &signed_in.token)))
    }

    /// Makes an account, where the operator lets anybody, and signs it in.
    ///
    /// A session whose cookie comes along ends.
    ///
    /// Not there (404) where the operator has switched passwords off.
    ///
    /// Errors: `SIGN_UP_CLOSED`, `EMAIL_TAKEN`, `RATE_LIMITED`, `NOT_FOUND`.
    #[oai(path = "/auth/sign-up/email", method = "post", operation_id = "signUp")]
    async fn sign_up(
        &self,
        context: Context,
        guest: Guest,
        body: Body<SignUpDraft>,
    ) -> Answer<WithCookie<Made<SessionView>>> {
        let who = body.0.into_registration()?;
        let origin = context.entrance(guest.0.as_ref());
        let signed_in = context.kagi().sign_in().sign_up(who, origin).await?;
        Ok(WithCookie(Made(view(&signed_in)), cookie::start(context.site(), &signed_in.token)))
    }

    /// Ends the session.
    ///
    /// Without one there is nothing to end, and that is fine. An access key has none to end. The answer is what
    /// `GET /auth/session` says from now on: `null`.
    ///
    /// Errors: `AUTH_INVALID_KEY`, `SESSION_REQUIRED`.
    #[oai(path = "/auth/sign-out", method = "post", operation_id = "signOut")]
    async fn sign_out(
        &self,
        request: &Request,
        context: Context,
        guest: Guest,
        _body: NoBody,
    ) -> Answer<WithCookie<Shown<Option<SessionView>>>> {
        let actor = match guest.0 {
            Some(visitor) => Some(visitor.actor),
            // An access key has no session to end and is told so.
            None if request.headers().contains_key(AUTHORIZATION) => Some(actor::actor(request).await?),
            None => None,
        };
        if let Some(actor) = actor {
            context.kagi().sign_in().sign_out(&actor).await?;
        }
        Ok(WithCookie(Shown(None), cookie::end(context.site())))
    }

    /// Who is signed in; `null` when nobody is.
    #[oai(path = "/auth/session", method = "get", operation_id = "getSession")]
    #[expect(clippy::unused_async, reason = "the framework calls it so")]
    async fn session(&self, guest: Guest) -> Answer<Shown<Option<SessionView>>> {
        Ok(Shown(guest.0.map(|visitor| SessionView::new(&visitor.session, &visitor.user))))
    }

    /// Confirms the password.
    ///
    /// The minutes in which dangerous things can be done start again, in a new session.
    ///
    /// Errors: `AUTH_INVALID_CREDENTIALS`, `RATE_LIMITED`, `NOT_FOUND`.
    #[oai(path = "/account/reauth", method = "post", operation_id = "reauthenticate")]
    async fn reauth(&self, person: InSession, body: Body<PasswordDraft>) -> Answer<WithCookie<Done>> {
        let password = body.0.into_password()?;
        let signed_in = person.kagi().sign_in().reauthenticate(&person.actor, password).await?;
        Ok(WithCookie(Done, cookie::start(person.context().site(), &signed_in.token)))
    }
}

fn view(signed_in: &SignedIn) -> SessionView {
    SessionView::new(&signed_in.session, &signed_in.user)
}
