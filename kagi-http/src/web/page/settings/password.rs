//! A new password.

use maud::{Markup, html};

use crate::web::part::{Field, Form, field::notice};

/// The page. `possible` says whether the person signs in with a password at all.
pub(crate) fn page(form: &Form, possible: bool) -> Markup {
    html! {
        h1 { "Password" }
        @if possible { (sheet(form)) }
        @else { p.lead { "You do not sign in to Kagi with a password, so there is none to change." } }
    }
}

fn sheet(form: &Form) -> Markup {
    html! {
        p.lead { "A new password ends all your other sessions; this one goes on. Access keys stay as they are." }
        (notice(form, &["currentPassword", "newPassword"]))
        form.sheet method="post" action="/settings/password" {
            (Field::new(form, "currentPassword", "Current password").autocomplete("current-password").input("password"))
            (Field::new(form, "newPassword", "New password").autocomplete("new-password").hint("At least 12 characters. A few random words make a good one.").input("password"))
            div.actions { button.primary { "Change password" } }
        }
    }
}
