//! The front page.

use std::time::Duration;

use kagi_domain::ports::Clock;
use serde_json::json;

use super::{html::obeys_csp, leads_to};
use crate::{Call, World};

const DAY: Duration = Duration::from_hours(24);

impl World {
    /// An entry that expires in so many days, or did before; gives its id.
    async fn expiring(&self, token: &str, category: &str, project: &str, days: i64) -> String {
        let at = self.clock.now();
        let by = DAY * u32::try_from(days.abs()).unwrap();
        let at = if days < 0 { at.minus(by) } else { at.plus(by) };
        let body = json!({"categoryId": category, "projectName": project, "value": "canary", "expiresAt": at.to_string()});
        self.send_as(token, Call::post("/api/entries").json(&body)).await.ok(201).id()
    }
}

/// The parts of a page that the text splits, in order.
fn places(page: &str, texts: &[&str]) -> Vec<usize> {
    texts.iter().map(|text| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"))).collect()
}

#[tokio::test]
async fn the_front_page_tells_totals_and_shares() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let one = world.category(&ada, "One").await;
    world.category(&ada, "Two").await;
    world.category(&ada, "Three").await;
    let group = json!({"name": "Four", "keyType": "group", "fieldDefinitions": ["A", "B"]});
    world.send_as(&ada, Call::post("/api/categories").json(&group)).await.ok(201);
    world.entry(&ada, &one, "Blog", "canary".into()).await;
    world.recovery_set(&ada, "GitHub", &["a", "b", "c"]).await;
    // What others have is not counted.
    let eve = world.person("eve@example.com").await;
    let theirs = world.category(&eve, "Theirs").await;
    world.entry(&eve, &theirs, "Secret project", "canary".into()).await;

    let page = world.page(&ada, "/").await;
    obeys_csp(&page);
    for text in [
        "href=\"/keys\"><span class=\"number\">4</span> <span class=\"label\">Categories",
        "<span class=\"number\">1</span> <span class=\"label\">Entries",
        "href=\"/2fa\"><span class=\"number\">1</span> <span class=\"label\">Recovery sets",
        "Simple: one variable</dt><dd><strong>3</strong> <span class=\"soft\">75 %",
        "Group: several fields</dt><dd><strong>1</strong> <span class=\"soft\">25 %",
        "class=\"slice simple\"",
        "class=\"slice group\"",
        "class=\"fill production\" width=\"100\"",
        "class=\"fill staging\" width=\"0\"",
        "aria-current=\"true\"",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    assert!(!page.contains("Secret project") && !page.contains("canary"));
    for heading in ["Expired or about to expire", "Running out", "Your vault is empty"] {
        assert!(!page.contains(heading), "{heading}");
    }
}

#[tokio::test]
async fn the_newest_entries_come_first_and_lead_to_their_place() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "One").await;
    let mut ids = Vec::new();
    for project in ["P0", "P1", "P2", "P3", "P4", "P5"] {
        world.clock.advance(Duration::from_mins(1));
        ids.push(world.entry(&ada, &category, project, "canary".into()).await);
    }
    let page = world.page(&ada, "/").await;
    let links: Vec<_> = ids.iter().map(|id| format!("href=\"/keys/{category}#e-{id}\"")).collect();
    assert!(!page.contains(&links[0]), "five of them");
    let shown: Vec<_> = links[1..].iter().rev().map(String::as_str).collect();
    assert!(places(&page, &shown).is_sorted());
    assert!(page.contains("added <time") && page.contains("1 minute ago"));
}

#[tokio::test]
async fn what_expires_is_told_with_the_expired_first() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "One").await;
    for (project, days) in [("In 40", 40), ("In 20", 20), ("Gone", -2), ("In 3", 3)] {
        world.expiring(&ada, &category, project, days).await;
    }
    let page = world.page(&ada, "/").await;
    let section =
        page.split("Expired or about to expire").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(
        places(section, &["Gone", "badge expired\">expired", "In 3", "badge expiring\">expires", "In 20"])
            .is_sorted()
    );
    assert!(!section.contains("In 40"));
}

#[tokio::test]
async fn sets_with_two_codes_or_fewer_are_told() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let depleted = world.recovery_set(&ada, "Depleted", &["canary-1"]).await;
    world.recovery_set(&ada, "Low", &["canary-1", "canary-2"]).await;
    world.recovery_set(&ada, "Plenty", &["canary-1", "canary-2", "canary-3"]).await;
    world.send_as(&ada, Call::post(format!("/api/2fa/{depleted}/reveal"))).await.ok(200);
    let page = world.page(&ada, "/").await;
    let section =
        page.split("Running out of recovery codes").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(
        places(section, &[depleted.as_str(), "Depleted", "no code left", "Low", "2 of 2 left"]).is_sorted()
    );
    assert!(!section.contains("Plenty") && !page.contains("canary"));
    // There are sets, but no key yet: both are said.
    assert!(
        page.contains("Your vault is empty") && page.contains("3</span> <span class=\"label\">Recovery sets")
    );
}

#[tokio::test]
async fn the_front_page_is_where_the_old_ways_lead() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    leads_to(&world.send(Call::get("/")).await, "/sign-in");
    leads_to(&world.look(&ada, "/sign-out").await, "/");
    let page = world.page(&ada, "/").await;
    assert!(
        page.contains("<h1>Overview</h1>") && !page.contains("Recovery sets"),
        "an empty vault has no zeros"
    );
    // A category without an entry: the next step is said.
    world.category(&ada, "One").await;
    assert!(world.page(&ada, "/").await.contains("No value is kept yet."));
}
