//! Small marks: environment, expiry, a sealed value, a name to copy.

use kagi_domain::{model::entry::Environment, services::entries::EXPIRING_WITHIN, time::Timestamp};
use maud::{Markup, html};

use crate::web::part::words;

/// Where a value is used. The louder the mark, the closer to real users.
pub(crate) fn environment(environment: Environment) -> Markup {
    html! { span class={ "badge env-" (environment.as_str()) } { (environment.as_str()) } }
}

/// That a value has expired or soon will; nothing when that is over [`EXPIRING_WITHIN`] away.
pub(crate) fn expiry(at: Option<Timestamp>, now: Timestamp) -> Markup {
    html! {
        @match at {
            Some(at) if at <= now => span.badge.expired { "expired " (words::when(at, now)) },
            Some(at) if at < now.plus(EXPIRING_WITHIN) => span.badge.expiring { "expires " (words::when(at, now)) },
            Some(at) => span.soft { "until " (words::when(at, now)) },
            None => {}
        }
    }
}

/// A value that stays closed: the place where it would stand.
pub(crate) fn sealed() -> Markup {
    html! { span.sealed { "sealed" } }
}

/// A variable's name with a button that copies it; without script the name is all there is.
pub(crate) fn copy_name(name: &str) -> Markup {
    html! {
        span.name { code { (name) }
            button.quiet.tiny type="button" data-copy-text=(name) hidden { "Copy" span.visually-hidden { " the name " (name) } } }
    }
}
