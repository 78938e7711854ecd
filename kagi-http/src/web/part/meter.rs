//! How much is left of a number of things, as a strip that is cut off piece by piece.

use std::fmt::Write;

use maud::{Markup, html};

/// The strip's size in its own units; the stylesheet says how large it is shown.
const LONG: f64 = 100.0;
const HIGH: f64 = 8.0;

/// A strip of `total` pieces of which `left` are there. `words` say the same.
pub(crate) fn meter(left: usize, total: usize, low: bool, words: &str) -> Markup {
    let used = total.saturating_sub(left);
    html! {
        div.meter.low[low] role="meter" aria-label="Codes left" aria-valuemin="0" aria-valuemax=(total)
            aria-valuenow=(left) aria-valuetext=(words) {
            svg aria-hidden="true" viewBox={ "0 0 " (LONG) " " (HIGH) } preserveAspectRatio="none" {
                path.gone d=(pieces(0, used, total)) {}
                path.left d=(pieces(used, total, total)) {}
            }
        }
    }
}

/// The outline of some of a strip's pieces.
fn pieces(from: usize, to: usize, total: usize) -> String {
    let mut path = String::new();
    // At most a hundred pieces: every number is exact.
    let piece = LONG / f64::from(u16::try_from(total.max(1)).unwrap_or(u16::MAX));
    let gap = (piece * 0.2).min(1.2);
    for index in from..to {
        let start = piece * f64::from(u16::try_from(index).unwrap_or(u16::MAX));
        // Writing to a string cannot fail.
        let _ = write!(path, "M{start:.2} 0h{:.2}v{HIGH}H{start:.2}z", piece - gap);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_has_as_many_pieces_as_there_are() {
        assert_eq!(pieces(0, 2, 4), "M0.00 0h23.80v8H0.00zM25.00 0h23.80v8H25.00z");
        let drawn = meter(1, 10, true, "1 of 10 left").into_string();
        assert!(drawn.contains("aria-valuenow=\"1\"") && drawn.contains("class=\"meter low\""));
        let (gone, left) = drawn.split_once("class=\"left\"").unwrap();
        assert_eq!((gone.matches('M').count(), left.matches('M').count()), (9, 1));
        assert!(meter(0, 0, true, "").into_string().contains("d=\"\""), "nothing is no mistake");
    }
}
