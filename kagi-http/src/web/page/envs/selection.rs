//! What a file would hold: a line each to take or leave. Nothing is decrypted yet.

use std::collections::HashMap;

use kagi_domain::{dotenv::Document, secret::SecretText};
use maud::{Markup, html};

use crate::web::part::{
    Form, environment,
    plan::{Key, Plan, Secret, key_line, secret_line},
    words::counted,
};

/// The lines, and the ways to take them. `action` is where the form goes.
pub(crate) fn selection(plan: &Plan, form: &Form, file: &str, action: &str) -> Markup {
    let count = plan.keys.len() + plan.secrets.len();
    let text = SecretText::new(form.value("content").to_owned());
    let document = Document::read(&text);
    let lines: HashMap<&str, u32> =
        document.assignments().map(|each| (each.raw_name(), each.line())).collect();
    let error = form.error("pick");
    html! {
        section.ai-step aria-labelledby="selection-title" {
            h2 id="selection-title" tabindex="-1" autofocus[error.is_none()] {
                @if count == 0 { "Nothing fits" } @else { (counted(count as u64, "variable", "variables")) " for " (file) }
            }
            p.file-facts {
                span { "chosen by " (plan.engine) }
                span { "for " (environment(plan.environment())) }
                @if let Some(framework) = &plan.framework { span { "names as " (framework) " wants them" } }
            }
            input type="hidden" name="plan" value=(form.value("plan"));
            @if count > 0 {
                ul.list.offers {
                    @for (at, key) in plan.keys.iter().enumerate() {
                        li { (pick(form, &key_line(at), &key.name, &from(key), &key.reason, lines.get(key.name.as_str()))) }
                    }
                    @for (at, secret) in plan.secrets.iter().enumerate() {
                        li { (pick(form, &secret_line(at), &secret.name, &made(secret), &secret.reason, lines.get(secret.name.as_str()))) }
                    }
                }
            } @else {
                p { "None of your keys is what these words ask for. Name a service, a variable or a project." }
            }
            (left_out(&plan.rejected))
            @if count > 0 {
                @if let Some(error) = error { p.error id="pick-error" tabindex="-1" role="alert" autofocus { (error) } }
                div.actions {
                    button.primary name="step" value="merge" formaction=(action) aria-describedby="pick-hint" { "Merge into the file" }
                    button name="step" value="replace" formaction=(action) aria-describedby="pick-hint" { "Replace the file" }
                }
                p.hint id="pick-hint" {
                    "Only what is ticked is decrypted, and each of it is written down in the audit trail. "
                    "It comes into the editor; nothing is saved until you save."
                }
            }
        }
    }
}

fn pick(form: &Form, line: &str, name: &str, from: &Markup, reason: &str, there: Option<&u32>) -> Markup {
    let ticked = form.all("pick").any(|ticked| ticked == line);
    html! {
        label.offer {
            input type="checkbox" name="pick" value=(line) checked[ticked] autocomplete="off";
            span.offer-name { code { (name) } @if let Some(line) = there { span.badge.plain { "on line " (line) " now" } } }
            span.offer-from { (from) }
            @if !reason.is_empty() { span.hint { (reason) } }
        }
    }
}

fn from(key: &Key) -> Markup {
    html! { (key.category) span.soft { " of " } (key.project) " " (environment(key.environment())) }
}

fn made(secret: &Secret) -> Markup {
    html! { "Made for this file" span.soft { ", " (secret.format) " of " (secret.bytes) " random bytes" } }
}

/// What is left out, and why; nothing when nothing is.
pub(crate) fn left_out(rejected: &[(String, String)]) -> Markup {
    html! {
        @if !rejected.is_empty() {
            details.rejected open {
                summary { (counted(rejected.len() as u64, "thing", "things")) " left out" }
                ul.list.left-out { @for (what, why) in rejected { li { span { (what) } span.soft { (why) } } } }
            }
        }
    }
}
