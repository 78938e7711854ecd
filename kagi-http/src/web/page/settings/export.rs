//! The vault's metadata as a file.

use maud::{Markup, html};

/// The page.
pub(crate) fn page() -> Markup {
    html! {
        h1 { "Export" }
        p.lead { "A JSON file of what your vault contains, to look through or to compare. That you took one is written down in your activity." }
        div.sheet {
            p { strong { "In it: " } "your categories with their entries, projects, environments, expiry dates, descriptions and notes; recovery sets with their services, labels and which codes were used; env projects with the names, sizes and versions of their files." }
            p { strong { "Not in it: " } "any value, recovery code, content of a file, password or access key. It is no backup: nothing can be restored from it." }
            div.actions { a.button.primary href="/settings/export/file" { "Download the export" } }
        }
    }
}
