//! A file in its project: closed, or in the editor.

use kagi_domain::{
    dotenv::Target,
    model::env_project::{EnvFile, FileType},
    time::Timestamp,
};
use maud::{Markup, html};

use crate::web::{
    page::envs::file_path,
    part::{icon, more, words::when},
};

/// A file that stays closed: what is known about it, and what can be done.
pub(crate) fn closed(file: &EnvFile, now: Timestamp) -> Markup {
    let path = file_path(file.project, file.file_type);
    let name = file.file_type.file_name();
    html! {
        p.file-facts data-file-version=(file.version) data-file=(file.id) {
            a href={ (path) "/history" } { "version " (file.version) span.visually-hidden { ": history of " (name) } }
            span { (bytes(file.size)) }
            span { "saved " (when(file.updated_at, now)) }
        }
        div.closed-file {
            div.acts {
                form method="post" action={ (path) "/open" } { button.primary { (icon(icondata_lu::LuLockOpen)) "Reveal to edit" } }
                form method="post" action={ (path) "/open?generate=yes" } { button { (icon(icondata_lu::LuSparkles)) "AI generate" } }
                button type="button" data-copy-file={ (path) "/download" } data-said={ "Copied " (name) "." } hidden {
                    (icon(icondata_lu::LuCopy)) "Copy" span.visually-hidden { " " (name) " without showing it" }
                }
                form method="post" action={ (path) "/download" } { button { (icon(icondata_lu::LuDownload)) "Download" } }
                (more(&format!("More for {name}"), &html! {
                    a href={ (path) "/history" } { (icon(icondata_lu::LuHistory)) "History" }
                    form method="post" action={ (path) "/import" } { button { (icon(icondata_lu::LuImport)) "Import its keys…" } }
                    (targets(&path))
                    a.gone href={ (path) "/delete" } data-ask { (icon(icondata_lu::LuTrash2)) "Delete…" }
                }))
            }
        }
        p.hint { "Encrypted. Revealing, copying and downloading are written down in the audit trail; AI generate reveals the file too, to bring variables into it." }
    }
}

/// A file that is not there yet: the editor makes it.
pub(crate) fn absent(file_type: FileType, editor: &Markup) -> Markup {
    html! {
        p.file-facts { "There is no " (file_type.file_name()) " yet. Write or paste it; it is kept byte for byte as you save it." }
        (editor)
    }
}

/// A file in the editor.
pub(crate) fn open(file: &EnvFile, now: Timestamp, editor: &Markup) -> Markup {
    html! {
        p.file-facts {
            strong data-editing-version { "version " (file.version) }
            span { "saved " (when(file.updated_at, now)) }
            span { "open: that you looked is written down in the audit trail" }
        }
        (editor)
    }
}

/// Downloads for one reader each.
fn targets(path: &str) -> Markup {
    html! {
        p.label { "Download for" }
        form method="post" action={ (path) "/download" } { @for target in Target::ALL {
            button name="target" value=(target.as_str()) { (icon(icondata_lu::LuDownload)) (reader(target)) }
        } }
    }
}

/// A target in words.
pub(crate) fn reader(target: Target) -> &'static str {
    match target {
        Target::Portable => "any parser",
        Target::Compose => "Docker Compose",
        Target::Next => "Next.js or Vite",
        Target::Node => "Node.js (dotenv)",
        Target::Python => "Python (python-dotenv)",
        Target::Dotenvy => "Rust (dotenvy)",
        Target::Shell => "a shell",
        Target::DockerRun => "docker run --env-file",
    }
}

/// A size as people read it.
pub(crate) fn bytes(size: u32) -> String {
    match size {
        1 => "1 byte".to_owned(),
        0..1024 => format!("{size} bytes"),
        _ => format!("{}.{} KiB", size / 1024, size % 1024 * 10 / 1024),
    }
}
