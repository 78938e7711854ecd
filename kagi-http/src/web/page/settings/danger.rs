//! What cannot be undone: an empty vault, and no account.

use kagi_domain::{model::overview::Totals, text::Email};
use maud::{Markup, html};

use crate::web::part::{
    Field, Form,
    field::{Again, notice},
    words::counted,
};

/// What is about to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Danger {
    /// Everything in the vault.
    Data,
    /// The account, and everything in its vault.
    Account,
}

impl Danger {
    /// What the page is called.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Data => "Delete all vault data",
            Self::Account => "Delete account",
        }
    }

    /// Where it is asked and done.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Data => "/settings/delete/data",
            Self::Account => "/settings/delete/account",
        }
    }

    const fn about(self) -> &'static str {
        match self {
            Self::Data => {
                "Your categories, entries, recovery sets, env projects and their files go, with every version of values and files. Your account, its sessions, access keys and activity stay."
            }
            Self::Account => {
                "Your vault, your sessions and access keys go, and nobody can sign in as you any more. The activity stays for whoever runs this Kagi."
            }
        }
    }
}

/// The two ways to lose everything.
pub(crate) fn page() -> Markup {
    html! {
        h1 { "Delete" }
        p.lead { "Nothing here can be undone. Both ask you first." }
        @for danger in [Danger::Data, Danger::Account] {
            section.sheet.danger-zone {
                h2 { (danger.title()) }
                p { (danger.about()) }
                p { a.button href=(danger.path()) { (danger.title()) "…" } }
            }
        }
    }
}

/// "Are you sure?", to be answered with the address. `again` asks whether it is still them.
pub(crate) fn ask(
    danger: Danger,
    email: &Email,
    totals: &Totals,
    form: &Form,
    again: Option<&Again>,
) -> Markup {
    let label = format!("Type {email} to confirm");
    html! {
        h1 { (danger.title()) }
        (notice(form, &["confirmation", "password"]))
        form.sheet.danger-zone method="post" action=(danger.path()) {
            p { (danger.about()) }
            p { strong { (losses(totals)) } " This cannot be undone." }
            (Field::new(form, "confirmation", &label).input("email"))
            @if let Some(again) = again { (again.draw(form)) }
            div.actions { button.danger { (danger.title()) } a.button href="/settings/delete" { "Cancel" } }
        }
    }
}

fn losses(totals: &Totals) -> String {
    let (categories, entries) = (totals.categories.sum(), totals.entries.sum());
    let losses = [
        counted(categories, "category", "categories"),
        counted(entries, "entry", "entries"),
        counted(totals.recovery_sets, "recovery set", "recovery sets"),
        counted(totals.env_projects, "env project", "env projects"),
    ];
    let files = counted(totals.env_files, "file", "files");
    format!("{} with {files} will be deleted.", losses.join(", "))
}
