//! Making and changing a recovery set.

use kagi_domain::model::recovery_set::{RecoveryCodes, RecoverySet};
use maud::{Markup, html};

use crate::web::part::{
    Field, Form,
    field::{notice, revision},
    words::counted,
};

/// The form. `id` is that of the set that is there already.
pub(crate) fn form(form: &Form, id: Option<&str>) -> Markup {
    let (title, action) = match id {
        Some(id) => ("Edit recovery set", format!("/2fa/{id}/edit")),
        None => ("New recovery set", "/2fa/new".to_owned()),
    };
    let back = id.map_or("/2fa".to_owned(), |id| format!("/2fa/{id}"));
    html! {
        h1 { (title) }
        (notice(form, &["service", "label", "tokens"]))
        form.sheet method="post" action=(action) data-guard {
            (revision(form))
            div.pair {
                (Field::new(form, "service", "Service").hint("Where the codes work, such as “GitHub”.").input("text"))
                (Field::new(form, "label", "Label").optional().hint("Which account, such as “ada, work”.").input("text"))
            }
            (codes(form, id.is_some()))
            p.hint { "Service and label are metadata: searchable, part of exports, not encrypted. Codes are encrypted before they are stored." }
            div.actions { button.primary { "Save recovery set" } a.button href=(back) { "Cancel" } }
        }
    }
}

fn codes(form: &Form, stored: bool) -> Markup {
    let (label, hint) = if stored {
        (
            "New codes",
            "Leave it empty to keep the stored codes. New ones take the place of all of them, with none used.",
        )
    } else {
        ("Codes", "Paste them as the service gave them: line breaks, blanks and commas separate codes.")
    };
    html! {
        div.paste data-codes data-most=(RecoveryCodes::MOST) {
            (Field::new(form, "tokens", label).mono().hint(hint).required_unless(stored).secret(6))
            label.choice {
                input type="checkbox" name="wholeLines" value="yes" checked[form.filled("wholeLines").is_some()];
                span { "A code may contain blanks: take each line as one code" }
            }
            p.tally role="status" hidden {}
        }
    }
}

/// What a deletion takes with it.
pub(crate) fn losses(set: &RecoverySet) -> Markup {
    html! {
        @if set.remaining() == 0 { "All of its codes were used." }
        @else { strong { (counted(set.remaining() as u64, "unused code", "unused codes")) } " will be deleted too." }
        " This cannot be undone."
    }
}
