//! What people type is text, whatever it looks like.

use kagi_tests::markup::payloads;
use serde_json::json;

use super::{
    escape, form,
    html::{obeys_csp, structure},
};
use crate::{Call, PASSWORD, World};

/// Every page that shows what somebody typed, with this text in every place that takes one.
async fn pages(text: &str) -> Vec<String> {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let name = json!({"name": text});
    world.send_as(&ada, Call::new("PUT", "/api/account").json(&name)).await.ok(200);
    let fields = [("email", "ada@example.com"), ("password", PASSWORD)];
    world.send(form("/sign-in", &fields).header("user-agent", text)).await.ok(303);
    let category = json!({"name": text, "description": text, "keyType": "simple", "envVarName": "TOKEN"});
    let category = world.send_as(&ada, Call::post("/api/categories").json(&category)).await.ok(201).id();
    let entry = json!({"categoryId": category, "projectName": text, "value": text, "description": text, "notes": text});
    let entry = world.send_as(&ada, Call::post("/api/entries").json(&entry)).await.ok(201).id();
    let again = json!({"value": format!("{text} and more")});
    world.send_as(&ada, Call::new("PUT", format!("/api/entries/{entry}")).json(&again)).await.ok(200);
    let key = json!({"name": text, "scopes": ["entries:read"], "projects": [text]});
    let key = world.send_as(&ada, Call::post("/api/access-keys").json(&key)).await.ok(201).id();
    let set = json!({"service": text, "label": text, "tokens": [text]});
    let set = world.send_as(&ada, Call::post("/api/2fa").json(&set)).await.ok(201).id();
    let mut pages = Vec::new();
    for path in [
        "/".to_owned(),
        format!("/palette?search={}", escape(text)),
        format!("/palette?list=yes&search={}", escape(text)),
        format!("/palette?search=zz{}", escape(text)),
        format!("/projects?name={}", escape(text)),
        format!("/projects?name=zz{}", escape(text)),
        format!("/keys/new?search={}", escape(text)),
        format!("/keys/new?search=zz{}", escape(text)),
        format!("/keys/new?service={}", escape(text)),
        "/2fa".to_owned(),
        format!("/2fa?search=zz{}", escape(text)),
        format!("/2fa/{set}"),
        format!("/2fa/{set}/edit"),
        format!("/2fa/{set}/delete"),
        "/keys".to_owned(),
        format!("/keys?search={}", escape(text)),
        format!("/keys?search=zz{}", escape(text)),
        format!("/keys/{category}"),
        format!("/keys/{category}?search=zz{}", escape(text)),
        format!("/keys/{category}/edit"),
        format!("/keys/{category}/delete"),
        format!("/keys/{category}/entries/new"),
        format!("/entries/{entry}/edit"),
        format!("/entries/{entry}/delete"),
        format!("/entries/{entry}/history"),
        format!("/entries/{entry}/history?undo={}", escape(text)),
        format!("/entries/{entry}/versions/1/purge"),
        "/settings/profile".to_owned(),
        "/settings/sessions".to_owned(),
        "/settings/activity".to_owned(),
        "/settings/delete/account".to_owned(),
        "/settings/access-keys".to_owned(),
        format!("/settings/access-keys/{key}/revoke"),
    ] {
        pages.push(world.page(&ada, &path).await);
    }
    pages.push(world.send(Call::get(format!("/sign-in?next={}", escape(text)))).await.text);
    let reveal = Call::post(format!("/entries/{entry}/reveal"));
    pages.push(world.send_as(&ada, reveal).await.ok(200).text);
    let reveal = Call::post(format!("/entries/{entry}/versions/1/reveal"));
    pages.push(world.send_as(&ada, reveal).await.ok(200).text);
    let compare = |other| form(format!("/entries/{entry}/compare"), &[("one", "1"), ("other", other)]);
    pages.push(world.send_as(&ada, compare("2")).await.ok(200).text);
    pages.push(world.send_as(&ada, compare("1")).await.ok(422).text);
    let reveal = form(format!("/2fa/{set}/reveal"), &[]);
    pages.push(world.send_as(&ada, reveal).await.ok(200).text);
    let typed = [("service", ""), ("label", text), ("tokens", text), ("wholeLines", text)];
    pages.push(world.send_as(&ada, form("/2fa/new", &typed)).await.ok(422).text);
    let query = format!("action={0}&since={0}&until={0}", escape(text));
    pages.push(world.look(&ada, &format!("/settings/activity?{query}")).await.ok(422).text);
    let typed = [("confirmation", text), ("password", text)];
    pages.push(world.send_as(&ada, form("/settings/delete/data", &typed)).await.ok(422).text);
    let typed = [
        ("name", text),
        ("keyType", text),
        ("envVarName", text),
        ("publicChoice", "listed"),
        ("publicNames", text),
        ("description", text),
        ("iconSlug", text),
        ("color", text),
    ];
    pages.push(world.send_as(&ada, form("/keys/new", &typed)).await.ok(422).text);
    let typed = [
        ("projectName", ""),
        ("value", text),
        ("environment", text),
        ("expiresAt", text),
        ("expiresWas", text),
        ("notes", text),
    ];
    pages.push(world.send_as(&ada, form(format!("/keys/{category}/entries/new"), &typed)).await.ok(422).text);
    let typed = [("name", text), ("scopes", text), ("projects", text), ("expiresAt", text)];
    pages.push(world.send_as(&ada, form("/settings/access-keys/new", &typed)).await.ok(422).text);
    let unsent = [("projectName", text), ("value", text), (text, text)];
    pages.push(world.send(form("/keys/new", &unsent)).await.ok(401).text);
    let typed = [("email", text), ("password", text), ("next", text)];
    pages.push(world.send(form("/sign-in", &typed)).await.ok(401).text);
    pages
}

#[tokio::test]
async fn over_a_hundred_payloads_render_as_text() {
    let plain: Vec<_> = pages("plain (text)").await.iter().map(|page| structure(page)).collect();
    let payloads = payloads();
    assert!(payloads.len() >= 100);
    for payload in payloads {
        for (page, plain) in pages(&payload).await.iter().zip(&plain) {
            // What the palette takes into a page is no page of its own.
            if page.starts_with("<!DOCTYPE") {
                obeys_csp(page);
            }
            assert_eq!(&structure(page), plain, "{payload}");
        }
    }
}
