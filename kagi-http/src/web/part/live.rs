//! How many a search has found, said aloud while one types.

use maud::{Markup, html};

/// What says it. It stays on the page while the results under it are replaced, because screen readers
/// listen only to what was there before; the script fills it from the fresh [`count`].
pub(crate) fn region() -> Markup {
    html! { p.visually-hidden data-live-said role="status" {} }
}

/// How many there are, above the results.
pub(crate) fn count(words: &str) -> Markup {
    html! { p.count data-live-count { (words) } }
}

/// That there are none, and what to do.
pub(crate) fn nothing(words: &str, more: &Markup) -> Markup {
    html! { p.nothing { span data-live-count { (words) } " " (more) } }
}

/// The words of [`count`] for a page of a list, `more` of which follow.
pub(crate) fn words(shown: usize, more: bool, one: &str, many: &str) -> String {
    let counted = crate::web::part::words::counted(shown as u64, one, many);
    if more { format!("The first {counted}") } else { counted }
}
