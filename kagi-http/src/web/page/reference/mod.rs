//! The API's description, for people: made from the OpenAPI document and from nothing else.

mod curl;
mod operation;
mod schema;

use maud::{Markup, html};
use serde_json::{Map, Value};

use crate::web::part::manual;

/// An operation with its place.
struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    about: &'a Value,
}

impl<'a> Operation<'a> {
    fn id(&self) -> &'a str {
        text(self.about, "operationId")
    }
}

/// The page.
pub(crate) fn reference(document: &Value) -> String {
    let groups = groups(document);
    manual("API reference", &contents(&groups), &body(document, &groups)).into_string()
}

/// Every group's description with its operations, in the document's order.
fn groups(document: &Value) -> Vec<(&Value, Vec<Operation<'_>>)> {
    let operations = || {
        let paths = members(document.get("paths"));
        paths.flat_map(|(path, methods)| {
            members(Some(methods)).map(move |(method, about)| Operation { path, method, about })
        })
    };
    let belongs = |tag: &Value, one: &Operation<'_>| one.about.pointer("/tags/0") == tag.get("name");
    let of = |tag| operations().filter(|one| belongs(tag, one)).collect();
    items(document.get("tags")).map(|tag| (tag, of(tag))).collect()
}

fn contents(groups: &[(&Value, Vec<Operation<'_>>)]) -> Markup {
    html! {
        ul {
            li { a href="#start" { "Getting started" } }
            @for (tag, operations) in groups {
                li { a href={ "#" (anchor(text(tag, "name"))) } { (text(tag, "name")) }
                    ul { @for one in operations {
                        li { a href={ "#" (one.id()) } { (words(text(one.about, "summary"))) } }
                    } }
                }
            }
            li { a href="#objects" { "Objects" } }
        }
    }
}

fn body(document: &Value, groups: &[(&Value, Vec<Operation<'_>>)]) -> Markup {
    let cookie = document.pointer("/components/securitySchemes/session/name").and_then(Value::as_str);
    html! {
        section id="start" {
            h1 { "API reference" }
            (prose(document.pointer("/info/description").and_then(Value::as_str).unwrap_or_default()))
            (curl::start(document))
            p.hint { "Version " (document.pointer("/info/version").and_then(Value::as_str).unwrap_or_default())
                " · " a href="/api/openapi" { "OpenAPI document" } " for generators and tools" }
        }
        @for (tag, operations) in groups {
            section id=(anchor(text(tag, "name"))) {
                h2 { (text(tag, "name")) }
                (prose(text(tag, "description")))
                @for one in operations { (operation::show(document, one, cookie.unwrap_or_default())) }
            }
        }
        section id="objects" {
            h2 { "Objects" }
            p { "What answers hold. Every field is there; those that may be empty are then " code { "null" } "." }
            @for (name, schema) in members(document.pointer("/components/schemas")).filter(|(_, schema)| !is_body(schema)) {
                article.object id={ "object-" (name) } {
                    h3 { (name) }
                    (prose(text(schema, "description")))
                    (schema::table(schema, "Field"))
                }
            }
        }
    }
}

/// Bodies stand with their operations.
fn is_body(schema: &Value) -> bool {
    schema.get("additionalProperties").is_some()
}

fn anchor(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::iter).map(|(key, value)| (key.as_str(), value))
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// The object that a reference names.
fn named(schema: &Value) -> Option<&str> {
    let reference = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref"));
    reference.and_then(Value::as_str)?.rsplit('/').next()
}

/// Paragraphs, with what stands in backticks as code.
fn prose(text: &str) -> Markup {
    html! { @for paragraph in text.split("\n\n").filter(|text| !text.is_empty()) { p { (words(paragraph)) } } }
}

fn words(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}
