//! What people do, page after page.

use std::time::Duration;

use kagi_domain::{Policy, SignUp};

use super::{cookie, form, leads_to};
use crate::{Call, PASSWORD, World, world::site};

const ADA: (&str, &str) = ("email", "ada@example.com");

#[tokio::test]
async fn the_first_account_needs_the_printed_link() {
    let world = World::new();
    for path in ["/", "/keys", "/sign-in"] {
        leads_to(&world.send(Call::get(path)).await, "/setup");
    }
    assert!(world.send(Call::get("/setup")).await.ok(200).text.contains("not set up yet"));
    let wrong = world.send(Call::get("/setup?token=wrong")).await.ok(200).text;
    assert!(wrong.contains("not valid") && !wrong.contains("name=\"password\""));
    let token = world.sign_in().set_up_token().expose().to_owned();
    let page = world.send(Call::get(format!("/setup?token={token}"))).await.ok(200).text;
    assert!(page.contains("name=\"password\""));
    let short = form("/setup", &[("token", &token), ADA, ("password", "short")]);
    let page = world.send(short).await.ok(422).text;
    assert!(
        page.contains("ada@example.com")
            && page.contains("Use at least 12 characters.")
            && page.contains(&token)
    );
    let fields = [("token", token.as_str()), ADA, ("name", "Ada"), ("password", PASSWORD)];
    let reply = world.send(form("/setup", &fields)).await;
    leads_to(&reply, "/");
    let session = cookie(&reply, "__Host-kagi_session");
    assert!(world.page(&session, "/keys").await.contains("Your vault is empty"));
    // The link is spent.
    leads_to(&world.send(form("/setup", &fields)).await, "/setup?token=");
    assert!(
        world.send(Call::get(format!("/setup?token={token}"))).await.ok(200).text.contains("Kagi is set up")
    );
}

#[tokio::test]
async fn signing_in_leads_back_but_never_elsewhere() {
    let world = World::new();
    world.person("ada@example.com").await;
    leads_to(&world.send(Call::get("/keys?search=a%20b")).await, "/sign-in?next=/keys%3Fsearch%3Da%2520b");
    let next = |next: &'static str| form("/sign-in", &[ADA, ("password", PASSWORD), ("next", next)]);
    leads_to(&world.send(next("/keys?search=a%20b")).await, "/keys?search=a%20b");
    for evil in [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "\\\\evil",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/sign-out",
        "/a\r\nx: y",
    ] {
        leads_to(&world.send(next(evil)).await, "/");
    }
}

#[tokio::test]
async fn a_session_that_is_over_says_so() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.clock.advance(Duration::from_hours(13));
    leads_to(&world.look(&ada, "/keys").await, "/sign-in?next=/keys&ended=1");
    let page = world.send(Call::get("/sign-in?next=/keys&ended=1")).await.ok(200).text;
    assert!(page.contains("Your session has ended. Please sign in again."));
    // A form's address leads back to the form.
    leads_to(&world.send_as(&ada, form("/keys/new", &[])).await, "/sign-in?next=/keys/new&ended=1");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_says_so_once() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let reply = world.send_as(&ada, Call::post("/sign-out")).await;
    leads_to(&reply, "/sign-in");
    assert_eq!(cookie(&reply, "__Host-kagi_session"), "");
    let said = cookie(&reply, "kagi_said");
    let page = world.send(Call::get("/sign-in").header("cookie", format!("kagi_said={said}"))).await.ok(200);
    assert!(page.text.contains("You are signed out."));
    assert_eq!(cookie(&page, "kagi_said"), "", "once");
    leads_to(&world.look(&ada, "/keys").await, "/sign-in?next=/keys&ended=1");
    let odd = world.send(Call::get("/sign-in").header("cookie", "kagi_said=<b>hello</b>")).await.ok(200).text;
    assert!(!odd.contains("hello"), "only sentences of our own are said");
}

#[tokio::test]
async fn registration_is_as_open_as_the_operator_says() {
    let world = World::new();
    world.person("ada@example.com").await;
    assert!(world.send(Call::get("/sign-up")).await.ok(200).text.contains("Registration is closed"));
    let bob = [("email", "bob@example.com"), ("password", PASSWORD)];
    leads_to(&world.send(form("/sign-up", &bob)).await, "/sign-up");
    let world =
        World::at(site("https://kagi.example", &[]), Policy { sign_up: SignUp::Open, ..Policy::default() });
    world.person("ada@example.com").await;
    leads_to(&world.send(form("/sign-up", &bob)).await, "/");
    let taken = world.send(form("/sign-up", &[ADA, ("password", PASSWORD)])).await.ok(409).text;
    assert!(taken.contains("id=\"f-email-error\""));
}

