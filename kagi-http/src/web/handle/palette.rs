//! Going anywhere by typing, and what a project uses.

use kagi_domain::{
    catalogue,
    paging::{PageLimit, PageRequest},
    services::entries::EntryQuery,
    text::{ProjectName, fold},
};
use poem::{Response, handler, web::Query};
use serde::Deserialize;

use crate::{
    problem::Problem,
    web::{
        handle::{LINES, categories::up, page_request, search_refused},
        page::{
            palette::{Group, Spot, no_options, options, page, places, refused},
            project as project_page,
        },
        part::Nav,
        visit::{Member, Reply},
    },
};

/// Things of one kind that are shown at most: who wants another types on.
const MOST: usize = 8;

/// What the address says. With `list` the answer is the options alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ask {
    search: String,
    list: Option<String>,
}

/// Where a text leads.
#[handler]
pub(crate) async fn show(member: Member, Query(ask): Query<Ask>) -> Result<Response, Problem> {
    let shell = member.shell(Nav::None, "Go to");
    let groups = match find(&member, &ask.search).await.map_err(search_refused) {
        Ok(groups) => groups,
        Err(why) if ask.list.is_some() => return Ok(Reply::unsearched(no_options(&why?))),
        Err(why) => return Ok(Reply::unsearched(shell.page(&refused(&ask.search, &why?)))),
    };
    if ask.list.is_some() {
        return Ok(member.reply.page(options(&groups, &ask.search)));
    }
    Ok(member.reply.page(shell.page(&page(&groups, &ask.search))))
}

/// Metadata only, and a few rows of each kind whatever there is.
async fn find(member: &Member, search: &str) -> Result<Vec<Group>, Problem> {
    let pages = places(search, MOST);
    if search.trim().is_empty() {
        return Ok(vec![pages]);
    }
    let (kagi, actor) = (member.kagi(), member.actor());
    let few = PageRequest { limit: PageLimit::new(MOST as u64).unwrap_or_default(), after: None };
    let wanted = EntryQuery { search: Some(search.to_owned()), ..EntryQuery::default() };
    let categories = kagi.categories().list(actor, Some(search), &few).await?.items;
    let projects = kagi.entries().project_names(actor).await?;
    let entries = kagi.entries().list(actor, wanted, &few).await?.items;
    let envs = kagi.env_projects().list(actor, Some(search), &few).await?.items;
    let sets = kagi.recovery_sets().list(actor, Some(search), &few).await?.items;
    let folded = fold(search.trim());
    let projects = projects.iter().filter(|name| name.key().contains(&folded)).take(MOST);
    let services = catalogue::search(search).into_iter().take(MOST);
    Ok(vec![
        pages,
        Group { label: "Categories", spots: categories.iter().map(Spot::category).collect() },
        Group { label: "Projects", spots: projects.map(Spot::project).collect() },
        Group { label: "Entries", spots: entries.iter().map(Spot::entry).collect() },
        Group { label: "Env files", spots: envs.iter().map(Spot::env).collect() },
        Group { label: "2FA", spots: sets.iter().map(Spot::set).collect() },
        Group { label: "Services", spots: services.map(Spot::service).collect() },
    ])
}

/// Which project, and from where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    name: String,
    cursor: Option<String>,
}

/// The entries of a project; without a name the way leads to all keys.
#[handler]
pub(crate) async fn project(member: Member, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    let Ok(name) = wanted.name.parse::<ProjectName>() else { return Ok(Reply::to("/keys")) };
    let query = EntryQuery { project: Some(name.clone()), ..EntryQuery::default() };
    let request = page_request(LINES, wanted.cursor.as_deref())?;
    let entries = member.kagi().entries().list(member.actor(), query, &request).await?;
    let page = project_page::project(&name, &entries, wanted.cursor.is_none(), member.now());
    Ok(member.reply.page(member.keys(name.as_str(), up(None)).page(&page)))
}
