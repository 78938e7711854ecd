//! What cannot be undone: it asks for the address, and for the password when the last time is long ago.

use kagi_domain::{access::Actor, fields::Invalid, text::Email};
use maud::Markup;
use poem::{Response, handler, http::header};

use super::draw;
use crate::{
    cookie,
    problem::Problem,
    web::{
        handle::{
            refused,
            step_up::{asks_again, is_stale, step_up, ways},
        },
        page::settings::{
            Tab,
            danger::{self as page, Danger},
        },
        part::{Flash, Form},
        visit::{Member, Reply},
    },
};

/// The two ways to lose everything.
#[handler]
pub(crate) fn show(member: Member) -> Response {
    member.reply.page(draw(&member, Tab::Danger, &page::page()))
}

/// "Are you sure?", before the vault is emptied.
#[handler]
pub(crate) async fn ask_data(member: Member) -> Result<Response, Problem> {
    let page = ask(&member, Danger::Data, &Form::new(), is_stale(&member)).await?;
    Ok(member.reply.page(page))
}

/// Empties the vault.
#[handler]
pub(crate) async fn delete_data(member: Member, form: Form) -> Result<Response, Problem> {
    delete(&member, Danger::Data, form).await
}

/// "Are you sure?", before the account is deleted.
#[handler]
pub(crate) async fn ask_account(member: Member) -> Result<Response, Problem> {
    let page = ask(&member, Danger::Account, &Form::new(), is_stale(&member)).await?;
    Ok(member.reply.page(page))
}

/// Deletes the account.
#[handler]
pub(crate) async fn delete_account(member: Member, form: Form) -> Result<Response, Problem> {
    delete(&member, Danger::Account, form).await
}

async fn delete(member: &Member, danger: Danger, form: Form) -> Result<Response, Problem> {
    let ground = match step_up(member, &form).await {
        Ok(ground) => ground,
        Err(problem) => return again(member, danger, form, problem).await,
    };
    match (carry_out(member, ground.actor(), danger, &form).await, danger) {
        (Ok(()), Danger::Data) => Ok(ground.carry(member.reply.say(Flash::VaultWiped, Tab::Danger.path()))),
        (Ok(()), Danger::Account) => Ok(farewell(member)),
        (Err(problem), _) => Ok(ground.carry(again(member, danger, form, problem).await?)),
    }
}

async fn carry_out(member: &Member, actor: &Actor, danger: Danger, form: &Form) -> Result<(), Problem> {
    let account = member.kagi().account();
    let own = account.profile(actor).await?.user.email;
    if !form.value("confirmation").parse::<Email>().is_ok_and(|typed| typed == own) {
        return Err(Invalid::field("confirmation", format!("Type {own} to confirm.")).into());
    }
    match danger {
        Danger::Data => account.wipe(actor).await?,
        Danger::Account => account.delete(actor).await?,
    }
    Ok(())
}

/// The session is over with the account.
fn farewell(member: &Member) -> Response {
    let mut response = member.reply.say(Flash::AccountGone, "/sign-in");
    let end = cookie::end(member.reply.context().site());
    response.headers_mut().append(header::SET_COOKIE, end);
    response
}

async fn again(member: &Member, danger: Danger, form: Form, problem: Problem) -> Result<Response, Problem> {
    let confirm = asks_again(member, &form, &problem);
    let form = refused(form, problem)?;
    Ok(Reply::again(&form, ask(member, danger, &form, confirm).await?))
}

async fn ask(member: &Member, danger: Danger, form: &Form, confirm: bool) -> Result<Markup, Problem> {
    let user = member.kagi().account().profile(member.actor()).await?.user;
    let again = if confirm { ways(member, danger.path()).await? } else { None };
    let totals = member.kagi().overview().get(member.actor()).await?.totals;
    Ok(draw(member, Tab::Danger, &page::ask(danger, &user.email, &totals, form, again.as_ref())))
}
