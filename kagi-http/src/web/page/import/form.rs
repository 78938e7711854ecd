//! Where a file is pasted.

use kagi_domain::{model::entry::Environment, text::ProjectName};
use maud::{Markup, html};

use crate::web::part::{Field, Form, field::notice};

/// The form. `projects` are names that entries use.
pub(crate) fn form(form: &Form, projects: &[ProjectName]) -> Markup {
    let environments = Environment::ALL.map(|environment| (environment.as_str(), environment.as_str()));
    html! {
        h1 { "Import a .env file" }
        p.lead { "Each variable becomes a value of one of your categories, or of a new one. First you see what every line would become; nothing is written before you confirm it." }
        (notice(form, &["content", "projectName", "environment"]))
        form.sheet method="post" action="/import" data-guard {
            div.env-source data-env-source {
                (Field::new(form, "content", "The file").mono().hint("Lines such as NAME=value, at most 256 KiB. Values stay encrypted; comments are not kept.").secret(12))
                div.field.env-file hidden {
                    label for="f-file" { "Or choose the file, or drop it above" }
                    input id="f-file" type="file" autocomplete="off";
                }
                p.env-said role="status" hidden {}
            }
            div.pair {
                div { (Field::new(form, "projectName", "Project").list("projects").hint("The values' project. Names of projects and categories are metadata, not encrypted.").input("text")) }
                datalist id="projects" { @for project in projects { option value=(project) {} } }
                (Field::new(form, "environment", "Environment").select(&environments))
            }
            div.actions { button.primary { "Preview" } a.button href="/keys" { "Cancel" } }
        }
    }
}
