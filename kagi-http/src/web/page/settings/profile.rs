//! Name and address.

use kagi_domain::{model::user::Profile, time::Timestamp};
use maud::{Markup, html};

use crate::web::part::{Field, Form, field::notice, words};

/// The page.
pub(crate) fn page(profile: &Profile, form: &Form, now: Timestamp) -> Markup {
    let user = &profile.user;
    html! {
        h1 { "Profile" }
        (notice(form, &["name"]))
        form.sheet method="post" action="/settings/profile" data-guard {
            (Field::new(form, "name", "Name").optional().autocomplete("name").hint("What Kagi calls you, in your activity too. Without one it is your e-mail address.").input("text"))
            dl.facts {
                div { dt { "E-mail" } dd { (user.email) } }
                div { dt { "Account made" } dd { (words::when(user.created_at, now)) } }
            }
            p.hint { "You sign in with this e-mail address. It cannot be changed here." }
            div.actions { button.primary { "Save profile" } }
        }
    }
}
