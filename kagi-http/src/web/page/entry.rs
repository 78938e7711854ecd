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
    // A group shows the fields that are filled, in the category's order.
    let names = listing.category.shape.names().iter().filter(|name| !group || entry.filled.contains(name));
    let place = format!("{}, {}", entry.project, entry.environment.as_str());
    html! {
        li.entry id={ "e-" (entry.id) } data-entry=(entry.id) {
            div.place { (environment(entry.environment)) }
            div.cells { @for name in names { (cell(name, group, &place)) } }
            div.about {
                p.facts-line { (expiry(entry.expires_at, now)) span { "changed " (words::when(entry.updated_at, now)) } }
                @if let Some(text) = &entry.description { p { (text.as_str()) } }
                @if let Some(notes) = &entry.notes { details { summary { "Notes" } p.prose { (notes.as_str()) } } }
            }
            (acts(entry, &place))
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

fn acts(entry: &Entry, place: &str) -> Markup {
    let path = format!("/entries/{}", entry.id);
    let hidden = html! { span.visually-hidden { " " (place) } };
    html! {
        div.acts {
            form method="post" action={ (path) "/reveal" } data-reveal { button { "Reveal" (hidden) } }
            (more(&format!("More for {place}"), &html! {
                a href={ (path) "/edit" } { (icon(icondata_lu::LuPencil)) "Edit" }
                a.gone href={ (path) "/delete" } data-ask { (icon(icondata_lu::LuTrash2)) "Delete…" }
            }))
        }
    }
}

/// The value on a page of its own, for browsers without script.
pub(crate) fn revealed(listing: &EntryListing, revealed: &RevealedEntry) -> Markup {
    let entry = &listing.entry;
    html! {
        h1 { (listing.category.name) }
        p.names { strong { (entry.project) } (environment(entry.environment)) }
        div.sheet.opened {
            @for name in revealed.shape.names() {
                @if let Some(text) = value_of(&revealed.value, name) { (plaintext(name, text)) }
            }
        }
        p.hint { "That you looked is written down in the audit trail. The browser does not keep this page." }
        p { a.button.primary href={ "/keys/" (entry.category) } { "Hide and go back" } }
    }
}

fn value_of<'a>(value: &'a SecretValue, name: &EnvVarName) -> Option<&'a str> {
    let text = match value {
        SecretValue::Simple(text) => Some(text),
        SecretValue::Group(fields) => fields.get(name),
    };
    // EXPOSE: this is the reveal that the person asked for; the answer is not stored anywhere.
    text.map(SecretText::expose)
}

fn plaintext(name: &EnvVarName, text: &str) -> Markup {
    html! {
        div.cell { code.field-name { (name) } pre.value data-secret tabindex="0" aria-label={ "Value of " (name) } { "\n" (text) } }
    }
}
