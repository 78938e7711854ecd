//! Settings, but for access keys.

pub(crate) mod account;
pub(crate) mod activity;
pub(crate) mod danger;
pub(crate) mod keycloak;
pub(crate) mod sessions;

use maud::Markup;
use poem::{Response, handler};

use crate::{
    api::Attachment,
    problem::Problem,
    web::{
        page::settings::{self as page, Tab, frame},
        part::Nav,
        visit::Member,
    },
};

/// How the vault is sealed.
#[handler]
pub(crate) async fn encryption(member: Member) -> Result<Response, Problem> {
    let encryption = member.kagi().encryption().get(member.actor()).await?;
    Ok(member.reply.page(draw(&member, Tab::Encryption, &page::encryption::page(&encryption))))
}

/// What an export is, and where to get it.
#[handler]
pub(crate) fn export(member: Member) -> Response {
    member.reply.page(draw(&member, Tab::Export, &page::export::page()))
}

/// The same file as the API gives; whoever is not signed in any more is led to sign in and back.
#[handler]
pub(crate) async fn export_file(member: Member) -> Result<Attachment, Problem> {
    let file = member.kagi().export().begin(member.actor()).await?;
    Ok(Attachment::begin(file, member.reply.context()).await?)
}

/// A page of the settings, in its frame.
pub(super) fn draw(member: &Member, tab: Tab, page: &Markup) -> Markup {
    member.shell(Nav::Settings, tab.label()).page(&frame(
        tab,
        member.kagi().sign_in().offers_provider(),
        page,
    ))
}
