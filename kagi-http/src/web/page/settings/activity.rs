//! The activity, with a filter.

use kagi_domain::{
    audit::{Action, AuditEvent, AuditResult, Target, TargetKind},
    paging::Page,
    time::Timestamp,
};
use maud::{Markup, html};

use super::action::{GROUPS, phrase};
use crate::web::part::{Field, Form, field::notice, live, pager, words};

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
            (live::region())
            div.actions { button { "Filter" } a.button.quiet href="/settings/activity" { "Show all" } }
        }
    }
}

fn results(events: &Page<AuditEvent>, form: &Form, first: bool, now: Timestamp) -> Markup {
    html! {
        @if events.items.is_empty() {
            (live::nothing("Nothing of that kind happened.", &html! {}))
        } @else {
            @if first { (live::count(&live::words(events.items.len(), events.next.is_some(), "event", "events"))) }
            ol.events { @for event in &events.items { (row(event, now)) } }
        }
        (pager("/settings/activity", &FIELDS.map(|name| (name, form.value(name))), first, events.next.as_ref()))
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
            div.who { (words::who(&event.actor)) }
            div.when { (words::when(event.created_at, now)) }
            p.from.soft {
                @if let Some(ip) = event.ip { "from " (ip) ", " }
                span.request { "request " code { (event.request_id) } }
            }
        }
    }
}

/// The way to what it was done to, unless that is gone by it. Whether it is there still shows on the way.
fn on(action: Action, target: &Target) -> Markup {
    let id = target.id.split('/').next().unwrap_or_default();
    let gone = matches!(action, Action::CategoryDelete | Action::EntryDelete | Action::TwoFactorDelete);
    let there = match target.kind {
        _ if gone => None,
        TargetKind::Category => Some(("category", "category")),
        TargetKind::Entry | TargetKind::EntryVersion => Some(("entry", "entry")),
        TargetKind::TwoFactor => Some(("recovery-set", "recovery set")),
        TargetKind::EnvProject
        | TargetKind::EnvFile
        | TargetKind::EnvFileVersion
        | TargetKind::AccessKey
        | TargetKind::User
        | TargetKind::Session
        | TargetKind::Scope => None,
    };
    html! {
        @if target.kind == TargetKind::Scope { span.soft { "without " code { (target.id) } } }
        @else if let Some((kind, words)) = there {
            a href={ "/settings/activity/" (kind) "/" (id) } title=(id) { "Go to the " (words) }
        }
    }
}
