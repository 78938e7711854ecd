//! Two files of a project, or two versions of a file, side by side by name.

use kagi_domain::model::env_project::{EnvProjectListing, FileType};
use maud::{Markup, html};

use crate::web::{
    page::envs::{difference::Pair, project_path},
    part::{Form, field::notice, icon},
};

/// A comparison that was made.
pub(crate) struct Compared<'a> {
    /// What is compared.
    pub(crate) pair: Pair<'a>,
    /// Where the same comparison is asked for again, this time with its values.
    pub(crate) action: &'a str,
    /// The names of the two, as the form sends them.
    pub(crate) sides: [&'a str; 2],
    /// Where it was asked for.
    pub(crate) back: &'a str,
}

impl Compared<'_> {
    /// Both in words; those of a version begin a sentence, the name of a file stays as it is.
    fn title(&self) -> String {
        let title = format!("{} and {}", self.pair.before.0, self.pair.after.0);
        let mut rest = title.chars();
        rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
    }

    /// The comparison; the script takes what has the id `compared` out of it.
    pub(crate) fn draw(&self) -> Markup {
        let [one, other] = self.sides;
        html! {
            section.compared id="compared" tabindex="-1" aria-label="Comparison" data-secret {
                div.section-head {
                    h2 { (self.title()) }
                    div.acts.end {
                        @if !self.pair.shown {
                            form method="post" action=(self.action) data-disclose="compared" {
                                input type="hidden" name="one" value=(one);
                                input type="hidden" name="other" value=(other);
                                input type="hidden" name="show" value="yes";
                                button { "Show values" }
                            }
                        }
                        a.button href=(self.back) data-hide="compared" { "Hide" }
                    }
                }
                (self.pair.draw())
                p.hint { "That you looked at both is written down in the audit trail." }
            }
        }
    }
}

/// The page that compares two files of a project. `form` holds the choice.
pub(crate) fn files(listing: &EnvProjectListing, form: &Form, compared: Option<&Compared<'_>>) -> Markup {
    let path = format!("{}/compare", project_path(listing.project.id));
    html! {
        h1 { "Compare files" span.soft { " of " (listing.project.name) } }
        p.lead { "Which names are missing in one of them, and which have different values." }
        (notice(form, &[]))
        @if listing.files.len() < 2 {
            p.nothing { "This project has fewer than two files. " a href=(project_path(listing.project.id)) { "Back to the project" } }
        } @else {
            form.bar.choose method="post" action=(path) {
                (choice(listing, form, "one", "This file", FileType::Env))
                (choice(listing, form, "other", "and this one", FileType::Production))
                button.primary { (icon(icondata_lu::LuColumns2)) "Compare" }
            }
        }
        @if let Some(compared) = compared { (compared.draw()) }
    }
}

/// The files that are there; without a choice the first or the second of them, or the usual one.
fn choice(listing: &EnvProjectListing, form: &Form, field: &str, label: &str, usual: FileType) -> Markup {
    let other = listing.files.iter().find(|file| (file.file_type == FileType::Env) == (field == "one"));
    let default = listing.file(usual).or(other).map(|file| file.file_type.as_str());
    let current = form.filled(field).or(default);
    html! {
        label { (label)
            select name=(field) { @for file in &listing.files {
                @let value = file.file_type.as_str();
                option value=(value) selected[current == Some(value)] { (file.file_type.file_name()) }
            } }
        }
    }
}
