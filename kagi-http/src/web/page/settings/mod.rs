//! Settings: one page for each matter, and the way between them.

mod action;
pub(crate) mod activity;
pub(crate) mod danger;
mod device;
pub(crate) mod encryption;
pub(crate) mod export;
pub(crate) mod keycloak;
pub(crate) mod password;
pub(crate) mod profile;
pub(crate) mod sessions;

use maud::{Markup, html};

/// A page of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Name and address.
    Profile,
    /// A new password.
    Password,
    /// Whether Keycloak opens the account.
    Keycloak,
    /// Where the person is signed in.
    Sessions,
    /// Credentials of programs.
    AccessKeys,
    /// How values are sealed.
    Encryption,
    /// What happened.
    Activity,
    /// The vault's metadata as a file.
    Export,
    /// What cannot be undone.
    Danger,
}

impl Tab {
    const ALL: [Self; 9] = [
        Self::Profile,
        Self::Password,
        Self::Keycloak,
        Self::Sessions,
        Self::AccessKeys,
        Self::Encryption,
        Self::Activity,
        Self::Export,
        Self::Danger,
    ];

    /// What it is called.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Profile => "Profile",
            Self::Password => "Password",
            Self::Keycloak => "Keycloak",
            Self::Sessions => "Sessions",
            Self::AccessKeys => "Access keys",
            Self::Encryption => "Encryption",
            Self::Activity => "Activity",
            Self::Export => "Export",
            Self::Danger => "Delete",
        }
    }

    /// Where it is.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Profile => "/settings/profile",
            Self::Password => "/settings/password",
            Self::Keycloak => "/settings/keycloak",
            Self::Sessions => "/settings/sessions",
            Self::AccessKeys => "/settings/access-keys",
            Self::Encryption => "/settings/encryption",
            Self::Activity => "/settings/activity",
            Self::Export => "/settings/export",
            Self::Danger => "/settings/delete",
        }
    }
}

/// A page beside the way to all others. `keycloak` says whether there is one.
pub(crate) fn frame(tab: Tab, keycloak: bool, page: &Markup) -> Markup {
    html! {
        div.settings {
            nav.settings-nav aria-label="Settings" { ul {
                @for each in Tab::ALL.into_iter().filter(|each| keycloak || *each != Tab::Keycloak) {
                    li { a href=(each.path()) aria-current=[(each == tab).then_some("true")] { (each.label()) } }
                }
            } }
            div.settings-page { (page) }
        }
    }
}
