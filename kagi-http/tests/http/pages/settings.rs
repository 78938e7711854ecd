//! Settings by page: the person, their password and sessions, what happened, how it is sealed.

use std::time::Duration;

use kagi_domain::{
    access::{ProjectLimit, Scope},
    audit::Action,
};
use serde_json::json;

use super::{cookie, form, html::obeys_csp, leads_to};
use crate::{Call, PASSWORD, World};

const SESSION: &str = "__Host-kagi_session";
const NEW: &str = "another horse battery";

/// How many events a page of the activity lists.
fn events(page: &str) -> usize {
    page.matches("<li class=\"event\">").count()
}

#[tokio::test]
async fn every_page_leads_to_every_other() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    leads_to(&world.look(&ada, "/settings").await, "/settings/profile");
    let pages =
        ["profile", "password", "sessions", "access-keys", "encryption", "activity", "export", "delete"];
    for page in pages {
        let text = world.page(&ada, &format!("/settings/{page}")).await;
        for other in pages {
            assert!(text.contains(&format!("href=\"/settings/{other}\"")), "{page} to {other}");
        }
        let here = format!("href=\"/settings/{page}\" aria-current=\"true\"");
        assert_eq!(text.matches(&here).count(), 1 + usize::from(page == "profile"), "{page}");
        obeys_csp(&text);
    }
}

#[tokio::test]
async fn a_name_is_changed_and_a_refused_one_comes_back() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let save = |name: &str| form("/settings/profile", &[("name", name)]);
    let reply = world.send_as(&ada, save("Ada Lovelace")).await;
    leads_to(&reply, "/settings/profile");
    assert_eq!(cookie(&reply, "kagi_said"), "profile-saved");
    let page = world.page(&ada, "/settings/profile").await;
    assert!(page.contains("value=\"Ada Lovelace\"") && page.contains("<dd>ada@example.com</dd>"));
    let long = "x".repeat(256);
    let page = world.send_as(&ada, save(&long)).await.ok(422).text;
    assert!(page.contains(&format!("value=\"{long}\"")) && page.contains("id=\"f-name-error\""));
    world.send_as(&ada, save(" ")).await.ok(303);
    assert!(world.page(&ada, "/keys").await.contains("<span class=\"who\">ada@example.com</span>"));
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let other = world.sign_in_again("ada@example.com").await;
    let change = |current: &str, new: &str| {
        form("/settings/password", &[("currentPassword", current), ("newPassword", new)])
    };
    for (current, new, error) in [
        ("not the right one", NEW, "id=\"f-currentPassword-error\">This is not your password.</p>"),
        (PASSWORD, "too brief", "id=\"f-newPassword-error\">Use at least 12 characters."),
    ] {
        let page = world.send_as(&ada, change(current, new)).await.ok(422).text;
        assert!(page.contains(error) && !page.contains(current) && !page.contains(new), "{page}");
        world.page(&other, "/keys").await;
    }
    let reply = world.send_as(&ada, change(PASSWORD, NEW)).await;
    leads_to(&reply, "/settings/password");
    assert_eq!(cookie(&reply, "kagi_said"), "password-changed");
    let renewed = cookie(&reply, SESSION);
    world.page(&renewed, "/keys").await;
    for over in [&ada, &other] {
        leads_to(&world.look(over, "/keys").await, "/sign-in?next=/keys&ended=1");
    }
    let sign_in = |password| form("/sign-in", &[("email", "ada@example.com"), ("password", password)]);
    world.send(sign_in(PASSWORD)).await.ok(401);
    leads_to(&world.send(sign_in(NEW)).await, "/");
    // The longest pair of passwords fits, however a browser writes it.
    let long = "\u{1f511}".repeat(1024);
    let reply = world.send_as(&renewed, change(NEW, &long)).await;
    leads_to(&reply, "/settings/password");
    leads_to(&world.send_as(&cookie(&reply, SESSION), change(&long, &long)).await, "/settings/password");
}

