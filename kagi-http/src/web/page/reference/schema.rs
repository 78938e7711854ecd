//! Schemas as tables.

use maud::{Markup, html};
use serde_json::Value;

use super::{items, members, named, text, words};

/// An object's fields: name, type, what it is.
pub(super) fn table(schema: &Value, heading: &str) -> Markup {
    let required: Vec<_> = items(schema.get("required")).filter_map(Value::as_str).collect();
    let is_input = schema.get("additionalProperties").is_some();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(heading) { table {
            thead { tr { th scope="col" { (heading) } th scope="col" { "Type" } th scope="col" { "Meaning" } } }
            tbody { @for (name, property) in members(schema.get("properties")) {
                (row(name, property, is_input && required.contains(&name)))
            } }
        } }
    }
}

/// Parameters of a path or a query.
pub(super) fn parameters(parameters: &[&Value]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Parameter" { table {
            thead { tr { th scope="col" { "Parameter" } th scope="col" { "Type" } th scope="col" { "Meaning" } } }
            tbody { @for parameter in parameters {
                tr {
                    th scope="row" { code { (text(parameter, "name")) } @if text(parameter, "in") == "path" { " " span.place { "in the path" } } }
                    td { (kind(parameter.get("schema").unwrap_or(parameter))) }
                    td { (words(text(parameter, "description"))) (default(parameter.get("schema"))) }
                }
            } }
        } }
    }
}

fn row(name: &str, property: &Value, needed: bool) -> Markup {
    html! {
        tr {
            th scope="row" { code { (name) } @if needed { " " span.need { "required" } } }
            td { (kind(property)) }
            td { (words(text(property, "description"))) (default(Some(property))) }
        }
    }
}

fn default(schema: Option<&Value>) -> Markup {
    html! { @if let Some(value) = schema.and_then(|schema| schema.get("default")) { " Default: " code { (value) } "." } }
}

/// A type in words, with its limits.
pub(super) fn kind(schema: &Value) -> Markup {
    let nullable = schema.get("nullable").is_some_and(|nullable| nullable == true);
    html! { (bare(schema)) @if nullable { " or " code { "null" } } }
}

fn bare(schema: &Value) -> Markup {
    if let Some(name) = named(schema) {
        return html! { a href={ "#object-" (name) } { (name) } };
    }
    let choices: Vec<_> = items(schema.get("enum")).filter_map(Value::as_str).collect();
    if !choices.is_empty() {
        return html! { @for (index, choice) in choices.iter().enumerate() { @if index > 0 { ", " } code { (choice) } } };
    }
    let limits = limits(schema);
    html! {
        @match text(schema, "type") {
            "array" => { "list of " (schema.get("items").map(bare).unwrap_or_default()) }
            "object" if schema.get("properties").is_none() && schema.get("additionalProperties").is_some() => "object of texts",
            "" => @for (index, one) in items(schema.get("anyOf")).enumerate() { @if index > 0 { " or " } (bare(one)) },
            "string" => { (name(text(schema, "format"))) }
            other => (other),
        }
        @if let Some(limits) = limits { span.limits { ", " (limits) } }
    }
}

fn name(format: &str) -> &str {
    match format {
        "uuid" => "UUID",
        "date-time" => "time",
        "email" => "e-mail address",
        _ => "text",
    }
}

fn limits(schema: &Value) -> Option<String> {
    let number = |key: &str| schema.get(key).and_then(Value::as_u64);
    let unit = match text(schema, "type") {
        "string" => " characters",
        "array" => " items",
        "object" => " fields",
        _ => "",
    };
    let pair = |low: &str, high: &str| match (number(low), number(high)) {
        (None | Some(0), Some(high)) => Some(format!("at most {high}{unit}")),
        (Some(low), Some(high)) => Some(format!("{low} to {high}{unit}")),
        _ => None,
    };
    pair("minLength", "maxLength")
        .or_else(|| pair("minItems", "maxItems"))
        .or_else(|| pair("minProperties", "maxProperties"))
        .or_else(|| pair("minimum", "maximum"))
}
