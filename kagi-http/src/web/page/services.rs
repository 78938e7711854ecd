//! Starting a category from a well-known service.

use kagi_domain::catalogue::{self, AREAS, Service};
use maud::{Markup, html};

use crate::web::part::{live, search_form, service_tile, words::counted};

/// Services with a picture: the pictures weigh the most of the page.
const SHOWN: usize = 11;
/// Those that an empty vault and a blank search show first.
const FIRST: [&str; SHOWN] = [
    "openai",
    "anthropic",
    "aws",
    "stripe",
    "github",
    "postgresql",
    "supabase",
    "cloudflare",
    "google-maps",
    "redis",
    "sentry",
];
/// How many of them an empty vault shows.
const IN_AN_EMPTY_VAULT: usize = 6;

/// A search over the catalogue; each service leads to the form, filled in for it.
pub(crate) fn picker(search: &str) -> Markup {
    html! {
        section.picker aria-labelledby="pick" {
            h2 id="pick" { "Start from a service" }
            (search_form("/keys/new", search, "Search services", "Name, variable or purpose"))
            div id="results" { (results(search)) }
        }
        h2 { "Or describe your own" }
    }
}

fn results(search: &str) -> Markup {
    if search.trim().is_empty() {
        return html! { (cards(first_services())) (all()) };
    }
    let found = catalogue::search(search);
    let more = found.len().saturating_sub(SHOWN);
    html! {
        @if found.is_empty() { (live::nothing(&format!("No service matches “{search}”."), &html! { "Describe it below." })) }
        @else { (live::count(&counted(found.len() as u64, "service", "services"))) }
        (cards(found.into_iter().take(SHOWN)))
        @if more > 0 { p.hint { "And " (more) " more: type on to narrow them down." } }
    }
}

/// The first few, for an empty vault.
pub(crate) fn first() -> Markup {
    cards(first_services().take(IN_AN_EMPTY_VAULT))
}

fn first_services() -> impl Iterator<Item = &'static Service> {
    FIRST.iter().filter_map(|slug| catalogue::find(slug))
}

fn cards(services: impl Iterator<Item = &'static Service>) -> Markup {
    html! { ul.services { @for service in services { li { (card(service)) } } } }
}

fn card(service: &Service) -> Markup {
    let names = service.names();
    html! {
        a.service href=(path(service)) {
            (service_tile(service))
            span.title { (service.name) }
            span.names {
                @for name in names.iter().take(1) { code { (name) } }
                @if names.len() > 1 { span { "and " (names.len() - 1) " more" } }
            }
        }
    }
}

/// Every service by its name, for those who would rather look than search.
fn all() -> Markup {
    html! {
        details.all {
            summary { "All " (catalogue::all().count()) " services" }
            div.areas {
                @for area in &AREAS {
                    section {
                        h3 { (area.name) }
                        ul { @for service in area.services { li { a href=(path(service)) { (service.name) } } } }
                    }
                }
            }
        }
    }
}

fn path(service: &Service) -> String {
    format!("/keys/new?service={}", service.slug)
}

/// What was picked, and where its key is found. It has the focus: the form follows it.
pub(crate) fn picked(service: &Service) -> Markup {
    html! {
        div.picked tabindex="-1" autofocus {
            (service_tile(service))
            div {
                p { "Filled in for " strong { (service.name) } ". Look it over, then make the category." }
                p.soft { "Where to find its key: " (service.found) }
            }
            a.button href="/keys/new" { "Choose another" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_services_are_there() {
        assert_eq!(first_services().count(), FIRST.len());
    }
}
