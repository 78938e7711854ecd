//! The grid of categories.

use kagi_domain::{
    model::category::{CategoryListing, KeyType},
    paging::Page,
};
use maud::{Markup, html};

use crate::web::{
    page::services,
    part::{category_tile, damaged, icon, live, pager, seal, search_form, search_refused, words::counted},
};

/// Names shown on a card before the rest is counted.
const NAMES_SHOWN: usize = 3;

/// The page. `search` is what was typed; `first` says that no page comes before this one.
pub(crate) fn keys(page: &Page<CategoryListing>, search: &str, first: bool) -> Markup {
    let empty_vault = page.items.is_empty() && page.damaged == 0 && search.is_empty() && first;
    html! {
        div.head {
            h1 { "Keys" }
            @if !empty_vault {
                div.actions {
                    a.button.quiet href="/import" { (icon(icondata_lu::LuImport)) "Import a .env file" }
                    a.button.primary href="/keys/new" { (icon(icondata_lu::LuPlus)) "New category" }
                }
            }
        }
        @if empty_vault { (welcome()) } @else {
            (form(search))
            div id="results" { (results(page, search, first)) }
        }
    }
}

/// The page of a search that was refused.
pub(crate) fn refused(search: &str, why: &str) -> Markup {
    html! { div.head { h1 { "Keys" } } (form(search)) (search_refused(why)) }
}

fn form(search: &str) -> Markup {
    search_form("/keys", search, "Search keys", "Name, variable or description")
}

fn results(page: &Page<CategoryListing>, search: &str, first: bool) -> Markup {
    html! {
        (damaged(page.damaged))
        @if page.items.is_empty() && page.damaged == 0 {
            (live::nothing(&format!("No category matches “{search}”."), &html! { a href="/keys" { "Show all" } }))
        } @else {
            @if first { (live::count(&live::words(page.items.len(), page.next.is_some(), "category", "categories"))) }
            ul.grid { @for listing in &page.items { li { (card(listing)) } } }
        }
        (pager("/keys", &[("search", search)], first, page.next.as_ref()))
    }
}

fn card(listing: &CategoryListing) -> Markup {
    let category = &listing.category;
    let names = category.shape.names();
    html! {
        a.card href={ "/keys/" (category.id) } {
            (category_tile(category))
            span.title { (category.name) }
            span.meta { (kind(category.shape.key_type(), names.len())) " · " (counted(listing.entry_count, "entry", "entries")) }
            span.names {
                @for name in names.iter().take(NAMES_SHOWN) { code { (name) } }
                @if names.len() > NAMES_SHOWN { span { "and " (names.len() - NAMES_SHOWN) " more" } }
            }
        }
    }
}

/// What kind of key it is, in words.
pub(crate) fn kind(kind: KeyType, names: usize) -> String {
    match kind {
        KeyType::Simple => "one variable".to_owned(),
        KeyType::Group => counted(names as u64, "field", "fields"),
    }
}

/// What an empty vault shows: the way to its first key.
pub(crate) fn welcome() -> Markup {
    html! {
        section.empty {
            (seal())
            h2 { "Your vault is empty" }
            p {
                "A " strong { "category" } " says what kind of key it is, such as “OpenAI API” with the variable "
                code { "OPENAI_API_KEY" } ". Its " strong { "entries" } " hold the values, one for each project and environment."
            }
            div.actions { a.button.primary href="/keys/new" { "Add your first key" } a.button href="/import" { "Import a .env file" } }
            p.soft { "Or start from one of these:" }
            (services::first())
        }
    }
}
