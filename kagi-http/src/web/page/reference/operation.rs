//! One operation.

use maud::{Markup, html};
use serde_json::Value;

use super::{Operation, curl, items, members, named, prose, schema, text, words};

/// An operation with everything there is to know about it.
pub(super) fn show(document: &Value, one: &Operation<'_>, cookie: &str) -> Markup {
    let parameters: Vec<_> = items(one.about.get("parameters")).collect();
    html! {
        article.operation id=(one.id()) {
            h3 { a href={ "#" (one.id()) } { (words(text(one.about, "summary"))) } }
            p.line { span class={ "verb " (one.method) } { (one.method.to_uppercase()) } " " code.path { (one.path) } " " (access(one)) }
            (prose(text(one.about, "description")))
            @if !parameters.is_empty() { (schema::parameters(&parameters)) }
            @if let Some(body) = body(document, one) { (schema::table(body, "Body")) }
            (curl::example(one, cookie))
            (answers(one))
            (errors(document, one))
        }
    }
}

fn access(one: &Operation<'_>) -> Markup {
    html! {
        @match text(one.about, "x-kagi-access") {
            "scope" => span.badge { (text(one.about, "x-kagi-scope")) },
            "session" => span.badge { "session" },
            "fresh" => span.badge { "fresh session" },
            "any" => span.badge { "any key" },
            _ => span.badge.env-local { "public" },
        }
    }
}

/// The schema of the operation's body.
fn body<'a>(document: &'a Value, one: &Operation<'a>) -> Option<&'a Value> {
    let schema = one.about.pointer("/requestBody/content/application~1json/schema")?;
    match named(schema) {
        Some(name) => document.get("components")?.get("schemas")?.get(name),
        None => Some(schema),
    }
}

fn answers(one: &Operation<'_>) -> Markup {
    let good = members(one.about.get("responses")).filter(|(status, _)| !status.starts_with(['4', '5']));
    html! {
        @for (status, answer) in good {
            @let media = members(answer.get("content")).next();
            p.answer { span.status { (status) } " "
                @match media {
                    Some((kind, media)) => (form(kind, media.get("schema").unwrap_or(media))),
                    None => (words(text(answer, "description"))),
                }
            }
            @if let Some((_, media)) = media.filter(|(kind, _)| *kind == "application/json") {
                @if let Some(example) = media.get("example") {
                    details { summary { "Example answer" } pre tabindex="0" { (format!("{example:#}")) } }
                }
            }
        }
    }
}

/// What a good answer holds.
fn form(kind: &str, schema: &Value) -> Markup {
    let data = schema.pointer("/properties/data");
    let is_list = schema.pointer("/properties/nextCursor").is_some();
    html! {
        @match data {
            Some(data) => { code { "data" } ": " (schema::kind(data)) @if is_list { ", and " code { "nextCursor" } } },
            None => code { (kind) },
        }
    }
}

fn errors(document: &Value, one: &Operation<'_>) -> Markup {
    let bad: Vec<_> =
        members(one.about.get("responses")).filter(|(status, _)| status.starts_with(['4', '5'])).collect();
    let resolved = |answer: &'_ Value| {
        named(answer).and_then(|name| document.pointer(&format!("/components/responses/{name}")).cloned())
    };
    html! {
        details { summary { "Errors" }
            dl.errors { @for (status, answer) in bad {
                @let answer = resolved(answer).unwrap_or_else(|| answer.clone());
                dt { (status) }
                @for line in text(&answer, "description").split("\n\n") { dd { (words(line)) } }
            } }
        }
    }
}
