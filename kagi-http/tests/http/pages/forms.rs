//! A form that is refused comes back as it was typed, with the reasons where they belong.

use super::{cookie, form, leads_to};
use crate::{Call, World};

#[tokio::test]
async fn a_refused_category_keeps_what_was_typed() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let typed = [
        ("name", "Payments"),
        ("keyType", "group"),
        ("fieldDefinitions", "GOOD\r\nNOT GOOD"),
        ("publicChoice", "listed"),
        ("publicNames", "GOOD"),
        ("description", "kept\r\nas typed"),
        ("iconSlug", "stripe"),
        ("color", "#0b7a5b"),
    ];
    let page = world.send_as(&ada, form("/keys/new", &typed)).await.ok(422);
    assert_eq!(page.header("cache-control"), "no-store");
    for kept in [
        "value=\"Payments\"",
        "GOOD\nNOT GOOD</textarea>",
        "kept\nas typed</textarea>",
        "value=\"stripe\" selected",
        "value=\"#0b7a5b\" checked",
        "value=\"listed\" checked",
        "value=\"group\" checked",
    ] {
        assert!(page.text.contains(kept), "{kept}\n{}", page.text);
    }
    assert!(page.text.contains("aria-describedby=\"f-fieldDefinitions-error f-fieldDefinitions-hint\" aria-invalid=\"true\" autofocus"));
    assert!(page.text.contains("id=\"f-fieldDefinitions-error\""));
    assert_eq!(page.text.matches(" autofocus").count(), 1, "the first mistake has the focus");
}

#[tokio::test]
async fn a_taken_name_is_said_at_the_name() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.category(&ada, "OpenAI").await;
    let typed = [("name", "openai"), ("keyType", "simple"), ("envVarName", "A")];
    let page = world.send_as(&ada, form("/keys/new", &typed)).await.ok(409).text;
    assert!(page.contains("id=\"f-name-error\">You already have a category with this name.</p>"));
}

#[tokio::test]
async fn a_refused_entry_keeps_its_value_and_its_line_breaks() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "Key").await;
    let path = format!("/keys/{category}/entries/new");
    let typed = [
        ("projectName", " "),
        ("environment", "staging"),
        ("value", "\r\nline one\r\n  line two"),
        ("expiresAt", "2027-01-31"),
    ];
    let page = world.send_as(&ada, form(&path, &typed)).await.ok(422);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("content-encoding"), "", "plaintext is not packed");
    // The parser drops the line break after the tag; the value's own comes after it.
    assert!(page.text.contains(">\n\nline one\n  line two</textarea>"), "{}", page.text);
    assert!(page.text.contains("value=\"staging\" selected") && page.text.contains("value=\"2027-01-31\""));
    let typed =
        [("projectName", "Blog"), ("environment", "staging"), ("value", "line one\r\n  line two\r\n")];
    leads_to(&world.send_as(&ada, form(&path, &typed)).await, &format!("/keys/{category}"));
    let entry = only_entry(&world, &ada).await;
    let revealed = world.send_as(&ada, Call::post(format!("/api/entries/{entry}/reveal"))).await.data();
    assert_eq!(revealed["value"], "line one\n  line two\n");
}

#[tokio::test]
async fn an_edit_without_a_value_keeps_the_stored_one() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "Key").await;
    let entry = world.entry(&ada, &category, "Blog", "hunter2 canary".into()).await;
    let path = format!("/entries/{entry}/edit");
    let page = world.page(&ada, &path).await;
    assert!(!page.contains("canary") && page.contains("Leave it empty to keep the stored value."));
    let typed = [
        ("projectName", "Shop"),
        ("environment", "local"),
        ("value", ""),
        ("notes", "moved"),
        ("expiresAt", "2027-01-31"),
    ];
    let reply = world.send_as(&ada, form(&path, &typed)).await;
    leads_to(&reply, &format!("/keys/{category}"));
    assert_eq!(cookie(&reply, "kagi_said"), "entry-saved");
    let stored = world.send_as(&ada, Call::get(format!("/api/entries/{entry}"))).await.data();
    assert_eq!((&stored["projectName"], &stored["version"]), (&"Shop".into(), &1.into()));
    assert_eq!(stored["expiresAt"], "2027-01-31T23:59:59.999Z", "the last day counts to its end");
    let typed = [
        ("projectName", "Shop"),
        ("environment", "local"),
        ("value", "new"),
        ("expiresAt", "2027-01-31"),
        ("expiresWas", "2027-01-31T12:00:00.000Z"),
    ];
    let reply = world.send_as(&ada, form(&path, &typed)).await;
    assert_eq!(cookie(&reply, "kagi_said"), "value-saved");
    let stored = world.send_as(&ada, Call::get(format!("/api/entries/{entry}"))).await.data();
    assert_eq!((&stored["version"], &stored["notes"]), (&2.into(), &serde_json::Value::Null));
    assert_eq!(stored["expiresAt"], "2027-01-31T12:00:00.000Z", "a time on the same day stays exact");
}

#[tokio::test]
async fn a_wrong_password_keeps_the_address_and_not_the_password() {
    let world = World::new();
    world.person("ada@example.com").await;
    let typed = [("email", "ada@example.com"), ("password", "not the right one"), ("next", "/keys?search=a")];
    let page = world.send(form("/sign-in", &typed)).await.ok(401).text;
    assert!(page.contains("value=\"ada@example.com\"") && page.contains("value=\"/keys?search=a\""));
    assert!(page.contains("E-mail or password is wrong.") && !page.contains("not the right one"));
    for _ in 0..4 {
        world.send(form("/sign-in", &typed)).await;
    }
    let page = world.send(form("/sign-in", &typed)).await.ok(429);
    assert!(!page.header("retry-after").is_empty() && page.text.contains("Please wait 15 minutes"));
    assert!(page.text.contains("value=\"ada@example.com\""));
}

async fn only_entry(world: &World, token: &str) -> String {
    let list = world.send_as(token, Call::get("/api/entries")).await.data();
    list[0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_form_that_cannot_be_read_exactly_is_refused() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "Key").await;
    let path = format!("/keys/{category}/entries/new");
    let raw = |body: &str| {
        Call::post(&path).header("content-type", "application/x-www-form-urlencoded").body(body.to_owned())
    };
    for (value, sentence) in
        [("abc%FF%FEdef", "not UTF-8"), ("100%", "begins no escape"), ("a%4", "begins no escape")]
    {
        let body = format!("projectName=Blog&environment=production&value={value}");
        let page = world.send_as(&ada, raw(&body)).await.ok(400).text;
        assert!(page.contains(sentence) && !page.contains(value), "{page}");
    }
    let listed = world.send_as(&ada, Call::get("/api/entries")).await.ok(200).data();
    assert_eq!(listed, serde_json::json!([]), "nothing was kept in its place");
    world.send_as(&ada, Call::post(&path).header("content-type", "text/plain").body("value=x")).await.ok(415);
    world.send_as(&ada, raw("projectName=Blog&environment=production&value=a+%2525%C3%A4")).await.ok(303);
    let id =
        world.send_as(&ada, Call::get("/api/entries")).await.data()[0]["id"].as_str().unwrap().to_owned();
    let revealed = world.send_as(&ada, Call::post(format!("/api/entries/{id}/reveal"))).await.ok(200).data();
    assert_eq!(revealed["value"], "a %25\u{e4}");
}
