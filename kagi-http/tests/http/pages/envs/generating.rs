//! "AI generate": asking. Nothing is decrypted, nothing is saved, and what was typed stays.

use std::sync::Arc;

use kagi_domain::{
    audit::Action,
    plan::{EnvPlan, PlannedKey, PlannedSecret},
    ports::PlannerError,
};
use kagi_tests::FakePlanner;
use serde_json::json;

use super::{area, cookie, done, events, form, furnished, hidden, leads_to, obeys_csp, plain, typed};
use crate::{Call, World, call::Reply};

/// What is in the editor while somebody asks.
pub(super) const TYPED: &str = "# mine\nexport OPENAI_API_KEY=old # why\nOTHER='a b'\n";

/// Ada's project with a key of it, and one of another; gives the session's token and the file's address.
pub(super) async fn vault(world: &World) -> (String, String) {
    let (ada, project) = furnished(world).await;
    let openai = json!({"name": "OpenAI <API>", "keyType": "simple", "envVarName": "OPENAI_API_KEY"});
    let openai = world.send_as(&ada, Call::post("/api/categories").json(&openai)).await.ok(201).id();
    world.entry(&ada, &openai, "Blog", json!("canary-blog")).await;
    world.entry(&ada, &openai, "Shop", json!("canary-shop")).await;
    let aws = json!({"name": "AWS", "keyType": "group", "fieldDefinitions": ["AWS_ID", "AWS_SECRET"]});
    let aws = world.send_as(&ada, Call::post("/api/categories").json(&aws)).await.ok(201).id();
    world.entry(&ada, &aws, "Blog", json!({"AWS_ID": "canary-id", "AWS_SECRET": "canary-aws"})).await;
    (ada, format!("{project}/files/env.production"))
}

/// What the editor's form sends beside what this test is about.
const EDITOR: [(&str, &str); 4] =
    [("baseVersion", "0"), ("layout", "0 0 0"), ("content", TYPED), ("secretName", "kept too")];

pub(super) async fn step(world: &World, token: &str, file: &str, step: &str, more: &[(&str, &str)]) -> Reply {
    let fields: Vec<_> = EDITOR.iter().chain([&("step", step)]).chain(more).copied().collect();
    let reply = world.send_as(token, form(format!("{file}/generate"), &fields)).await;
    assert_eq!((reply.header("cache-control"), reply.header("content-encoding")), ("no-store", ""));
    obeys_csp(&reply.text);
    reply
}

/// A model that answers with these keys, and a secret.
pub(super) fn model(handles: &[&str], reason: &str) -> Arc<FakePlanner> {
    let key = |handle: &&str| PlannedKey {
        handle: (*handle).to_owned(),
        name: String::new(),
        reason: reason.to_owned(),
    };
    let secret = PlannedSecret {
        name: "SESSION_SECRET".to_owned(),
        format: "hex".to_owned(),
        bytes: 32,
        reason: reason.to_owned(),
    };
    let keys = handles.iter().map(key).collect();
    Arc::new(FakePlanner::new(Ok(EnvPlan { keys, secrets: vec![secret], environment: None })))
}

#[tokio::test]
async fn the_panel_stands_in_the_form_of_the_editor() {
    let world = World::new();
    let (ada, file) = vault(&world).await;
    let blank = world.page(&ada, &file).await;
    assert!(blank.contains("<details class=\"ai\" id=\"ai\">") && blank.contains("built-in matcher chooses"));
    let (_, form) = blank.split_once("<form class=\"editing\"").unwrap();
    let first = form.find("<button").unwrap();
    assert!(
        form[first..].starts_with("<button name=\"step\" value=\"stay\""),
        "Enter in a field presses nothing"
    );
    assert!(form.find("id=\"f-prompt\"").unwrap() < form.find("</form>").unwrap());
    leads_to(&world.look(&ada, &format!("{file}/generate")).await, &file);
    world.save_file(&ada, &file, "0", TYPED).await.ok(303);
    let closed = world.page(&ada, &file).await;
    assert!(closed.contains(&format!("action=\"{file}/open?generate=yes\"")));
    let open = world.send_as(&ada, Call::post(format!("{file}/open?generate=yes"))).await.ok(200).text;
    assert!(open.contains("<details class=\"ai\" id=\"ai\" open>") && typed(&open) == TYPED);
    let stays = [("prompt", "as it is"), ("plan", "{}"), ("pick", "k0")];
    let page = step(&world, &ada, &file, "stay", &stays).await.ok(200).text;
    assert_eq!((typed(&page).as_str(), area(&page, "f-prompt").as_str()), (TYPED, "as it is"));
    let page = step(&world, &ada, &file, "", &[("example", "Everything for this project")]).await.ok(200);
    assert_eq!(area(&page.text, "f-prompt"), "Everything for this project");
    assert_eq!(typed(&page.text), TYPED);
}

#[tokio::test]
async fn what_the_model_sees_is_shown_and_not_sent() {
    let model = model(&["e1"], "why");
    let world = World::asking(model.clone());
    let (ada, file) = vault(&world).await;
    let prompt = [("prompt", "OpenAI & <b>AWS</b>")];
    let before = events(&world);
    let page = step(&world, &ada, &file, "context", &prompt).await.ok(200).text;
    assert!(model.sent().is_empty(), "nothing is sent");
    let (_, shown) = page.split_once("<pre class=\"payload\" id=\"payload\"").unwrap();
    let shown = plain(shown.split_once(">\n").unwrap().1.split("</pre>").next().unwrap());
    step(&world, &ada, &file, "generate", &prompt).await.ok(200);
    assert_eq!(model.sent(), [shown], "the literal text is what is sent afterwards");
    assert!(page.contains("fake at the configured server") && page.contains("3 keys"));
    assert_eq!((typed(&page).as_str(), area(&page, "f-prompt").as_str()), (TYPED, prompt[0].1));
    let offline = World::new();
    let (bob, file) = vault(&offline).await;
    let page = step(&offline, &bob, &file, "context", &prompt).await.ok(200).text;
    assert!(page.contains("Nothing is sent: the built-in matcher reads") && !page.contains("id=\"payload\""));
    assert_eq!(done(&world, before), [], "nothing is opened");
}

