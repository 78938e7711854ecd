//! The grid of env projects.

use kagi_domain::{model::env_project::EnvProjectListing, paging::Page, time::Timestamp};
use maud::{Markup, html};

use crate::web::{
    page::envs::project_path,
    part::{
        damaged, icon, pager, seal, search_form, search_refused,
        words::{counted, when},
    },
};

/// The page. `search` is what was typed; `first` says that no page comes before this one.
pub(crate) fn grid(page: &Page<EnvProjectListing>, search: &str, first: bool, now: Timestamp) -> Markup {
    let none = page.items.is_empty() && page.damaged == 0 && search.is_empty() && first;
    html! {
        div.head {
            h1 { "Env files" }
            @if !none { a.button.primary href="/envs/new" { (icon(icondata_lu::LuPlus)) "New project" } }
        }
        @if none { (welcome()) } @else {
            (form(search))
            div id="results" { (results(page, search, first, now)) }
        }
    }
}

/// The page of a search that was refused.
pub(crate) fn refused(search: &str, why: &str) -> Markup {
    html! { div.head { h1 { "Env files" } } (form(search)) (search_refused(why)) }
}

fn form(search: &str) -> Markup {
    search_form("/envs", search, "Search projects", "Name or description")
}

fn results(page: &Page<EnvProjectListing>, search: &str, first: bool, now: Timestamp) -> Markup {
    let whole = first && page.next.is_none();
    html! {
        (damaged(page.damaged))
        @if page.items.is_empty() && page.damaged == 0 {
            p.nothing role="status" { "No project matches “" (search) "”. " a href="/envs" { "Show all" } }
        } @else {
            @if whole { p.count role="status" { (counted(page.items.len() as u64, "project", "projects")) } }
            ul.grid { @for listing in &page.items { li { (card(listing, now)) } } }
        }
        (pager("/envs", &[("search", search)], first, page.next.as_ref()))
    }
}

fn card(listing: &EnvProjectListing, now: Timestamp) -> Markup {
    let project = &listing.project;
    let saved = listing.files.iter().map(|file| file.updated_at).max();
    html! {
        a.card.env-card href=(project_path(project.id)) {
            span.title { (project.name) }
            span.meta {
                @match saved {
                    Some(at) => { (counted(listing.files.len() as u64, "file", "files")) " · saved " (when(at, now)) },
                    None => "no file yet",
                }
            }
            span.names { @for file in &listing.files { code { (file.file_type.file_name()) } } }
        }
    }
}

fn welcome() -> Markup {
    html! {
        section.empty {
            (seal())
            h2 { "No env file is kept yet" }
            p {
                "A " strong { "project" } " keeps its " code { ".env" } ", " code { ".env.local" } ", " code { ".env.production" } " and "
                code { ".env.development" } ", encrypted, each with its history. What you save comes back byte for byte."
            }
            p { a.button.primary href="/envs/new" { "Make the first project" } }
        }
    }
}
