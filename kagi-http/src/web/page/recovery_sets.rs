//! The list of recovery sets.

use kagi_domain::{model::recovery_set::RecoverySet, paging::Page};
use maud::{Markup, html};

use crate::web::part::{damaged, icon, live, meter, pager, search_form, search_refused};

/// The page. `search` is what was typed; `first` says that no page comes before this one.
pub(crate) fn list(page: &Page<RecoverySet>, search: &str, first: bool) -> Markup {
    let nothing_kept = page.items.is_empty() && page.damaged == 0 && search.is_empty() && first;
    html! {
        div.head {
            h1 { "2FA recovery codes" }
            @if !nothing_kept { a.button.primary href="/2fa/new" { (icon(icondata_lu::LuPlus)) "New recovery set" } }
        }
        @if nothing_kept { (welcome()) } @else {
            (form(search))
            div id="results" { (results(page, search, first)) }
        }
    }
}

/// The page of a search that was refused.
pub(crate) fn refused(search: &str, why: &str) -> Markup {
    html! { div.head { h1 { "2FA recovery codes" } } (form(search)) (search_refused(why)) }
}

fn form(search: &str) -> Markup {
    search_form("/2fa", search, "Search recovery sets", "Service or label")
}

fn results(page: &Page<RecoverySet>, search: &str, first: bool) -> Markup {
    html! {
        (damaged(page.damaged))
        @if page.items.is_empty() && page.damaged == 0 {
            (live::nothing(&format!("No recovery set matches “{search}”."), &html! { a href="/2fa" { "Show all" } }))
        } @else {
            @if first { (live::count(&live::words(page.items.len(), page.next.is_some(), "recovery set", "recovery sets"))) }
            ul.recovery-sets { @for set in &page.items { li { (card(set)) } } }
        }
        (pager("/2fa", &[("search", search)], first, page.next.as_ref()))
    }
}

fn card(set: &RecoverySet) -> Markup {
    let left = left(set);
    html! {
        a.recovery-set href={ "/2fa/" (set.id) } {
            span.title { (set.service) }
            span.label.soft { @if let Some(label) = &set.label { (label) } }
            (meter(set.remaining(), set.total(), set.is_low(), &left))
            span.left { (left) " " (low_badge(set)) }
        }
    }
}

/// How many codes are left, in words.
pub(crate) fn left(set: &RecoverySet) -> String {
    format!("{} of {} left", set.remaining(), set.total())
}

/// That new codes are needed soon, or now.
pub(crate) fn low_badge(set: &RecoverySet) -> Markup {
    html! {
        @if set.remaining() == 0 { span.badge.expired { "used up" } }
        @else if set.is_low() { span.badge.expiring { "low" } }
    }
}

fn welcome() -> Markup {
    html! {
        section.empty {
            h2 { "No recovery codes yet" }
            p { "When you lose your phone, a recovery code still lets you in. Paste the codes that a service gave you: Kagi encrypts them, shows one at a time, and keeps track of which are used." }
            p { a.button.primary href="/2fa/new" { "Add the first recovery set" } }
        }
    }
}
