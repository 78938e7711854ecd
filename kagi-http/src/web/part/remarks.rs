//! What there is to say about the lines of a file.

use kagi_domain::dotenv::{Code, Diagnostic};
use maud::{Markup, html};

use crate::web::part::words::counted;

/// More are counted, not told: each is a line of the page.
const TOLD: usize = 200;

/// The list; the script takes the lines to mark out of it. What is of the whole text, line ends and the byte order mark, is
/// shown elsewhere.
pub(crate) fn list(found: &[Diagnostic]) -> Markup {
    let of_lines = |each: &&Diagnostic| !matches!(each.code, Code::Bom | Code::Crlf | Code::LoneCr);
    let found: Vec<&Diagnostic> = found.iter().filter(of_lines).collect();
    let more = found.len().saturating_sub(TOLD);
    html! {
        section.remarks id="remarks" aria-labelledby="remarks-title" {
            h2 id="remarks-title" {
                @if found.is_empty() { "No remarks: every parser reads this alike" }
                @else { (counted(found.len() as u64, "remark", "remarks")) }
            }
            @if !found.is_empty() {
                ol.list { @for each in found.iter().take(TOLD) { (remark(each)) } }
                @if more > 0 { p.hint { "And " (more) " more below line " (found.get(TOLD).map_or(0, |each| each.line)) "." } }
            }
        }
    }
}

fn remark(each: &Diagnostic) -> Markup {
    let weight = if is_bad(each.code) { "bad" } else { "odd" };
    html! {
        li class=(weight) data-line=(each.line) {
            a href="#f-content" { "Line " (each.line) }
            span { (each.code) }
        }
    }
}

/// Whether some parser loses something, refuses the file or runs it, whatever the value.
fn is_bad(code: Code) -> bool {
    matches!(
        code,
        Code::DuplicateKey(_)
            | Code::InvalidName
            | Code::NotAnAssignment
            | Code::UnterminatedQuote
            | Code::Execution
    )
}
