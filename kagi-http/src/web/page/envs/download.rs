//! What a reader cannot be given, told before the file is.

use kagi_domain::dotenv::{Rewritten, Target};
use maud::{Markup, html};

use crate::web::{page::envs::file::reader, part::words::counted};

/// The page: what is left out and why, and the way to the file without it.
pub(crate) fn refused(name: &str, path: &str, target: Target, told: &Rewritten) -> Markup {
    let left_out = told.written.refused.len() + told.dropped.len();
    html! {
        h1 { (name) " for " (reader(target)) }
        section.notice role="alert" {
            p {
                (counted(left_out as u64, "line", "lines")) " cannot be written so that " (reader(target)) " reads the same. "
                (counted(told.written.assigned as u64, "variable", "variables")) " can."
            }
        }
        ul.list.left-out {
            @for each in &told.written.refused {
                li { code { (each.name) } span { (each.reason) "." } }
            }
            @for each in &told.dropped {
                li { span.soft { "Line " (each.line) } span { (each.reason) "." } }
            }
        }
        form.sheet method="post" action={ (path) "/download" } {
            input type="hidden" name="target" value=(target.as_str());
            p.hint { "In the file a comment stands in the place of each variable that is left out. The stored file stays as it is." }
            div.actions {
                button.primary name="without" value="yes" { "Download without them" }
                a.button href=(path) { "Cancel" }
            }
        }
    }
}
