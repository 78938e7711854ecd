//! The pages themselves.

use icondata_core::Icon;
use kagi_domain::text::fold;
use maud::html;

use super::{Group, Spot};

/// A page by its name; the words are what else people call it.
struct Place(&'static str, &'static str, &'static str, Icon);

/// The most wanted first: with nothing typed only the first few are shown.
const PLACES: [Place; 19] = [
    Place("Overview", "home start dashboard", "/", icondata_lu::LuLayoutDashboard),
    Place("Keys", "categories secrets", "/keys", icondata_lu::LuKeyRound),
    Place("New category", "add key make", "/keys/new", icondata_lu::LuPlus),
    Place("Env files", "projects dotenv environment ai generate", "/envs", icondata_lu::LuFileLock2),
    Place("New env project", "add file dotenv make", "/envs/new", icondata_lu::LuPlus),
    Place("Import a .env file", "dotenv paste upload", "/import", icondata_lu::LuImport),
    Place("2FA recovery codes", "two factor backup mfa", "/2fa", icondata_lu::LuShieldCheck),
    Place("New recovery set", "add 2fa codes make", "/2fa/new", icondata_lu::LuPlus),
    Place("Access keys", "settings api tokens", "/settings/access-keys", icondata_lu::LuSettings),
    Place("New access key", "settings api token add make", "/settings/access-keys/new", icondata_lu::LuPlus),
    Place("Activity", "settings audit trail log", "/settings/activity", icondata_lu::LuSettings),
    Place("Profile", "settings account name e-mail", "/settings/profile", icondata_lu::LuSettings),
    Place("Password", "settings change", "/settings/password", icondata_lu::LuSettings),
    Place("Sessions", "settings devices signed in", "/settings/sessions", icondata_lu::LuSettings),
    Place("Keycloak", "settings sso single sign-on link", "/settings/keycloak", icondata_lu::LuSettings),
    Place("Encryption", "settings algorithm fingerprint", "/settings/encryption", icondata_lu::LuSettings),
    Place("Export", "settings metadata download", "/settings/export", icondata_lu::LuSettings),
    Place("Delete data or account", "settings danger remove", "/settings/delete", icondata_lu::LuSettings),
    Place("API reference", "docs documentation rest openapi", "/api/docs", icondata_lu::LuBookOpen),
];

/// The pages that a text names, at most so many: each of its words begins one of the page's words.
pub(crate) fn places(search: &str, most: usize) -> Group {
    let wanted = fold(search);
    let is_called = |place: &&Place| {
        let words = fold(&format!("{} {}", place.0, place.1));
        let begins = |start: &str| words.split([' ', '-']).any(|word| word.starts_with(start));
        wanted.split_whitespace().all(begins)
    };
    let spots = PLACES.iter().filter(is_called).take(most).map(|place| Spot {
        picture: place.3,
        title: place.0.to_owned(),
        about: html! {},
        href: place.2.to_owned(),
    });
    Group { label: "Pages", spots: spots.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_by_what_people_call_them() {
        let found = |search: &str| -> Vec<String> {
            places(search, 20).spots.into_iter().map(|spot| spot.href).collect()
        };
        assert_eq!(found("env files"), ["/envs"]);
        assert_eq!(found("audit"), ["/settings/activity"]);
        assert_eq!(found(" NEW  key "), ["/keys/new", "/settings/access-keys/new"]);
        assert_eq!(found("settings pass"), ["/settings/password"]);
        assert!(found("nothing-like-this").is_empty());
        assert_eq!(found("").len(), PLACES.len());
        assert_eq!(places("", 8).spots.len(), 8);
    }
}
