//! Calls to copy.

use maud::{Markup, html};
use serde_json::Value;

use super::{Operation, items, text};

/// What the calls below take from the shell.
pub(super) fn start(document: &Value) -> Markup {
    let server = document.pointer("/servers/0/url").and_then(Value::as_str).unwrap_or_default();
    let lines = format!("export KAGI={server}\nexport KAGI_KEY=kagi_…   # from Settings → Access keys\n");
    html! { p { "The examples below take the address and the key from the shell:" } (block("start", &lines)) }
}

/// The call of an operation's example.
pub(super) fn example(one: &Operation<'_>, cookie: &str) -> Markup {
    let mut words = vec!["curl".to_owned()];
    let body = one.about.pointer("/requestBody/content/application~1json/example");
    if one.method != if body.is_some() { "post" } else { "get" } {
        words.push(format!("-X {}", one.method.to_uppercase()));
    }
    words.push(format!("\"$KAGI{}\"", filled(one)));
    match text(one.about, "x-kagi-access") {
        "public" => {}
        "session" | "fresh" => words.push(format!("\\\n  -b \"{cookie}=$KAGI_SESSION\"")),
        _ => words.push("\\\n  -H \"Authorization: Bearer $KAGI_KEY\"".to_owned()),
    }
    if let Some(body) = body {
        let quoted = body.to_string().replace('\'', r"'\''");
        words.push(format!("\\\n  -H 'Content-Type: application/json' \\\n  -d '{quoted}'"));
    }
    block(one.id(), &words.join(" "))
}

/// The path with its parameters' examples in their places.
fn filled(one: &Operation<'_>) -> String {
    let parameters = items(one.about.get("parameters")).filter(|parameter| text(parameter, "in") == "path");
    parameters.fold(one.path.to_owned(), |path, parameter| {
        let example = parameter.get("example").unwrap_or(&Value::Null);
        let example = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        path.replace(&format!("{{{}}}", text(parameter, "name")), &example)
    })
}

fn block(id: &str, code: &str) -> Markup {
    let id = format!("curl-{id}");
    html! {
        div.call {
            pre id=(id) tabindex="0" { (code) }
            button.quiet.tiny type="button" data-copy-from={ "#" (id) } data-said="Copied." hidden {
                "Copy" span.visually-hidden { " the call" }
            }
        }
    }
}
