//! A person's name and password.

use kagi_domain::{
    fields::Invalid, model::user::Profile, secret::SecretText, services::sign_in::SignInError,
};
use maud::Markup;
use poem::{Response, handler, http::header};

use super::draw;
use crate::{
    cookie,
    draft::{NewPasswordDraft, ProfileDraft, Raw},
    problem::Problem,
    web::{
        handle::{filled, refused, step_up::NOT_YOURS},
        page::settings::{Tab, password, profile},
        part::{Flash, Form},
        visit::{Member, Reply},
    },
};

/// The profile.
#[handler]
pub(crate) async fn profile_form(member: Member) -> Result<Response, Problem> {
    let found = member.kagi().account().profile(member.actor()).await?;
    let name = found.user.name.as_ref().map_or("", |name| name.as_str());
    let form = Form::new().with("name", name);
    Ok(member.reply.page(profile_page(&member, &found, &form)))
}

/// Changes the name; blank, there is none.
#[handler]
pub(crate) async fn save_profile(member: Member, form: Form) -> Result<Response, Problem> {
    let account = member.kagi().account();
    let saved = match (ProfileDraft { name: filled(&form, "name") }).into_patch() {
        Ok(patch) => account.update(member.actor(), patch).await.map_err(Problem::from),
        Err(invalid) => Err(invalid.into()),
    };
    let Err(problem) = saved else {
        return Ok(member.reply.say(Flash::ProfileSaved, Tab::Profile.path()));
    };
    let form = refused(form, problem)?;
    let found = account.profile(member.actor()).await?;
    Ok(Reply::again(&form, profile_page(&member, &found, &form)))
}

/// The form of a new password.
#[handler]
pub(crate) async fn password_form(member: Member) -> Result<Response, Problem> {
    let found = member.kagi().account().profile(member.actor()).await?;
    let possible = found.has_password && member.kagi().policy().passwords;
    let page = password::page(&Form::new(), possible);
    Ok(member.reply.page(draw(&member, Tab::Password, &page)))
}

/// Replaces the password: other sessions end, this one goes on under a new token.
#[handler]
pub(crate) async fn change_password(member: Member, form: Form) -> Result<Response, Problem> {
    match change(&member, &form).await {
        Ok(token) => {
            let mut response = member.reply.say(Flash::PasswordChanged, Tab::Password.path());
            let cookie = cookie::start(member.reply.context().site(), &token);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(problem) => {
            let form = refused(form, problem)?;
            Ok(Reply::again(&form, draw(&member, Tab::Password, &password::page(&form, true))))
        }
    }
}

async fn change(member: &Member, form: &Form) -> Result<SecretText, Problem> {
    let typed = |name| Raw::Given(SecretText::new(form.value(name).to_owned()));
    let draft =
        NewPasswordDraft { current_password: typed("currentPassword"), new_password: typed("newPassword") };
    let (current, new) = draft.into_passwords()?;
    let changed = member.kagi().sign_in().change_password(member.actor(), current, new).await;
    changed.map_err(|error| match error {
        SignInError::WrongCredentials => Invalid::field("currentPassword", NOT_YOURS).into(),
        other => other.into(),
    })
}

fn profile_page(member: &Member, found: &Profile, form: &Form) -> Markup {
    draw(member, Tab::Profile, &profile::page(found, form, member.now()))
}
