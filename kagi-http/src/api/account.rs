//! `/account`: a person's own profile and password, and the end of vault and account. For people in
//! a session only.

use poem_openapi::OpenApi;

use super::{
    answer::{Answer, Done, Shown, WithCookie},
    body::{Body, Change, Input, NoBody},
    caller::{Fresh, InSession},
    view::ProfileView,
};
use crate::{
    cookie,
    draft::{NewPasswordDraft, ProfileDraft},
};

#[derive(Clone)]
pub(super) struct Api;

impl Input for ProfileDraft {
    const REQUIRED: &'static [&'static str] = &[];
}

impl Input for NewPasswordDraft {
    const REQUIRED: &'static [&'static str] = &["currentPassword", "newPassword"];
}

#[OpenApi]
impl Api {
    /// The person who is signed in.
    #[oai(path = "/account", method = "get", operation_id = "getAccount")]
    async fn get(&self, person: InSession) -> Answer<Shown<ProfileView>> {
        Ok(Shown(person.kagi().account().profile(&person.actor).await?.into()))
    }

    /// Changes what the body names; `null` clears the name.
    #[oai(path = "/account", method = "put", operation_id = "updateAccount")]
    async fn update(&self, person: InSession, body: Change<ProfileDraft>) -> Answer<Shown<ProfileView>> {
        let patch = body.0.into_patch()?;
        Ok(Shown(person.kagi().account().update(&person.actor, patch).await?.into()))
    }

    /// Replaces the password.
    ///
    /// All other sessions end; this one goes on under a new cookie.
    ///
    /// Errors: `AUTH_INVALID_CREDENTIALS`, `NOT_FOUND`, `RATE_LIMITED`.
    #[oai(path = "/account/password", method = "put", operation_id = "changePassword")]
    async fn password(
        &self,
        person: InSession,
        body: Body<NewPasswordDraft>,
    ) -> Answer<WithCookie<Shown<ProfileView>>> {
        let (current, new) = body.0.into_passwords()?;
        // Before the change: once the old cookie is dead, nothing may keep the new one back.
        let profile = person.kagi().account().profile(&person.actor).await?;
        let token = person.kagi().sign_in().change_password(&person.actor, current, new).await?;
        Ok(WithCookie(Shown(profile.into()), cookie::start(person.context().site(), &token)))
    }

    /// Empties the vault.
    ///
    /// Account, sessions and access keys stay.
    #[oai(path = "/account/data", method = "delete", operation_id = "wipeVault")]
    async fn wipe(&self, person: Fresh, _body: NoBody) -> Answer<Done> {
        person.kagi().account().wipe(&person.actor).await?;
        Ok(Done)
    }

    /// Deletes the account with everything in it.
    #[oai(path = "/account", method = "delete", operation_id = "deleteAccount")]
    async fn delete(&self, person: Fresh, _body: NoBody) -> Answer<WithCookie<Done>> {
        person.kagi().account().delete(&person.actor).await?;
        Ok(WithCookie(Done, cookie::end(person.context().site())))
    }
}