#[tokio::test]
async fn a_reveal_answers_the_post_and_is_not_kept() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "Key").await;
    let entry = world.entry(&ada, &category, "Blog", "a <canary> & more".into()).await;
    assert!(!world.page(&ada, &format!("/keys/{category}")).await.contains("canary"));
    let reveal = Call::post(format!("/entries/{entry}/reveal")).header("accept-encoding", "gzip");
    let page = world.send_as(&ada, reveal).await.ok(200);
    assert!(page.text.contains("a &lt;canary&gt; &amp; more"));
    assert_eq!((page.header("cache-control"), page.header("content-encoding")), ("no-store", ""));
    leads_to(
        &world.look(&ada, &format!("/entries/{entry}/reveal")).await,
        &format!("/keys/{category}#e-{entry}"),
    );
    // Somebody else's is not there.
    let bob = world.person("bob@example.com").await;
    world.send_as(&bob, Call::post(format!("/entries/{entry}/reveal"))).await.ok(404);
    world.look(&bob, &format!("/keys/{category}")).await.ok(404);
    world.look(&bob, "/keys/not-an-id").await.ok(404);
}

#[tokio::test]
async fn deleting_says_what_goes_too() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "Key").await;
    world.entry(&ada, &category, "Blog", "a".into()).await;
    world.entry(&ada, &category, "Shop", "b".into()).await;
    let ask = world.page(&ada, &format!("/keys/{category}/delete")).await;
    assert!(ask.contains("Its 2 entries") && ask.contains("cannot be undone"));
    let reply = world.send_as(&ada, Call::post(format!("/keys/{category}/delete"))).await;
    leads_to(&reply, "/keys");
    assert_eq!(cookie(&reply, "kagi_said"), "category-gone");
    assert!(world.page(&ada, "/keys").await.contains("Your vault is empty"));
    // A second click is no error.
    leads_to(&world.send_as(&ada, Call::post(format!("/keys/{category}/delete"))).await, "/keys");
}

#[tokio::test]
async fn a_key_after_ten_minutes_asks_for_the_password_and_keeps_the_rest() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let path = "/settings/access-keys/new";
    assert!(!world.page(&ada, path).await.contains("name=\"password\""));
    world.clock.advance(Duration::from_mins(11));
    assert!(world.page(&ada, path).await.contains("name=\"password\""));
    let typed = |password: &'static str| {
        let fields = [
            ("name", "CI"),
            ("scopes", "entries:read"),
            ("scopes", "stats:read"),
            ("projects", "Blog\r\nShop"),
            ("expiresAt", ""),
            ("password", password),
        ];
        form(path, &fields)
    };
    for (password, status, sentence) in
        [("", 403, "Please confirm your password first"), ("wrong one", 422, "This is not your password.")]
    {
        let page = world.send_as(&ada, typed(password)).await.ok(status).text;
        assert!(
            page.contains(sentence)
                && page.contains("value=\"CI\"")
                && page.contains("Blog\nShop</textarea>")
        );
        assert_eq!(page.matches(" checked").count(), 2);
    }
    let page = world.send_as(&ada, typed(PASSWORD)).await.ok(200);
    assert_eq!(page.header("cache-control"), "no-store");
    let key = page.text.split(['>', '<']).find(|text| text.starts_with("kagi_")).unwrap().to_owned();
    world.send(Call::get("/api/entries").key(&key)).await.ok(200);
    // The session goes on under a new token; the old one is over.
    let renewed = cookie(&page, "__Host-kagi_session");
    let list = world.page(&renewed, "/settings/access-keys").await;
    assert!(
        list.contains("Only Blog, Shop")
            && list.contains("May see entries; see totals.")
            && !list.contains(&key)
    );
    assert_eq!(world.look(&ada, path).await.status.as_u16(), 303);
}

#[tokio::test]
async fn a_page_that_is_not_there_is_a_page() {
    let world = World::new();
    let page = world.send(Call::get("/nope")).await.ok(404);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    super::html::obeys_csp(&page.text);
    assert!(page.text.contains("Nothing here"));
}
