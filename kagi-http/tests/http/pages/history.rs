//! A value over time: its versions, what changed, bringing one back, and a file of it.

use kagi_domain::audit::Action;
use serde_json::{Value, json};

use super::{cookie, form, html::obeys_csp, leads_to};
use crate::{Call, World};

/// Ada with an entry of Blog that had two values, `canary-1-end` and `canary-22-end`; gives the session's
/// token, the category and the entry.
async fn furnished(world: &World) -> (String, String, String) {
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "Key").await;
    let entry = world.entry(&ada, &category, "Blog", json!("canary-1-end")).await;
    put(world, &ada, &format!("/api/entries/{entry}"), json!({"value": "canary-22-end"})).await;
    (ada, category, entry)
}

async fn put(world: &World, token: &str, path: &str, body: Value) {
    world.send_as(token, Call::new("PUT", path).json(&body)).await.ok(200);
}

/// What was done since `before` events.
fn done(world: &World, before: usize) -> Vec<Action> {
    world.storage.audit_events().iter().skip(before).map(|event| event.action).collect()
}

fn events(world: &World) -> usize {
    world.storage.audit_events().len()
}

#[tokio::test]
async fn versions_are_listed_without_their_values() {
    let world = World::new();
    let (ada, category, entry) = furnished(&world).await;
    let path = format!("/entries/{entry}/history");
    assert!(
        world.page(&ada, &format!("/keys/{category}")).await.contains(&format!("href=\"{path}\">version 2"))
    );
    let page = world.page(&ada, &path).await;
    let (second, first) =
        (page.find("Version 2</strong>").unwrap(), page.find("Version 1</strong>").unwrap());
    assert!(second < first, "newest first");
    assert!(page[second..first].contains("current") && !page[first..].contains("current"));
    assert!(page.contains("by ada@example.com") && page.contains("<time datetime="));
    assert!(!page.contains("canary"));
    assert_eq!(page.matches("checked").count(), 2, "the newest two are marked for a comparison");
    let bob = world.person("bob@example.com").await;
    world.look(&bob, &path).await.ok(404);
    world.look(&ada, "/entries/no-id/history").await.ok(404);
}

#[tokio::test]
async fn a_version_is_shown_on_request_and_the_trail_knows() {
    let world = World::new();
    let (ada, _, entry) = furnished(&world).await;
    let path = format!("/entries/{entry}/versions/1/reveal");
    let before = events(&world);
    leads_to(&world.look(&ada, &path).await, &format!("/entries/{entry}/history"));
    assert_eq!(done(&world, before), [], "looking at the address reveals nothing");
    let reply = world.send_as(&ada, Call::post(&path).header("accept-encoding", "gzip")).await.ok(200);
    assert!(reply.text.contains("canary-1-end") && !reply.text.contains("canary-22-end"));
    assert_eq!((reply.header("cache-control"), reply.header("content-encoding")), ("no-store", ""));
    assert_eq!(done(&world, before), [Action::EntryRevealVersion]);
    let bob = world.person("bob@example.com").await;
    world.send_as(&bob, Call::post(&path)).await.ok(404);
    for number in ["3", "0", "x", "-1"] {
        let reveal = Call::post(format!("/entries/{entry}/versions/{number}/reveal"));
        world.send_as(&ada, reveal).await.ok(404);
    }
}

