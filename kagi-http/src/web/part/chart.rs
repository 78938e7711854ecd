//! Small charts in SVG. They are decorative: the same numbers stand beside them as text. Their colours
//! come from the stylesheet, by the class of each part.

use maud::{Markup, html};

/// A ring's length, in the parts that its slices are counted in.
const ROUND: u64 = 1000;
/// The gap between two slices.
const GAP: u64 = 8;

/// One part of a whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    /// Its class, which gives it its colour.
    pub(crate) class: &'a str,
    /// What it is called.
    pub(crate) label: &'a str,
    /// How many.
    pub(crate) count: u64,
}

/// The part's share of a whole in so many pieces, rounded to the nearest; none of nothing.
fn share(count: u64, whole: u64, pieces: u64) -> u64 {
    count.saturating_mul(pieces).saturating_add(whole / 2).checked_div(whole).unwrap_or(0)
}

fn sum(parts: &[Part<'_>]) -> u64 {
    parts.iter().fold(0, |sum, part| sum.saturating_add(part.count))
}

/// A ring of slices, clockwise from the top, with a table of the same numbers.
pub(crate) fn ring(title: &str, parts: &[Part<'_>]) -> Markup {
    let whole = sum(parts);
    let apart = parts.iter().filter(|part| part.count > 0).count() > 1;
    let mut end = 0;
    let slices = parts.iter().map(|part| {
        let (start, length) = (end, share(part.count, whole, ROUND));
        end += length;
        (part, start, length.saturating_sub(if apart { GAP } else { 0 }))
    });
    html! {
        figure.card.chart {
            figcaption { h2 { (title) } }
            svg.ring aria-hidden="true" viewBox="0 0 40 40" {
                circle.track cx="20" cy="20" r="16" {}
                @for (part, start, length) in slices.filter(|(_, _, length)| *length > 0) {
                    circle class={ "slice " (part.class) } cx="20" cy="20" r="16" pathLength=(ROUND)
                        stroke-dasharray={ (length) " " (ROUND - length) } stroke-dashoffset={ "-" (start) }
                        transform="rotate(-90 20 20)" {}
                }
            }
            (numbers(parts, false))
        }
    }
}

/// A bar for each part, with its number.
pub(crate) fn bars(title: &str, parts: &[Part<'_>]) -> Markup {
    html! {
        figure.card.chart.broad {
            figcaption { h2 { (title) } }
            (numbers(parts, true))
        }
    }
}

fn numbers(parts: &[Part<'_>], bars: bool) -> Markup {
    let whole = sum(parts);
    html! {
        dl.numbers {
            @for part in parts {
                div {
                    dt { @if !bars { (swatch(part.class)) } (part.label) }
                    @if bars { (bar(part, whole)) }
                    dd { strong { (part.count) } " " span.soft { (share(part.count, whole, 100)) " %" } }
                }
            }
        }
    }
}

fn bar(part: &Part<'_>, whole: u64) -> Markup {
    html! {
        dd.drawn aria-hidden="true" {
            svg.bar-line viewBox="0 0 100 6" preserveAspectRatio="none" {
                rect.track width="100" height="6" {}
                rect class={ "fill " (part.class) } width=(share(part.count, whole, 100)) height="6" {}
            }
        }
    }
}

fn swatch(class: &str) -> Markup {
    html! { svg.key aria-hidden="true" viewBox="0 0 10 10" { rect class={ "fill " (class) } width="10" height="10" rx="2" {} } }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn part(class: &'static str, count: u64) -> Part<'static> {
        Part { class, label: class, count }
    }

    #[test]
    fn shares_are_rounded_and_nothing_is_no_share() {
        assert_eq!([share(1, 3, 100), share(2, 3, 100), share(0, 3, 100), share(0, 0, 100)], [33, 67, 0, 0]);
        assert_eq!(share(u64::MAX, u64::MAX, 100), 1, "far beyond any vault it is wrong, not a panic");
    }

    #[test]
    fn slices_follow_each_other_round_the_ring() {
        let drawn = ring("Types", &[part("a", 3), part("b", 0), part("c", 1)]).into_string();
        assert!(
            drawn.contains(r#"class="slice a""#) && drawn.contains(r#"stroke-dasharray="742 258""#),
            "{drawn}"
        );
        assert!(drawn.contains(r#"stroke-dasharray="242 758" stroke-dashoffset="-750""#), "{drawn}");
        assert!(!drawn.contains(r#"class="slice b""#), "an empty kind has no slice");
        let whole = ring("Types", &[part("a", 7)]).into_string();
        assert!(whole.contains(r#"stroke-dasharray="1000 0""#), "a single kind has no gap");
    }

    #[test]
    fn every_number_stands_as_text() {
        for drawn in [ring("T", &[part("a", 3), part("b", 1)]), bars("T", &[part("a", 3), part("b", 1)])] {
            let drawn = drawn.into_string();
            for text in [
                "<strong>3</strong> <span class=\"soft\">75 %",
                "<strong>1</strong> <span class=\"soft\">25 %",
            ] {
                assert!(drawn.contains(text), "{drawn}");
            }
        }
    }
}
