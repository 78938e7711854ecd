//! Two versions of a value side by side.

use kagi_domain::{
    model::entry::EntryListing, secret::SecretText, services::entries::RevealedEntry, text::EnvVarName,
};
use maud::{Markup, html};

use crate::web::{
    page::entry::filled,
    part::{diff::marked, environment},
};

/// The page. The script takes what has the id `compared` out of it. `back` is the entry's history.
pub(crate) fn page(
    listing: &EntryListing,
    older: &RevealedEntry,
    newer: &RevealedEntry,
    back: &str,
) -> Markup {
    let entry = &listing.entry;
    html! {
        h1 { "Compare" span.soft { " versions of " (listing.category.name) } }
        p.names { strong { (entry.project) } (environment(entry.environment)) }
        section.compared id="compared" tabindex="-1" {
            (changes(older, newer, back))
        }
    }
}

fn changes(older: &RevealedEntry, newer: &RevealedEntry, back: &str) -> Markup {
    let (same, differing): (Vec<_>, Vec<_>) = fields(older, newer).into_iter().partition(Field::is_same);
    html! {
        div.section-head {
            h2 { "Version " (older.version) " and version " (newer.version) }
            a.button.end href=(back) data-hide="compared" { "Hide" }
        }
        @if differing.is_empty() { p { "They hold the same value." } }
        @for field in &differing { (change(field, older.version, newer.version)) }
        @if !differing.is_empty() && !same.is_empty() {
            p.line.unchanged { span.soft { "Unchanged:" } @for field in &same { " " code { (field.name) } } }
        }
        p.hint { "That you looked at both is written down in your activity." }
    }
}

/// A variable in the one and in the other.
struct Field<'a> {
    name: &'a EnvVarName,
    older: Option<&'a str>,
    newer: Option<&'a str>,
}

impl Field<'_> {
    fn is_same(&self) -> bool {
        self.older == self.newer
    }

    /// What happened to one that differs.
    fn word(&self) -> &'static str {
        match (self.older, self.newer) {
            (None, _) => "added",
            (Some(_), None) => "removed",
            (Some(_), Some(_)) => "changed",
        }
    }
}

/// The newer version's variables in order, then those that only the older one has.
fn fields<'a>(older: &'a RevealedEntry, newer: &'a RevealedEntry) -> Vec<Field<'a>> {
    let (older, newer) = (filled(older), filled(newer));
    // EXPOSE: the person asked to see both; the answer is not stored anywhere.
    let find = |all: &[(&EnvVarName, &'a SecretText)], wanted: &EnvVarName| {
        all.iter().find_map(|(name, text)| (*name == wanted).then(|| text.expose()))
    };
    let gone = older.iter().filter(|(name, _)| find(&newer, name).is_none());
    let names = newer.iter().chain(gone).map(|(name, _)| *name);
    names.map(|name| Field { name, older: find(&older, name), newer: find(&newer, name) }).collect()
}

/// A field that differs; what is the same is not shown: one look fewer.
fn change(field: &Field<'_>, older: u32, newer: u32) -> Markup {
    let [left, right] = marked(field.older.unwrap_or_default(), field.newer.unwrap_or_default());
    html! {
        div.change {
            p.line { code { (field.name) } span.badge.plain { (field.word()) } }
            div.halves {
                (half(field.name, older, field.older.map(|_| &left)))
                (half(field.name, newer, field.newer.map(|_| &right)))
            }
        }
    }
}

fn half(name: &EnvVarName, version: u32, text: Option<&Markup>) -> Markup {
    html! {
        div.half {
            p.hint { "Version " (version) }
            @match text {
                Some(text) => pre.value data-secret tabindex="0" aria-label={ (name) " in version " (version) } { "\n" (text) },
                None => p.soft { "not there" },
            }
        }
    }
}
