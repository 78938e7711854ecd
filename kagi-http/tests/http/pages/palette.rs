//! Going anywhere by typing, and what a project uses.

use serde_json::json;

use super::leads_to;
use crate::{Call, World};

/// A vault with one of everything; gives its category, entry and recovery set.
async fn furnished(world: &World, token: &str) -> [String; 3] {
    let body = json!({"name": "Payments", "keyType": "simple", "envVarName": "STRIPE_SECRET_KEY", "description": "described-canary"});
    let category = world.send_as(token, Call::post("/api/categories").json(&body)).await.ok(201).id();
    let entry = world.entry(token, &category, "Web Shop", "canary-value".into()).await;
    let set = world.recovery_set(token, "GitHub", &["canary-code"]).await;
    [category, entry, set]
}

fn options(page: &str) -> usize {
    page.matches("role=\"option\"").count()
}

#[tokio::test]
async fn everything_is_found_and_no_value() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let [category, entry, set] = furnished(&world, &ada).await;
    let env = world.env_project(&ada, "Web Site").await;
    for (search, found) in [
        ("web site", format!("href=\"/envs/{env}\"")),
        ("env", "href=\"/envs\"".to_owned()),
        ("payments", format!("href=\"/keys/{category}\"")),
        ("STRIPE_SECRET", format!("href=\"/keys/{category}\"")),
        ("web shop", format!("href=\"/keys/{category}#e-{entry}\"")),
        ("SHOP", "href=\"/projects?name=Web%20Shop\"".to_owned()),
        ("github", format!("href=\"/2fa/{set}\"")),
        ("sess", "href=\"/settings/sessions\"".to_owned()),
        ("openai", "href=\"/keys/new?service=openai\"".to_owned()),
    ] {
        let search = search.replace(' ', "+");
        for list in ["", "list=yes&"] {
            let page = world.page(&ada, &format!("/palette?{list}search={search}")).await;
            assert!(page.contains(&found), "{search} {list}: {page}");
            assert!(!page.contains("canary"), "{search}");
        }
    }
    let page = world.page(&ada, "/palette?list=yes&search=canary-value").await;
    assert_eq!((options(&page), page.contains("Nothing is called “canary-value”.")), (0, true));
    let bob = world.person("bob@example.com").await;
    let page = world.page(&bob, "/palette?list=yes&search=payments").await;
    assert!(!page.contains(&category), "only one's own");
    leads_to(&world.send(Call::get("/palette?search=x")).await, "/sign-in?next=/palette%3Fsearch%3Dx");
}

#[tokio::test]
async fn a_few_of_each_kind_are_shown_whatever_there_is() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let first = world.category(&ada, "AAA_0").await;
    for number in 1..20 {
        world.category(&ada, &format!("AAA_{number}")).await;
        world.entry(&ada, &first, &format!("aaa {number}"), "v".into()).await;
        world.recovery_set(&ada, &format!("aaa {number}"), &["a"]).await;
    }
    let page = world.page(&ada, "/palette?list=yes&search=aaa").await;
    assert_eq!(options(&page), 4 * 8);
    let ids: std::collections::BTreeSet<_> =
        page.split("id=\"spot-").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.len(), options(&page), "each option has an id of its own");
    let page = world.page(&ada, "/palette?list=yes&search=").await;
    assert_eq!(options(&page), 8, "with nothing typed, the first pages");
}

#[tokio::test]
async fn a_project_lists_its_entries_and_no_others() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let [category, entry, _] = furnished(&world, &ada).await;
    let other = world.entry(&ada, &category, "Blog", "canary-other".into()).await;
    let page = world.page(&ada, "/projects?name=web+shop").await;
    assert!(page.contains(&entry) && !page.contains(&other) && !page.contains("canary"));
    assert!(world.page(&ada, "/projects?name=Nothing").await.contains("No entry names this project."));
    leads_to(&world.look(&ada, "/projects").await, "/keys");
    let bob = world.person("bob@example.com").await;
    assert!(!world.page(&bob, "/projects?name=Web+Shop").await.contains(&entry));
    for number in 0..50 {
        let category = world.category(&ada, &format!("KEY_{number}")).await;
        world.entry(&ada, &category, "Web Shop", "v".into()).await;
    }
    let page = world.page(&ada, "/projects?name=Web+Shop").await;
    assert_eq!(page.matches("#e-").count(), 40);
    let next = page.split("href=\"").find(|rest| rest.contains("cursor=")).unwrap();
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    let page = world.page(&ada, &next).await;
    assert_eq!(page.matches("#e-").count(), 11);
    assert!(page.contains("href=\"/projects?name=Web%20Shop\">First page"));
}
