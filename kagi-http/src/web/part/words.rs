//! Times in words, with the exact one on hover; numbers of things; and who did something.

use std::time::Duration;

use kagi_domain::{
    access::{ActorKind, ActorStamp},
    time::Timestamp,
};
use maud::{Markup, html};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A `<time>` in words: "3 days ago", "in 5 hours", or the date when it is over a month away.
pub(crate) fn when(at: Timestamp, now: Timestamp) -> Markup {
    let exact = at.to_string();
    html! { time datetime=(exact) title=(exact_words(at)) { (in_words(at, now)) } }
}

/// "3 days ago", "in 5 hours", "just now", or "5 Dec 2026".
pub(crate) fn in_words(at: Timestamp, now: Timestamp) -> String {
    let (ago, ahead) = (now.since(at), at.since(now));
    match (span(ago), span(ahead)) {
        (None, _) | (_, None) => date(at),
        (Some(span), _) if !ago.is_zero() => span.map_or("just now".to_owned(), |span| format!("{span} ago")),
        (_, Some(span)) => span.map_or("now".to_owned(), |span| format!("in {span}")),
    }
}

/// "3 days"; inner `None` below a minute, outer `None` above a month.
#[expect(clippy::option_option, reason = "too short and too long are different answers")]
fn span(span: Duration) -> Option<Option<String>> {
    let count = |n: u64, unit: &str| Some(Some(format!("{n} {unit}{}", if n == 1 { "" } else { "s" })));
    match span.as_secs() {
        0..MINUTE => Some(None),
        seconds @ MINUTE..HOUR => count(seconds / MINUTE, "minute"),
        seconds @ HOUR..DAY => count(seconds / HOUR, "hour"),
        seconds if seconds <= 31 * DAY => count(seconds / DAY, "day"),
        _ => None,
    }
}

/// "5 Dec 2026", in UTC.
pub(crate) fn date(at: Timestamp) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = at.to_string();
    let mut parts = text.split(['-', 'T']);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    let day = day.map(|day| day.trim_start_matches('0'));
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        _ => text,
    }
}

/// "5 Dec 2026, 17:04:05 UTC".
pub(crate) fn exact_words(at: Timestamp) -> String {
    let text = at.to_string();
    let time = text.split(['T', '.']).nth(1).unwrap_or_default();
    format!("{}, {time} UTC", date(at))
}

/// What a date field shows of a time: `2026-12-05`.
pub(crate) fn date_value(at: Timestamp) -> String {
    at.to_string().split('T').next().unwrap_or_default().to_owned()
}

/// "1 entry", "3 entries".
pub(crate) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Who did something: a person, a program by its access key, or somebody beside both.
pub(crate) fn who(actor: &ActorStamp) -> Markup {
    html! {
        @match actor.kind {
            ActorKind::Session => (actor.name),
            ActorKind::AccessKey => { "the access key “" (actor.name) "”" }
            ActorKind::System => { (actor.name) span.soft { " outside a session" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn times_read_like_speech() {
        let now = at("2026-11-23T12:00:00Z");
        for (then, words) in [
            ("2026-11-23T12:00:00Z", "now"),
            ("2026-11-23T11:59:31Z", "just now"),
            ("2026-11-23T11:59:00Z", "1 minute ago"),
            ("2026-11-23T09:30:00Z", "2 hours ago"),
            ("2026-11-20T11:00:00Z", "3 days ago"),
            ("2026-11-28T12:00:00Z", "in 5 days"),
            ("2027-01-05T12:00:00Z", "5 Jan 2027"),
            ("2024-02-29T12:00:00Z", "29 Feb 2024"),
        ] {
            assert_eq!(in_words(at(then), now), words);
        }
        assert_eq!(exact_words(now), "23 Nov 2026, 12:00:00 UTC");
        assert_eq!(date_value(now), "2026-11-23");
    }
}
