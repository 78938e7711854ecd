//! Env projects and their files, without a browser.

mod bytes;
mod conflict;
mod downloads;
mod editing;
mod generating;
mod history;
mod hostile;
mod projects;
mod taking;

use kagi_domain::audit::Action;

use super::{cookie, form, html::obeys_csp, leads_to};
use crate::{Call, World, call::Reply};

/// Ada with a project; gives the session's token and the project's address.
async fn furnished(world: &World) -> (String, String) {
    let ada = world.person("ada@example.com").await;
    let made = world.send_as(&ada, form("/envs/new", &[("name", "Blog"), ("description", "the site")])).await;
    assert_eq!(made.status.as_u16(), 303, "{}", made.text);
    (ada, made.header("location").to_owned())
}

impl World {
    /// Saves a text as browsers do: every line end of a field is sent as CR LF.
    async fn save_file(&self, token: &str, file: &str, base: &str, text: &str) -> Reply {
        let sent = text.replace('\n', "\r\n");
        self.send_as(token, form(format!("{file}/save"), &[("baseVersion", base), ("content", &sent)])).await
    }

    /// The page with the file in the editor.
    async fn open_file(&self, token: &str, file: &str) -> String {
        self.send_as(token, Call::post(format!("{file}/open"))).await.ok(200).text
    }
}

/// What was done since `before` events.
fn done(world: &World, before: usize) -> Vec<Action> {
    world.storage.audit_events().iter().skip(before).map(|event| event.action).collect()
}

fn events(world: &World) -> usize {
    world.storage.audit_events().len()
}

/// The value of a hidden field.
pub(super) fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark).unwrap_or_else(|| panic!("no {name}")).1.split('"').next().unwrap()
}

/// What the editor holds, as a browser reads it.
fn typed(page: &str) -> String {
    area(page, "f-content")
}

/// What a text field holds, as a browser reads it.
fn area(page: &str, id: &str) -> String {
    let (_, field) = page
        .split_once(&format!("<textarea id=\"{id}\""))
        .or_else(|| page.split_once(&format!("<textarea class=\"mono\" id=\"{id}\"")))
        .unwrap_or_else(|| panic!("the page has no {id}"));
    let inside = field.split_once('>').unwrap().1.split("</textarea>").next().unwrap();
    plain(inside.strip_prefix('\n').expect("the first line break is the parser's"))
}

/// Text and attributes without their escapes.
fn plain(text: &str) -> String {
    ["&lt;<", "&gt;>", "&quot;\"", "&amp;&"].iter().fold(text.to_owned(), |text, pair| {
        let (escape, meant) = pair.split_at(pair.len() - 1);
        text.replace(escape, meant)
    })
}
