//! Settings: access keys.

use kagi_domain::{
    access::{ProjectLimit, Scope},
    model::access_key::{AccessKey, IssuedAccessKey},
    paging::Page,
    text::ProjectName,
    time::Timestamp,
};
use maud::{Markup, html};

use crate::web::part::{
    Field, Form,
    field::{Again, choices, notice},
    icon, pager, words,
};

/// The list.
pub(crate) fn list(page: &Page<AccessKey>, first: bool, now: Timestamp) -> Markup {
    html! {
        div.head {
            h1 { "Access keys" }
            a.button.primary href="/settings/access-keys/new" { (icon(icondata_lu::LuPlus)) "New access key" }
        }
        p.lead { "An access key lets a program use the REST API: " code { "Authorization: Bearer kagi_…" } ". It does only what you tick, and never manages keys or accounts." }
        @if page.items.is_empty() { p.nothing { "There are no access keys." } }
        @else { ul.rows { @for key in &page.items { (row(key, now)) } } }
        (pager("/settings/access-keys", &[], first, page.next.as_ref()))
    }
}

fn row(key: &AccessKey, now: Timestamp) -> Markup {
    let expired = key.expires_at.is_some_and(|at| at <= now);
    html! {
        li.row {
            div.what { strong { (key.name) } code { (key.prefix) "…" } }
            div.about {
                p { (in_words(key)) }
                p.soft { (reach(&key.projects)) }
            }
            div.when {
                @match key.expires_at {
                    Some(at) if expired => span.badge.expired { "expired " (words::when(at, now)) },
                    Some(at) => span { "expires " (words::when(at, now)) },
                    None => span.soft { "never expires" },
                }
                span.soft { @match key.last_used_at { Some(at) => { "used " (words::when(at, now)) } None => "never used" } }
            }
            a.button.quiet href={ "/settings/access-keys/" (key.id) "/revoke" } data-ask { "Revoke" span.visually-hidden { " " (key.name) } }
        }
    }
}

fn in_words(key: &AccessKey) -> String {
    if key.scopes.len() == Scope::ALL.len() {
        return "May do everything an access key can.".to_owned();
    }
    let words: Vec<&str> = key.scopes.iter().map(|scope| phrase(*scope)).collect();
    format!("May {}.", words.join("; "))
}

fn reach(projects: &ProjectLimit) -> String {
    match projects {
        ProjectLimit::All => "All projects".to_owned(),
        ProjectLimit::Only(names) => {
            let names: Vec<&str> = names.iter().map(ProjectName::as_str).collect();
            format!("Only {}", names.join(", "))
        }
    }
}

/// What a scope lets a program do.
const fn phrase(scope: Scope) -> &'static str {
    match scope {
        Scope::CategoriesRead => "see categories",
        Scope::CategoriesWrite => "change categories",
        Scope::EntriesRead => "see entries",
        Scope::EntriesWrite => "change entries",
        Scope::EntriesReveal => "reveal values",
        Scope::TwoFactorRead => "see recovery sets",
        Scope::TwoFactorWrite => "change recovery sets",
        Scope::TwoFactorReveal => "reveal recovery codes",
        Scope::EnvsRead => "see env files",
        Scope::EnvsWrite => "change env files",
        Scope::EnvsReveal => "reveal env files",
        Scope::StatsRead => "see totals",
        Scope::ExportRead => "export metadata",
        Scope::AiExtract => "ask for an env file in plain words",
        Scope::AuditRead => "see your activity",
    }
}

const GROUPS: [(&str, &[Scope]); 5] = [
    ("Categories", &[Scope::CategoriesRead, Scope::CategoriesWrite]),
    ("Entries", &[Scope::EntriesRead, Scope::EntriesWrite, Scope::EntriesReveal]),
    ("Recovery codes", &[Scope::TwoFactorRead, Scope::TwoFactorWrite, Scope::TwoFactorReveal]),
    ("Env files", &[Scope::EnvsRead, Scope::EnvsWrite, Scope::EnvsReveal]),
    ("More", &[Scope::StatsRead, Scope::ExportRead, Scope::AiExtract, Scope::AuditRead]),
];

/// The form. `again` asks whether it is still them.
pub(crate) fn form(form: &Form, again: Option<&Again>) -> Markup {
    html! {
        h1 { "New access key" }
        (notice(form, &["name", "scopes", "projects", "expiresAt", "password"]))
        form.sheet method="post" action="/settings/access-keys/new" data-guard {
            (Field::new(form, "name", "Name").hint("What uses it, such as “CI of Blog”.").input("text"))
            (choices(form, "scopes", "It may", None, &scopes(form)))
            (Field::new(form, "projects", "Only these projects, one per line").optional().hint("Empty means all projects.").area(2))
            (Field::new(form, "expiresAt", "Expires on").optional().hint("The last day on which it works, in UTC.").input("date"))
            @if let Some(again) = again { (again.draw(form)) }
            div.actions { button.primary { "Make access key" } a.button href="/settings/access-keys" { "Cancel" } }
        }
    }
}

fn scopes(form: &Form) -> Markup {
    html! {
        div.scopes { @for (label, scopes) in GROUPS {
            fieldset { legend { (label) } @for scope in scopes {
                label.choice {
                    input type="checkbox" name="scopes" value=(scope) checked[form.all("scopes").any(|ticked| ticked == scope.as_str())];
                    span { (phrase(*scope)) " " code.soft { (scope) } }
                }
            } }
        } }
    }
}

/// The fresh key, this once.
pub(crate) fn issued(issued: &IssuedAccessKey) -> Markup {
    html! {
        h1 { "Your new access key" }
        p.lead { "Copy it now. Kagi keeps only a fingerprint of it, so " strong { "it cannot be shown again" } "." }
        div.sheet.opened {
            p { strong { (issued.access_key.name) } }
            div.cell {
                // EXPOSE: this is the one time that the key is shown.
                pre.value id="new-key" data-secret tabindex="0" aria-label="Access key" { (issued.token.expose()) }
                button.primary type="button" data-copy-from="new-key" hidden { "Copy" }
            }
        }
        p { a.button href="/settings/access-keys" { "Done" } }
    }
}
