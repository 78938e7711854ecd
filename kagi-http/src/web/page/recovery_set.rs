//! One recovery set: how many codes are left, one of them when it is asked for, and which were used.

use kagi_domain::{
    model::recovery_set::{CodeUse, RecoverySet},
    services::recovery_sets::RevealedCode,
    time::Timestamp,
};
use maud::{Markup, html};

use crate::web::{
    page::recovery_sets::{left, low_badge},
    part::{Form, field::notice, icon, meter, words},
};

/// The page. `form` says why a code was refused; `revealed` is the code that was asked for.
pub(crate) fn set(set: &RecoverySet, form: &Form, revealed: Option<&RevealedCode>, now: Timestamp) -> Markup {
    let path = format!("/2fa/{}", set.id);
    html! {
        header.subject.recovery-subject {
            div {
                h1 { (set.service) }
                @if let Some(label) = &set.label { p.soft { (label) } }
            }
            div.actions {
                a.button href={ (path) "/edit" } { (icon(icondata_lu::LuPencil)) "Edit" }
                a.button href={ (path) "/delete" } data-ask { (icon(icondata_lu::LuTrash2)) "Delete" }
            }
        }
        // The script puts a fresh one in its place.
        section id="recovery" aria-label="Codes" {
            (notice(form, &[]))
            (supply(set, &path, revealed.is_none()))
            @if let Some(code) = revealed { (opened(code, &path)) }
            (codes(set, &path, now))
        }
    }
}

fn supply(set: &RecoverySet, path: &str, first: bool) -> Markup {
    let left = left(set);
    html! {
        div.supply {
            (meter(set.remaining(), set.total(), set.is_low(), &left))
            p.left { strong { (left) } " " (low_badge(set)) }
            @if set.remaining() > 0 {
                form method="post" action={ (path) "/reveal" } data-reveal-code {
                    button.primary[first] { (icon(icondata_lu::LuEye)) @if first { "Reveal the next code" } @else { "Reveal another code" } }
                }
            } @else {
                p { "Every code was used. Get new ones from " (set.service) ", then " a href={ (path) "/edit" } { "paste them here" } "." }
            }
        }
    }
}

/// The code, on an answer that nobody keeps.
fn opened(code: &RevealedCode, path: &str) -> Markup {
    let number = code.index.get() + 1;
    html! {
        div.opened.code-opened id="opened" {
            p { strong { "Code " (number) } span.soft { " · marked as used, " (remain(code.remaining)) } }
            div.cell {
                // EXPOSE: this is the reveal that the person asked for; the answer is not stored anywhere.
                pre.value id="code-shown" data-secret tabindex="0" aria-label={ "Code " (number) " of " (code.service) } { (code.token.expose()) }
                button type="button" data-copy-from="code-shown" data-said="Copied the code." hidden { "Copy" }
            }
            div.actions { (unuse(path, code.index.get(), "I did not use it", "")) }
        }
    }
}

fn remain(left: u8) -> String {
    match left {
        0 => "none remain".to_owned(),
        1 => "1 remains".to_owned(),
        left => format!("{left} remain"),
    }
}

fn codes(set: &RecoverySet, path: &str, now: Timestamp) -> Markup {
    let numbered = || (0_u8..).zip(&set.codes);
    html! {
        @if set.used() > 0 {
            h2 id="used" { "Used" span.soft { " " (set.used()) } }
            ol.codes aria-labelledby="used" {
                @for (index, code) in numbered() { @if let Some(at) = code.used_at { (used(index, at, path, now)) } }
            }
        }
        @if set.remaining() > 0 {
            h2 id="unused" { "Unused" span.soft { " " (set.remaining()) } }
            ol.unused aria-labelledby="unused" {
                @for (index, _) in numbered().filter(|(_, code): &(u8, &CodeUse)| code.used_at.is_none()) {
                    li { span.visually-hidden { "Code " } (index + 1) }
                }
            }
        }
    }
}

fn used(index: u8, at: Timestamp, path: &str, now: Timestamp) -> Markup {
    let number = index + 1;
    html! {
        li.code {
            span.number { "Code " (number) }
            span.soft { "used " (words::when(at, now)) }
            div.acts {
                form method="post" action={ (path) "/reveal" } data-reveal-code {
                    input type="hidden" name="index" value=(index);
                    button.quiet { "Show again" span.visually-hidden { " code " (number) } }
                }
                (unuse(path, index, "Mark as unused", "quiet"))
            }
        }
    }
}

fn unuse(path: &str, index: u8, words: &str, class: &str) -> Markup {
    html! {
        form method="post" action={ (path) "/codes/" (index) "/unuse" } {
            button class=(class) { (words) span.visually-hidden { ": code " (index + 1) } }
        }
    }
}
