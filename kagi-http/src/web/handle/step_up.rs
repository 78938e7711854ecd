//! What is dangerous asks for the password when the last time was over ten minutes ago.

use kagi_domain::{access::Actor, fields::Invalid, secret::SecretText, services::sign_in::SignInError};
use poem::{
    Response,
    http::{HeaderValue, header},
};

use crate::{
    cookie,
    problem::Problem,
    web::{
        part::{Form, field::Again},
        visit::Member,
    },
};

/// Who acts, after the password of a form was checked.
pub(super) struct Ground {
    actor: Actor,
    cookie: Option<HeaderValue>,
}

/// Checks the password that a form carries, if one was asked for. Where there is none it checks
/// nothing: whether the sign-in is fresh enough is the service's to say.
///
/// A right password starts the session anew under another token, whatever becomes of the rest: the
/// answer must [carry](Ground::carry) it, unless it ends the session.
pub(super) async fn step_up(member: &Member, form: &Form) -> Result<Ground, Problem> {
    let password = form.filled("password").filter(|_| is_stale(member));
    let Some(password) = password else {
        return Ok(Ground { actor: member.actor().clone(), cookie: None });
    };
    let (sign_in, context) = (member.kagi().sign_in(), member.reply.context());
    let password = SecretText::new(password.to_owned());
    let signed_in = sign_in.reauthenticate(member.actor(), password).await.map_err(|error| match error {
        SignInError::WrongCredentials => Invalid::field("password", NOT_YOURS).into(),
        other => Problem::from(other),
    })?;
    let visitor = sign_in.by_session(&signed_in.token, context.origin()).await;
    let actor = visitor.map_err(|_| Problem::auth_required())?.actor;
    Ok(Ground { actor, cookie: Some(cookie::start(context.site(), &signed_in.token)) })
}

/// What is said of a wrong password.
pub(super) const NOT_YOURS: &str = "This is not your password.";

impl Ground {
    /// Who acts.
    pub(super) const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The same answer, which lets the session go on.
    pub(super) fn carry(self, mut response: Response) -> Response {
        if let Some(cookie) = self.cookie {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Whether the password has to be confirmed first.
pub(super) fn is_stale(member: &Member) -> bool {
    member.actor().authorize_fresh(member.now()).is_err()
}

/// How the person can confirm that it is still them, if they have to; Keycloak leads back to `next`.
pub(super) async fn ways(member: &Member, next: &str) -> Result<Option<Again>, Problem> {
    if !is_stale(member) {
        return Ok(None);
    }
    let password = member.kagi().account().profile(member.actor()).await?.has_password;
    let linked = member.kagi().sign_in().identity(member.actor()).await;
    let linked = linked.is_ok_and(|identity| identity.is_some());
    let password = (password && member.kagi().policy().passwords) || !linked;
    Ok(Some(Again { password, keycloak: linked.then(|| next.to_owned()) }))
}

/// Whether to ask for the password again: not when it was right and something else was wrong.
pub(super) fn asks_again(member: &Member, form: &Form, problem: &Problem) -> bool {
    let blamed = problem.fields.is_empty() || problem.fields.iter().any(|error| error.field == "password");
    is_stale(member) && (form.filled("password").is_none() || blamed)
}
