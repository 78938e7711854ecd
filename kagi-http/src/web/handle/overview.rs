//! The front page.

use poem::{Response, handler};

use crate::{
    problem::Problem,
    web::{page::overview as page, part::Nav, visit::Member},
};

/// The vault at a glance.
#[handler]
pub(crate) async fn show(member: Member) -> Result<Response, Problem> {
    let overview = member.kagi().overview().get(member.actor()).await?;
    let low = member.kagi().recovery_sets().running_low(member.actor()).await?;
    let page = page::overview(&overview, &low, member.now());
    Ok(member.reply.page(member.shell(Nav::Overview, "Overview").page(&page)))
}
