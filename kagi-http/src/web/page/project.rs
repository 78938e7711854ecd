//! What a project uses: its entries across all categories.

use kagi_domain::{model::entry::EntryListing, paging::Page, text::ProjectName, time::Timestamp};
use maud::{Markup, html};

use crate::web::{
    page::overview::line,
    part::{damaged, expiry, live, pager},
};

/// The page; `first` says that no page of entries comes before this one.
pub(crate) fn project(
    name: &ProjectName,
    entries: &Page<EntryListing>,
    first: bool,
    now: Timestamp,
) -> Markup {
    html! {
        h1 { "Project " (name) }
        (damaged(entries.damaged))
        @if entries.items.is_empty() && entries.damaged == 0 {
            p.nothing { "No entry names this project. " a href="/keys" { "To the keys" } }
        } @else {
            @if first { (live::count(&live::words(entries.items.len(), entries.next.is_some(), "entry", "entries"))) }
            ul.list.ledger { @for listing in &entries.items { li { (line(listing, &expiry(listing.entry.expires_at, now))) } } }
        }
        (pager("/projects", &[("name", name.as_str())], first, entries.next.as_ref()))
    }
}
