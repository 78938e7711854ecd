//! From a `.env` file to entries, without a browser.

use std::time::Duration;

use super::{form, html::obeys_csp, leads_to};
use crate::{Call, World, call::Reply};

const FILE: &str =
    "# canary-0\nTOKEN=canary-1\n\nOPENAI_API_KEY=canary-2\nFRESH=canary 3\nnonsense canary-4\n";

impl World {
    /// Sends a file to the preview, as browsers do.
    async fn preview(&self, token: &str, file: &str) -> Reply {
        self.step(token, "/import", file, &[]).await
    }

    async fn step(&self, token: &str, path: &str, file: &str, choices: &[String]) -> Reply {
        let sent = file.replace('\n', "\r\n");
        let mut fields = vec![("content", sent.as_str()), ("projectName", "Blog"), ("environment", "local")];
        fields.extend(choices.iter().map(|choice| ("choices", choice.as_str())));
        self.send_as(token, form(path, &fields).header("accept-encoding", "gzip")).await
    }

    async fn confirm(&self, token: &str, file: &str, choices: &[String]) -> Reply {
        self.step(token, "/import/confirm", file, choices).await
    }
}

/// The choices of a page, and whether each is ticked.
fn choices(page: &str) -> Vec<(String, bool)> {
    let boxes = page.split("name=\"choices\" value=\"").skip(1);
    boxes
        .map(|rest| {
            (rest.split('"').next().unwrap().to_owned(), rest.split('>').next().unwrap().contains(" checked"))
        })
        .collect()
}

fn offered(page: &str) -> Vec<String> {
    choices(page).into_iter().map(|(choice, _)| choice).collect()
}

/// The page but for the field that carries the text.
fn seen(page: &str) -> String {
    let (before, rest) =
        page.split_once("<textarea name=\"content\" hidden").expect("the text goes along unseen");
    format!("{before}{}", rest.split_once("</textarea>").unwrap().1)
}

#[tokio::test]
async fn every_line_is_accounted_for_and_no_value_is_seen() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.category(&ada, "One").await;
    let events = world.storage.audit_events().len();
    let reply = world.preview(&ada, FILE).await.ok(200);
    obeys_csp(&reply.text);
    let (cache, packed) = (reply.header("cache-control"), reply.header("content-encoding"));
    assert_eq!((cache, packed), ("no-store", ""), "nobody keeps it, and its length tells nothing");
    let page = seen(&reply.text);
    assert!(!page.contains("canary"), "values stay closed");
    assert!(page.contains("5 lines, blank ones aside: 3 to import, 1 unreadable, 1 comment."));
    for line in [1, 2, 4, 5, 6] {
        assert!(page.contains(&format!("Line </span>{line}</span>")), "line {line} is there");
    }
    for words in ["of your category “One”", "“OpenAI”, from the catalogue", "“FRESH”", "neither NAME=value"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(choices(&page).iter().map(|(_, ticked)| *ticked).collect::<Vec<_>>(), [true; 3]);
    assert_eq!(world.storage.audit_events().len(), events, "a preview writes nothing");
    assert!(world.storage.cells().is_empty());
}

#[tokio::test]
async fn what_is_ticked_is_imported_and_told_in_words() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "One").await;
    let mut ticked = offered(&world.preview(&ada, FILE).await.ok(200).text);
    assert!(ticked.remove(1).contains("service"));
    let reply = world.confirm(&ada, FILE, &ticked).await.ok(303);
    let done = reply.header("location").to_owned();
    assert!(done.starts_with("/import/done?name=Blog&environment=local&") && !done.contains("canary"));
    let page = world.page(&ada, &done).await;
    obeys_csp(&page);
    assert!(page.contains("2 entries were encrypted and saved in Blog"), "{page}");
    assert!(page.contains(", with 1 new category"));
    assert!(page.contains(&format!("href=\"/keys/{category}#e-")) && !page.contains("canary"));
    assert_eq!(world.storage.cells().len(), 2);
    let entries = world.send_as(&ada, Call::get("/api/entries?projectName=Blog")).await.ok(200).data();
    let mut values = Vec::new();
    for entry in entries.as_array().unwrap() {
        assert_eq!(entry["environment"], "local");
        let reveal = Call::post(format!("/api/entries/{}/reveal", entry["id"].as_str().unwrap()));
        values.push(world.send_as(&ada, reveal).await.ok(200).data()["value"].as_str().unwrap().to_owned());
    }
    values.sort();
    assert_eq!(values, ["canary 3", "canary-1"], "the line that was not ticked is not kept");
    let bob = world.person("bob@example.com").await;
    assert!(world.page(&bob, &done).await.contains("Nothing of this import is there any more."));
    for odd in [
        "/import/done",
        "/import/done?name=Blog&environment=x&from=0&to=1",
        "/import/done?name=Blog&environment=local&from=x&to=1",
    ] {
        leads_to(&world.look(&ada, odd).await, "/import");
    }
}

