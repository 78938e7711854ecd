//! "AI generate": taking what was selected into the editor.

use kagi_domain::audit::Action;
use kagi_tests::markup::payloads;
use serde_json::json;

use super::{
    area, done, events, form,
    generating::{TYPED, model, step, vault},
    hidden, leads_to, plain, typed,
};
use crate::{Call, World, pages::html::structure};

/// The plan that a page carries.
fn plan(page: &str) -> String {
    plain(hidden(page, "plan"))
}

/// The page with everything selected: AWS's two fields (k0, k1), `OpenAI` (k2), and a secret (s0).
async fn selected(world: &World, ada: &str, file: &str) -> String {
    plan(&step(world, ada, file, "generate", &[("prompt", "all")]).await.ok(200).text)
}

#[tokio::test]
async fn only_what_is_ticked_is_decrypted_and_merged_and_nothing_is_saved() {
    let world = World::asking(model(&["e1", "e2"], "asked for"));
    let (ada, file) = vault(&world).await;
    let plan = selected(&world, &ada, &file).await;
    assert!(!plan.contains("canary"), "no value");
    let before = events(&world);
    let ticked = [("plan", plan.as_str()), ("prompt", "all"), ("pick", "k2"), ("pick", "s0")];
    let page = step(&world, &ada, &file, "merge", &ticked).await.ok(200).text;
    assert_eq!(done(&world, before), [Action::EntryReveal], "AWS is switched off, so it is not decrypted");
    let text = typed(&page);
    let (kept, made) = text.split_once("\n\n").unwrap();
    assert_eq!(kept, "# mine\n# why\nexport OPENAI_API_KEY=canary-blog\nOTHER='a b'");
    assert!(
        made.starts_with("# Made for this file, hex, and stored nowhere else: asked for\nSESSION_SECRET=")
    );
    assert!(!text.contains("AWS") && !text.contains("canary-shop"));
    let (_, told) = page.split_once("Merged into the editor, not saved yet").unwrap();
    let told = told.split("</section>").next().unwrap();
    for line in [
        "<code>OPENAI_API_KEY</code><span class=\"badge plain\">changed",
        "<code>SESSION_SECRET</code><span class=\"badge plain\">added",
        "<code>OTHER</code>",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(!told.contains("canary"), "values are masked");
    assert_eq!((hidden(&page, "baseVersion"), area(&page, "f-prompt").as_str()), ("0", "all"));
    assert!(
        page.contains("data-unsaved")
            && world.page(&ada, &file).await.contains("There is no .env.production yet")
    );
    leads_to(&world.save_file(&ada, &file, "0", &text).await, &file);
    assert_eq!(typed(&world.open_file(&ada, &file).await), text);
}

#[tokio::test]
async fn a_file_is_replaced_and_the_text_of_before_comes_back() {
    let world = World::asking(model(&["e1"], "asked for"));
    let (ada, file) = vault(&world).await;
    let plan = selected(&world, &ada, &file).await;
    let ticked = [("plan", plan.as_str()), ("pick", "k0"), ("pick", "k1")];
    let page = step(&world, &ada, &file, "replace", &ticked).await.ok(200).text;
    let text = typed(&page);
    assert_eq!(text, "# AWS, Blog, production: asked for\nAWS_ID=canary-id\nAWS_SECRET=canary-aws\n\n");
    let (_, old) = page.split_once("<textarea name=\"before\" data-secret hidden>\n").unwrap();
    let old = plain(old.split("</textarea>").next().unwrap());
    assert_eq!(old, TYPED);
    let fields =
        [("step", "back"), ("content", text.as_str()), ("before", old.as_str()), ("baseVersion", "0")];
    let page = world.send_as(&ada, form(format!("{file}/generate"), &fields)).await.ok(200).text;
    assert!(typed(&page) == TYPED && page.contains("The text from before is back"));
    assert!(page.contains("AWS_SECRET=canary-aws"), "and the other text is the way forward again");
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_before_anything_is_decrypted() {
    let world = World::asking(model(&["e1"], "asked for"));
    let (ada, file) = vault(&world).await;
    let plan = selected(&world, &ada, &file).await;
    let before = events(&world);
    let none = [("plan", plan.as_str()), ("prompt", "all")];
    let page = step(&world, &ada, &file, "merge", &none).await.ok(422).text;
    assert!(page.contains("Tick at least one of the variables.") && typed(&page) == TYPED);
    assert!(
        page.contains("name=\"pick\" value=\"k0\"") && !page.contains("value=\"k0\" checked"),
        "as it was left"
    );
    let open = "A=1\nB='open\n";
    let fields =
        [("step", "merge"), ("plan", &plan), ("pick", "k0"), ("content", open), ("baseVersion", "0")];
    let page = world.send_as(&ada, form(format!("{file}/generate"), &fields)).await.ok(422).text;
    assert!(page.contains("Line 2 begins a quote that nothing closes") && typed(&page) == open);
    assert!(page.contains("value=\"k0\" checked") && !page.contains("value=\"k1\" checked"));
    assert_eq!(done(&world, before), []);
}

/// A form is whatever somebody sends.
#[tokio::test]
async fn a_plan_is_not_believed() {
    let world = World::asking(model(&["e1", "e2"], "asked for"));
    let (ada, file) = vault(&world).await;
    let plan = selected(&world, &ada, &file).await;
    let eve = world.person("eve@example.com").await;
    let made = world.send_as(&eve, form("/envs/new", &[("name", "Blog")])).await;
    let hers = format!("{}/files/env", made.header("location"));
    let before = events(&world);
    let all = [("plan", plan.as_str()), ("pick", "k0"), ("pick", "k1"), ("pick", "k2")];
    let page = step(&world, &eve, &hers, "merge", &all).await.ok(200).text;
    assert!(!page.contains("canary") && page.contains("3 things left out") && typed(&page) == TYPED);
    assert_eq!(done(&world, before), [], "nothing of Ada's is opened");

    let evil = "why\\nEVIL=1\\r\\nEVIL=2\\u2028EVIL=3\\u0000EVIL=4";
    let forged = plan.replace("asked for", evil).replace("SESSION_SECRET", "LD_PRELOAD");
    let all = [("plan", forged.as_str()), ("pick", "k2"), ("pick", "s0")];
    let page = step(&world, &ada, &file, "replace", &all).await.ok(200).text;
    let text = typed(&page);
    assert_eq!(
        text,
        "# OpenAI <API>, Blog, production: why EVIL=1 EVIL=2 EVIL=3 EVIL=4\nOPENAI_API_KEY=canary-blog\n\n",
        "no model text but a comment of one line"
    );
    assert!(page.contains("LD_PRELOAD</span>") && page.contains("programs and shells obey"));
    for broken in ["", "{", "[]", "{\"engine\":5}", &plan.replace("\"entry\":\"", "\"entry\":\"x")] {
        let fields = [("plan", broken), ("pick", "k0")];
        let page = step(&world, &ada, &file, "merge", &fields).await.ok(422).text;
        assert_eq!(typed(&page), TYPED);
    }
}

/// The shapes of the pages with this text as category, project, file's project, reason and handle.
async fn shapes(text: &str) -> Vec<Vec<String>> {
    let world = World::asking(model(&["e1", text], text));
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, text).await;
    let entry = json!({"categoryId": category, "projectName": text, "value": "canary"});
    world.send_as(&ada, Call::post("/api/entries").json(&entry)).await.ok(201);
    let file = format!("/envs/{}/files/env", world.env_project(&ada, text).await);
    let mut pages = vec![step(&world, &ada, &file, "generate", &[("prompt", "all")]).await.ok(200).text];
    let plan = plan(&pages[0]);
    let all = [("plan", plan.as_str()), ("pick", "k0")];
    pages.push(step(&world, &ada, &file, "replace", &all).await.ok(200).text);
    pages.push(step(&world, &ada, &file, "context", &[("prompt", "all")]).await.ok(200).text);
    pages.iter().map(|page| structure(page)).collect()
}

#[tokio::test]
async fn names_and_reasons_are_text_whatever_they_look_like() {
    let expected = shapes("plain (text)").await;
    for payload in payloads() {
        assert_eq!(shapes(&payload).await, expected, "{payload}");
    }
}
