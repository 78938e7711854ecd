//! An entry in its category's list, and its value on a page of its own.

use kagi_domain::{
    model::{
        category::KeyType,
        entry::{Entry, EntryListing},
    },
    secret::{SecretText, SecretValue},
    services::entries::RevealedEntry,
    text::EnvVarName,
    time::Timestamp,
};
use maud::{Markup, html};

use crate::web::part::{environment, expiry, icon, more, sealed, words};

/// A line of the list. Its value is not there, only the place where the script may show it.
pub(crate) fn row(listing: &EntryListing, now: Timestamp) -> Markup {
    let entry = &listing.entry;
    let group = listing.category.shape.key_type() == KeyType::Group;
    let names = names(listing);
    let place = format!("{}, {}", entry.project, entry.environment.as_str());
    html! {
        li.entry id={ "e-" (entry.id) } data-entry=(entry.id) {
            div.place { (environment(entry.environment)) }
            div.cells { @for name in &names { (cell(name, group, &place)) } }
            div.about {
                p.facts-line {
                    (expiry(entry.expires_at, now))
                    a href={ "/entries/" (entry.id) "/history" } { "version " (entry.version) span.visually-hidden { ": history of " (place) } }
                    span { "changed " (words::when(entry.updated_at, now)) }
                }
                @if let Some(text) = &entry.description { p { (text.as_str()) } }
                @if let Some(notes) = &entry.notes { details { summary { "Notes" } p.prose { (notes.as_str()) } } }
            }
            (acts(entry, &names, &place))
        }
    }
}

fn cell(name: &EnvVarName, group: bool, place: &str) -> Markup {
    html! {
        div.cell data-field=(name) {
            @if group { code.field-name { (name) } }
            div.slot { (sealed()) }
            button.quiet type="button" data-copy hidden {
                "Copy" span.visually-hidden { " " (name) " of " (place) " without showing it" }
            }
        }
    }
}

fn acts(entry: &Entry, names: &[&EnvVarName], place: &str) -> Markup {
    let path = format!("/entries/{}", entry.id);
    let hidden = html! { span.visually-hidden { " " (place) } };
    html! {
        div.acts {
            form method="post" action={ (path) "/reveal" } data-reveal { button { "Reveal" (hidden) } }
            (more(&format!("More for {place}"), &html! {
                a href={ (path) "/history" } { (icon(icondata_lu::LuHistory)) "History" }
                a href={ (path) "/edit" } { (icon(icondata_lu::LuPencil)) "Edit" }
                (downloads(&path, names))
                a.gone href={ (path) "/delete" } data-ask { (icon(icondata_lu::LuTrash2)) "Delete…" }
            }))
        }
    }
}

/// A file for each variable, named after it.
fn downloads(path: &str, names: &[&EnvVarName]) -> Markup {
    let many = names.len() > 1;
    html! {
        @if many { p.label { "Download" } }
        form method="post" action={ (path) "/download" } { @for name in names {
            button name="name" value=(name) {
                (icon(icondata_lu::LuDownload))
                @if many { span.visually-hidden { "Download " } code { (name) } } @else { "Download" }
            }
        } }
    }
}

/// The value, or an earlier one, on a page of its own, for browsers without script. `back` leads to where
/// it was asked for.
pub(crate) fn revealed(listing: &EntryListing, revealed: &RevealedEntry, back: &str) -> Markup {
    let entry = &listing.entry;
    html! {
        h1 { (listing.category.name) }
        p.names { strong { (entry.project) } (environment(entry.environment)) span.soft { "version " (revealed.version) } }
        div.sheet.opened {
            @for (name, text) in filled(revealed) { (plaintext(name, text)) }
        }
        p.hint { "That you looked is written down in your activity. The browser does not keep this page." }
        p { a.button.primary href=(back) { "Hide and go back" } }
    }
}

/// The variables that an entry has a value for, in the category's order.
pub(crate) fn names(listing: &EntryListing) -> Vec<&EnvVarName> {
    let shape = &listing.category.shape;
    let group = shape.key_type() == KeyType::Group;
    shape.names().iter().filter(|name| !group || listing.entry.filled.contains(name)).collect()
}

/// What a value holds, in the category's order; fields that the category has lost since come last.
pub(crate) fn filled(revealed: &RevealedEntry) -> Vec<(&EnvVarName, &SecretText)> {
    match &revealed.value {
        SecretValue::Simple(text) => revealed.shape.env_var().map(|name| (name, text)).into_iter().collect(),
        SecretValue::Group(fields) => {
            let order = revealed.shape.fields();
            let mut all: Vec<_> = fields.iter().collect();
            all.sort_by_key(|(name, _)| order.iter().position(|own| own == *name).unwrap_or(order.len()));
            all
        }
    }
}

fn plaintext(name: &EnvVarName, text: &SecretText) -> Markup {
    html! {
        div.cell {
            code.field-name { (name) }
            // EXPOSE: this is the reveal that the person asked for; the answer is not stored anywhere.
            pre.value data-secret tabindex="0" aria-label={ "Value of " (name) } { "\n" (text.expose()) }
        }
    }
}
