//! A menu behind three dots.

use maud::{Markup, html};

use crate::web::part::icon;

/// What can be done besides. It opens without script, one at a time; the script closes it again. `label`
/// is what the button says to those who hear it; `items` are links, and forms of one button.
pub(crate) fn more(label: &str, items: &Markup) -> Markup {
    html! {
        details.more name="more" {
            summary.button.quiet.square { (icon(icondata_lu::LuEllipsis)) span.visually-hidden { (label) } }
            div.menu { (items) }
        }
    }
}
