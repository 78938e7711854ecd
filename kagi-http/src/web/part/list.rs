//! What lists have in common: the search above them, and the way to the pages before and after.

use kagi_domain::paging::Cursor;
use maud::{Markup, html};

use crate::web::part::{icon, live, next::escape, words::counted};

/// A search that works with and without script. What it finds stands in `#results`.
pub(crate) fn search_form(action: &str, search: &str, label: &str, hint: &str) -> Markup {
    html! {
        form.search role="search" method="get" action=(action) data-live="results" {
            label.visually-hidden for="search" { (label) }
            (icon(icondata_lu::LuSearch))
            input id="search" name="search" type="search" value=(search) placeholder=(hint) autocomplete="off" spellcheck="false";
            button { "Search" }
            (live::region())
        }
    }
}

/// Why a search was refused, where its results would stand.
pub(crate) fn search_refused(why: &str) -> Markup {
    html! { div id="results" { p.notice role="alert" { (why) } } }
}

/// How many rows of a page are damaged; nothing when there are none.
pub(crate) fn damaged(rows: usize) -> Markup {
    html! {
        @if rows > 0 {
            p.notice role="alert" {
                (counted(rows as u64, "row", "rows")) " of this list cannot be shown: damaged in the database. "
                "The server’s log says where."
            }
        }
    }
}

/// The way to the pages before and after. `query` is what the list was asked for, by field; `first` says
/// that no page comes before this one.
pub(crate) fn pager(path: &str, query: &[(&str, &str)], first: bool, next: Option<&Cursor>) -> Markup {
    let asked = query.iter().filter(|(_, value)| !value.is_empty());
    let asked: Vec<String> = asked.map(|(name, value)| format!("{name}={}", escape(value))).collect();
    let onward = |next: &Cursor| {
        asked.iter().cloned().chain([format!("cursor={}", next.encode())]).collect::<Vec<_>>()
    };
    html! {
        @if !first || next.is_some() {
            nav.pager aria-label="Pages" {
                @if !first { a.button href={ (path) "?" (asked.join("&")) } { "First page" } }
                @if let Some(next) = next {
                    a.button rel="next" href={ (path) "?" (onward(next).join("&")) } { "Next page" }
                }
            }
        }
    }
}