#[tokio::test]
async fn what_changed_since_the_preview_stops_all_of_it() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "One").await;
    let mut ticked = offered(&world.preview(&ada, FILE).await.ok(200).text);
    ticked.remove(1);
    // In another tab the place of line 2 is taken, and a category for line 5 is made.
    let body = serde_json::json!({"categoryId": category, "projectName": "Blog", "environment": "local", "value": "theirs"});
    world.send_as(&ada, Call::post("/api/entries").json(&body)).await.ok(201);
    let own = serde_json::json!({"name": "Own", "keyType": "simple", "envVarName": "FRESH"});
    let own = world.send_as(&ada, Call::post("/api/categories").json(&own)).await.ok(201).id();
    let reply = world.confirm(&ada, FILE, &ticked).await.ok(409);
    obeys_csp(&reply.text);
    assert_eq!(reply.header("cache-control"), "no-store");
    let page = seen(&reply.text);
    assert!(page.contains("Line 2 would become something else by now") && page.contains("role=\"alert\""));
    assert!(
        reply.text.contains("FRESH=canary 3") && !page.contains("canary"),
        "the text is not lost, and not shown"
    );
    assert_eq!(world.storage.cells().len(), 1, "nothing was written but theirs");
    let fresh = format!("5:category:{own}");
    let shown = choices(&page);
    assert_eq!(shown.len(), 2, "the taken place is no choice any more");
    assert!(shown.iter().all(|(_, ticked)| !ticked), "what was not chosen like this is not ticked");
    assert!(
        shown.iter().any(|(choice, _)| *choice == fresh) && page.contains("This is not what you saw before.")
    );
    world.confirm(&ada, FILE, &[fresh]).await.ok(303);
    assert_eq!(world.storage.cells().len(), 2);
}

#[tokio::test]
async fn a_category_that_went_meanwhile_is_told_beside_the_preview() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "One").await;
    let ticked = offered(&world.preview(&ada, FILE).await.ok(200).text);
    world.send_as(&ada, Call::new("DELETE", format!("/api/categories/{category}"))).await.ok(204);
    let page = world.confirm(&ada, FILE, &ticked).await.ok(409).text;
    assert!(page.contains("was deleted in the meantime") && page.contains("TOKEN=canary-1"));
    assert_eq!(offered(&page)[0], "2:new:TOKEN");
    assert!(world.storage.cells().is_empty());
    let page = world.confirm(&ada, FILE, &[]).await.ok(422).text;
    assert!(page.contains("Confirm at least one line.") && page.contains("TOKEN=canary-1"));
    for wrong in ["2:category:x", "99:new:TOKEN", "6:new:NONSENSE", "1:new:TOKEN"] {
        let refused = world.confirm(&ada, FILE, &[wrong.to_owned()]).await;
        assert!([409, 422].contains(&refused.status.as_u16()), "{wrong}: {}", refused.status);
    }
    assert!(world.storage.cells().is_empty());
}

