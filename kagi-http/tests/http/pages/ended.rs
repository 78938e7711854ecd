//! A form that comes in after its session has ended.

use std::time::Duration;

use super::{form, leads_to};
use crate::{Call, PASSWORD, World};

const VALUE: &str = "canary-\"quoted\"\n<second line>";

#[tokio::test]
async fn a_form_is_given_back_whole_and_can_be_sent_again() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "TOKEN").await;
    let path = format!("/keys/{category}/entries/new");
    let typed =
        [("projectName", "Blog"), ("environment", "local"), ("value", VALUE), ("notes", ""), ("notes", "b")];
    world.clock.advance(Duration::from_hours(13));
    let reply = world.send_as(&ada, form(&path, &typed)).await.ok(401);
    assert!(reply.text.contains("Your session has ended"));
    assert!(reply.text.contains(&format!("method=\"post\" action=\"{path}\"")));
    let hidden =
        "<input type=\"hidden\" name=\"value\" value=\"canary-&quot;quoted&quot;\n&lt;second line&gt;\">";
    assert!(reply.text.contains(hidden), "{}", reply.text);
    assert_eq!(
        reply.text.matches("type=\"hidden\"").count(),
        5,
        "in order, the empty one and both of a name"
    );
    assert_eq!(
        (reply.header("cache-control"), reply.header("content-type")),
        ("no-store", "text/html; charset=utf-8")
    );
    assert!(!reply.headers.contains_key("content-encoding"), "what was typed is not packed");

    let ada = world.sign_in_again("ada@example.com").await;
    leads_to(&world.send_as(&ada, form(&path, &typed[..3])).await, &format!("/keys/{category}"));
}

#[tokio::test]
async fn passwords_are_never_sent_back() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.clock.advance(Duration::from_hours(13));
    let typed = [("currentPassword", PASSWORD), ("newPassword", "another horse battery"), ("name", "x")];
    let page = world.send_as(&ada, form("/settings/password", &typed)).await.ok(401).text;
    assert!(!page.contains(PASSWORD) && !page.contains("another horse"));
    assert!(page.contains("name=\"name\" value=\"x\""));
    let typed = [("confirmation", "ada@example.com"), ("password", PASSWORD)];
    let page = world.send_as(&ada, form("/settings/delete/data", &typed)).await.ok(401).text;
    assert!(!page.contains(PASSWORD) && page.contains("ada@example.com"));
}

#[tokio::test]
async fn what_holds_nothing_or_is_no_form_leads_to_sign_in() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.clock.advance(Duration::from_hours(13));
    leads_to(&world.send_as(&ada, form("/keys/new", &[])).await, "/sign-in?next=/keys/new&ended=1");
    let odd = Call::post("/keys/new").header("content-type", "application/json").body("{}");
    leads_to(&world.send_as(&ada, odd).await, "/sign-in?next=/keys/new&ended=1");
    // Whoever never was signed in has nothing to lose either.
    leads_to(&world.send(form("/2fa/new", &[])).await, "/sign-in?next=/2fa/new");
}

#[tokio::test]
async fn a_form_from_another_site_is_not_given_back() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.clock.advance(Duration::from_hours(13));
    let call = form("/keys/new", &[("name", "canary-evil")]).header("sec-fetch-site", "cross-site");
    let reply = world.send_as(&ada, call).await.ok(403);
    assert!(!reply.text.contains("canary-evil"));
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_before_it_is_held() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.clock.advance(Duration::from_hours(13));
    let large = "x".repeat(3 * 1024 * 1024);
    let reply = world.send_as(&ada, form("/keys/new", &[("description", &large)])).await;
    assert_ne!(reply.status.as_u16(), 401);
    assert!(!reply.text.contains("xxxxxxxx"));
}
