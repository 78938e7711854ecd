//! Somebody saved in between: both texts, and the editor to bring them together in.

use kagi_domain::{
    secret::SecretText,
    services::env_projects::{EditBase, RevealedEnvFile},
};
use maud::{Markup, html};

use crate::web::page::envs::difference::{Pair, Words};

/// The page. `base` is what the person began with, `theirs` what is there now, `mine` what they typed;
/// the editor holds `mine` and is based on `theirs`.
pub(crate) fn conflict(
    name: &str,
    base: EditBase,
    theirs: Option<&RevealedEnvFile>,
    mine: &SecretText,
    editor: &Markup,
) -> Markup {
    html! {
        section.notice id="conflict" role="alert" tabindex="-1" {
            h2 { (name) " was changed in the meantime" }
            @match theirs {
                Some(theirs) if base.file.is_some_and(|file| file != theirs.id) => p {
                    "You began with " (began(base)) " of a file that was deleted since, and it was made again: version " (theirs.version)
                    " of the new one is there now. Nothing is lost: your text is in the editor, not saved yet; theirs stands below it. "
                    "Bring together what you want to keep, then save."
                },
                Some(theirs) => p {
                    "You began with " (began(base)) ", and version " (theirs.version) " was saved since. Nothing is lost: your text is in the "
                    "editor, not saved yet; theirs stands below it. Bring together what you want to keep, then save."
                },
                None => p {
                    "You began with " (began(base)) ", and the file was deleted since. Nothing is lost: your text is in the editor. "
                    "Saving makes the file again."
                },
            }
        }
        (editor)
        @if let Some(theirs) = theirs { (both(theirs, mine)) }
    }
}

fn began(base: EditBase) -> Markup {
    html! { @match base.version {
        0 => "no file",
        u32::MAX => "another version",
        version => { "version " (version) }
    } }
}

fn both(theirs: &RevealedEnvFile, mine: &SecretText) -> Markup {
    let side = format!("version {}", theirs.version);
    let pair = Pair {
        before: (&side, &theirs.content),
        after: ("your text", mine),
        words: Words::SideBySide,
        shown: true,
    };
    html! {
        section.compared aria-labelledby="differences" data-secret {
            div.section-head { h2 id="differences" { "Where they differ" } }
            (pair.draw())
        }
        section.section aria-labelledby="theirs-title" {
            div.section-head {
                h2 id="theirs-title" { "Version " (theirs.version) ", which is there now" }
                button.end type="button" data-take data-script hidden { "Put it into the editor" }
            }
            // EXPOSE: both texts are what the person needs to go on; the answer is not stored anywhere.
            pre.value.whole id="theirs" data-secret tabindex="0" aria-labelledby="theirs-title" { "\n" (theirs.content.expose()) }
        }
    }
}
