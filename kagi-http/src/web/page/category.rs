//! A category with its entries.

use std::collections::BTreeMap;

use kagi_domain::{
    ids::CategoryId,
    model::{
        category::{Category, CategoryListing},
        entry::EntryListing,
    },
    paging::Page,
    text::EnvVarName,
    time::Timestamp,
};
use maud::{Markup, html};

use crate::web::{
    page::{entry, keys::kind},
    part::{
        category_tile, copy_name, damaged, icon, live, pager, search_form, search_refused, words::counted,
    },
};

/// Entries from which on the page offers a search.
const SEARCH_FROM: usize = 6;

/// Variables up to which the head of the page names each.
const NAMES_SHOWN: usize = 6;

/// The page. `search` is what was typed; `first` says that no page of entries comes before this one.
pub(crate) fn category(
    listing: &CategoryListing,
    entries: &Page<EntryListing>,
    search: &str,
    first: bool,
    now: Timestamp,
) -> Markup {
    let category = &listing.category;
    let path = format!("/keys/{}", category.id);
    let searchable =
        entries.items.len() >= SEARCH_FROM || entries.next.is_some() || !first || !search.is_empty();
    html! {
        (head(category))
        section.entries aria-labelledby="entries" {
            div.bar {
                h2 id="entries" { "Entries" span.soft { " " (listing.entry_count) } }
                @if searchable { (form(&path, search)) }
                @if listing.entry_count > 0 { a.button.primary href={ (path) "/entries/new" } { (icon(icondata_lu::LuPlus)) "New entry" } }
            }
            div id="results" {
                (damaged(entries.damaged))
                @if listing.entry_count == 0 { (no_entries(category)) }
                @else if entries.items.is_empty() && entries.damaged == 0 { (live::nothing(&format!("No entry matches “{search}”."), &html! { a href=(path) { "Show all" } })) }
                @else if searchable && first { (live::count(&live::words(entries.items.len(), entries.next.is_some(), "entry", "entries"))) }
                @for (project, entries) in by_project(&entries.items) {
                    section.project {
                        h3 { (project) " " span.soft { (entries.len()) } }
                        ul { @for listing in entries { (entry::row(listing, now)) } }
                    }
                }
                (pager(&path, &[("search", search)], first, entries.next.as_ref()))
            }
        }
    }
}

/// The page of a search that was refused.
pub(crate) fn refused(listing: &CategoryListing, search: &str, why: &str) -> Markup {
    let path = format!("/keys/{}", listing.category.id);
    html! {
        (head(&listing.category))
        section.entries aria-labelledby="entries" {
            div.bar { h2 id="entries" { "Entries" span.soft { " " (listing.entry_count) } } (form(&path, search)) }
            (search_refused(why))
        }
    }
}

fn form(path: &str, search: &str) -> Markup {
    search_form(path, search, "Search entries", "Project, description or notes")
}

fn head(category: &Category) -> Markup {
    let names = category.shape.names();
    html! {
        header.subject {
            (category_tile(category))
            div {
                h1 { (category.name) }
                (variables(&kind(category.shape.key_type(), names.len()), names))
                @if let Some(text) = &category.description { p.prose { (text.as_str()) } }
            }
            (tools(category.id))
        }
    }
}

/// The variables by name; many of them are folded up.
fn variables(kind: &str, names: &[EnvVarName]) -> Markup {
    let all = html! { @for name in names { (copy_name(name.as_str())) } };
    html! {
        div.names {
            @if names.len() > NAMES_SHOWN { details { summary { (kind) } (all) } } @else { span.soft { (kind) } (all) }
        }
    }
}

fn tools(id: CategoryId) -> Markup {
    html! {
        div.actions {
            a.button.quiet href={ "/keys/" (id) "/edit" } { (icon(icondata_lu::LuPencil)) "Edit" }
            a.button.quiet href={ "/keys/" (id) "/delete" } data-ask { (icon(icondata_lu::LuTrash2)) "Delete" }
        }
    }
}

fn no_entries(category: &Category) -> Markup {
    html! {
        div.empty {
            p { "No value is kept here yet. An entry holds one for a project and an environment, encrypted before it is stored." }
            p { a.button.primary href={ "/keys/" (category.id) "/entries/new" } { "Add the first entry" } }
        }
    }
}

/// The page's entries by project, in the order of names, then from production to local.
fn by_project(entries: &[EntryListing]) -> Vec<(&str, Vec<&EntryListing>)> {
    let mut projects: BTreeMap<String, (&str, Vec<&EntryListing>)> = BTreeMap::new();
    for listing in entries {
        let project = &listing.entry.project;
        projects.entry(project.key()).or_insert((project.as_str(), Vec::new())).1.push(listing);
    }
    let mut projects: Vec<_> = projects.into_values().collect();
    for (_, entries) in &mut projects {
        entries.sort_by_key(|listing| listing.entry.environment);
    }
    projects
}

/// What a deletion takes with it.
pub(crate) fn losses(listing: &CategoryListing) -> Markup {
    let entries = counted(listing.entry_count, "entry", "entries");
    html! {
        @if listing.entry_count == 0 { "It has no entries." }
        @else { strong { "Its " (entries) } " and every version of their values will be deleted too." }
        " This cannot be undone."
    }
}
