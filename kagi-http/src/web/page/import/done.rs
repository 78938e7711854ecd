//! What an import made.

use kagi_domain::{
    model::entry::{EntryListing, Environment},
    text::ProjectName,
};
use maud::{Markup, html};

use crate::web::{
    page::overview::line,
    part::{environment, icon, next::escape, words::counted},
};

/// The page. `new` of the entries' categories were made for them.
pub(crate) fn done(project: &ProjectName, place: Environment, made: &[EntryListing], new: usize) -> Markup {
    html! {
        @if made.is_empty() {
            h1 { "Imported" }
            p.lead { "Nothing of this import is there any more." }
        } @else {
            div.flash tabindex="-1" role="status" autofocus {
                (icon(icondata_lu::LuCheck))
                p {
                    (counted(made.len() as u64, "entry was", "entries were")) " encrypted and saved in " (project) " "
                    (environment(place))
                    @if new > 0 { ", with " (counted(new as u64, "new category", "new categories")) }
                    "."
                }
            }
            h1.import-made { "Imported" }
            ul.list.ledger { @for listing in made { li { (line(listing, &html! {})) } } }
        }
        div.actions.import-on {
            a.button.primary href="/keys" { "To the keys" }
            a.button href={ "/projects?name=" (escape(project.as_str())) } { "All of " (project) }
            a.button.quiet href="/import" { "Import another file" }
        }
    }
}