#[tokio::test]
async fn sessions_are_told_apart_and_ended() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    assert!(
        !world.page(&ada, "/settings/sessions").await.contains("/end"),
        "one's own is left by signing out"
    );
    let fields = [("email", "ada@example.com"), ("password", PASSWORD)];
    let agent = "Mozilla/5.0 (Windows NT 10.0; rv:141.0) Gecko/20100101 Firefox/141.0";
    let reply = world.send(form("/sign-in", &fields).header("user-agent", agent)).await;
    let (second, third) = (cookie(&reply, SESSION), world.sign_in_again("ada@example.com").await);
    let page = world.page(&ada, "/settings/sessions").await;
    assert_eq!((page.matches("this one").count(), page.matches("/end\"").count()), (1, 2));
    assert!(page.contains("Firefox on Windows") && page.contains("Last seen <time"));
    let listed = world.send_as(&second, Call::get("/api/account/sessions")).await.data();
    let own = listed.as_array().unwrap().iter().find(|one| one["current"] == true).unwrap();
    let end = format!("/settings/sessions/{}/end", own["id"].as_str().unwrap());
    let bob = world.person("bob@example.com").await;
    leads_to(&world.send_as(&bob, Call::post(&*end)).await, "/settings/sessions");
    world.page(&second, "/keys").await;
    for _ in 0..2 {
        let reply = world.send_as(&ada, Call::post(&*end)).await;
        leads_to(&reply, "/settings/sessions");
        assert_eq!(cookie(&reply, "kagi_said"), "session-ended");
    }
    assert_eq!(world.look(&second, "/keys").await.status.as_u16(), 303);
    world.page(&third, "/keys").await;
    leads_to(&world.look(&ada, &end).await, "/settings/sessions");
    world.send_as(&ada, Call::post("/settings/sessions/x/end")).await.ok(404);
    leads_to(&world.send_as(&ada, Call::post("/settings/sessions/end-others")).await, "/settings/sessions");
    assert_eq!(world.look(&third, "/keys").await.status.as_u16(), 303);
    world.page(&ada, "/keys").await;
    world.page(&bob, "/keys").await;
}

#[tokio::test]
async fn activity_is_filtered_by_what_and_when() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "Key").await;
    let entry = world.entry(&ada, &category, "Blog", "v".into()).await;
    let reveal = || Call::post(format!("/api/entries/{entry}/reveal"));
    world.send_as(&ada, reveal()).await.ok(200);
    let first_day = world.now().to_string()[..10].to_owned();
    world.clock.advance(Duration::from_hours(25));
    let ada = world.sign_in_again("ada@example.com").await;
    world.send_as(&ada, reveal()).await.ok(200);
    let page = world.page(&ada, "/settings/activity").await;
    for happened in ["Value revealed", "Category made", "Sign-in"] {
        assert!(page.contains(&format!("<strong>{happened}</strong>")), "{happened}");
    }
    let filtered = async |query: &str| world.page(&ada, &format!("/settings/activity?{query}")).await;
    assert_eq!(events(&filtered("action=entry.reveal&since=&until=").await), 2);
    let page = filtered(&format!("action=entry.reveal&until={first_day}")).await;
    assert_eq!(events(&page), 1, "the last day counts to its end");
    assert!(
        page.contains(&format!("value=\"{first_day}\"")) && page.contains("value=\"entry.reveal\" selected")
    );
    assert!(page.contains(&format!("href=\"/settings/activity/entry/{entry}\"")));
    assert_eq!(events(&filtered(&format!("action=entry.reveal&since={first_day}")).await), 2);
    assert!(filtered("action=account.wipe").await.contains("Nothing of that kind happened."));
    for (query, said) in
        [("since=2026-02-31", "id=\"f-since-error\""), ("action=x", "There is no such action")]
    {
        let page = world.look(&ada, &format!("/settings/activity?{query}")).await.ok(422).text;
        assert!(page.contains(said) && events(&page) == 0, "{query}");
    }
    let bob = world.person("bob@example.com").await;
    let page = world.page(&bob, "/settings/activity").await;
    assert!(!page.contains("<strong>Value revealed") && events(&page) > 0, "only one's own");
}

#[tokio::test]
async fn activity_is_paged_under_its_filter() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for n in 0..50 {
        world.category(&ada, &format!("Key {n}")).await;
        world.clock.advance(Duration::from_secs(1));
    }
    let page = world.page(&ada, "/settings/activity?action=category.create").await;
    assert_eq!(events(&page), 40);
    let next = page.split("href=\"").find(|rest| rest.contains("cursor=")).unwrap();
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    let page = world.page(&ada, &next).await;
    assert_eq!(events(&page), 10);
    assert!(page.contains("First page") && page.contains("value=\"category.create\" selected"));
    world.look(&ada, "/settings/activity?cursor=x").await.ok(422);
}

#[tokio::test]
async fn what_happened_leads_to_what_is_there_and_says_what_is_gone() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "Key").await;
    let entry = world.entry(&ada, &category, "Blog", "v".into()).await;
    let set = world.recovery_set(&ada, "GitHub", &["a"]).await;
    let go = async |token: &str, what: &str| world.look(token, &format!("/settings/activity/{what}")).await;
    let (to_category, to_entry) = (format!("category/{category}"), format!("entry/{entry}"));
    let to_set = format!("recovery-set/{set}");
    leads_to(&go(&ada, &to_category).await, &format!("/keys/{category}"));
    leads_to(&go(&ada, &to_entry).await, &format!("/keys/{category}#e-{entry}"));
    leads_to(&go(&ada, &to_set).await, &format!("/2fa/{set}"));
    let bob = world.person("bob@example.com").await;
    world.send_as(&ada, Call::new("DELETE", format!("/api/categories/{category}"))).await.ok(204);
    world.send_as(&ada, Call::new("DELETE", format!("/api/2fa/{set}"))).await.ok(204);
    let gone = [
        (&ada, to_category.as_str()),
        (&ada, &to_entry),
        (&ada, &to_set),
        (&bob, &to_entry),
        (&ada, "entry/x"),
        (&ada, "other/x"),
    ];
    for (who, what) in gone {
        let reply = go(who, what).await;
        leads_to(&reply, "/settings/activity");
        assert_eq!(cookie(&reply, "kagi_said"), "gone-since");
    }
    assert_eq!(go("", "entry/x").await.status.as_u16(), 303, "signed out, the way leads to sign in");
}

