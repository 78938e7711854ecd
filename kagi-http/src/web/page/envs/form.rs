//! Making and changing an env project.

use maud::{Markup, html};

use crate::web::part::{
    Field, Form,
    field::{notice, revision},
};

/// The form. `path` is the address of the project that is there already; `projects` are names that entries use.
pub(crate) fn form(form: &Form, path: Option<&str>, projects: &[kagi_domain::text::ProjectName]) -> Markup {
    let (title, button) =
        if path.is_some() { ("Edit project", "Save project") } else { ("New project", "Make project") };
    let action = path.map_or("/envs/new".to_owned(), |path| format!("{path}/edit"));
    html! {
        h1 { (title) }
        (notice(form, &["name", "description"]))
        form.sheet method="post" action=(action) data-guard {
            (revision(form))
            (Field::new(form, "name", "Name").list("projects")
                .hint("The same name as its entries have, if there are any: access keys are limited by it.").input("text"))
            datalist id="projects" { @for project in projects { option value=(project) {} } }
            (Field::new(form, "description", "Description").optional()
                .hint("Name and description are metadata: searchable, part of exports, not encrypted. Files are encrypted before they are stored.").area(2))
            div.actions { button.primary { (button) } a.button href=(path.unwrap_or("/envs")) { "Cancel" } }
        }
    }
}
