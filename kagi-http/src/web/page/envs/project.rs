//! A project with a tab for each file.

use kagi_domain::model::env_project::{EnvProject, EnvProjectListing, FileType};
use maud::{Markup, html};

use crate::web::{
    page::envs::{file_path, project_path},
    part::{icon, words::counted},
};

/// The page of a project, open at one of its files.
pub(crate) fn project(listing: &EnvProjectListing, current: FileType, file: &Markup) -> Markup {
    html! {
        (head(listing))
        (tabs(listing, current))
        section.file aria-label=(current.file_name()) { (file) }
    }
}

fn head(listing: &EnvProjectListing) -> Markup {
    let project = &listing.project;
    let path = project_path(project.id);
    html! {
        header.subject.env-head {
            div {
                h1 { (project.name) }
                @if let Some(text) = &project.description { p.prose { (text.as_str()) } }
            }
            div.actions {
                @if listing.files.len() > 1 {
                    a.button.quiet href={ (path) "/compare" } { (icon(icondata_lu::LuColumns2)) "Compare files" }
                }
                a.button.quiet href={ (path) "/edit" } { (icon(icondata_lu::LuPencil)) "Edit" }
                a.button.quiet href={ (path) "/delete" } data-ask { (icon(icondata_lu::LuTrash2)) "Delete" }
            }
        }
    }
}

fn tabs(listing: &EnvProjectListing, current: FileType) -> Markup {
    html! {
        nav.tabs aria-label="Files" { ul {
            @for file_type in FileType::ALL {
                @let there = listing.file(file_type);
                li {
                    a.absent[there.is_none()] href=(file_path(listing.project.id, file_type))
                        aria-current=[(file_type == current).then_some("page")] {
                        (file_type.file_name())
                        @if there.is_none() { span.visually-hidden { ", not there yet" } }
                    }
                }
            }
        } }
    }
}

/// What a deletion takes with it.
pub(crate) fn losses(listing: &EnvProjectListing) -> Markup {
    html! {
        @if listing.files.is_empty() { "It has no files." }
        @else { strong { "Its " (counted(listing.files.len() as u64, "file", "files")) } " and every version of them will be deleted too." }
        " This cannot be undone."
    }
}

/// A project in the title of a page below it.
pub(crate) fn of(project: &EnvProject) -> Markup {
    html! { span.soft { " of " (project.name) } }
}
