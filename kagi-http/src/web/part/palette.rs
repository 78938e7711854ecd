//! The palette in the frame: its button and its dialog.

use maud::{Markup, html};

use crate::web::part::{icon, live};

/// What can be searched, as a label and as an example.
pub(crate) const LABEL: &str = "Search pages, keys, projects and services";
/// See [`LABEL`].
pub(crate) const HINT: &str = "Page, key, project or service";

/// What opens it; without script it leads to the page that does the same.
pub(crate) fn button() -> Markup {
    html! {
        a.find href="/palette" data-palette aria-keyshortcuts="Control+K Meta+K" {
            (icon(icondata_lu::LuSearch)) span { "Go to…" } kbd aria-hidden="true" { "Ctrl K" }
        }
    }
}

/// The dialog; its list is filled when it opens.
pub(crate) fn dialog() -> Markup {
    html! {
        dialog.palette id="palette" aria-label="Go to" {
            form.search method="get" action="/palette" {
                (icon(icondata_lu::LuSearch))
                input name="search" type="text" role="combobox" aria-label=(LABEL)
                    aria-expanded="true" aria-controls="spots" aria-autocomplete="list" autocomplete="off"
                    autocapitalize="off" spellcheck="false" placeholder=(HINT);
            }
            div.found id="spots" role="listbox" aria-label="Found" {}
            p.nothing hidden {}
            (live::region())
            p.keys aria-hidden="true" { kbd { "↑" } kbd { "↓" } " choose " kbd { "Enter" } " go " kbd { "Esc" } " close" }
        }
    }
}
