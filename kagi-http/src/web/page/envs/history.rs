//! The versions of a file.

use kagi_domain::{
    model::{
        env_project::{EnvFile, EnvProject},
        version::{VERSIONS_KEPT, VersionListing},
    },
    services::env_projects::RevealedEnvFile,
    time::Timestamp,
};
use maud::{Markup, html};

use crate::web::{
    page::envs::{file_path, project::of},
    part::{Form, field::notice, icon, more, words},
};

/// The page. `form` is a comparison that was refused, or an empty one.
pub(crate) fn history(
    project: &EnvProject,
    file: &EnvFile,
    versions: &[VersionListing],
    form: &Form,
    now: Timestamp,
) -> Markup {
    let path = file_path(file.project, file.file_type);
    html! {
        h1 { "History of " (file.file_type.file_name()) (of(project)) }
        (notice(form, &[]))
        section aria-labelledby="versions" {
            div.bar {
                h2 id="versions" { "Versions" span.soft { " " (versions.len()) } }
                @if versions.len() > 1 {
                    form id="compare" method="post" action={ (path) "/compare" } data-disclose="compared" {
                        button { (icon(icondata_lu::LuColumns2)) "Compare the two marked" }
                    }
                }
            }
            section.compared id="compared" tabindex="-1" aria-label="Comparison" {}
            ol.versions id="history" {
                @for (index, version) in versions.iter().enumerate() {
                    (row(version, &path, marks(versions, form, index), version.number == file.version, now))
                }
            }
        }
        p.hint { "Every save makes a version, sealed on its own; the newest " (VERSIONS_KEPT) " are kept. Restoring makes a new one, so nothing is overwritten." }
    }
}

/// What was marked, or the newest two; nothing when there is only one.
fn marks(versions: &[VersionListing], form: &Form, index: usize) -> Option<[bool; 2]> {
    let number = versions.get(index).filter(|_| versions.len() > 1)?.number.to_string();
    let marked = |side, usual| form.filled(side).map_or(index == usual, |marked| marked == number);
    Some([marked("one", 1), marked("other", 0)])
}

fn row(
    version: &VersionListing,
    path: &str,
    marks: Option<[bool; 2]>,
    current: bool,
    now: Timestamp,
) -> Markup {
    let number = version.number;
    let path = format!("{path}/versions/{number}");
    let hidden = html! { span.visually-hidden { " version " (number) } };
    html! {
        li.version id={ "v-" (number) } {
            @if let Some(marks) = marks { (pick(number, marks)) }
            div.what {
                p { strong { "Version " (number) } @if current { " " span.badge { "current" } } }
                p.soft { (words::when(version.created_at, now)) " by " (words::who(&version.actor)) }
            }
            div.acts {
                @if !current { form method="post" action={ (path) "/restore" } { button.quiet { "Restore" (hidden) } } }
                form method="post" action={ (path) "/reveal" } data-disclose="compared" { button { "Reveal" (hidden) } }
                @if !current {
                    (more(&format!("More for version {number}"), &html! {
                        a.gone href={ (path) "/purge" } data-ask { (icon(icondata_lu::LuTrash2)) "Delete for good…" }
                    }))
                }
            }
        }
    }
}

/// Two columns of marks: what is marked in the one is compared with what is marked in the other.
fn pick(number: u32, [one, other]: [bool; 2]) -> Markup {
    let mark = |side: &str, label: &str, marked: bool| {
        html! {
            label { input type="radio" form="compare" name=(side) value=(number) checked[marked] autocomplete="off";
                span.visually-hidden { (label) " version " (number) } }
        }
    };
    html! { div.pick { (mark("one", "Compare", one)) (mark("other", "with", other)) } }
}

/// A version's text; the script takes what has the id `compared` out of it.
pub(crate) fn version(project: &EnvProject, revealed: &RevealedEnvFile, back: &str) -> Markup {
    html! {
        h1 { (revealed.file_type.file_name()) (of(project)) }
        section.compared id="compared" tabindex="-1" aria-label={ "Version " (revealed.version) } {
            div.section-head {
                h2 { "Version " (revealed.version) }
                a.button.end href=(back) data-hide="compared" { "Hide" }
            }
            // EXPOSE: this is the reveal that the person asked for; the answer is not stored anywhere.
            pre.value.whole data-secret tabindex="0" aria-label={ "Text of version " (revealed.version) } { "\n" (revealed.content.expose()) }
            p.hint { "That you looked is written down in the audit trail." }
        }
    }
}
