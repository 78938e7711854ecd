//! The frame round every page.

use maud::{DOCTYPE, Markup, html};

use crate::web::{
    asset,
    part::{Flash, icon, palette, seal},
};

/// The section a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nav {
    /// The vault at a glance.
    Overview,
    /// Categories and entries.
    Keys,
    /// Env projects and their files.
    Envs,
    /// Recovery codes.
    TwoFactor,
    /// The account and its access keys.
    Settings,
    /// None of them.
    None,
}

/// A step back up: what it is called and where it is.
#[derive(Debug, Clone)]
pub(crate) struct Crumb(pub(crate) String, pub(crate) String);

/// A signed-in person's page.
#[derive(Debug)]
pub(crate) struct Shell {
    /// The page's title.
    pub(crate) title: String,
    /// Its section.
    pub(crate) nav: Nav,
    /// The person's name.
    pub(crate) who: String,
    /// What just happened.
    pub(crate) flash: Option<Flash>,
    /// Where to take back what just happened.
    pub(crate) undo: Option<String>,
    /// The way back up.
    pub(crate) crumbs: Vec<Crumb>,
}

impl Shell {
    /// The whole page.
    pub(crate) fn page(&self, main: &Markup) -> Markup {
        document(
            &self.title,
            &[],
            &html! {
                a.skip href="#main" { "Skip to the content" }
                div.frame {
                    header.side {
                        a.brand href="/" { (seal()) span { "Kagi" } }
                        (palette::button())
                        nav aria-label="Main" { ul {
                            li { (self.link(Nav::Overview, "/", "Overview", icondata_lu::LuLayoutDashboard)) }
                            li { (self.link(Nav::Keys, "/keys", "Keys", icondata_lu::LuKeyRound)) }
                            li { (self.link(Nav::Envs, "/envs", "Env files", icondata_lu::LuFileLock2)) }
                            li { (self.link(Nav::TwoFactor, "/2fa", "2FA", icondata_lu::LuShieldCheck)) }
                            li { (self.link(Nav::Settings, "/settings/profile", "Settings", icondata_lu::LuSettings)) }
                        } }
                        (self.account())
                    }
                    main id="main" tabindex="-1" {
                        @if !self.crumbs.is_empty() { (self.trail()) }
                        @if let Some(flash) = self.flash { (self.said(flash)) }
                        (main)
                    }
                }
                (palette::dialog())
                (dialogs())
            },
        )
    }

    fn link(&self, nav: Nav, href: &str, label: &str, picture: icondata_core::Icon) -> Markup {
        let current = (self.nav == nav).then_some("true");
        html! { a href=(href) aria-current=[current] { (icon(picture)) (label) } }
    }

    fn account(&self) -> Markup {
        html! {
            details.account {
                summary { (icon(icondata_lu::LuUser)) span.who { (self.who) } span.visually-hidden { " – account menu" } }
                div.menu {
                    a href="/settings/access-keys" { "Access keys" }
                    form method="post" action="/sign-out" { button { "Sign out" } }
                }
            }
        }
    }

    fn said(&self, flash: Flash) -> Markup {
        html! {
            // It has the focus, so that a keyboard goes on from here whatever is gone, and it is read out.
            div.flash tabindex="-1" role="status" autofocus {
                (icon(icondata_lu::LuCheck))
                p { (flash.text()) }
                @if let Some(undo) = &self.undo { form method="post" action=(undo) { button.tiny { "Undo" } } }
            }
        }
    }

    fn trail(&self) -> Markup {
        html! {
            nav.crumbs aria-label="Breadcrumb" { ol {
                @for Crumb(label, href) in &self.crumbs { li { a href=(href) { (label) } } }
                li { span aria-current="page" { (self.title) } }
            } }
        }
    }
}

/// A page for somebody who is not signed in, or that stands alone: a card with Kagi's mark.
pub(crate) fn plain(title: &str, main: &Markup) -> Markup {
    document(
        title,
        &[],
        &html! {
            a.skip href="#main" { "Skip to the content" }
            div.alone {
                header { a.brand href="/" { (seal()) span { "Kagi" } } }
                main.card id="main" tabindex="-1" { (main) }
            }
            (dialogs())
        },
    )
}

/// A page to look things up in, for anybody: its contents beside it.
pub(crate) fn manual(title: &str, contents: &Markup, main: &Markup) -> Markup {
    document(
        title,
        &["reference.css"],
        &html! {
            a.skip href="#main" { "Skip to the content" }
            div.manual {
                header.toc {
                    a.brand href="/" { (seal()) span { "Kagi" } }
                    nav aria-label="Contents" { (contents) }
                }
                main id="main" tabindex="-1" { (main) }
            }
            (dialogs())
        },
    )
}

fn document(title: &str, more_styles: &[&str], body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Kagi" }
                link rel="icon" href=(asset::path("icon.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(asset::path("app.css"));
                @for style in more_styles { link rel="stylesheet" href=(asset::path(style)); }
                script src=(asset::path("app.js")) defer {}
            }
            body { (body) }
        }
    }
}

/// What the script opens; without it nothing of this is seen.
fn dialogs() -> Markup {
    html! {
        div.toasts id="toasts" role="status" {}
        dialog id="ask" aria-label="Please confirm" {}
        dialog id="ended" aria-labelledby="ended-title" {
            h2 id="ended-title" { "Your session has ended" }
            p { "Nothing you typed is lost. Sign in again in a new tab, come back here, and try again." }
            div.actions {
                a.button.primary href="/sign-in" target="_blank" { "Sign in in a new tab" }
                button type="button" data-close { "Back to the page" }
            }
        }
    }
}