#[tokio::test]
async fn what_cannot_be_a_file_is_told_beside_the_field() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let long = format!("A={}\n", "x".repeat(256 * 1024));
    let many = "A=1\n".repeat(1001);
    for (file, said) in [
        (long.as_str(), "at most 256 KiB"),
        ("A=\0kept\n", "NUL"),
        (&many, "at most 1000 lines"),
        ("", "There is no line in it"),
        ("\n \n", "There is no line in it"),
    ] {
        for path in ["/import", "/import/confirm"] {
            let page = world.step(&ada, path, file, &["1:new:A".to_owned()]).await.ok(422).text;
            obeys_csp(&page);
            assert!(page.contains("id=\"f-content-error\"") && page.contains(said), "{said}");
            assert!(page.contains("value=\"Blog\"") && page.contains("value=\"local\" selected"));
            assert!(page.contains("kept") || file != "A=\0kept\n", "what was typed stays");
        }
    }
    let page = world.send_as(&ada, form("/import", &[("content", "A=kept")])).await.ok(422).text;
    assert!(
        page.contains("id=\"f-projectName-error\"")
            && page.contains("id=\"f-environment-error\"")
            && page.contains("A=kept")
    );
    assert!(world.storage.cells().is_empty());
}

#[tokio::test]
async fn the_text_goes_back_to_the_form_and_survives_an_ended_session() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let page = world.step(&ada, "/import/change", FILE, &[]).await.ok(200);
    assert!(page.text.contains("FRESH=canary 3") && page.header("cache-control") == "no-store");
    assert!(page.text.contains("<textarea class=\"mono\"") && page.text.contains("value=\"local\" selected"));
    for path in ["/import/change", "/import/confirm"] {
        assert!(
            world.page(&ada, path).await.contains("Import a .env file"),
            "the bare address shows the form"
        );
    }
    world.clock.advance(Duration::from_hours(13));
    let page = world.confirm(&ada, FILE, &["5:new:FRESH".to_owned()]).await.ok(401).text;
    assert!(page.contains("FRESH=canary 3") && page.contains("name=\"choices\" value=\"5:new:FRESH\""));
    let ada = world.sign_in_again("ada@example.com").await;
    world.confirm(&ada, FILE, &["5:new:FRESH".to_owned()]).await.ok(303);
}

#[tokio::test]
async fn hostile_texts_stay_texts() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for payload in kagi_tests::markup::payloads() {
        let file = format!("{payload}\n{payload}={payload}\n# {payload}\nA='{payload}'\nB=\"{payload}\n");
        let fields = [("content", file.as_str()), ("projectName", &payload), ("environment", "local")];
        for (path, status) in [("/import", 200), ("/import/change", 200), ("/import/confirm", 422)] {
            obeys_csp(&world.send_as(&ada, form(path, &fields)).await.ok(status).text);
        }
        let made =
            [("content", "A=1"), ("projectName", &payload), ("environment", "local"), ("choices", "1:new:A")];
        let reply = world.send_as(&ada, form("/import/confirm", &made)).await.ok(303);
        obeys_csp(&world.page(&ada, reply.header("location")).await);
        let all = world.send_as(&ada, Call::get("/api/categories")).await.ok(200).data();
        let id = all[0]["id"].as_str().unwrap();
        world.send_as(&ada, Call::new("DELETE", format!("/api/categories/{id}"))).await.ok(204);
    }
}

#[tokio::test]
async fn a_stored_file_is_taken_into_the_vault_by_a_reveal() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let env = world.env_project(&ada, "Blog").await;
    world.env_file(&ada, &env, "env.local", "\u{feff}FRESH=canary\r\n").await;
    let path = format!("/envs/{env}/files/env.local/import");
    let closed = world.page(&ada, &format!("/envs/{env}/files/env.local")).await;
    assert!(closed.contains(&format!("action=\"{path}\"")));
    let reply = world.send_as(&ada, Call::post(&path)).await.ok(200);
    assert!(!seen(&reply.text).contains("canary") && reply.header("cache-control") == "no-store");
    assert_eq!(offered(&reply.text), ["1:new:FRESH"]);
    let last = world.storage.audit_events().last().unwrap().action;
    assert_eq!(last, kagi_domain::audit::Action::EnvFileReveal, "that it left the vault's keeping is known");
    assert!(reply.text.contains("name=\"projectName\" value=\"Blog\""));
    leads_to(&world.look(&ada, &path).await, &format!("/envs/{env}/files/env.local"));
    let bob = world.person("bob@example.com").await;
    world.send_as(&bob, Call::post(&path)).await.ok(404);
    world.confirm(&ada, "FRESH=canary\n", &offered(&reply.text)).await.ok(303);
}
