//! The vault at a glance.

use kagi_domain::{
    model::{
        category::KeyType,
        entry::{EntryListing, Environment},
        overview::{Overview, Totals},
        recovery_set::RecoverySet,
    },
    time::Timestamp,
};
use maud::{Markup, html};

use crate::web::{
    page::keys::welcome,
    part::{
        chart::{Part, bars, ring},
        environment, expiry, icon, summary_tile, words,
    },
};

/// The page. `low` are the recovery sets that are running out of codes.
pub(crate) fn overview(overview: &Overview, low: &[RecoverySet], now: Timestamp) -> Markup {
    let totals = &overview.totals;
    let no_keys = totals.categories.sum() == 0;
    let empty = no_keys && totals.recovery_sets == 0 && totals.env_projects == 0;
    html! {
        div.head {
            h1 { "Overview" }
            @if !no_keys { a.button.primary href="/keys/new" { (icon(icondata_lu::LuPlus)) "New category" } }
        }
        @if !empty { (numbers(totals)) }
        @if no_keys { (welcome()) }
        (attention(overview, low, now))
        @if !no_keys {
            div.charts { (key_types(totals)) (environments(totals)) }
            (recent(&overview.recent, now))
        }
    }
}

fn numbers(totals: &Totals) -> Markup {
    let (categories, entries, sets) = (totals.categories.sum(), totals.entries.sum(), totals.recovery_sets);
    html! {
        div.stats {
            a.stat href="/keys" { span.number { (categories) } " " span.label { "Categories" } }
            div.stat { span.number { (entries) } " " span.label { "Entries" } }
            a.stat href="/envs" { span.number { (totals.env_projects) } " " span.label { "Env projects" } }
            a.stat href="/envs" { span.number { (totals.env_files) } " " span.label { "Env files" } }
            a.stat href="/2fa" { span.number { (sets) } " " span.label { "Recovery sets" } }
        }
    }
}

fn key_types(totals: &Totals) -> Markup {
    let parts = totals.categories.each().map(|(kind, count)| match kind {
        KeyType::Simple => Part { class: "simple", label: "Simple: one variable", count },
        KeyType::Group => Part { class: "group", label: "Group: several fields", count },
    });
    ring("Key types", &parts)
}

fn environments(totals: &Totals) -> Markup {
    let parts = totals.entries.each().map(|(environment, count)| {
        let label = match environment {
            Environment::Production => "Production",
            Environment::Staging => "Staging",
            Environment::Development => "Development",
            Environment::Local => "Local",
        };
        Part { class: environment.as_str(), label, count }
    });
    bars("Entries by environment", &parts)
}

/// What somebody should do something about; nothing when there is nothing to do.
fn attention(overview: &Overview, low: &[RecoverySet], now: Timestamp) -> Markup {
    html! {
        @if !overview.expiring.is_empty() {
            section.section aria-labelledby="expiring" {
                div.section-head { h2 id="expiring" { "Expired or about to expire" } }
                ul.list.ledger { @for listing in &overview.expiring { li { (line(listing, &expiry(listing.entry.expires_at, now))) } } }
            }
        }
        @if !low.is_empty() {
            section.section aria-labelledby="low" {
                div.section-head { h2 id="low" { "Running out of recovery codes" } }
                ul.list.ledger { @for set in low { li { (low_line(set)) } } }
            }
        }
    }
}

fn recent(entries: &[EntryListing], now: Timestamp) -> Markup {
    html! {
        section.section aria-labelledby="recent" {
            div.section-head { h2 id="recent" { "Recently added" } }
            @if entries.is_empty() {
                p.nothing { "No value is kept yet. " a href="/keys" { "Choose a category" } " and add its first entry." }
            } @else {
                ul.list.ledger {
                    @for listing in entries {
                        li { (line(listing, &html! { span.soft { "added " (words::when(listing.entry.created_at, now)) } })) }
                    }
                }
            }
        }
    }
}

/// An entry as a line that leads to it, with a time at its end.
pub(crate) fn line(listing: &EntryListing, time: &Markup) -> Markup {
    let (entry, category) = (&listing.entry, &listing.category);
    html! {
        a.item href={ "/keys/" (category.id) "#e-" (entry.id) } {
            (summary_tile(category))
            span.title { (category.name) }
            span.where { (entry.project) " " (environment(entry.environment)) }
            span.time { (time) }
        }
    }
}

fn low_line(set: &RecoverySet) -> Markup {
    let left = set.remaining();
    html! {
        a.item href={ "/2fa/" (set.id) } {
            (icon(icondata_lu::LuShieldCheck))
            span.title { (set.service) }
            span.where { @if let Some(label) = &set.label { (label) } }
            span.time {
                span class={ "badge " (if left == 0 { "expired" } else { "expiring" }) } {
                    @if left == 0 { "no code left" } @else { (left) " of " (set.total()) " left" }
                }
            }
        }
    }
}