#[tokio::test]
async fn two_versions_are_compared_side_by_side() {
    let world = World::new();
    let (ada, _, entry) = furnished(&world).await;
    let path = format!("/entries/{entry}/compare");
    leads_to(&world.look(&ada, &path).await, &format!("/entries/{entry}/history"));
    let before = events(&world);
    for (one, other) in [("1", "2"), ("2", "1")] {
        let reply = world.send_as(&ada, form(&path, &[("one", one), ("other", other)])).await.ok(200);
        obeys_csp(&reply.text);
        let older = reply.text.find("canary-<mark>1</mark>-end").unwrap();
        assert!(older < reply.text.find("canary-<mark>22</mark>-end").unwrap(), "the older one comes first");
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    assert_eq!(done(&world, before), [Action::EntryRevealVersion; 4], "one event for each version");
    let before = events(&world);
    for same in ["1", "2", "", "x"] {
        let page = world.send_as(&ada, form(&path, &[("one", same), ("other", same)])).await.ok(422).text;
        assert!(page.contains("Choose two different versions.") && !page.contains("canary"));
    }
    assert_eq!(done(&world, before), []);
    let missing = world.send_as(&ada, form(&path, &[("one", "2"), ("other", "9")])).await.ok(404);
    assert!(!missing.text.contains("canary"));
    let bob = world.person("bob@example.com").await;
    world.send_as(&bob, form(&path, &[("one", "1"), ("other", "2")])).await.ok(404);
}

#[tokio::test]
async fn a_group_is_compared_field_by_field() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body =
        json!({"name": "AWS", "keyType": "group", "fieldDefinitions": ["ID", "SECRET", "REGION", "OLD"]});
    let category = world.send_as(&ada, Call::post("/api/categories").json(&body)).await.ok(201).id();
    let value = json!({"ID": "canary-same", "SECRET": "canary-a", "OLD": "canary-old"});
    let entry = world.entry(&ada, &category, "Blog", value).await;
    let value = json!({"ID": "canary-same", "SECRET": "canary-b", "REGION": "canary-new"});
    put(&world, &ada, &format!("/api/entries/{entry}"), json!({"value": value})).await;
    put(
        &world,
        &ada,
        &format!("/api/categories/{category}"),
        json!({"fieldDefinitions": ["ID", "SECRET", "REGION"]}),
    )
    .await;

    let compare = form(format!("/entries/{entry}/compare"), &[("one", "1"), ("other", "2")]);
    let page = world.send_as(&ada, compare).await.ok(200).text;
    let told = |name: &str, change: &str| {
        let line = format!("<code>{name}</code><span class=\"badge plain\">{change}</span>");
        assert!(page.contains(&line), "{line}\n{page}");
    };
    told("SECRET", "changed");
    told("REGION", "added");
    told("OLD", "removed");
    assert!(page.contains("Unchanged:</span> <code>ID</code></p>"), "{page}");
    assert!(!page.contains("canary-same"), "what did not change is not shown");
    for shown in ["canary-<mark>a</mark>", "canary-<mark>b</mark>", "canary-new", "canary-old"] {
        assert!(page.contains(shown), "{shown}");
    }
    // A field that the category has lost is shown, but such a version does not come back.
    let version = format!("/entries/{entry}/versions/1");
    let page = world.send_as(&ada, Call::post(format!("{version}/reveal"))).await.ok(200).text;
    assert!(page.contains("canary-old"));
    let page = world.send_as(&ada, Call::post(format!("{version}/restore"))).await.ok(422).text;
    assert!(page.contains("The category has no such field any more") && !page.contains("Version 3"));
}

#[tokio::test]
async fn a_version_is_restored_and_that_is_undone() {
    let world = World::new();
    let (ada, _, entry) = furnished(&world).await;
    let value = async || {
        let shown = world.send_as(&ada, Call::post(format!("/api/entries/{entry}/reveal"))).await.data();
        (shown["version"].as_u64().unwrap(), shown["value"].as_str().unwrap().to_owned())
    };
    let restore = format!("/entries/{entry}/versions/1/restore");
    leads_to(&world.look(&ada, &restore).await, &format!("/entries/{entry}/history"));
    assert_eq!(value().await, (2, "canary-22-end".to_owned()));
    let reply = world.send_as(&ada, Call::post(&restore)).await;
    let history = format!("/entries/{entry}/history?undo=2");
    leads_to(&reply, &history);
    assert_eq!(value().await, (3, "canary-1-end".to_owned()));

    let undo = format!("action=\"/entries/{entry}/versions/2/restore\"><button class=\"tiny\">Undo");
    assert!(!world.page(&ada, &history).await.contains(&undo), "only right after it was done");
    let cookies = format!("{}={ada}; kagi_said={}", world.cookie_name(), cookie(&reply, "kagi_said"));
    let page = world.send(Call::get(&history).header("cookie", cookies)).await.ok(200).text;
    assert!(page.contains("is the current one again") && page.contains(&undo), "{page}");
    world.send_as(&ada, Call::post(format!("/entries/{entry}/versions/2/restore"))).await;
    assert_eq!(value().await, (4, "canary-22-end".to_owned()), "nothing was overwritten");
    let bob = world.person("bob@example.com").await;
    world.send_as(&bob, Call::post(&restore)).await.ok(404);
}

