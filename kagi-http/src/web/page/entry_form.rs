//! Making and changing an entry.

use kagi_domain::{
    model::{
        category::{KeyType, Shape},
        entry::Environment,
    },
    text::ProjectName,
};
use maud::{Markup, html};

use crate::web::part::{
    Field, Form,
    field::{notice, revision},
};

const NAMED: &[&str] = &["projectName", "environment", "value", "expiresAt", "description", "notes"];

/// What the form is about.
pub(crate) struct EntryForm<'a> {
    /// Where it goes.
    pub(crate) action: &'a str,
    /// The category's page.
    pub(crate) back: &'a str,
    /// The category's name.
    pub(crate) category: &'a str,
    /// The category's variables.
    pub(crate) shape: &'a Shape,
    /// Whether the entry is there already.
    pub(crate) stored: bool,
    /// Projects that there are.
    pub(crate) projects: &'a [ProjectName],
}

impl EntryForm<'_> {
    /// The form.
    pub(crate) fn draw(&self, form: &Form) -> Markup {
        let title = if self.stored { "Edit entry" } else { "New entry" };
        html! {
            h1 { (title) span.soft { " of " (self.category) } }
            (notice(form, NAMED))
            form.sheet method="post" action=(self.action) data-guard {
                (revision(form))
                div.pair { (self.project(form)) (environment(form)) }
                (self.value(form))
                (Field::new(form, "expiresAt", "Expires on").optional().hint("The last day on which the value works, in UTC. It is marked from 30 days ahead.").input("date"))
                @if let Some(was) = form.filled("expiresWas") { input type="hidden" name="expiresWas" value=(was); }
                (Field::new(form, "description", "Description").optional().input("text"))
                (Field::new(form, "notes", "Notes").optional().hint("Metadata, as are the project and the description: searchable, part of exports, not encrypted. Never put a secret here.").area(3))
                div.actions { button.primary { "Save entry" } a.button href=(self.back) { "Cancel" } }
            }
        }
    }

    fn project(&self, form: &Form) -> Markup {
        html! {
            div { (Field::new(form, "projectName", "Project").list("projects").input("text")) }
            datalist id="projects" { @for project in self.projects { option value=(project) {} } }
        }
    }

    fn value(&self, form: &Form) -> Markup {
        let edit = self.stored;
        let simple_hint = if edit {
            "Leave it empty to keep the stored value."
        } else {
            "Line breaks are kept. It is encrypted before it is stored."
        };
        html! {
            @match self.shape.key_type() {
                KeyType::Simple => @for name in self.shape.names() {
                    ({
                        let label = format!("Value of {name}");
                        Field::new(form, "value", &label).mono().hint(simple_hint).required_unless(edit).secret(3)
                    })
                },
                KeyType::Group => fieldset.field.group-values {
                    legend { "Values" }
                    p.hint { @if edit { "Leave all of them empty to keep the stored values. Filling any replaces all of them." } @else { "Fill at least one. They are encrypted before they are stored." } }
                    @if let Some(error) = form.error("value") { p.error role="alert" { (error) } }
                    @for name in self.shape.names() {
                        ({
                            let (field, label) = (format!("value.{name}"), name.to_string());
                            Field::new(form, &field, &label).unmarked().secret(1)
                        })
                    }
                },
            }
        }
    }
}

fn environment(form: &Form) -> Markup {
    let options = Environment::ALL.map(|environment| (environment.as_str(), environment.as_str()));
    Field::new(form, "environment", "Environment").select(&options)
}
