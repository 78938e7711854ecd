//! The versions of an entry's value.

use kagi_domain::{
    model::{entry::EntryListing, version::VersionListing},
    services::entries::VERSIONS_KEPT,
    time::Timestamp,
};
use maud::{Markup, html};

use crate::web::part::{Form, environment, expiry, field::notice, icon, more, summary_tile, words};

/// The page. `form` is a comparison that was refused, or an empty one.
pub(crate) fn history(
    listing: &EntryListing,
    versions: &[VersionListing],
    form: &Form,
    now: Timestamp,
) -> Markup {
    let entry = &listing.entry;
    let path = format!("/entries/{}", entry.id);
    html! {
        header.subject {
            (summary_tile(&listing.category))
            div {
                h1 { "History" span.soft { " of " (listing.category.name) } }
                p.names { strong { (entry.project) } (environment(entry.environment)) (expiry(entry.expires_at, now)) }
            }
            div.actions { a.button.quiet href={ (path) "/edit" } { (icon(icondata_lu::LuPencil)) "Edit" } }
        }
        (notice(form, &[]))
        section aria-labelledby="versions" {
            div.bar {
                h2 id="versions" { "Versions" span.soft { " " (versions.len()) } }
                @if versions.len() > 1 {
                    form id="compare" method="post" action={ (path) "/compare" } data-disclose="compared" {
                        button { (icon(icondata_lu::LuColumns2)) "Compare the two marked" }
                    }
                }
            }
            section.compared id="compared" tabindex="-1" aria-label="Comparison" {}
            ol.versions id="history" {
                @for (index, version) in versions.iter().enumerate() {
                    (row(&Row { version, path: &path, marks: marks(versions, form, index), current: version.number == entry.version }, entry.id, now))
                }
            }
        }
        p.hint { "Every save makes a version, sealed on its own; the newest " (VERSIONS_KEPT) " are kept. Restoring makes a new one, so nothing is overwritten." }
    }
}

struct Row<'a> {
    version: &'a VersionListing,
    path: &'a str,
    /// Whether it is marked as the one and as the other to compare; nothing when it is the only one.
    marks: Option<[bool; 2]>,
    current: bool,
}

/// What was marked, or the newest two.
fn marks(versions: &[VersionListing], form: &Form, index: usize) -> Option<[bool; 2]> {
    let number = versions.get(index).filter(|_| versions.len() > 1)?.number.to_string();
    let marked = |side, usual| form.filled(side).map_or(index == usual, |marked| marked == number);
    Some([marked("one", 1), marked("other", 0)])
}

fn row(row: &Row<'_>, entry: kagi_domain::ids::EntryId, now: Timestamp) -> Markup {
    let Row { version, path, marks, current } = row;
    let number = version.number;
    let path = format!("{path}/versions/{number}");
    let hidden = html! { span.visually-hidden { " version " (number) } };
    html! {
        li.version id={ "v-" (number) } data-entry=(entry) data-version=(number) {
            @if let Some(marks) = marks { (pick(number, *marks)) }
            div.what {
                p { strong { "Version " (number) } @if *current { " " span.badge { "current" } } }
                p.soft { (words::when(version.created_at, now)) " by " (words::who(&version.actor)) }
            }
            div.acts {
                @if !current { form method="post" action={ (path) "/restore" } { button.quiet { "Restore" (hidden) } } }
                form method="post" action={ (path) "/reveal" } data-reveal { button { "Reveal" (hidden) } }
                @if !current {
                    (more(&format!("More for version {number}"), &html! {
                        a.gone href={ (path) "/purge" } data-ask { (icon(icondata_lu::LuTrash2)) "Delete for good…" }
                    }))
                }
            }
            div.cells {}
        }
    }
}

/// Two columns of marks: what is marked in the one is compared with what is marked in the other.
fn pick(number: u32, marks: [bool; 2]) -> Markup {
    let [one, other] = marks;
    let mark = |side: &str, label: &str, marked: bool| {
        html! {
            label { input type="radio" form="compare" name=(side) value=(number) checked[marked] autocomplete="off";
                span.visually-hidden { (label) " version " (number) } }
        }
    };
    html! { div.pick { (mark("one", "Compare", one)) (mark("other", "with", other)) } }
}

/// What the deletion of a version takes away, and what it does not.
pub(crate) fn losses() -> Markup {
    html! {
        "Its value can then be neither revealed nor restored. This cannot be undone. "
        "A value that leaked goes on working at its service until it is replaced there."
    }
}
