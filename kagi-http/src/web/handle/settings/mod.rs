//! Settings, but for access keys.

pub(crate) mod account;
pub(crate) mod activity;
pub(crate) mod danger;
pub(crate) mod keycloak;
pub(crate) mod sessions;

use maud::Markup;
use poem::{Response, handler};

use crate::{
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

/// A page of the settings, in its frame.
pub(super) fn draw(member: &Member, tab: Tab, page: &Markup) -> Markup {
    member.shell(Nav::Settings, tab.label()).page(&frame(
        tab,
        member.kagi().sign_in().offers_provider(),
        page,
    ))
}
