//! Names of env projects and what stands in their files are text on every page, whatever they look like.

use std::collections::HashSet;

use kagi_tests::markup::payloads;
use serde_json::json;

use super::{form, obeys_csp, typed};
use crate::{
    Call, World,
    call::Reply,
    pages::{escape, html::structure},
};

/// Those of [`Kept::named`] that tell of a project without its name.
const NAMELESS: [usize; 2] = [14, 15];

/// A file with this text as a line that is none, as a comment, and as values of each kind.
fn file_of(text: &str) -> String {
    format!("{text}\n# {text}\nTOKEN={text}\n{text}=1\nwhat is this\nQUOTED='{text}'\nOPEN=\"{text}\n")
}

/// Ada's project of this name and description, which an entry has too, with two files of this text.
struct Kept {
    world: World,
    ada: String,
    project: String,
    file: String,
}

impl Kept {
    async fn of(text: &str) -> Self {
        let world = World::new();
        let ada = world.person("ada@example.com").await;
        let category = world.category(&ada, "One").await;
        world.entry(&ada, &category, text, json!("value")).await;
        let body = json!({"name": text, "description": text});
        let id = world.send_as(&ada, Call::post("/api/envs").json(&body)).await.ok(201).id();
        let project = format!("/envs/{id}");
        let file = format!("{project}/files/env");
        world.save_file(&ada, &file, "0", &file_of(text)).await.ok(303);
        world.save_file(&ada, &file, "1", &format!("{}MORE=1\n", file_of(text))).await.ok(303);
        let local = format!("{project}/files/env.local");
        world.save_file(&ada, &local, "0", &format!("TOKEN={text} and more\nOTHER={text}\n")).await.ok(303);
        Self { world, ada, project, file }
    }

    async fn sent(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.world.send_as(&self.ada, form(path, fields)).await
    }

    /// Every page that shows the project's name or description, and at last those that are about it without.
    async fn named(&self, text: &str) -> Vec<String> {
        let (project, file, text) = (&self.project, &self.file, escape(text));
        let mut pages = Vec::new();
        for path in [
            "/envs".to_owned(),
            format!("/envs?search={text}"),
            format!("/envs?search=zz{text}"),
            "/envs/new".to_owned(),
            project.clone(),
            format!("{project}/edit"),
            format!("{project}/delete"),
            format!("{project}/compare"),
            format!("{file}/delete"),
            format!("{file}/history"),
            format!("{file}/versions/1/purge"),
            format!("/projects?name={text}"),
            format!("/palette?search={text}"),
            format!("/palette?list=yes&search={text}"),
            "/palette".to_owned(),
            "/settings/activity".to_owned(),
        ] {
            pages.push(self.world.page(&self.ada, &path).await);
        }
        pages
    }

    /// Every page that shows what was typed into the forms of projects and was not taken.
    async fn refused(&self, text: &str) -> Vec<String> {
        let (edit, file) = (format!("{}/edit", self.project), &self.file);
        vec![
            self.sent("/envs/new", &[("name", ""), ("description", text)]).await.ok(422).text,
            self.sent("/envs/new", &[("name", text), ("description", text)]).await.ok(409).text,
            self.sent(&edit, &[("name", ""), ("description", text)]).await.ok(422).text,
            self.sent(&format!("{file}/insert"), &[("secretName", text), ("content", "A=1")])
                .await
                .ok(200)
                .text,
            self.sent(&format!("{file}/generate"), &[("step", "stay"), ("prompt", text), ("content", "A=1")])
                .await
                .ok(200)
                .text,
        ]
    }

    /// Every page that shows what stands in the files, but for those of the editor.
    async fn holding(&self, text: &str) -> Vec<String> {
        let (project, file) = (&self.project, &self.file);
        let versions = [("one", "1"), ("other", "2"), ("show", "yes")];
        let files = [("one", "env"), ("other", "env.local"), ("show", "yes")];
        let checked = Call::post("/envs/check").body(file_of(text));
        vec![
            self.sent(&format!("{file}/versions/1/reveal"), &[]).await.ok(200).text,
            self.sent(&format!("{file}/compare"), &versions).await.ok(200).text,
            self.sent(&format!("{file}/compare"), &versions[..2]).await.ok(200).text,
            self.sent(&format!("{project}/compare"), &files).await.ok(200).text,
            self.sent(&format!("{project}/compare"), &files[..2]).await.ok(200).text,
            self.sent(&format!("{file}/import"), &[]).await.ok(200).text,
            self.sent(&format!("{file}/download"), &[("target", "docker-run")]).await.ok(200).text,
            self.world.send_as(&self.ada, checked).await.ok(200).text,
        ]
    }

    /// The editor as it opens, beside another's text, and refused; and what its field holds each time.
    async fn editors(&self, text: &str) -> Vec<(String, String)> {
        let (world, ada, file) = (&self.world, &self.ada, &self.file);
        let stored = format!("{}MORE=1\n", file_of(text));
        let mine = format!("{}MINE=1\n", file_of(text));
        let longer = format!("A=\0\n{}", file_of(text));
        vec![
            (world.open_file(ada, file).await, stored),
            (world.save_file(ada, file, "1", &mine).await.ok(409).text, mine),
            (world.save_file(ada, file, "2", &longer).await.ok(422).text, longer),
        ]
    }
}

/// Holds the page to the policy; what a script takes into a page is no page of its own.
fn obeys(page: &str) {
    if page.starts_with("<!DOCTYPE") {
        obeys_csp(page);
    }
}

/// How a page spells a text.
fn spelled(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[tokio::test]
async fn names_of_projects_are_text() {
    let shapes = async |text: &str| {
        let kept = Kept::of(text).await;
        let mut pages = kept.named(text).await;
        pages.extend(kept.refused(text).await);
        pages
    };
    let plain: Vec<_> = shapes("plain (text)").await.iter().map(|page| structure(page)).collect();
    for payload in payloads() {
        for (at, (page, plain)) in shapes(&payload).await.iter().zip(&plain).enumerate() {
            obeys(page);
            assert_eq!(&structure(page), plain, "page {at}, {payload}");
            assert!(
                NAMELESS.contains(&at) || page.contains(&spelled(&payload)),
                "page {at} does not show {payload}"
            );
        }
    }
}

/// How many remarks and marks a page has depends on the text; what tags there are does not.
#[tokio::test]
async fn what_stands_in_a_file_is_text() {
    let mut known = HashSet::new();
    for plain in ["plain (text)", "it's \"so\" and so", "a=$(b) `c` #d", "'"] {
        let kept = Kept::of(plain).await;
        let editors = kept.editors(plain).await.into_iter().map(|(page, _)| page);
        let pages = editors.chain(kept.holding(plain).await);
        known.extend(pages.flat_map(|page| structure(&page)));
    }
    for payload in payloads() {
        let kept = Kept::of(&payload).await;
        let mut pages = kept.holding(&payload).await;
        for (page, text) in kept.editors(&payload).await {
            assert_eq!(typed(&page), text, "{payload}");
            pages.push(page);
        }
        for (at, page) in pages.iter().enumerate() {
            obeys(page);
            let foreign = structure(page).into_iter().find(|tag| !known.contains(tag));
            assert_eq!(foreign, None, "page {at}, {payload}");
            assert!(!page.contains(&payload), "page {at} spells {payload} as it is");
        }
        assert!(pages[0].contains(&spelled(&file_of(&payload))), "the version shows {payload}");
    }
}
