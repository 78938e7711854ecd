//! What was typed, when the session ended before it was sent.

use maud::{Markup, html};

use crate::web::part::{Form, plain};

/// Passwords are typed anew: they are never sent back.
const NEVER: [&str; 3] = ["password", "currentPassword", "newPassword"];

/// The page: everything that was sent to `path`, ready to be sent again.
pub(crate) fn page(form: &Form, path: &str) -> Markup {
    plain(
        "Your session has ended",
        &html! {
            h1 { "Your session has ended" }
            p.lead {
                "Nothing was saved, and what you typed is not lost: this page holds it. "
                "Sign in in a new tab, come back here, and send it again."
            }
            form method="post" action=(path) {
                @for (name, value) in form.pairs().filter(|(name, _)| !NEVER.contains(name)) {
                    input type="hidden" name=(name) value=(value);
                }
                a.button.primary.wide href="/sign-in" target="_blank" autofocus { "Sign in in a new tab" }
                button.wide { "Send it again" }
            }
        },
    )
}
