//! What a project uses: its entries across all categories.

use kagi_domain::{
    model::entry::EntryListing,
    paging::{Cursor, Page},
    text::ProjectName,
    time::Timestamp,
};
use maud::{Markup, html};

use crate::web::{
    page::overview::line,
    part::{expiry, live, next::escape},
};

/// The page; `first` says that no page of entries comes before this one.
pub(crate) fn project(
    name: &ProjectName,
    entries: &Page<EntryListing>,
    first: bool,
    now: Timestamp,
) -> Markup {
    let path = format!("/projects?name={}", escape(name.as_str()));
    let next = entries.next.as_ref().map(Cursor::encode);
    html! {
        h1 { "Project " (name) }
        @if entries.items.is_empty() {
            p.nothing { "No entry names this project. " a href="/keys" { "To the keys" } }
        } @else {
            @if first { (live::count(&live::words(entries.items.len(), next.is_some(), "entry", "entries"))) }
            ul.list.ledger { @for listing in &entries.items { li { (line(listing, &expiry(listing.entry.expires_at, now))) } } }
        }
        @if !first || next.is_some() {
            nav.pager aria-label="Pages" {
                @if !first { a.button href=(path) { "Back to the first page" } }
                @if let Some(next) = next { a.button rel="next" href={ (path) "&cursor=" (next) } { "Next page" } }
            }
        }
    }
}
