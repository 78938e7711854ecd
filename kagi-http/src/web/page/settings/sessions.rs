//! Where the person is signed in.

use kagi_domain::{
    model::user::{ListedSession, UserAgent},
    paging::Page,
    time::Timestamp,
};
use maud::{Markup, html};

use super::device::device;
use crate::web::part::{pager, words};

/// The page. `first` says that no page comes before this one.
pub(crate) fn page(page: &Page<ListedSession>, first: bool, now: Timestamp) -> Markup {
    let others = page.next.is_some() || !first || page.items.iter().any(|listed| !listed.current);
    html! {
        div.head {
            h1 { "Sessions" }
            @if others { form method="post" action="/settings/sessions/end-others" { button { "End all others" } } }
        }
        p.lead { "Each browser in which you are signed in. End what you do not know, then change your password." }
        ul.rows { @for listed in &page.items { (row(listed, now)) } }
        (pager("/settings/sessions", &[], first, page.next.as_ref()))
    }
}

fn row(listed: &ListedSession, now: Timestamp) -> Markup {
    let session = &listed.session;
    let device = device(session.user_agent.as_ref());
    html! {
        li.row.session {
            div.what {
                strong title=[session.user_agent.as_ref().map(UserAgent::as_str)] { (device) }
                @if listed.current { span.badge.this { "this one" } }
            }
            div.about { "Last seen " (words::when(session.last_seen_at, now)) }
            div.when.soft { "signed in " (words::when(session.created_at, now)) }
            @if !listed.current {
                form method="post" action={ "/settings/sessions/" (session.id) "/end" } {
                    button.quiet { "End" span.visually-hidden { " the session of " (device) } }
                }
            }
        }
    }
}
