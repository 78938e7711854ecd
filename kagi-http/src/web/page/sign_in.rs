//! Set-up, sign-in and sign-up.

use maud::{Markup, html};

use crate::web::part::{Field, Flash, Form, field::notice, next::escape, plain};

/// What stands at the door.
#[derive(Debug, Default)]
pub(crate) struct Door {
    /// What just happened.
    pub(crate) flash: Option<Flash>,
    /// Whether a session was there and is over.
    pub(crate) ended: bool,
    /// Why Keycloak let nobody in.
    pub(crate) failed: Option<String>,
    /// Whether anybody may register.
    pub(crate) may_sign_up: bool,
    /// What opens it.
    pub(crate) ways: Ways,
}

/// What people sign in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Ways {
    /// Their password.
    #[default]
    Password,
    /// Keycloak.
    Keycloak,
    /// Either.
    Both,
}

/// Sign-in.
pub(crate) fn sign_in(form: &Form, door: &Door) -> Markup {
    let next = form.value("next");
    plain(
        "Sign in",
        &html! {
            h1 { "Sign in" }
            @if let Some(text) = &door.failed { p.notice role="alert" { (text) } }
            @else if let Some(flash) = door.flash { p.flash role="status" { (flash.text()) } }
            @else if door.ended && form.problem().is_none() { p.flash role="status" { "Your session has ended. Please sign in again." } }
            (notice(form, &["email"]))
            @if door.ways != Ways::Keycloak {
                form method="post" action="/sign-in" {
                    @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                    (Field::new(form, "email", "E-mail").autocomplete("username").input("email"))
                    (Field::new(form, "password", "Password").autocomplete("current-password").input("password"))
                    button.primary.wide { "Sign in" }
                }
            }
            @if door.ways != Ways::Password { (with_keycloak(next, door.ways == Ways::Keycloak)) }
            @if door.may_sign_up { p.aside { "No account yet? " a href="/sign-up" { "Make one" } "." } }
        },
    )
}

/// The link to Keycloak, as the only way or beside another.
fn with_keycloak(next: &str, only: bool) -> Markup {
    let path = match next {
        "" | "/" => "/api/auth/sign-in/keycloak".to_owned(),
        next => format!("/api/auth/sign-in/keycloak?next={}", escape(next)),
    };
    html! { p.elsewhere { a.button.wide.primary[only] href=(path) { "Sign in with Keycloak" } } }
}

/// The session here is over; the one at Keycloak may not be.
pub(crate) fn signed_out(exit: &str) -> Markup {
    plain(
        "Signed out",
        &html! {
            h1 { "You are signed out" }
            p.lead {
                "Your session here has ended. Keycloak may still know you in this browser, and would let you in "
                "without asking. On a shared computer, sign out there too."
            }
            p { a.button.primary.wide href=(exit) { "Sign out of Keycloak" } }
            p.aside { a href="/sign-in" { "Sign in again" } }
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

/// What to do when there is no account yet and no link either. `wrong` when a link was not valid; `keycloak`
/// when an account may come from there.
pub(crate) fn set_up_link(wrong: bool, keycloak: bool) -> Markup {
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
            @if keycloak { (with_keycloak("", false)) }
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