#[tokio::test]
async fn the_selection_names_everything_and_opens_nothing() {
    let model = model(&["e1", "e2", "e9", "e2"], "because <i>so</i>\nEVIL=1");
    let world = World::asking(model);
    let (ada, file) = vault(&world).await;
    let before = events(&world);
    let asked = [("prompt", "all of it for Next.js")];
    let page = step(&world, &ada, &file, "generate", &asked).await.ok(200).text;
    for part in [
        "4 variables</h2>",
        "chosen by fake at the configured server",
        "names as Next.js wants them",
        "OpenAI &lt;API&gt;<span class=\"soft\"> of </span>Blog",
        "because &lt;i&gt;so&lt;/i&gt; EVIL=1</span>",
        "hex of 32 random bytes",
        "on line 2 now",
        "2 things</summary>",
        "there is no such key among those on offer",
        "it is selected already",
        "Only what is ticked is decrypted",
    ] {
        let part = part.replace("4 variables</h2>", "4 variables for .env.production</h2>");
        let part = part.replace("2 things</summary>", "2 things left out</summary>");
        assert!(page.contains(&part), "{part}\n{page}");
    }
    assert_eq!(page.matches("name=\"pick\"").count(), 4);
    assert_eq!(page.matches("name=\"pick\" value=\"k0\" checked").count(), 1, "ticked as they come");
    assert!(!page.contains("canary"), "no value");
    assert_eq!((typed(&page).as_str(), hidden(&page, "baseVersion")), (TYPED, "0"));
    assert_eq!(done(&world, before), [], "nothing is opened and nothing is saved");
}

#[tokio::test]
async fn a_refusal_stands_at_the_prompt_and_keeps_everything() {
    let model = model(&["e1"], "why");
    let world = World::asking(model.clone());
    let (ada, file) = vault(&world).await;
    let kept = |page: &str, prompt: &str, why: &str| {
        assert!(page.contains("id=\"f-prompt-error\"") && page.contains(why), "{why}\n{page}");
        assert_eq!((typed(page).as_str(), area(page, "f-prompt").as_str()), (TYPED, prompt));
        assert!(
            page.contains("value=\"kept too\"") && !page.contains("role=\"alert\" tabindex=\"-1\" autofocus")
        );
    };
    let secret = "put sk-proj-canaryCanary0123456789abcdefABCDEF in it";
    for asked in ["context", "generate", "offline"] {
        let page = step(&world, &ada, &file, asked, &[("prompt", secret)]).await.ok(422).text;
        kept(&page, secret, "Nothing was sent. Please take it out");
        let page = step(&world, &ada, &file, asked, &[("prompt", " ")]).await.ok(422).text;
        kept(&page, " ", "Please say what the file is for.");
    }
    assert!(model.sent().is_empty());
    model.answer(Err(PlannerError::TimedOut));
    let page = step(&world, &ada, &file, "generate", &[("prompt", "OpenAI")]).await.ok(504).text;
    kept(&page, "OpenAI", "The model took too long to answer.");
    assert!(page.contains("value=\"offline\"") && page.contains("Use the built-in matcher</button>"));
    let page = step(&world, &ada, &file, "offline", &[("prompt", "OpenAI")]).await.ok(200).text;
    assert!(page.contains("chosen by the built-in matcher") && page.contains("name=\"pick\""));
    for _ in 0..18 {
        step(&world, &ada, &file, "offline", &[("prompt", "OpenAI")]).await.ok(200);
    }
    let refused = step(&world, &ada, &file, "generate", &[("prompt", "OpenAI")]).await.ok(429);
    assert_eq!(refused.header("retry-after"), "60");
    kept(&refused.text, "OpenAI", "Please wait a moment and try again.");
}

#[tokio::test]
async fn a_session_that_ended_gives_everything_back() {
    let world = World::new();
    let (ada, file) = vault(&world).await;
    let fields = [("content", TYPED), ("prompt", "all of it"), ("step", "generate")];
    let page = world.send(form(format!("{file}/generate"), &fields)).await.ok(401).text;
    for (name, value) in fields {
        assert_eq!(plain(hidden(&page, name)), value);
    }
    let stranger = form(format!("{file}/generate"), &fields).header("sec-fetch-site", "cross-site");
    world.send_as(&ada, stranger).await.ok(403);
    let eve = world.person("eve@example.com").await;
    world.send_as(&eve, form(format!("{file}/generate"), &fields)).await.ok(404);
    let conflict = [("content", TYPED), ("prompt", "all of it"), ("baseVersion", "7")];
    let page = world.send_as(&ada, form(format!("{file}/save"), &conflict)).await.ok(409).text;
    assert_eq!((typed(&page).as_str(), area(&page, "f-prompt").as_str()), (TYPED, "all of it"));
    let saved = world.save_file(&ada, &file, "0", TYPED).await;
    assert_eq!(cookie(&saved, "kagi_said"), "file-saved");
    assert_eq!(world.storage.audit_events().last().unwrap().action, Action::EnvFileSave);
}
