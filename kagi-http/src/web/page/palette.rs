//! Going anywhere by typing: as a page, and as the options of the dialog that the script opens.

mod places;

use kagi_domain::{
    catalogue::Service,
    model::{
        category::CategoryListing, entry::EntryListing, env_project::EnvProjectListing,
        recovery_set::RecoverySet,
    },
    text::ProjectName,
};
use maud::{Markup, html};

use crate::web::{
    page::{envs::project_path, keys::kind},
    part::{environment, icon, live, next::escape, palette, search_form, search_refused, words::counted},
};

pub(crate) use places::places;

/// Things of one kind that were found.
pub(crate) struct Group {
    /// What the kind is called.
    pub(crate) label: &'static str,
    /// The things, in order.
    pub(crate) spots: Vec<Spot>,
}

/// A thing to go to.
pub(crate) struct Spot {
    picture: icondata_core::Icon,
    title: String,
    about: Markup,
    href: String,
}

impl Spot {
    /// A category, by its name and variables.
    pub(crate) fn category(listing: &CategoryListing) -> Self {
        let shape = &listing.category.shape;
        let about = html! {
            @if let Some(name) = shape.env_var() { code { (name) } }
            @else { (kind(shape.key_type(), shape.names().len())) }
        };
        Self {
            picture: icondata_lu::LuKeyRound,
            title: listing.category.name.to_string(),
            about,
            href: format!("/keys/{}", listing.category.id),
        }
    }

    /// An entry, by its category and place.
    pub(crate) fn entry(listing: &EntryListing) -> Self {
        Self {
            picture: icondata_lu::LuLock,
            title: listing.category.name.to_string(),
            about: html! { (listing.entry.project) " " (environment(listing.entry.environment)) },
            href: format!("/keys/{}#e-{}", listing.category.id, listing.entry.id),
        }
    }

    /// A project, with all of its entries.
    pub(crate) fn project(name: &ProjectName) -> Self {
        Self {
            picture: icondata_lu::LuFolder,
            title: name.to_string(),
            about: html! { "its entries" },
            href: format!("/projects?name={}", escape(name.as_str())),
        }
    }

    /// An env project.
    pub(crate) fn env(listing: &EnvProjectListing) -> Self {
        Self {
            picture: icondata_lu::LuFileLock2,
            title: listing.project.name.to_string(),
            about: html! { (counted(listing.files.len() as u64, "file", "files")) },
            href: project_path(listing.project.id),
        }
    }

    /// A recovery set.
    pub(crate) fn set(set: &RecoverySet) -> Self {
        let label = set.label.as_ref().map_or("", |label| label.as_str());
        Self {
            picture: icondata_lu::LuShieldCheck,
            title: set.service.to_string(),
            about: html! { (label) },
            href: format!("/2fa/{}", set.id),
        }
    }

    /// A well-known service, to make a category of.
    pub(crate) fn service(service: &Service) -> Self {
        Self {
            picture: icondata_lu::LuPlus,
            title: format!("Add {}", service.name),
            about: html! { (kind(service.key_type(), service.names().len())) },
            href: format!("/keys/new?service={}", service.slug),
        }
    }

    fn inside(&self) -> Markup {
        html! { (icon(self.picture)) span.title { (self.title) } span.about { (self.about) } }
    }
}

/// The page, complete without script.
pub(crate) fn page(groups: &[Group], search: &str) -> Markup {
    html! {
        h1 { "Go to" }
        (search_form("/palette", search, palette::LABEL, palette::HINT))
        div.found id="results" {
            (live::count(&said(groups, search)))
            @for group in filled(groups) {
                section aria-label=(group.label) {
                    h2.label { (group.label) }
                    ul { @for spot in &group.spots { li { a.spot href=(spot.href) { (spot.inside()) } } } }
                }
            }
        }
    }
}

/// The page of a search that was refused.
pub(crate) fn refused(search: &str, why: &str) -> Markup {
    html! { h1 { "Go to" } (search_form("/palette", search, palette::LABEL, palette::HINT)) (search_refused(why)) }
}

/// The dialog's list box when the search was refused: no options, and the reason.
pub(crate) fn no_options(why: &str) -> Markup {
    html! { div id="found" data-said=(why) {} }
}

/// The options of the dialog's list box; the script puts them in.
pub(crate) fn options(groups: &[Group], search: &str) -> Markup {
    let mut numbers = 0..;
    html! {
        div id="found" data-said=(said(groups, search)) {
            @for group in filled(groups) {
                div role="group" aria-label=(group.label) {
                    p.label aria-hidden="true" { (group.label) }
                    @for (spot, number) in group.spots.iter().zip(&mut numbers) {
                        a.spot id={ "spot-" (number) } role="option" aria-selected="false" tabindex="-1" href=(spot.href) { (spot.inside()) }
                    }
                }
            }
        }
    }
}

fn filled(groups: &[Group]) -> impl Iterator<Item = &Group> {
    groups.iter().filter(|group| !group.spots.is_empty())
}

fn said(groups: &[Group], search: &str) -> String {
    match groups.iter().map(|group| group.spots.len() as u64).sum() {
        0 => format!("Nothing is called “{}”.", search.trim()),
        found => counted(found, "place to go", "places to go"),
    }
}
