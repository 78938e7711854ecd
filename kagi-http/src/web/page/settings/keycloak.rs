//! Whether Keycloak opens the account.

use kagi_domain::time::Timestamp;
use maud::{Markup, html};

use crate::web::part::{
    Form,
    field::{Again, notice},
    words,
};

/// What there is to say.
pub(crate) struct Matter<'a> {
    /// Whether this Kagi has a Keycloak.
    pub(crate) offered: bool,
    /// Since when it opens the account.
    pub(crate) since: Option<Timestamp>,
    /// Whether the account has another way in.
    pub(crate) removable: bool,
    /// What did not work.
    pub(crate) failed: Option<&'a str>,
}

/// The page.
pub(crate) fn page(matter: &Matter<'_>, form: &Form, again: Option<&Again>, now: Timestamp) -> Markup {
    html! {
        h1 { "Keycloak" }
        @if let Some(text) = matter.failed { p.notice role="alert" { (text) } }
        (notice(form, &["password"]))
        @match (matter.offered, matter.since) {
            (false, _) => p.lead { "This Kagi is not connected to a Keycloak." },
            (true, None) => (unlinked(form, again)),
            (true, Some(since)) => (linked(matter, since, form, again, now)),
        }
    }
}

fn unlinked(form: &Form, again: Option<&Again>) -> Markup {
    html! {
        p.lead { "Link your Keycloak account, and you can sign in to this vault with it. Your password goes on working." }
        form.sheet method="post" action="/settings/keycloak/link" {
            p { "You sign in at Keycloak once more, then whoever you are there opens this vault." }
            @if let Some(again) = again { (again.draw(form)) }
            div.actions { button.primary { "Link Keycloak" } }
        }
    }
}

fn linked(
    matter: &Matter<'_>,
    since: Timestamp,
    form: &Form,
    again: Option<&Again>,
    now: Timestamp,
) -> Markup {
    html! {
        p.lead { "Your Keycloak account opens this vault, since " (words::when(since, now)) "." }
        @if matter.removable {
            form.sheet method="post" action="/settings/keycloak/unlink" {
                p { "Without the link you sign in with your e-mail address and password only. Nothing in your vault changes." }
                @if let Some(again) = again { (again.draw(form)) }
                div.actions { button { "Unlink Keycloak" } }
            }
        } @else {
            p { "It is your only way in, so it stays linked: this account has no password to sign in with." }
        }
    }
}

/// On to Keycloak.
pub(crate) fn leave(url: &str) -> Markup {
    html! {
        h1 { "Keycloak" }
        p.lead { "Sign in at Keycloak as who shall open this vault. It takes you back here." }
        div.actions {
            a.button.primary href=(url) { "Continue to Keycloak" }
            a.button href="/settings/keycloak" { "Cancel" }
        }
    }
}
