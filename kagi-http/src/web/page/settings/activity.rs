//! The audit trail, with a filter.

use kagi_domain::{
    access::{ActorKind, ActorStamp},
    audit::{Action, AuditEvent, AuditResult, Target, TargetKind},
    paging::{Cursor, Page},
    time::Timestamp,
};
use maud::{Markup, html};

use super::action::{GROUPS, phrase};
use crate::web::part::{Field, Form, field::notice, next::escape, words};

/// The fields of the filter, as the address spells them.
pub(crate) const FIELDS: [&str; 3] = ["action", "since", "until"];

/// The page. There are no events when the filter was refused; `first` says that no page comes before.
pub(crate) fn page(events: Option<&Page<AuditEvent>>, form: &Form, first: bool, now: Timestamp) -> Markup {
    html! {
        h1 { "Activity" }
        p.lead { "What happened in your vault and to your account, newest first: every change, every reveal, every sign-in, and what was refused." }
        (filter(form))
        div id="results" {
            (notice(form, &["since", "until"]))
            @if let Some(events) = events { (results(events, form, first, now)) }
        }
    }
}

fn filter(form: &Form) -> Markup {
    let chosen = form.value("action");
    html! {
        form.filter method="get" action="/settings/activity" data-live="results" {
            div.field {
                label for="f-action" { "What" }
                select id="f-action" name="action" {
                    option value="" { "Everything" }
                    @for (label, actions) in GROUPS {
                        optgroup label=(label) { @for action in actions {
                            option value=(action) selected[action.as_str() == chosen] { (phrase(*action)) }
                        } }
                    }
                }
            }
            (Field::new(form, "since", "From").unmarked().input("date"))
            (Field::new(form, "until", "To").unmarked().input("date"))
            div.actions { button { "Filter" } a.button.quiet href="/settings/activity" { "Show all" } }
        }
    }
}

fn results(events: &Page<AuditEvent>, form: &Form, first: bool, now: Timestamp) -> Markup {
    html! {
        @if events.items.is_empty() { p.nothing role="status" { "Nothing of that kind happened." } }
        @else { ol.events { @for event in &events.items { (row(event, now)) } } }
        (pages(form, first, events.next.as_ref()))
    }
}

fn row(event: &AuditEvent, now: Timestamp) -> Markup {
    html! {
        li.event {
            div.what {
                strong { (phrase(event.action)) }
                @match event.result {
                    AuditResult::Ok => {}
                    AuditResult::Denied => span.badge.expiring { "refused" },
                    AuditResult::Failed => span.badge.expired { "failed" },
                }
                @if let Some(target) = &event.target { (on(event.action, target)) }
            }
            div.who { (who(&event.actor)) }
            div.when { (words::when(event.created_at, now)) }
            p.from.soft {
                @if let Some(ip) = event.ip { "from " (ip) ", " }
                span.request { "request " code { (event.request_id) } }
            }
        }
    }
}

fn who(actor: &ActorStamp) -> Markup {
    html! {
        @match actor.kind {
            ActorKind::Session => { (actor.name) span.soft { " in a browser" } }
            ActorKind::AccessKey => { span.soft { "access key " } (actor.name) }
            ActorKind::System => { (actor.name) span.soft { " outside a session" } }
        }
    }
}

/// The way to what it was done to, unless that is gone by it.
fn on(action: Action, target: &Target) -> Markup {
    let id = &target.id;
    let gone = matches!(action, Action::CategoryDelete | Action::EntryDelete | Action::TwoFactorDelete);
    let there = match target.kind {
        _ if gone => None,
        TargetKind::Category => Some(("category", format!("/keys/{id}"))),
        TargetKind::Entry => Some(("entry", format!("/entries/{id}/reveal"))),
        TargetKind::EntryVersion => {
            id.split_once('/').map(|(id, _)| ("entry", format!("/entries/{id}/reveal")))
        }
        TargetKind::TwoFactor => Some(("set", format!("/2fa/{id}"))),
        TargetKind::EnvProject
        | TargetKind::EnvFile
        | TargetKind::EnvFileVersion
        | TargetKind::AccessKey
        | TargetKind::User
        | TargetKind::Session
        | TargetKind::Scope => None,
    };
    html! {
        @if target.kind == TargetKind::Scope { span.soft { "without " code { (id) } } }
        @else if let Some((what, path)) = there { a href=(path) title=(id) { "Go to the " (what) } }
    }
}

/// The way to the pages before and after, under the same filter.
fn pages(form: &Form, first: bool, next: Option<&Cursor>) -> Markup {
    let query: Vec<String> =
        FIELDS.iter().map(|name| format!("{name}={}", escape(form.value(name)))).collect();
    let path = format!("/settings/activity?{}", query.join("&"));
    html! {
        @if !first || next.is_some() {
            nav.pager aria-label="Pages" {
                @if !first { a.button href=(path) { "Back to the newest" } }
                @if let Some(next) = next { a.button rel="next" href={ (path) "&cursor=" (next.encode()) } { "Older" } }
            }
        }
    }
}