#[tokio::test]
async fn a_leaked_version_is_deleted_for_good() {
    let world = World::new();
    let (ada, _, entry) = furnished(&world).await;
    let version = |number: &str| format!("/entries/{entry}/versions/{number}");
    let ask = world.page(&ada, &format!("{}/purge", version("1"))).await;
    assert!(ask.contains("Delete version 1 for good?") && ask.contains("cannot be undone"));
    let page = world.page(&ada, &format!("/entries/{entry}/history")).await;
    assert!(page.contains(&format!("{}/purge", version("1"))) && !page.contains(&version("2/purge")));
    world.look(&ada, &format!("{}/purge", version("2"))).await.ok(409);
    world.look(&ada, &format!("{}/purge", version("7"))).await.ok(404);
    let refused = world.send_as(&ada, Call::post(format!("{}/purge", version("2")))).await.ok(409);
    assert!(refused.text.contains("This is the current version"));
    let bob = world.person("bob@example.com").await;
    world.send_as(&bob, Call::post(format!("{}/purge", version("1")))).await.ok(404);
    for _ in ["the click", "a second click"] {
        let reply = world.send_as(&ada, Call::post(format!("{}/purge", version("1")))).await;
        leads_to(&reply, &format!("/entries/{entry}/history"));
        assert_eq!(cookie(&reply, "kagi_said"), "version-gone");
    }
    world.send_as(&ada, Call::post(format!("{}/reveal", version("1")))).await.ok(404);
    let page = world.page(&ada, &format!("/entries/{entry}/history")).await;
    assert!(!page.contains("Version 1</strong>") && !page.contains("Compare the two marked"));
}

#[tokio::test]
async fn a_value_is_downloaded_as_it_is() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "Key").await;
    let value = "-----BEGIN-----\r\n\"canary\" $HOME ü\n\n";
    let entry = world.entry(&ada, &category, "Blog", json!(value)).await;
    let path = format!("/entries/{entry}/download");
    let before = events(&world);
    leads_to(&world.look(&ada, &path).await, &format!("/keys/{category}#e-{entry}"));
    for name in ["", "OTHER", "token", "../TOKEN"] {
        world.send_as(&ada, form(&path, &[("name", name)])).await.ok(404);
    }
    assert_eq!(done(&world, before), [], "nothing leaves, and nothing is said to have left");
    let call = form(&path, &[("name", "TOKEN")]).header("accept-encoding", "gzip");
    let file = world.send_as(&ada, call).await.ok(200);
    assert_eq!(file.text, value);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"TOKEN.txt\"");
    assert_eq!(file.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!((file.header("cache-control"), file.header("content-encoding")), ("no-store", ""));
    assert_eq!(done(&world, before), [Action::EntryReveal]);
    let bob = world.person("bob@example.com").await;
    world.send_as(&bob, form(&path, &[("name", "TOKEN")])).await.ok(404);
    let cross = form(&path, &[("name", "TOKEN")]).header("sec-fetch-site", "cross-site");
    world.send_as(&ada, cross).await.ok(403);
}

#[tokio::test]
async fn a_group_is_downloaded_field_by_field() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({"name": "AWS", "keyType": "group", "fieldDefinitions": ["ID", "SECRET"]});
    let category = world.send_as(&ada, Call::post("/api/categories").json(&body)).await.ok(201).id();
    let entry = world.entry(&ada, &category, "Blog", json!({"SECRET": "canary"})).await;
    let page = world.page(&ada, &format!("/keys/{category}")).await;
    assert!(page.contains("name=\"name\" value=\"SECRET\"") && !page.contains("name=\"name\" value=\"ID\""));
    let path = format!("/entries/{entry}/download");
    assert_eq!(world.send_as(&ada, form(&path, &[("name", "SECRET")])).await.ok(200).text, "canary");
    world.send_as(&ada, form(&path, &[("name", "ID")])).await.ok(404);
}

#[tokio::test]
async fn an_expiry_is_marked_from_thirty_days_ahead() {
    let world = World::new();
    let (ada, category, entry) = furnished(&world).await;
    let path = format!("/keys/{category}");
    let day = std::time::Duration::from_hours(24);
    let at = world.now().plus(40 * day).to_string();
    put(&world, &ada, &format!("/api/entries/{entry}"), json!({"expiresAt": at})).await;
    assert!(world.page(&ada, &path).await.contains("until <time"));
    world.clock.advance(11 * day);
    let ada = world.sign_in_again("ada@example.com").await;
    let page = world.page(&ada, &path).await;
    assert!(page.contains("badge expiring") && page.contains("in 29 days"), "{page}");
    world.clock.advance(31 * day);
    let ada = world.sign_in_again("ada@example.com").await;
    let page = world.page(&ada, &path).await;
    assert!(page.contains("badge expired") && page.contains("2 days ago"), "{page}");
}
