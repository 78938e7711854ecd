//! Set-up, sign-in and sign-up.

use maud::{Markup, html};

use crate::web::part::{Field, Flash, Form, field::notice, plain};

/// Sign-in. `ended` says that a session was there and is over.
pub(crate) fn sign_in(form: &Form, flash: Option<Flash>, ended: bool, may_sign_up: bool) -> Markup {
    let next = form.value("next");
    plain(
        "Sign in",
        &html! {
            h1 { "Sign in" }
            @if let Some(flash) = flash { p.flash role="status" { (flash.text()) } }
            @else if ended && form.problem().is_none() { p.flash role="status" { "Your session has ended. Please sign in again." } }
            (notice(form, &["email"]))
            form method="post" action="/sign-in" {
                @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                (Field::new(form, "email", "E-mail").autocomplete("username").input("email"))
                (Field::new(form, "password", "Password").autocomplete("current-password").input("password"))
                button.primary.wide { "Sign in" }
            }
            @if may_sign_up { p.aside { "No account yet? " a href="/sign-up" { "Make one" } "." } }
        },
    )
}

/// Sign-up, where the operator lets anybody.
pub(crate) fn sign_up(form: &Form) -> Markup {
    plain(
        "Make an account",
        &html! {
            h1 { "Make an account" }
            p.lead { "You get a private vault of your own. Others here cannot see into it, nor you into theirs." }
            (notice(form, PERSON))
            form method="post" action="/sign-up" { (person(form)) button.primary.wide { "Make the account" } }
            p.aside { "You have one? " a href="/sign-in" { "Sign in" } "." }
        },
    )
}

/// The first account.
pub(crate) fn set_up(form: &Form) -> Markup {
    plain(
        "Set up Kagi",
        &html! {
            h1 { "Set up Kagi" }
            p.lead {
                "This makes the first account, with a private vault of your own. "
                "Whoever joins later gets another; vaults are never shared."
            }
            (notice(form, PERSON))
            form method="post" action="/setup" {
                input type="hidden" name="token" value=(form.value("token"));
                (person(form))
                button.primary.wide { "Make my vault" }
            }
        },
    )
}

/// What to do when there is no account yet and no link either. `wrong` when a link was not valid.
pub(crate) fn set_up_link(wrong: bool) -> Markup {
    plain(
        "Set up Kagi",
        &html! {
            h1 { "Kagi is not set up yet" }
            p.lead {
                "The server printed a set-up link when it started. Open it, or paste the token at its end here. "
                "That way only somebody who can read the server's output becomes the owner."
            }
            @if wrong {
                p.notice role="alert" { "This set-up link is not valid. Look for the newest one in the server's output." }
            }
            form method="get" action="/setup" {
                (Field::new(&Form::new(), "token", "Set-up token").mono().input("text"))
                button.primary.wide { "Go on" }
            }
        },
    )
}

/// The set-up was done before.
pub(crate) fn set_up_done() -> Markup {
    plain(
        "Kagi is set up",
        &html! {
            h1 { "Kagi is set up" }
            p.lead { "The first account exists, so this link does nothing any more. Sign in with your account." }
            p { a.button.primary.wide href="/sign-in" { "Sign in" } }
        },
    )
}

/// Registration is closed.
pub(crate) fn sign_up_closed() -> Markup {
    plain(
        "Registration is closed",
        &html! {
            h1 { "Registration is closed" }
            p.lead { "Ask whoever runs this Kagi for an account." }
            p { a.button.wide href="/sign-in" { "Sign in" } }
        },
    )
}

const PERSON: &[&str] = &["email", "name", "password"];

fn person(form: &Form) -> Markup {
    html! {
        (Field::new(form, "email", "E-mail").autocomplete("username").input("email"))
        (Field::new(form, "name", "Name").optional().autocomplete("name").input("text"))
        (Field::new(form, "password", "Password").autocomplete("new-password")
            .hint("At least 12 characters. A few unrelated words are easy to remember and hard to guess.")
            .input("password"))
    }
}