#[tokio::test]
async fn env_projects_and_files_are_linked_from_the_activity() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let project = world.env_project(&ada, "Blog").await;
    let file = world.env_file(&ada, &project, "env.local", "A=1").await;
    let files = format!("/api/envs/{project}/files");
    let body = json!({"fileType": "env.local", "content": "A=2", "baseVersion": 1});
    world.send_as(&ada, Call::post(&files).json(&body)).await.ok(200);
    world.send_as(&ada, Call::post(format!("{files}/{file}/versions/1/reveal"))).await.ok(200);
    let page = world.page(&ada, "/settings/activity").await;
    let links: Vec<_> =
        page.split("href=\"").filter(|rest| rest.starts_with("/settings/activity/env-")).collect();
    let links: Vec<_> = links.iter().map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(links.len(), 4, "the project once, its file three times: {links:?}");
    let home = format!("/envs/{project}");
    let bob = world.person("bob@example.com").await;
    for link in &links {
        let file = if link.contains("/env-file/") { "/files/env.local" } else { "" };
        leads_to(&world.look(&ada, link).await, &format!("{home}{file}"));
        leads_to(&world.look(&bob, link).await, "/settings/activity");
    }
    world.send_as(&ada, Call::new("DELETE", format!("/api/envs/{project}"))).await.ok(204);
    for link in links {
        leads_to(&world.look(&ada, link).await, "/settings/activity");
    }
    let page = world.page(&ada, "/settings/activity?action=env_project.delete").await;
    assert!(
        page.contains("Env project deleted") && !page.contains("/activity/env-"),
        "what is gone has no link"
    );
}

#[tokio::test]
async fn the_export_is_a_file_and_an_ended_session_leads_to_sign_in() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    assert!(world.page(&ada, "/settings/export").await.contains("href=\"/settings/export/file\""));
    let reply = world.look(&ada, "/settings/export/file").await.ok(200);
    assert!(reply.header("content-disposition").starts_with("attachment; filename=\"kagi-export-"));
    let file: serde_json::Value = serde_json::from_str(&reply.text).unwrap();
    assert_eq!(file["user"]["email"], "ada@example.com");
    world.clock.advance(Duration::from_hours(13));
    let reply = world.look(&ada, "/settings/export/file").await;
    leads_to(&reply, "/sign-in?next=/settings/export/file&ended=1");
}

#[tokio::test]
async fn what_was_refused_says_so() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let key = world.key(&ada, &[Scope::StatsRead], ProjectLimit::All).await;
    world.send(Call::get("/api/entries").key(key.expose())).await.ok(403);
    let page = world.page(&ada, &format!("/settings/activity?action={}", Action::AccessDenied)).await;
    assert_eq!(events(&page), 1);
    for told in [
        "<strong>Access refused</strong>",
        ">refused</span>",
        "without <code>entries:read</code>",
        "the access key “a key”",
    ] {
        assert!(page.contains(told), "{told}\n{page}");
    }
}

#[tokio::test]
async fn encryption_tells_the_fingerprint_and_counts_and_no_key() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    assert!(world.page(&ada, "/settings/encryption").await.contains("Nothing is encrypted yet"));
    let category = world.category(&ada, "Key").await;
    let entry = world.entry(&ada, &category, "Blog", "v".into()).await;
    let save = Call::new("PUT", format!("/api/entries/{entry}")).json(&json!({"value": "w"}));
    world.send_as(&ada, save).await.ok(200);
    world.recovery_set(&ada, "GitHub", &["a", "b", "c"]).await;
    let page = world.page(&ada, "/settings/encryption").await;
    let key = kagi_domain::ports::Cipher::active_key(&*world.cipher).to_string();
    assert!(page.contains("AES-256-GCM") && page.matches(&key).count() == 2);
    assert!(page.contains("<td>2</td><td>3</td>"), "{page}");
    let bob = world.person("bob@example.com").await;
    assert!(world.page(&bob, "/settings/encryption").await.contains("Nothing is encrypted yet"));
}
